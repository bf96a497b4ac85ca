import t from 'tap'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { startBrowser } from '../support/browser.ts'
import { testService, type TestService } from '../support/service.ts'
import { assertionFor, begunAct, enrolled } from '../support/signing.ts'
import { aSoftwareAuthenticator } from '../support/software-authenticator.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'
import { byAllThree, PageVerifier, pythonMissing, tableOf, temporaryFolder } from '../support/verification-three.ts' // prettier-ignore

// What the running service hands out about acts that were signed with a passkey, through the three verifiers.
const skip = pythonMissing()

async function keysOf({ own, send }: TestService): Promise<{ name: string; bytes: Buffer }[]> {
  const { body } = await send('GET', `/v1/organisations/${own.organisationId}/verification-keys`)
  return [
    { name: 'log.vkey', bytes: Buffer.from(`${body.logVkey}\n`) },
    { name: 'dossier.pem', bytes: Buffer.from(body.dossierPem) },
    { name: 'root.pem', bytes: Buffer.from(body.rootPem) },
    { name: 'tsa-roots.pem', bytes: Buffer.from(body.tsaRootsPem) },
  ]
}

async function dossierAbout({ own, send, runJobs }: TestService, subject: object): Promise<Buffer> {
  const made = await send('POST', '/v1/dossiers', {
    as: own.keys.lawyer,
    body: { subject, purpose: 'Zaak 17' },
  })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  await runJobs()
  return (await send('GET', `/v1/dossiers/${made.body.dossierId}/content`, { as: own.keys.lawyer })).bytes
}

t.test('a passkey act is checked again from each file alone', { skip, timeout: 300_000 }, async (t) => {
  const service = await testService(t)
  const { own, send, platform } = service
  const people = somePeople(2)
  const personIds = await imported(service, own, people)
  const version = await published(service, own)
  const links = await assigned(service, own, version, people.length)
  const [link, elsewhere] = people.map(({ workEmail }) => links.get(workEmail)!) as [string, string]
  const devices = [
    aSoftwareAuthenticator(),
    aSoftwareAuthenticator({ backupEligible: true, counts: false }),
  ] as const
  t.equal((await enrolled(service, link, devices[0])).status, 201)
  t.equal((await enrolled(service, elsewhere, devices[1])).status, 201)
  await service.runJobs()
  platform.advanceClock(72 * 3_600_000)
  for (const [position, each] of [link, elsewhere].entries()) {
    const { body, begun } = await begunAct(service, each, 'agreed')
    const assertion = assertionFor(devices[position]!, begun.body)
    const act = await send('POST', '/v1/acts', { as: each, body: { ...body, assertion } })
    t.equal(act.status, 201, JSON.stringify(act.body))
  }
  platform.advanceClock(3_600_000)
  await service.runJobs()
  // What happens to a key later takes nothing from what it signed.
  const { body: list } = await send('GET', '/v1/signing-credentials', { as: link })
  const revoked = await send('POST', `/v1/signing-credentials/${list.items[0].signingCredentialId}/revocations`, { as: link }) // prettier-ignore
  t.equal(revoked.status < 300, true, JSON.stringify(revoked.body))

  const trustFiles = await keysOf(service)
  const bundle = await send('GET', '/v1/acts/current/evidence-bundle', { as: link })
  const receipt = await send('GET', '/v1/acts/current/receipt-document', { as: link })
  const honest = [
    { name: 'dossier of a person', bytes: await dossierAbout(service, { personId: personIds[0] }) },
    { name: 'dossier of a policy', bytes: await dossierAbout(service, { policyId: version.policyId }) },
    { name: 'bundle of an act', bytes: bundle.bytes },
    { name: 'receipt', bytes: receipt.bytes },
  ]
  const trust = readTrust(trustFiles)
  for (const { name, bytes } of honest) {
    const report = verifyFile(bytes, name, trust)
    const open = report.checks.filter(({ outcome }) => outcome !== 'PASSED')
    t.ok(isAccepted(report), `${name}: ${JSON.stringify(open)}`)
    const said = report.checks.map((check) => check.name)
    for (const check of ['act signature', 'enrolment', 'assurance'])
      t.ok(said.some((each) => each.endsWith(check)), `${name}: ${check}`) // prettier-ignore
    t.ok(
      report.limits.some((limit) => limit.includes('not by itself whose hand')),
      name,
    )
  }

  const browser = await startBrowser()
  t.teardown(() => browser.close())
  const folder = temporaryFolder(t)
  const tools = { folder, page: await PageVerifier.open(browser, folder) }
  await tools.page.choose('#keys', trustFiles)
  const rows = await byAllThree(tools, trustFiles, honest)
  t.comment(tableOf(rows))
  t.same(rows, honest.map(({ name }) => ({ name, service: true, python: true, page: true }))) // prettier-ignore
})
