import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { commandBlocks, unpack } from '../support/archive.ts'
import { preservationOf } from '../support/preservation-service.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, send } = service
const people = somePeople(3)
await imported(service, own, people)
const version = await published(service, own)
const links = await assigned(service, own, version, people.length)
for (const link of links.values()) {
  const answer = await send('POST', '/v1/acts', { as: link, body: await shown(service, link, 'agreed') })
  if (answer.status !== 201) throw new Error('an act was refused')
}
await (await preservationOf(service)).run(own.organisationId)

t.test('sha256sum, openssl and pdfsig alone confirm a dossier, and find a changed document', async (t) => {
  const body = { subject: { policyId: version.policyId }, purpose: 'Zaak 17' }
  const made = await send('POST', '/v1/dossiers', { as: own.keys.lawyer, body })
  await service.runJobs()
  const content = await send('GET', `/v1/dossiers/${made.body.dossierId}/content`, { as: own.keys.lawyer })
  const folder = mkdtempSync(join(tmpdir(), 'beding-dossier-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  unpack(content.bytes, folder)
  const blocks = commandBlocks(readFileSync(join(folder, 'README.txt'), 'utf8'))
  t.equal(blocks.length, 7)
  const check = (block: string): boolean => spawnSync('sh', ['-e', '-c', block], { cwd: folder }).status === 0
  for (const [index, block] of blocks.entries()) t.ok(check(block), `block ${index + 1}`)
  const [document] = readdirSync(join(folder, 'documents'))
  const path = join(folder, 'documents', document!)
  const original = readFileSync(path)
  appendFileSync(path, ' ')
  t.notOk(check(blocks[0]!), 'the checksums find it')
  t.ok(check(blocks[4]!), 'the part that people were shown is still the same')
  original[2_000]! ^= 1
  writeFileSync(path, original)
  t.notOk(check(blocks[4]!), 'what was shown no longer has the hash of its name')
  t.notOk(check(blocks[5]!), 'nor do the time-stamps hold')
})
