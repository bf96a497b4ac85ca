import { aForeignPdf, contractText, sendContractFile } from './contract-files.ts'
import { aContract, anEmployment, sendContract } from './employments.ts'
import type { AccessExpectation } from './identity-access-matrix.ts'
import type { TestService } from './service.ts'

const day = '2026-12-05'

/** Who may call the routes about employments, contracts and mandates. */
export function employmentRows(personId: string): AccessExpectation {
  return {
    'POST /v1/employments': { access: 'employment.record', body: { personId, facts: [{ kind: 'started', value: { day: '2030-01-01' } }] } }, // prettier-ignore
    'GET /v1/employments': { access: 'employment.read', query: `personId=${personId}` },
    'GET /v1/employments/:employmentId': { access: 'employment.read' },
    'POST /v1/employments/:employmentId/facts': { access: 'employment.record', body: { facts: [{ kind: 'grade', validFrom: day, value: { description: 'G', foreseen: false } }], retractions: [] } }, // prettier-ignore
    'GET /v1/employments/:employmentId/facts': { access: 'employment.read' },
    'POST /v1/employments/:employmentId/contracts': { access: 'employment.record', body: aContract({ kind: 'addendum' }) }, // prettier-ignore
    'GET /v1/employments/:employmentId/contracts': { access: 'employment.read' },
    'POST /v1/employments/:employmentId/contracts/:contractId/retractions': { access: 'employment.record', body: { reason: 'R' } }, // prettier-ignore
    'POST /v1/contract-documents': { access: 'employment.record' },
    'GET /v1/contract-documents': { access: 'employment.read', query: `personId=${personId}` },
    'GET /v1/contract-documents/:contractDocumentId': { access: 'employment.read' },
    'POST /v1/organisation-facts': { access: 'employment.record', body: { kind: 'headcount', validFrom: day, value: { count: 9 } } }, // prettier-ignore
    'GET /v1/organisation-facts': { access: 'employment.read' },
    'POST /v1/mandates': { access: 'mandate.manage', body: { personId, covers: ['annex'], validFrom: day, validTo: null, basis: 'B' } }, // prettier-ignore
    'GET /v1/mandates': { access: 'employment.read' },
    'POST /v1/mandates/:mandateId/endings': { access: 'mandate.manage', body: { lastDay: day, reason: 'R' } },
  }
}

/** One of everything of an employment in the own organisation, by the names of path parameters. */
export async function employmentObjects(
  service: TestService,
  personId: string,
): Promise<Record<string, string>> {
  const { keys } = service.own
  const employmentId = await anEmployment(service, service.own, personId)
  const contract = await sendContract(service, service.own, employmentId, {})
  const contractFile = await sendContractFile(service, service.own, personId, await aForeignPdf(contractText))
  const body = { personId, covers: ['annex'], validFrom: day, validTo: null, basis: 'B' }
  const mandate = await service.send('POST', '/v1/mandates', { as: keys['hr-publisher'], body })
  return {
    employmentId,
    contractId: contract.body.contractId,
    contractDocumentId: contractFile.body.documentId,
    mandateId: mandate.body.mandateId,
  }
}
