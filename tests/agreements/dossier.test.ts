import t from 'tap'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { aDeal, conclude, keysEnrolled, offered, ok, signedAll } from '../support/agreements.ts'
import { testService } from '../support/service.ts'
import { byPython, pythonMissing, temporaryFolder } from '../support/verification-three.ts'

t.setTimeout(240_000)

t.test('the dossier of an employee holds what was agreed, by both, and is accepted', async (t) => {
  const service = await testService(t)
  const { own, send } = service
  const { lawyer } = own.keys
  const deal = await aDeal(service, 'D', { addendum: true })
  const open = await offered(service, deal)
  await keysEnrolled(service, deal, open)
  await signedAll(service, open.links.employee, deal.employee)
  await signedAll(service, open.links.representative, deal.representative)
  await ok(conclude(service, open.agreementId))
  const keys = await ok(send('GET', `/v1/organisations/${own.organisationId}/verification-keys`))
  const files = [
    { name: 'log.vkey', bytes: Buffer.from(`${keys.logVkey}\n`) },
    { name: 'dossier.pem', bytes: Buffer.from(keys.dossierPem) },
    { name: 'root.pem', bytes: Buffer.from(keys.rootPem) },
    { name: 'tsa-roots.pem', bytes: Buffer.from(keys.tsaRootsPem) },
  ]
  const subject = { personId: deal.employee.personId }
  const made = await ok(send('POST', '/v1/dossiers', { as: lawyer, body: { subject, purpose: 'Geschil.' } }))
  await service.runJobs()
  const file = await send('GET', `/v1/dossiers/${made.dossierId}/content`, { as: lawyer })
  t.equal(file.status, 200, JSON.stringify(file.body))
  const annex = await ok(send('GET', `/v1/annexes/${deal.annexId}`, { as: lawyer }))
  t.ok(file.bytes.includes(`documents/${annex.documentSha256}.pdf`), 'the annex is among the documents')
  for (const kind of ['agreement-offered', 'agreement-concluded', 'identity-checked', 'annex-composed'])
    t.ok(file.bytes.includes(kind), kind)
  const report = verifyFile(file.bytes, 'dossier.zip', readTrust(files))
  t.same(report.checks.filter(({ outcome }) => outcome === 'FAILED'), []) // prettier-ignore
  t.ok(isAccepted(report), JSON.stringify(report.checks.filter(({ outcome }) => outcome !== 'PASSED')))
  if (pythonMissing() !== false) return
  const other = await byPython(temporaryFolder(t), files, [{ name: 'dossier.zip', bytes: file.bytes }])
  t.same(other, [true], 'by the verifier that shares no code with ours')
})
