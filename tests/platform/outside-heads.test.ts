import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import type { OrganisationId } from '#core'
import { createOutsideHeads } from '#platform'

const organisationId = '01930000-0000-7000-8000-000000000001' as OrganisationId
const other = '01930000-0000-7000-8000-000000000002' as OrganisationId

function note(size: number, owner = organisationId, log = 'log'): string {
  const root = Buffer.alloc(32, size).toString('base64')
  return `beding.local/${log}/${owner}\n${size}\n${root}\n\n\u2014 beding.local/${log}/${owner} AAAA\n`
}

function aFolder(t: { teardown(work: () => void): void }): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'beding-heads-')), 'heads')
  t.teardown(() => rmSync(join(folder, '..'), { recursive: true, force: true }))
  return folder
}

t.test('L9: what was kept is read back by another process, the newest of each log', async (t) => {
  const folder = aFolder(t)
  const heads = createOutsideHeads(folder)
  for (const size of [1, 2, 3]) await heads.keep(organisationId, note(size))
  await heads.keep(other, note(9, other))
  await heads.keep(organisationId, note(1, organisationId, 'log/2'))
  await heads.close()
  const { heads: read, unreadable } = await createOutsideHeads(folder).read()
  t.same(read.map(({ origin, size }) => `${origin} ${size}`).toSorted(), [
    `beding.local/log/${organisationId} 3`,
    `beding.local/log/${other} 9`,
    `beding.local/log/2/${organisationId} 1`,
  ].toSorted()) // prettier-ignore
  t.equal(read.find((head) => head.size === 9)!.note, note(9, other))
  t.same(unreadable, [])
  const ours = await createOutsideHeads(folder).read(other)
  t.same(ours.heads.map(({ size }) => size), [9]) // prettier-ignore
})

t.test('L9: processes that share a folder write files of their own, and none goes back', async (t) => {
  const folder = aFolder(t)
  const [one, two] = [createOutsideHeads(folder), createOutsideHeads(folder)]
  await Promise.all([one.keep(organisationId, note(8)), two.keep(organisationId, note(7))])
  await one.keep(organisationId, note(5))
  t.equal(one.newest(`beding.local/log/${organisationId}`)?.size, 8, 'a smaller head changes nothing')
  t.equal(two.newest(`beding.local/log/${organisationId}`)?.size, 7)
  t.equal(readdirSync(folder).length, 2)
  const { heads } = await two.read()
  t.same(heads.map(({ size }) => size), [8]) // prettier-ignore
  t.equal(two.newest(`beding.local/log/${organisationId}`)?.size, 8, 'what was read is known from then on')
  await Promise.all([one.close(), two.close()])
})

t.test('L9: many that wait for the disk at once all find their head there', async (t) => {
  const folder = aFolder(t)
  const heads = createOutsideHeads(folder)
  await Promise.all(
    Array.from({ length: 200 }, (_, position) => heads.keep(organisationId, note(position + 1))),
  )
  const { heads: read } = await createOutsideHeads(folder).read()
  t.same(read.map(({ size }) => size), [200]) // prettier-ignore
  await heads.close()
})

t.test('L9: a write that was torn leaves the one before it', async (t) => {
  const folder = aFolder(t)
  const heads = createOutsideHeads(folder)
  await heads.keep(organisationId, note(1))
  await heads.keep(organisationId, note(2))
  await heads.close()
  const [name] = readdirSync(folder)
  const bytes = readFileSync(join(folder, name!))
  bytes.fill(0, 4_096 + 40, 4_096 + 60)
  writeFileSync(join(folder, name!), bytes)
  t.same((await createOutsideHeads(folder).read()).heads.map(({ size }) => size), [1]) // prettier-ignore
  bytes.fill(1, 0, 100)
  writeFileSync(join(folder, name!), bytes)
  t.same(
    await createOutsideHeads(folder).read(),
    { heads: [], unreadable: [name] },
    'and one that cannot be read is named',
  )
})

t.test('L9: a head that cannot be written is not said to be kept', async (t) => {
  const folder = aFolder(t)
  writeFileSync(folder, 'a file where the folder should be')
  const heads = createOutsideHeads(folder)
  await t.rejects(heads.keep(organisationId, note(1)))
  rmSync(folder)
  await heads.keep(organisationId, note(1))
  t.same((await createOutsideHeads(folder).read()).heads.map(({ size }) => size), [1], 'it is tried again') // prettier-ignore
  await heads.close()
})

t.test('tidying takes old files that say no more than one’s own, and no others', async (t) => {
  const folder = aFolder(t)
  const [gone, ahead, fresh, mine] = [1, 2, 3, 4].map(() => createOutsideHeads(folder))
  await gone!.keep(organisationId, note(3))
  const [goneName] = readdirSync(folder)
  await ahead!.keep(organisationId, note(9))
  const aheadName = readdirSync(folder).find((name) => name !== goneName)!
  for (const name of [goneName!, aheadName]) utimesSync(join(folder, name), new Date(0), new Date(0))
  await fresh!.keep(organisationId, note(3))
  await mine!.keep(organisationId, note(5))
  await mine!.tidy(`beding.local/log/${organisationId}`)
  const left = readdirSync(folder)
  t.notOk(left.includes(goneName!), 'old and surpassed')
  t.ok(left.includes(aheadName), 'old but ahead')
  t.equal(left.length, 3, 'and what was written just now stays')
  await Promise.all([gone, ahead, fresh, mine].map((heads) => heads!.close()))
})
