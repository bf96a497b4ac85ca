import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { isAccepted, readTrust, verifyFile } from '#verification'
import type { ArchiveFile } from '../../src/disputes/canonical-zip.ts'
import { canonicalZip } from '../../src/disputes/canonical-zip.ts'
import { commandBlocks, fileNames, unpack } from '../support/archive.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, other, send, adminQuery } = service
const people = somePeople(9)
const personIds = await imported(service, own, people)
const version = await published(service, own)
const links = await assigned(service, own, version, people.length)
for (const person of people.slice(0, 6)) {
  const link = links.get(person.workEmail)!
  const choice = ['agreed', 'not-agreed', 'seen', 'declined'][people.indexOf(person) % 4]!
  const answer = await send('POST', '/v1/acts', { as: link, body: await shown(service, link, choice) })
  if (answer.status !== 201) throw new Error('an act was refused')
}

const keys = await send('GET', `/v1/organisations/${own.organisationId}/verification-keys`)
const trust = readTrust([
  { name: 'log.vkey', bytes: Buffer.from(`${keys.body.logVkey}\n`) },
  { name: 'dossier.pem', bytes: Buffer.from(keys.body.dossierPem) },
  { name: 'root.pem', bytes: Buffer.from(keys.body.rootPem) },
  { name: 'tsa-roots.pem', bytes: Buffer.from(keys.body.tsaRootsPem) },
])

async function aDossier(subject: object): Promise<{ dossierId: string; bytes: Buffer }> {
  const made = await send('POST', '/v1/dossiers', {
    as: own.keys.lawyer,
    body: { subject, purpose: 'Zaak 17' },
  })
  await service.runJobs()
  const content = await send('GET', `/v1/dossiers/${made.body.dossierId}/content`, { as: own.keys.lawyer })
  return { dossierId: made.body.dossierId, bytes: content.bytes }
}

t.test('1: a dossier of a policy is accepted by the verifier against pinned keys', async (t) => {
  const { bytes } = await aDossier({ policyId: version.policyId })
  const report = verifyFile(bytes, 'dossier.zip', trust)
  t.same(
    report.checks.filter((check) => check.outcome !== 'PASSED'),
    [],
  )
  t.ok(isAccepted(report))
})

t.test('1: the same dossier has the same bytes, also after more has happened', async (t) => {
  const { dossierId, bytes } = await aDossier({ policyId: version.policyId })
  const link = links.get(people[6]!.workEmail)!
  await send('POST', '/v1/acts', { as: link, body: await shown(service, link, 'agreed') })
  const again = await send('GET', `/v1/dossiers/${dossierId}/content`, { as: own.keys.lawyer })
  t.ok(again.bytes.equals(bytes))
})

t.test('a dossier of a person holds what concerns that person and nobody else', async (t) => {
  const { bytes } = await aDossier({ personId: personIds[1] })
  t.ok(isAccepted(verifyFile(bytes, 'dossier.zip', trust)))
  const names = fileNames(bytes)
  t.equal(names.filter((name) => name.endsWith('/entry.json')).length, 3, 'publication, assignment and act')
  const texts = [...bytes.toString('latin1').matchAll(/^([A-Za-z0-9_-]{40,})$/gm)].map((match) => Buffer.from(match[1]!, 'base64url').toString()) // prettier-ignore
  t.ok(texts.some((text) => text.includes(people[1]!.workEmail)))
  t.notOk(texts.some((text) => text.includes(people[0]!.workEmail)))
})

t.test('2: that a dossier was made is an entry', async (t) => {
  const before = await adminQuery<{ n: number }>(
    `select count(*)::int as n from beding.ledger_entry where kind = 'dossier-made'`,
  )
  await aDossier({ personId: personIds[2] })
  const after = await adminQuery<{ n: number }>(
    `select count(*)::int as n from beding.ledger_entry where kind = 'dossier-made'`,
  )
  t.equal(after[0]!.n, before[0]!.n + 1)
})

t.test('a subject of another organisation does not exist, and neither does its dossier', async (t) => {
  const foreign = await send('POST', '/v1/dossiers', { as: other.keys.lawyer, body: { subject: { personId: personIds[0] }, purpose: 'x' } }) // prettier-ignore
  t.match([foreign.status, foreign.body.code], [404, 'person-not-found'])
  const policy = await send('POST', '/v1/dossiers', { as: other.keys.lawyer, body: { subject: { policyId: version.policyId }, purpose: 'x' } }) // prettier-ignore
  t.match([policy.status, policy.body.code], [404, 'policy-not-found'])
  const { dossierId } = await aDossier({ policyId: version.policyId })
  const read = await send('GET', `/v1/dossiers/${dossierId}/content`, { as: other.keys.lawyer })
  t.match([read.status, read.body.code], [404, 'dossier-not-found'])
  const both = { subject: { personId: personIds[0], policyId: version.policyId }, purpose: 'x' }
  t.equal((await send('POST', '/v1/dossiers', { as: own.keys.lawyer, body: both })).status, 400)
})

t.test('no byte of a dossier can change without a named check failing', async (t) => {
  const { bytes } = await aDossier({ personId: personIds[1] })
  let seed = 20261121
  for (let round = 0; round < 60; round += 1) {
    seed = (seed * 1103515245 + 12345) % 2147483648
    const at = seed % bytes.length
    const changed = Buffer.from(bytes)
    changed[at] = changed[at]! ^ (1 << (round % 8))
    const report = verifyFile(changed, 'dossier.zip', trust)
    const failed = report.checks.filter((check) => check.outcome === 'FAILED')
    if (isAccepted(report) || failed.length === 0) t.fail(`byte ${at} was changed unnoticed`)
  }
  t.pass('60 places')
})

const tools = ['sha256sum', 'openssl'].every((tool) => spawnSync('which', [tool]).status === 0)

t.test(
  '4: the commands of the README confirm a dossier, and find a changed one',
  { skip: !tools && 'no openssl here' },
  async (t) => {
    const { bytes } = await aDossier({ policyId: version.policyId })
    const folder = mkdtempSync(join(tmpdir(), 'beding-dossier-'))
    t.teardown(() => rmSync(folder, { recursive: true, force: true }))
    unpack(bytes, folder)
    const readme = readFileSync(join(folder, 'README.txt'), 'utf8')
    const blocks = commandBlocks(readme)
    t.equal(blocks.length, 7)
    const withoutPdfsig = blocks.toSpliced(4, 1)
    const check = (block: string): boolean =>
      spawnSync('sh', ['-e', '-c', block], { cwd: folder }).status === 0
    for (const [index, block] of withoutPdfsig.entries()) t.ok(check(block), `block ${index + 1}`)
    const act = fileNames(bytes).findLast((name) => name.endsWith('disclosures.txt'))!
    const original = readFileSync(join(folder, act), 'utf8')
    writeFileSync(join(folder, act), original.replace(/[A-Za-z]/, 'Z').replace(/^./, 'Q'))
    t.notOk(check(withoutPdfsig[0]!), 'a changed file')
    t.notOk(check(withoutPdfsig[3]!), 'a changed fact')
    const entry = act.replace('disclosures.txt', 'entry.json')
    writeFileSync(join(folder, entry), readFileSync(join(folder, entry), 'utf8').replace('"v":1', '"v":2'))
    t.notOk(check(withoutPdfsig[2]!), 'a changed entry')
  },
)

t.test('the archive is what unzip programs read, and equal files give equal bytes', async (t) => {
  const files: ArchiveFile[] = [
    { name: 'b/één.txt', bytes: Buffer.from('1') },
    { name: 'a.txt', bytes: Buffer.alloc(0) },
  ]
  const archive = canonicalZip(files)
  t.ok(archive.equals(canonicalZip([...files].reverse())))
  const python = spawnSync('python3', ['-c', 'import sys,zipfile,io; z=zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())); print(z.testzip(), z.namelist())'], { input: archive }) // prettier-ignore
  if (python.status === 0) t.equal(python.stdout.toString().trim(), "None ['a.txt', 'b/één.txt']")
})
