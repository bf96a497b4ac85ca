import t from 'tap'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { fileNames } from '../support/archive.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, send, platform } = service
const people = somePeople(3)
await imported(service, own, people)
const links = await assigned(service, own, await published(service, own), people.length)
const linkOf = (index: number): string => links.get(people[index]!.workEmail)!
const keys = await send('GET', `/v1/organisations/${own.organisationId}/verification-keys`)
const trust = readTrust([
  { name: 'log.vkey', bytes: Buffer.from(`${keys.body.logVkey}\n`) },
  { name: 'dossier.pem', bytes: Buffer.from(keys.body.dossierPem) },
  { name: 'root.pem', bytes: Buffer.from(keys.body.rootPem) },
  { name: 'tsa-roots.pem', bytes: Buffer.from(keys.body.tsaRootsPem) },
])

const bundle = (index: number) => send('GET', '/v1/acts/current/evidence-bundle', { as: linkOf(index) })
const act = async (index: number) =>
  send('POST', '/v1/acts', { as: linkOf(index), body: await shown(service, linkOf(index), 'agreed') })

t.test(
  'a person fetches the stronger evidence with the link they hold, once an anchor covers the act',
  async (t) => {
    const before = await bundle(0)
    t.match(before, { status: 404, body: { code: 'no-act-yet' } })
    await service.runJobs()
    await act(0)
    const early = await bundle(0)
    t.match(early, { status: 409, body: { code: 'not-anchored-yet' } })
    t.ok(Number(early.headers['retry-after']) > 0)

    platform.advanceClock(3_600_000)
    t.ok((await service.runJobs()) > 0, 'an hour later an anchor is due')
    const anchored = await bundle(0)
    t.equal(anchored.status, 200)
    t.match(anchored.headers['content-disposition'], /anchored-receipt\.zip/)
    const report = verifyFile(anchored.bytes, 'anchored-receipt.zip', trust)
    t.same(report.checks.filter((check) => check.outcome !== 'PASSED'), []) // prettier-ignore
    t.ok(isAccepted(report))
    const when = report.facts.filter((fact) => fact.name.endsWith('when logged')).map((fact) => fact.value)
    t.ok(
      when.some((value) => value.startsWith('between ')),
      'the time of the act stands between two timestamps',
    )
    t.equal(fileNames(anchored.bytes).filter((name) => name.endsWith('/entry.json')).length, 2, 'the act and what it is about') // prettier-ignore
  },
)

t.test('it can be fetched long after the link has expired, and grows with each anchor', async (t) => {
  const first = await bundle(0)
  await act(1)
  platform.advanceClock(400 * 86_400_000)
  await service.runJobs()
  const later = await bundle(0)
  t.equal(later.status, 200)
  t.ok(isAccepted(verifyFile(later.bytes, 'anchored-receipt.zip', trust)))
  const sizes = (bytes: Buffer) => fileNames(bytes).filter((name) => /^anchors\/\d+\/checkpoint$/.test(name))
  t.ok(sizes(later.bytes).at(-1)! > sizes(first.bytes).at(-1)!, 'a newer checkpoint carries it')
  t.equal((await bundle(2)).body.code, 'no-act-yet')
  t.equal((await send('GET', '/v1/acts/current/evidence-bundle', { as: own.keys.lawyer })).status, 401)
})

t.test('the code of a receipt names the checkpoint and the place of the act in it', async (t) => {
  const own = await send('GET', '/v1/acts/current', { as: linkOf(0) })
  const code = await send('GET', '/v1/acts/current/qr-code', { as: linkOf(0) })
  const note = String(own.body.receipt.tlogProof).split('\n\n')[1]!
  t.equal(code.body.text, `${note}\nindex ${own.body.receipt.entryIndex}\n`)
  const { rows } = code.body as { rows: string[] }
  t.ok(rows.length >= 21 && rows.every((row) => row.length === rows.length), 'a square')
  t.ok(rows[0]!.startsWith('1111111') && rows.at(-1)!.startsWith('1111111'), 'with finder patterns')
})
