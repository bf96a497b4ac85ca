import t from 'tap'
import { startBrowser } from '../support/browser.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'
import { seededNumbers } from '../support/verification-flips.ts'
import {
  byAllThree,
  PageVerifier,
  pythonMissing,
  tableOf,
  temporaryFolder,
} from '../support/verification-three.ts'

// What the running service hands out, through the three verifiers.
const skip = pythonMissing()
const flips = Number(process.env['BEDING_FLIPS'] ?? 20)

t.test('what the service hands out is accepted by all three, and no changed byte is', { skip }, async (t) => {
  const service = await testService(t)
  const { own, send, platform } = service
  const people = somePeople(2)
  const [personId] = await imported(service, own, people)
  const version = await published(service, own)
  const links = await assigned(service, own, version, people.length)
  const link = links.get(people[0]!.workEmail)!
  await service.runJobs()
  const act = await send('POST', '/v1/acts', { as: link, body: await shown(service, link, 'agreed') })
  platform.advanceClock(3_600_000)
  await service.runJobs()
  const keys = await send('GET', `/v1/organisations/${own.organisationId}/verification-keys`)
  const trustFiles = [
    { name: 'log.vkey', bytes: Buffer.from(`${keys.body.logVkey}\n`) },
    { name: 'dossier.pem', bytes: Buffer.from(keys.body.dossierPem) },
    { name: 'root.pem', bytes: Buffer.from(keys.body.rootPem) },
    { name: 'tsa-roots.pem', bytes: Buffer.from(keys.body.tsaRootsPem) },
  ]
  const dossierAbout = async (subject: object): Promise<Buffer> => {
    const body = { subject, purpose: 'Zaak 17' }
    const made = await send('POST', '/v1/dossiers', { as: own.keys.lawyer, body })
    await service.runJobs()
    const url = `/v1/dossiers/${made.body.dossierId}/content`
    return (await send('GET', url, { as: own.keys.lawyer })).bytes
  }
  const bundle = await send('GET', '/v1/acts/current/evidence-bundle', { as: link })
  const receipt = await send('GET', '/v1/acts/current/receipt-document', { as: link })
  const ofPerson = await dossierAbout({ personId })
  const honest = [
    { name: 'dossier of a person', bytes: ofPerson },
    { name: 'dossier of a policy', bytes: await dossierAbout({ policyId: version.policyId }) },
    { name: 'bundle of an act', bytes: bundle.bytes },
    { name: 'receipt', bytes: receipt.bytes },
    { name: 'proof', bytes: Buffer.from(String(act.body.receipt.tlogProof)) },
  ]
  const random = seededNumbers(61)
  const changed = honest.flatMap(({ name, bytes }) =>
    Array.from({ length: flips }, () => {
      const place = random(bytes.length)
      const copy = Buffer.from(bytes)
      copy[place] = (bytes[place] as number) ^ (1 << random(8))
      return { name: `${name}, byte ${place}`, bytes: copy }
    }),
  )
  const browser = await startBrowser()
  t.teardown(() => browser.close())
  const folder = temporaryFolder(t)
  const tools = { folder, page: await PageVerifier.open(browser, folder) }
  await tools.page.choose('#keys', trustFiles)
  const rows = await byAllThree(tools, trustFiles, honest)
  t.comment(tableOf(rows))
  t.same(rows, honest.map(({ name }) => ({ name, service: true, python: true, page: true }))) // prettier-ignore
  const spoiled = await byAllThree(tools, trustFiles, changed)
  t.same(spoiled, changed.map(({ name }) => ({ name, service: false, python: false, page: false }))) // prettier-ignore
})
