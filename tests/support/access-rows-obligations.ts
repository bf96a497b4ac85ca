import { randomUUID } from 'node:crypto'
import { exitBody } from './exits.ts'
import type { AccessExpectation } from './identity-access-matrix.ts'

const day = '2026-12-05'

/** A capture of a contact; each of them is another file. */
const captureForm = (): FormData => {
  const form = new FormData()
  form.set(
    'file',
    new Blob([Buffer.from('89504e470d0a1a0a', 'hex'), randomUUID()], { type: 'image/png' }),
    'c',
  )
  for (const [name, value] of Object.entries({ capturedOn: '2026-11-20', visibility: 'public', source: 'S', shows: 'W' })) form.set(name, value) // prettier-ignore
  return form
}

/** Who may ask what binds a person, keep captures, and record how an employment ends. */
export const obligationRows: AccessExpectation = {
  'POST /v1/persons/:personId/captures': { access: 'capture.keep', body: captureForm() },
  'GET /v1/persons/:personId/captures': { access: 'obligation.read' },
  'GET /v1/persons/:personId/captures/:captureId/content': { access: 'obligation.read' },
  'GET /v1/persons/:personId/obligations': { access: 'obligation.read', query: `on=${day}` },
  'GET /v1/persons/:personId/terms': { access: 'obligation.read', query: `on=${day}` },
  'POST /v1/persons/:personId/contact-questions': { access: 'obligation.read', body: { contact: { relation: 'R', relationKind: 'customer', channel: 'call', startedBy: 'employee', on: day }, captureIds: [] } }, // prettier-ignore
  'POST /v1/persons/:personId/penalty-questions': { access: 'obligation.read', body: { breaches: [{ id: 'b', from: day, until: day, captureId: null }] } }, // prettier-ignore
  'GET /v1/missing-clauses': { access: 'obligation.read', query: `kind=relatiebeding&on=${day}` },
  'POST /v1/employments/:employmentId/exits': { access: 'exit.record', body: exitBody(randomUUID()) },
  'POST /v1/employments/:employmentId/exits/previews': {
    access: 'exit.read',
    body: exitBody(randomUUID()),
  },
  'GET /v1/employments/:employmentId/exits': { access: 'exit.read' },
  'GET /v1/exits/:exitId': { access: 'exit.read' },
}
