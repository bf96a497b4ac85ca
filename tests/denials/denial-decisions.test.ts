import t from 'tap'
import { burdenOf, isBlocking, statusAfter } from '#denials'
import {
  decideDenial,
  decideFinding,
  decideWithdrawal,
  ownDenialsMax,
  stepsMax,
  type History,
} from '../../src/denials/denial-decisions.ts'

type Step = History[number]
const denied = (assurance: Step['assurance'] = 'mailbox-employer'): Step => ({ kind: 'denied', assurance, status: 'denied', finding: null, final: null }) // prettier-ignore
const recorded: Step = { kind: 'denial-recorded', assurance: null, status: 'denied', finding: null, final: null } // prettier-ignore
const withdrawn: Step = { kind: 'denial-withdrawn', assurance: 'mailbox-employer', status: 'denial-withdrawn', finding: null, final: null } // prettier-ignore
const found = (finding: 'attributed' | 'not-attributed', final: boolean, status: Step['status']): Step => ({ kind: 'court-finding', assurance: null, status, finding, final }) // prettier-ignore

t.test('D1: an act is undisputed until somebody speaks, and then what the last step says', async (t) => {
  t.equal(statusAfter([]), 'undisputed')
  t.equal(statusAfter([denied(), withdrawn]), 'denial-withdrawn')
})

t.test('D2: every denial puts the act in the status denied, unless a court has found for good', async (t) => {
  const cases: readonly [History, string][] = [
    [[], 'denied'],
    [[denied(), withdrawn], 'denied'],
    [[denied(), found('attributed', false, 'denied')], 'denied'],
    [[denied(), found('attributed', true, 'attributed-by-court')], 'attributed-by-court'],
    [[denied(), found('not-attributed', true, 'not-attributed-by-court')], 'not-attributed-by-court'],
  ]
  for (const [history, status] of cases)
    for (const by of ['person', 'employer'] as const)
      t.same(decideDenial(history, by), { kind: 'accepted', status })
})

t.test('D2: a person says so many times at most, and the employer finds room after that', async (t) => {
  const full = Array.from({ length: ownDenialsMax }, () => denied())
  t.same(decideDenial(full, 'person'), { kind: 'refused', code: 'denial-limit-reached' })
  t.match(decideDenial(full.slice(1), 'person'), { kind: 'accepted' })
  t.match(decideDenial(full, 'employer'), { kind: 'accepted' })
  const whole = Array.from({ length: stepsMax }, () => recorded)
  for (const outcome of [
    decideDenial(whole, 'employer'),
    decideFinding(whole, 'attributed', true),
    decideWithdrawal(whole, 'qualified'),
  ])
    // prettier-ignore
    t.same(outcome, { kind: 'refused', code: 'denial-limit-reached' })
})

t.test('D3: it is taken back in no weaker way than it was made', async (t) => {
  const weak = { kind: 'refused', code: 'withdrawal-weaker-than-denial' }
  const back = { kind: 'accepted', status: 'denial-withdrawn' }
  t.same(decideWithdrawal([denied('passkey-bound')], 'mailbox-employer'), weak)
  t.same(
    decideWithdrawal([denied('passkey-bound'), denied()], 'mailbox-employer'),
    weak,
    'the strongest counts',
  )
  t.same(decideWithdrawal([denied('passkey-bound')], 'passkey-bound'), back)
  t.same(decideWithdrawal([denied('mailbox-private')], 'phone-otp'), back, 'of the same rank')
  t.same(decideWithdrawal([recorded], 'mailbox-employer'), back, 'what the employer wrote down sets no bar')
  t.same(decideWithdrawal([denied('passkey-bound'), { ...withdrawn, assurance: 'passkey-bound' }, denied()], 'mailbox-employer'), back, 'what was taken back before sets none') // prettier-ignore
})

t.test('D3: there has to be a denial that stands', async (t) => {
  const none = { kind: 'refused', code: 'act-not-denied' }
  t.same(decideWithdrawal([], 'qualified'), none)
  t.same(decideWithdrawal([denied(), withdrawn], 'qualified'), none)
  t.same(
    decideWithdrawal([denied(), found('not-attributed', true, 'not-attributed-by-court')], 'qualified'),
    none,
  )
})

t.test('D5: a judgment changes what holds once nothing can be lodged against it', async (t) => {
  t.same(decideFinding([denied()], 'attributed', false), { kind: 'accepted', status: 'denied' })
  t.same(decideFinding([denied()], 'attributed', true), { kind: 'accepted', status: 'attributed-by-court' })
  t.same(decideFinding([], 'not-attributed', true), { kind: 'accepted', status: 'not-attributed-by-court' })
})

t.test('D6: nothing rests on an act that is denied or found not to be theirs', async (t) => {
  t.ok(isBlocking('denied') && isBlocking('not-attributed-by-court'))
  t.notOk(isBlocking('undisputed') || isBlocking('denial-withdrawn') || isBlocking('attributed-by-court'))
})

t.test(
  'who has to prove it: of the signature whoever relies on it, of the rest whoever says so',
  async (t) => {
    t.equal(burdenOf('not-me'), 'who-relies-on-the-act')
    for (const ground of ['other-text', 'under-pressure', 'other'] as const)
      t.equal(burdenOf(ground), 'who-denies-it')
  },
)
