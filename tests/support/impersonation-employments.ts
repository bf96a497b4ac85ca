import { employmentObjects } from './access-rows-employments.ts'
import { functionFrom, sendFacts } from './employments.ts'
import { annexIsComposed } from './impersonation-annexes.ts'
import type { Recorder } from './impersonation-recorder.ts'

/** What HR records of an employment and reads again, made through the interface by whoever may. */
export async function employmentIsRecorded(recorder: Recorder, personId: string): Promise<void> {
  const { service } = recorder
  const { own, send } = service
  const publisher = { as: own.keys['hr-publisher'] }
  const { employmentId, contractId, contractDocumentId, mandateId } = await employmentObjects(service, personId) // prettier-ignore
  await annexIsComposed(recorder, { personId, employmentId: employmentId!, contractId: contractId! })
  await sendFacts(service, own, employmentId!, [functionFrom('2024-02-29', 'Accountmanager')])
  for (const path of ['', '/facts', '/contracts'])
    await send('GET', `/v1/employments/${employmentId}${path}`, publisher)
  for (const path of ['employments', 'contract-documents', 'mandates'])
    await send('GET', `/v1/${path}?personId=${personId}`, publisher)
  await send('GET', `/v1/contract-documents/${contractDocumentId}`, publisher)
  await send('POST', `/v1/employments/${employmentId}/contracts/${contractId}/retractions`, { ...publisher, body: { reason: 'R' } }) // prettier-ignore
  await send('POST', `/v1/mandates/${mandateId}/endings`, { ...publisher, body: { lastDay: '2026-12-31', reason: 'R' } }) // prettier-ignore
  await send('POST', '/v1/organisation-facts', { ...publisher, body: { kind: 'headcount', validFrom: '2026-01-01', value: { count: 9 } } }) // prettier-ignore
  await send('GET', '/v1/organisation-facts', publisher)
}
