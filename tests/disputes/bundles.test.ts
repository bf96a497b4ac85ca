import t from 'tap'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { fileNames } from '../support/archive.ts'
import { aBundle, offered, shownStatementOf } from '../support/ceremonies.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'
import { byPython, pythonMissing, temporaryFolder } from '../support/verification-three.ts'

t.setTimeout(280_000)

const service = await testService(t)
const { own, send } = service
const publisher = own.keys['hr-publisher']
const people = somePeople(3)
const ids = await imported(service, own, people)
const address = people[0]!.workEmail
const first = await offered(service, own, await aBundle(service, own, ids[0]!), address)
const second = await offered(service, own, await aBundle(service, own, ids[0]!, { replaces: first.assignmentId }), address) // prettier-ignore
for (const [statementId, choice, reason] of [['relations', 'agreed-conditionally', 'Alleen in Friesland.'], ['main', 'agreed']] as const) // prettier-ignore
  await send('POST', '/v1/acts', { as: second.link, body: await shownStatementOf(service, second.link, statementId, choice, reason) }) // prettier-ignore
await send('POST', `/v1/assignments/${second.assignmentId}/bounces`, { as: publisher, body: { detail: '550 5.1.1' } }) // prettier-ignore
const version = await published(service, own)
await assigned(service, own, version, people.length)
const newer = await published(service, own, { policyId: version.policyId, effectiveFrom: '2026-11-22' })
await assigned(service, own, newer, people.length)

const keys = (await send('GET', `/v1/organisations/${own.organisationId}/verification-keys`)).body
const trustFiles = [
  { name: 'log.vkey', bytes: Buffer.from(`${keys.logVkey}\n`) },
  { name: 'dossier.pem', bytes: Buffer.from(keys.dossierPem) },
  { name: 'root.pem', bytes: Buffer.from(keys.rootPem) },
  { name: 'tsa-roots.pem', bytes: Buffer.from(keys.tsaRootsPem) },
]

async function dossierOf(subject: object): Promise<Buffer> {
  const made = await send('POST', '/v1/dossiers', { as: own.keys.lawyer, body: { subject, purpose: 'Zaak 18' } }) // prettier-ignore
  await service.runJobs()
  return (await send('GET', `/v1/dossiers/${made.body.dossierId}/content`, { as: own.keys.lawyer })).bytes
}

t.test(
  'a dossier of a person holds the bundle: its documents, offers, answers, what came back and how it ended',
  async (t) => {
    const bytes = await dossierOf({ personId: ids[0] })
    const report = verifyFile(bytes, 'dossier.zip', readTrust(trustFiles))
    t.same(report.checks.filter((check) => check.outcome !== 'PASSED'), []) // prettier-ignore
    t.ok(isAccepted(report))
    const names = fileNames(bytes)
    t.equal(names.filter((name) => name.endsWith('.pdf')).length >= 4, true, 'the documents of both bundles')
    const manifest = JSON.parse(bytes.toString('latin1').match(/\{"anchors".*?"unanchored":[^}]*\}/s)![0]) as { entries: { kind: string }[] } // prettier-ignore
    const kinds = manifest.entries.map(({ kind }) => kind)
    for (const kind of ['ceremony-offered', 'ceremonies-ended', 'act', 'delivery-bounced', 'annex-made'])
      t.ok(kinds.includes(kind), kind)
    t.equal(kinds.filter((kind) => kind === 'act').length, 2)
    const missing = pythonMissing()
    if (missing !== false) return t.comment(missing)
    t.same(await byPython(temporaryFolder(t), trustFiles, [{ name: 'dossier.zip', bytes }]), [true])
  },
)

t.test('a dossier of a policy holds the one entry that ended three requests once', async (t) => {
  const report = verifyFile(
    await dossierOf({ policyId: version.policyId }),
    'dossier.zip',
    readTrust(trustFiles),
  )
  t.ok(isAccepted(report), JSON.stringify(report.checks.filter((check) => check.outcome !== 'PASSED')))
})

t.test('the receipt of an act on a clause is accepted by itself', async (t) => {
  const receipt = await send('GET', '/v1/acts/current/receipt-document?statementId=relations', { as: second.link }) // prettier-ignore
  t.equal(receipt.status, 200)
  t.ok(isAccepted(verifyFile(receipt.bytes, 'receipt.pdf', readTrust(trustFiles))))
})
