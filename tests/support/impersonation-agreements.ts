import { aDeal, offer, ok } from './agreements.ts'
import { exitBody } from './exits.ts'
import type { Recorder } from './impersonation-recorder.ts'

const day = '2026-11-20'

/**
 * What the employer does around an agreement without either party: it proves nothing of them, offers, takes back, states what was
 * signed elsewhere, keeps what it saw, asks, and states how the employment ends. What only both signatures bring about is shown in
 * tests/agreements.
 */
export async function agreementIsOffered(recorder: Recorder): Promise<void> {
  const { service } = recorder
  const { own, send } = service
  const publisher = { as: own.keys['hr-publisher'] }
  const deal = await aDeal(service, 'deal')
  const { personId } = deal.employee
  await ok(send('POST', '/v1/agreements/evaluations', { ...publisher, body: deal.body }))
  const { agreementId } = await ok(offer(service, deal.body))
  await ok(send('GET', `/v1/agreements/${agreementId}`, publisher))
  await ok(send('POST', `/v1/agreements/${agreementId}/withdrawals`, { ...publisher, body: { reason: 'Vergissing' } })) // prettier-ignore
  await ok(send('POST', '/v1/agreements/imports', { ...publisher, body: await recordOf(deal, service) }))
  const { captureId } = await ok(send('POST', `/v1/persons/${personId}/captures`, { ...publisher, ...(await capture()) })) // prettier-ignore
  await ok(send('GET', `/v1/persons/${personId}/captures/${captureId}/content`, publisher))
  const exit = exitBody(deal.representative.personId)
  await ok(send('POST', '/v1/mandates', { ...publisher, body: { personId: deal.representative.personId, covers: ['exit-letter'], validFrom: '2026-01-01', validTo: null, basis: 'Handelsregister, bestuurder' } })) // prettier-ignore
  await ok(send('POST', `/v1/employments/${deal.employmentId}/exits/previews`, { ...publisher, body: exit }))
  const { exitId } = await ok(send('POST', `/v1/employments/${deal.employmentId}/exits`, { ...publisher, body: exit })) // prettier-ignore
  await ok(send('GET', `/v1/exits/${exitId}`, publisher))
}

async function recordOf(
  deal: Awaited<ReturnType<typeof aDeal>>,
  service: Recorder['service'],
): Promise<object> {
  const { documents } = await ok(service.send('GET', `/v1/contract-documents?personId=${deal.employee.personId}`, { as: service.own.keys['hr-publisher'] })) // prettier-ignore
  return {
    employmentId: deal.employmentId,
    contractId: deal.contractId,
    signedOn: day,
    signedHow: 'wet-ink',
    deliveredAt: null,
    documents: [{ documentId: documents[0].documentId, mark: null }],
    references: [],
    statement: { text: 'Voor akkoord', expresses: 'agreement' },
    condition: '',
    clauses: [
      { id: 'A.1', kind: 'relatiebeding', language: 'nl', locatedIn: 'main', months: 12, motivation: null },
    ],
    penalty: null,
  }
}

async function capture() {
  const form = new FormData()
  form.set('file', new Blob([Buffer.from('89504e470d0a1a0a', 'hex')], { type: 'image/png' }), 'c')
  for (const [name, value] of Object.entries({ capturedOn: day, visibility: 'public', source: 'S', shows: 'W' })) form.set(name, value) // prettier-ignore
  const request = new Request('http://localhost/', { method: 'POST', body: form })
  return {
    headers: { 'content-type': request.headers.get('content-type')! },
    body: Buffer.from(await request.arrayBuffer()),
  }
}
