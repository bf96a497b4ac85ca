import { randomUUID } from 'node:crypto'
import { listText } from './composed-annexes.ts'
import type { AccessExpectation } from './identity-access-matrix.ts'

const day = '2026-12-05'

/** Who may call the routes about annexes, agreements and proofs of identity. */
export const agreementRows: AccessExpectation = {
  'POST /v1/annexes': { access: 'annex.make', body: { employmentId: randomUUID(), contractId: randomUUID(), ...listText() } }, // prettier-ignore
  'POST /v1/annexes/previews': { access: 'annex.preview', body: { employment: {}, ...listText() } },
  'GET /v1/annexes': { access: 'annex.read', query: `employmentId=${randomUUID()}` },
  'GET /v1/annexes/:annexId': { access: 'annex.read' },
  'GET /v1/annexes/:annexId/state': { access: 'agreement.read' },
  'POST /v1/agreements': { access: 'agreement.make', body: anOffer() },
  'POST /v1/agreements/evaluations': { access: 'agreement.make', body: anOffer() },
  'POST /v1/agreements/imports': { access: 'agreement.make', body: { employmentId: randomUUID(), signedOn: null, signedHow: 'wet-ink', deliveredAt: null, documents: [{ documentId: randomUUID(), mark: null }], references: [], statement: null, condition: null, clauses: [], penalty: null } }, // prettier-ignore
  'GET /v1/agreements': { access: 'agreement.read' },
  'GET /v1/agreements/:agreementId': { access: 'agreement.read' },
  'POST /v1/agreements/:agreementId/conclusions': { access: 'agreement.make' },
  'POST /v1/agreements/:agreementId/withdrawals': { access: 'agreement.make', body: { reason: 'R' } },
  'POST /v1/agreements/:agreementId/endings': { access: 'agreement.make', body: { endedOn: day, how: 'ended', reason: 'R' } }, // prettier-ignore
  'POST /v1/persons/:personId/identity-checks': { access: 'identity-check.record', body: { documentKind: 'passport', checkedOn: '2026-11-20' } }, // prettier-ignore
  'GET /v1/persons/:personId/identity-checks': { access: 'act.read' },
}

function anOffer() {
  return { employmentId: randomUUID(), contractId: randomUUID(), representativeId: randomUUID(), annexes: [], dueDate: day } // prettier-ignore
}
