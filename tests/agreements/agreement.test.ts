import t from 'tap'
import { readBindingAnnexes } from '#agreements'
import type { CivilDate, PersonId } from '#core'
import { auditLog } from '#evidence'
import { aDeal, annexStateOf, conclude, keysEnrolled, offer, offered, ok, signedAll, stateOf } from '../support/agreements.ts' // prettier-ignore
import { testService } from '../support/service.ts'

t.setTimeout(240_000)
const service = await testService(t)
const { own, other, send, database } = service
const binding = (personId: string, day: string) =>
  database.readInOrganisation(own.organisationId, (trx) => readBindingAnnexes(trx, own.organisationId, personId as PersonId, day as CivilDate)) // prettier-ignore

for (const first of ['employee', 'representative'] as const)
  t.test(`both sign the same bundle, the ${first} first, and the annex is in force`, async (t) => {
    const deal = await aDeal(service, `F${first[0]}`)
    const deadline = await offered(service, deal)
    const second = first === 'employee' ? 'representative' : 'employee'
    t.equal(await stateOf(service, deadline.agreementId), 'offered')
    t.equal(await annexStateOf(service, deal.annexId, '2026-11-20'), 'composed')
    await keysEnrolled(service, deal, deadline)
    await signedAll(service, deadline.links[first], deal[first])
    t.equal(await stateOf(service, deadline.agreementId), 'half-signed')
    t.match(await conclude(service, deadline.agreementId), { status: 409, body: { code: 'agreement-not-concluded' } }) // prettier-ignore
    t.same(await binding(deal.employee.personId, '2026-12-01'), [])
    await signedAll(service, deadline.links[second], deal[second])
    const made = await conclude(service, deadline.agreementId)
    t.equal(made.status, 201, JSON.stringify(made.body))
    t.match(made.body, { state: 'in-force', bundleSha256: deadline.bundleSha256, conclusion: { outcome: 'concluded', blockedBy: [] }, annexes: [{ annexId: deal.annexId, role: 'annex', state: 'in-force' }] }) // prettier-ignore
    t.same((await conclude(service, deadline.agreementId)).body.conclusion, made.body.conclusion)
    t.equal(await annexStateOf(service, deal.annexId, '2027-06-01'), 'in-force')
    const [bound] = await binding(deal.employee.personId, '2026-12-01')
    t.match(bound, { annexId: deal.annexId, mark: 'B', employeeAssurance: 'passkey-bound', evidenceLevel: 'E4' }) // prettier-ignore
    const check = await ok(send('GET', `/v1/legal-checks/${made.body.conclusion.legalCheckId}`, { as: own.keys.lawyer })) // prettier-ignore
    const found = (ruleId: string) => check.findings.find((each: { ruleId: string }) => each.ruleId === ruleId)?.result // prettier-ignore
    t.equal(found('nl.7-653.1.written-signed'), 'pass')
    t.equal(found('nl.3-15a.level-fits-purpose'), 'lawyer', 'no qualified time-stamp: never claimed')
    t.equal(found('eu.eidas-26.ades'), 'fail', 'a key that was enrolled by the mailbox of the employer')
    t.equal(found('nl.hr-2017-364.annex-in-same-bundle'), 'pass')
  })

t.test('each party is shown exactly the documents of the bundle, and nobody acts for another', async (t) => {
  const deal = await aDeal(service, 'S')
  const open = await offered(service, deal)
  const seen = await Promise.all([open.links.employee, open.links.representative].map((link) => ok(send('POST', '/v1/openings', { as: link, body: { language: null } })))) // prettier-ignore
  t.same(seen[0].documents, seen[1].documents)
  t.same(seen[0].statements.map((each: { statementId: string }) => each.statementId), ['main', 'clause-1']) // prettier-ignore
  const file = `/v1/openings/current/document?language=nl&documentId=${seen[0].documents[1].documentId}`
  t.equal((await send('GET', file, { as: open.links.representative })).status, 200)
  const elsewhere = await aDeal(service, 'T')
  const foreign = await offered(service, elsewhere)
  t.equal((await send('GET', file, { as: foreign.links.representative })).status, 404)
  await keysEnrolled(service, deal, open)
  await t.rejects(signedAll(service, open.links.employee, deal.representative), /signing-response-refused|422/) // prettier-ignore
  const main = seen[0].documents[0].documentId
  const ceremony = { personId: deal.representative.personId, purpose: 'covenant', language: 'nl', dueDate: '2026-12-05', main: { documentId: main }, annexes: [], subject: 'x', clauses: [] } // prettier-ignore
  t.match(await send('POST', '/v1/ceremonies', { as: own.keys['hr-publisher'], body: ceremony }), { status: 404, body: { code: 'document-not-found' } }, 'no request names whose documents are shown') // prettier-ignore
  t.match(await offer(service, deal.body), { status: 409, body: { code: 'annex-not-free' } })
  t.match(await offer(service, deal.body, other), { status: 404 })
})

t.test('what is recorded holds together', async (t) => {
  const report = await database.readInOrganisation(own.organisationId, (trx) => auditLog(trx, own.organisationId)) // prettier-ignore
  t.same(report.findings, [])
})
