import t from 'tap'
import { checkStates } from '../support/portal-axe.ts'

// axe and the browser have two processors to share with everything else that is tested at this moment.
t.setTimeout(300_000)

t.test('axe finds nothing in any page and state', (t) => checkStates(t, 'nl'))
