import t from 'tap'
import { addMilliseconds, sha256 } from '#core'
import { loadDocumentFile } from '#documents'
import { preservationJob } from '#preservation'
import { httpAuthority } from '#timestamps'
import { preserveDocument } from '../../src/preservation/preservation-actions.ts'
import { testDatabase } from '../support/database.ts'
import { testPlatform } from '../support/platform.ts'
import { aPreservationBench, aTsa, minute_ms, year_ms } from '../support/preservation-bench.ts'
import { startTimestampServer, type TsaMood } from '../support/timestamps-server.ts'

const db = await testDatabase(t)

/** An organisation whose one authority is a server on loopback that answers in whatever mood. */
async function aServedBench(t: { teardown(work: () => unknown): void }) {
  const platform = testPlatform()
  const server = await startTimestampServer(t, platform.clock)
  const authority = httpAuthority({ name: 'tsa.example', url: server.url, roots: server.roots })
  return { server, platform, bench: await aPreservationBench(db, [authority], platform) }
}

const rejected: [TsaMood, string][] = [
  ['wrong imprint', 'timestamp-rejected'],
  ['replay', 'timestamp-rejected'],
  ['purpose not critical', 'timestamp-rejected'],
]

for (const [mood, because] of rejected)
  t.test(
    `A15: a TSA with "${mood}" gives nothing that is kept, and later the same file gets to B-LTA`,
    async (t) => {
      const { server, platform, bench } = await aServedBench(t)
      // An answer for something else, to be replayed.
      const first = await bench.store()
      await bench.round()
      t.equal((await bench.file(first)).revision.level, 'B-LTA')
      server.setMood(mood)
      const documentId = await bench.store()
      const frozen = await bench.file(documentId)
      await bench.round()
      const after = await bench.file(documentId)
      t.ok(after.bytes.equals(frozen.bytes))
      t.equal(after.revision.level, 'B-B')
      t.match(await bench.state(documentId), {
        level: 'B-B',
        step: 'timestamp',
        failures: 1,
        waiting_because: because,
      })
      t.match(await bench.events(), [{ documentId, level: 'B-B', step: 'timestamp', because }])
      t.equal(bench.metric('beding_document_preservation_total', `{outcome="${because}"}`), 1)
      t.equal(bench.metric('beding_documents_waiting', `{organisation="${bench.organisationId}"}`), 1)
      server.setMood('good')
      platform.advanceClock(minute_ms)
      await bench.round()
      const mended = await bench.file(documentId)
      t.equal(mended.revision.level, 'B-LTA')
      t.ok(mended.bytes.subarray(0, frozen.bytes.length).equals(frozen.bytes))
      t.match(await bench.state(documentId), { failures: 0, waiting_because: null, waiting_since: null })
    },
  )

t.test(
  'A15: with the TSA down nothing changes; three in a row end the round, and one of them is told',
  async (t) => {
    const { server, platform, bench } = await aServedBench(t)
    await server.stop()
    const documents = await Promise.all(Array.from({ length: 12 }, () => bench.store()))
    const next = await bench.round()
    const tried = await Promise.all(documents.map((documentId) => bench.state(documentId)))
    const waiting = tried.filter(({ failures }) => failures > 0)
    t.ok(waiting.length >= 3 && waiting.length < 12, `${waiting.length} of 12 were tried`)
    for (const state of tried) t.equal(state.level, 'B-B')
    for (const state of waiting) t.equal(state.waiting_because, 'timestamp-unavailable')
    t.equal((await bench.events()).length, 1, 'it is one outage')
    t.equal(next, addMilliseconds(platform.clock(), minute_ms))
  },
)

t.test('A15: with OCSP and CRL down the file stays at B-T, and is completed later', async (t) => {
  const { platform, bench } = await aServedBench(t)
  bench.revocation.answer('unavailable')
  const documentId = await bench.store()
  await bench.round()
  const before = await bench.file(documentId)
  t.equal(before.revision.level, 'B-T')
  t.match(await bench.state(documentId), {
    level: 'B-T',
    step: 'validation-data',
    waiting_because: 'revocation-unavailable',
    waiting_detail: 'http://ocsp.example/: unreachable; http://crl.example/: unreachable',
  })
  bench.revocation.answer('good')
  platform.advanceClock(minute_ms)
  await bench.round()
  const after = await bench.file(documentId)
  t.equal(after.revision.level, 'B-LTA')
  t.ok(after.bytes.subarray(0, before.bytes.length).equals(before.bytes))
})

t.test('A15: a seal that was revoked gets no data that say it is good', async (t) => {
  const { platform, bench } = await aServedBench(t)
  bench.revocation.answer('revoked', bench.sealLeaf)
  const documentId = await bench.store()
  await bench.round()
  t.equal((await bench.file(documentId)).revision.level, 'B-T')
  t.match(await bench.state(documentId), { level: 'B-T', waiting_because: 'seal-revoked' })
  t.match(await bench.events(), [{ documentId, because: 'seal-revoked', level: 'B-T' }])
  platform.advanceClock(minute_ms)
  await bench.round()
  t.equal((await bench.state(documentId)).failures, 1, 'it is not asked for again every minute')
  platform.advanceClock(360 * minute_ms)
  await bench.round()
  t.equal((await bench.state(documentId)).failures, 2)
  t.equal((await bench.events()).length, 1, 'the same reason is told once')
  // It was a mistake of the authority, and it takes it back.
  bench.revocation.answer('good')
  platform.advanceClock(360 * minute_ms)
  await bench.round()
  t.equal((await bench.file(documentId)).revision.level, 'B-LTA')
})

t.test(
  'P6: a renewal goes on with what the file holds when nobody answers, and stops for a revoked authority',
  async (t) => {
    const platform = testPlatform()
    const start = platform.clock()
    const one = aTsa(platform, 'one', addMilliseconds(start, 3 * year_ms))
    const two = aTsa(platform, 'two', addMilliseconds(start, 9 * year_ms))
    const bench = await aPreservationBench(db, [one, two], platform)
    const [kept, revoked] = [await bench.store(), await bench.store()]
    await bench.round()
    platform.setClock(addMilliseconds(start, 3 * year_ms - 80 * 86_400_000))
    bench.revocation.answer('revoked', one.keys.signer.der)
    await preserveDocument(bench.deps, bench.organisationId, revoked)
    t.match(await bench.state(revoked), { waiting_because: 'timestamp-authority-revoked', level: 'B-LTA' })
    t.equal((await bench.file(revoked)).revisions.length, 5)
    bench.revocation.answer('unavailable')
    await preserveDocument(bench.deps, bench.organisationId, kept)
    const stamps = (await bench.file(kept)).revisions.flatMap(({ timestamp }) => timestamp?.authority ?? [])
    t.same(stamps, ['one', 'one', 'two'])
    t.match(await bench.state(kept), { step: 'validation-data', waiting_because: 'revocation-unavailable' })
  },
)

t.test(
  'P9: of two workers on one document one keeps each revision, and the file does not fork',
  async (t) => {
    const { bench } = await aServedBench(t)
    const documentId = await bench.store()
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => preserveDocument(bench.deps, bench.organisationId, documentId)),
    )
    t.same(outcomes, ['rests', 'rests', 'rests', 'rests'])
    const { bytes, revisions } = await bench.file(documentId)
    t.same(
      revisions.map(({ number }) => number),
      [0, 1, 2, 3, 4],
    )
    for (const { length, sha256: hash } of revisions) t.ok(sha256(bytes.subarray(0, length)).equals(hash))
  },
)

t.test('P9: a revision for an earlier state of the file is refused by the database', async (t) => {
  const { bench } = await aServedBench(t)
  const documentId = await bench.store()
  await bench.round()
  const copy = (set: string) =>
    db.adminQuery(
      `insert into document_revision select organisation_id, document_id, ${set} from document_revision
       where document_id = $1 and number = 2`,
      [documentId],
    )
  const rest =
    'length, sha256, level, authority, development, proven_at, chain_ends_at, algorithms, created_at'
  await t.rejects(copy(`2, kind, bytes, base_sha256, ${rest}`), { message: /does not continue the file/ })
  await t.rejects(copy(`5, kind, bytes, base_sha256, ${rest}`), { message: /does not continue the file/ })
  await t.rejects(copy(`7, kind, bytes, base_sha256, ${rest}`), { message: /does not continue the file/ })
})

t.test(
  'P4: a worker that dies between steps leaves the file as it was, and the next one goes on',
  async (t) => {
    const { bench } = await aServedBench(t)
    const documentId = await bench.store()
    const dying = {
      ...bench.deps,
      revocationOf: () => Promise.reject(new Error('the process ended here')),
    }
    await preserveDocument(dying, bench.organisationId, documentId)
    t.match(await bench.state(documentId), {
      level: 'B-T',
      step: 'validation-data',
      waiting_because: 'fault',
    })
    t.match(bench.captured.lines.join('\n'), /a step of preservation broke off/)
    bench.platform.advanceClock(360 * minute_ms)
    await bench.round()
    t.equal((await bench.file(documentId)).revision.level, 'B-LTA')
  },
)

t.test('P4: with the disk full nothing is half written, the document waits, and goes on later', async (t) => {
  const { platform, bench } = await aServedBench(t)
  await db.adminQuery(`
    create function disk_is_full() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`)
  await db.adminQuery(
    'create trigger full_disk before insert on document_revision for each row execute function disk_is_full()',
  )
  const documentId = await bench.store()
  const before = await bench.file(documentId)
  await bench.round()
  t.ok((await bench.file(documentId)).bytes.equals(before.bytes))
  t.match(await bench.state(documentId), {
    level: 'B-B',
    step: 'timestamp',
    waiting_because: 'storage-unavailable',
  })
  await db.adminQuery('drop trigger full_disk on document_revision')
  platform.advanceClock(minute_ms)
  await bench.round()
  t.equal((await bench.file(documentId)).revision.level, 'B-LTA')
})

t.test('P3: stored bytes that are not those that were kept are not stamped', async (t) => {
  const { bench } = await aServedBench(t)
  const documentId = await bench.store()
  await db.adminQuery('alter table document disable trigger append_only_rows')
  await db.adminQuery(
    "update document set bytes = overlay(bytes placing '\\x20' from 2000) where document_id = $1",
    [documentId],
  )
  await db.adminQuery('alter table document enable trigger append_only_rows')
  await bench.round()
  t.match(await bench.state(documentId), { level: 'B-B', waiting_because: 'file-unreadable' })
})

t.test('P7: a document that was erased meanwhile ends its work, and others cannot see it', async (t) => {
  const { bench } = await aServedBench(t)
  const other = await aPreservationBench(db, [])
  const documentId = await bench.store()
  t.equal(await preserveDocument(other.deps, other.organisationId, documentId), 'rests')
  await t.rejects(
    db.database.readInOrganisation(other.organisationId, (trx) =>
      loadDocumentFile(trx, bench.organisationId, documentId),
    ),
    { code: 'document-not-found' },
  )
  t.equal(await preservationJob(other.deps).work(other.organisationId), null, 'no documents, no rounds')
})
