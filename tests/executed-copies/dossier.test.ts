import t from 'tap'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { anAgreement, execute } from '../support/annexes.ts'
import { testService } from '../support/service.ts'

t.test('a dossier about a party and about the policy holds the signed copy, and is accepted', async (t) => {
  const service = await testService(t)
  const { own, send } = service
  const { lawyer } = own.keys
  const { agreed, version } = await anAgreement(service)
  const copy = (await execute(service, agreed)).body
  const keys = (await send('GET', `/v1/organisations/${own.organisationId}/verification-keys`)).body
  const trust = readTrust([
    { name: 'log.vkey', bytes: Buffer.from(`${keys.logVkey}\n`) },
    { name: 'dossier.pem', bytes: Buffer.from(keys.dossierPem) },
    { name: 'root.pem', bytes: Buffer.from(keys.rootPem) },
    { name: 'tsa-roots.pem', bytes: Buffer.from(keys.tsaRootsPem) },
  ])
  for (const subject of [{ personId: agreed[0]!.personId }, { policyId: version.policyId }]) {
    const made = await send('POST', '/v1/dossiers', { as: lawyer, body: { subject, purpose: 'Geschil.' } })
    t.equal(made.status, 201, JSON.stringify(made.body))
    await service.runJobs()
    const file = await send('GET', `/v1/dossiers/${made.body.dossierId}/content`, { as: lawyer })
    t.equal(file.status, 200)
    t.ok(file.bytes.includes(`documents/${copy.documentSha256}.pdf`), 'the copy is among the documents')
    const report = verifyFile(file.bytes, 'dossier.zip', trust)
    t.same(report.checks.filter(({ outcome }) => outcome === 'FAILED'), []) // prettier-ignore
    t.ok(isAccepted(report), JSON.stringify(report.checks.filter(({ outcome }) => outcome !== 'PASSED')))
  }
})
