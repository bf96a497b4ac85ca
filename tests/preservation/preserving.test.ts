import t from 'tap'
import { addMilliseconds, sha256, type DocumentId } from '#core'
import { listSignatures, registerSealKey, storeDocument } from '#documents'
import { preservationJob } from '#preservation'
import { testDatabase } from '../support/database.ts'
import { anExecutedFile } from '../support/documents-sheet.ts'
import { testPlatform } from '../support/platform.ts'
import { aPreservationBench, aTsa, day_ms, year_ms } from '../support/preservation-bench.ts'

const db = await testDatabase(t)

t.test(
  'P1, P2: a stored document gets to B-LTA, each revision kept with its hash, and then rests',
  async (t) => {
    const platform = testPlatform()
    const bench = await aPreservationBench(
      db,
      [aTsa(platform, 'one', addMilliseconds(platform.clock(), 9 * year_ms))],
      platform,
    )
    const documentId = await bench.store()
    const frozen = (await bench.file(documentId)).bytes
    const next = await bench.round()
    const { bytes, revisions, revision } = await bench.file(documentId)
    t.same(
      revisions.map(({ number, kind, level }) => [number, kind, level]),
      [
        [0, 'rendered', null],
        [1, 'seal', 'B-B'],
        [2, 'timestamp', 'B-T'],
        [3, 'validation-data', 'B-LT'],
        [4, 'timestamp', 'B-LTA'],
      ],
      'the second time-stamp is covered by what the file holds about the first',
    )
    t.ok(bytes.subarray(0, frozen.length).equals(frozen))
    for (const { length, sha256: hash } of revisions) t.ok(sha256(bytes.subarray(0, length)).equals(hash))
    t.equal(revision.length, bytes.length)
    t.match(await bench.state(documentId), {
      level: 'B-LTA',
      step: 'renewal',
      failures: 0,
      waiting_because: null,
    })
    t.equal(next, addMilliseconds(platform.clock(), 30 * day_ms), 'it is looked at again in a month')
    t.equal(bench.metric('beding_document_preservation_total', '{outcome="timestamp"}'), 2)
    await bench.round()
    t.equal((await bench.file(documentId)).bytes.length, bytes.length, 'nothing is due')
  },
)

t.test(
  'P5, P6: years pass, and it is renewed twice, each time by the other authority, in time',
  async (t) => {
    const platform = testPlatform()
    const start = platform.clock()
    const one = aTsa(platform, 'one', addMilliseconds(start, 3 * year_ms))
    const two = aTsa(platform, 'two', addMilliseconds(start, 6 * year_ms))
    const bench = await aPreservationBench(db, [one, two], platform)
    const documentId = await bench.store()
    await bench.round()
    let before = (await bench.file(documentId)).bytes
    const stampsOf = async () =>
      (await bench.file(documentId)).revisions.flatMap(({ timestamp }) => timestamp?.authority ?? [])

    platform.setClock(addMilliseconds(start, 3 * year_ms - 91 * day_ms))
    await bench.round()
    t.same(await stampsOf(), ['one', 'one'], 'a day before the lead nothing happens')
    t.ok((await bench.file(documentId)).bytes.equals(before))

    platform.advanceClock(2 * day_ms)
    await bench.round()
    const renewed = await bench.file(documentId)
    t.same(await stampsOf(), ['one', 'one', 'two'])
    t.same(
      renewed.revisions.slice(5).map(({ kind, level }) => [kind, level]),
      [
        ['validation-data', 'B-LTA'],
        ['timestamp', 'B-LTA'],
        ['validation-data', 'B-LTA'],
      ],
      'what is known of the one before comes first, what judges the new one last',
    )
    t.ok(renewed.bytes.subarray(0, before.length).equals(before))
    before = renewed.bytes

    const three = aTsa(platform, 'one', addMilliseconds(start, 20 * year_ms))
    const roots = [...one.roots, ...two.roots, ...three.roots]
    const deps = { ...bench.deps, authorities: [three, two], timestampRoots: () => Promise.resolve(roots) }
    platform.setClock(addMilliseconds(start, 6 * year_ms - 89 * day_ms))
    await preservationJob(deps).work(bench.organisationId)
    t.same(await stampsOf(), ['one', 'one', 'two', 'one'])
    const twice = await bench.file(documentId)
    t.equal(twice.revision.level, 'B-LTA')
    t.ok(twice.bytes.subarray(0, before.length).equals(before))
    t.equal(listSignatures(twice.bytes).length, 5)
  },
)

t.test(
  'P5: a time-stamp whose certificates have ended is not renewed any more, and that is said',
  async (t) => {
    const platform = testPlatform()
    const start = platform.clock()
    const bench = await aPreservationBench(
      db,
      [aTsa(platform, 'one', addMilliseconds(start, year_ms))],
      platform,
    )
    const documentId = await bench.store()
    await bench.round()
    const before = (await bench.file(documentId)).bytes
    platform.setClock(addMilliseconds(start, 2 * year_ms))
    await bench.round()
    t.ok((await bench.file(documentId)).bytes.equals(before))
    t.match(await bench.state(documentId), { level: 'B-LTA', waiting_because: 'lapsed', failures: 1 })
    t.match(await bench.events(), [{ documentId, because: 'lapsed', level: 'B-LTA' }])
  },
)

t.test('P8: two hundred documents share one answer about each certificate', async (t) => {
  const platform = testPlatform()
  const bench = await aPreservationBench(
    db,
    [aTsa(platform, 'one', addMilliseconds(platform.clock(), 9 * year_ms))],
    platform,
  )
  const documents: DocumentId[] = []
  for (let count = 0; count < 200; count += 1) documents.push(await bench.store())
  await bench.round()
  const levels = await db.adminQuery<{ level: string; count: number }>(
    'select level, count(*)::integer as count from document_preservation where organisation_id = $1 group by level',
    [bench.organisationId],
  )
  t.same(levels, [{ level: 'B-LTA', count: 200 }])
  t.equal(bench.revocation.asked(), 3, 'the seal, and the two certificates below the root of the TSA')
})

t.test('P1: an executed copy is preserved behind its second seal, with data for both seals', async (t) => {
  const platform = testPlatform()
  const ends = addMilliseconds(platform.clock(), 9 * year_ms)
  const bench = await aPreservationBench(db, [aTsa(platform, 'one', ends)], platform)
  const { seal, frozen, grafted, executed } = await anExecutedFile()
  const { keyId } = await registerSealKey({ platform, database: db.database }, bench.organisationId, {
    kind: 'taken-in',
    certificates: [seal.leaf, seal.root],
    privateKey: seal.privateKey,
  })
  const documentId = platform.newId() as DocumentId
  await db.database.inOrganisation(bench.organisationId, (trx) =>
    storeDocument(
      trx,
      bench.organisationId,
      { documentId, kind: 'executed-copy', language: 'nl', title: 'Code', createdAt: platform.clock() },
      {
        bytes: executed,
        sha256: sha256(executed),
        renderedLength: grafted.length,
        renderedSha256: sha256(grafted),
        level: 'B-B',
        sealKeyId: keyId,
      },
    ),
  )
  await bench.round()
  const { bytes, revisions } = await bench.file(documentId)
  t.same(
    revisions.map(({ number, kind, level, length }) => [number, kind, level, length === frozen.length]),
    [
      [0, 'rendered', null, false],
      [1, 'seal', 'B-B', true],
      [2, 'signature-sheet', null, false],
      [3, 'seal', 'B-B', false],
      [4, 'timestamp', 'B-T', false],
      [5, 'validation-data', 'B-LT', false],
      [6, 'timestamp', 'B-LTA', false],
    ],
  )
  for (const { length, sha256: hash } of revisions) t.ok(sha256(bytes.subarray(0, length)).equals(hash))
})
