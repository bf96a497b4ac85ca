import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import type { EntryId } from '#core'
import type { AppendedEntry, EntryDraft, HeldEntry } from '#evidence'
import { auditLog, proveConsistency, proveEntries, proveInclusion, readEntries } from '#evidence'
import { leafHash } from '../../src/evidence/merkle-hash.ts'
import { consistencyProof, inclusionProof } from '../../src/evidence/merkle-proof.ts'
import { appendLeaves, emptyRange } from '../../src/evidence/merkle-range.ts'
import { verifyConsistency, verifyInclusion } from '../../src/evidence/merkle-verification.ts'
import { testDatabase } from '../support/database.ts'
import { faultsOf } from '../support/evidence-faults.ts'
import { aLog } from '../support/evidence-log.ts'
import { aDraft, someDrafts } from '../support/evidence-samples.ts'

// 66,000 entries take six seconds here and more where others work too.
t.setTimeout(240_000)

const db = await testDatabase(t)

// Many at once, and in trouble

t.test('two writers racing for 200 rounds leave no gap, and every proof verifies', async (t) => {
  const log = await aLog(db)
  const answered: AppendedEntry[] = []
  const write = async (sizes: readonly number[]): Promise<void> => {
    for (const size of sizes) answered.push(...(await log.append(someDrafts(size))))
  }
  const sizes = Array.from({ length: 200 }, (_, round) => 1 + (round % 5))
  await Promise.all([write(sizes), write(sizes.toReversed())])
  t.equal(answered.length, 1_200)
  const indexes = answered.map((one) => one.entryIndex).toSorted((a, b) => a - b)
  t.strictSame(
    indexes,
    Array.from({ length: 1_200 }, (_, index) => index + 1),
  )
  t.strictSame(
    answered.flatMap((one) => faultsOf(one, log.verifier)),
    [],
  )
  const report = await log.read((trx) => auditLog(trx, log.organisationId))
  t.strictSame(report.findings, [])
  t.equal(report.entriesChecked, 1_201)
})

t.test(
  'E6: a writer killed at any moment leaves all of a batch or nothing, and every receipt given holds',
  async (t) => {
    const log = await aLog(db)
    const given: AppendedEntry[] = []
    const tried: EntryId[][] = []
    let killed = 0
    const write = async (): Promise<void> => {
      for (let round = 0; round < 30; round += 1) {
        const drafts = someDrafts(1 + ((round * 37) % 150))
        tried.push(drafts.map((one) => one.entryId))
        try {
          given.push(...(await log.append(drafts)))
        } catch (error) {
          killed += 1
          t.ok(error instanceof Error)
        }
      }
    }
    const stop = new AbortController()
    const killer = (async () => {
      while (!stop.signal.aborted) {
        await pause(Math.random() * 12)
        await db.adminQuery(
          `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and usename = 'beding_app' and state <> 'idle'
        order by random() limit 1`,
        )
      }
    })()
    await Promise.all([write(), write(), write()]).finally(() => stop.abort())
    await killer
    t.comment(`${killed} of 90 batches were killed`)
    t.ok(killed > 0, 'the killer met a writer at least once')
    t.ok(given.length > 0)
    const report = await log.read((trx) => auditLog(trx, log.organisationId))
    t.strictSame(report.findings, [])
    t.strictSame(
      given.flatMap((one) => faultsOf(one, log.verifier)),
      [],
    )
    const byId = new Map<string, HeldEntry>()
    for (const ids of tried) {
      const stored = await log.read((trx) => readEntries(trx, log.organisationId, ids))
      t.ok(stored.length === 0 || stored.length === ids.length, 'all or nothing')
      for (const { kind: _kind, recordedAt: _recordedAt, logId: _logId, ...one } of stored)
        byId.set(one.entryId, one)
    }
    for (const one of given) t.strictSame(byId.get(one.entryId), one)
    t.equal(byId.size + 1, report.entriesChecked)
  },
)

// Proofs from stored tiles and entries

t.test('proofs come out of tiles and edge entries, for any entry and any two sizes', async (t) => {
  const log = await aLog(db)
  for (const size of [250, 1, 10, 300, 45, 100, 7]) await log.grow(size)
  const total = 714
  const entries = await db.adminQuery<{ entry: Buffer }>(
    'select entry from ledger_entry where organisation_id = $1 order by entry_index',
    [log.organisationId],
  )
  t.equal(entries.length, total)
  const leaves = entries.map((row) => leafHash(row.entry))
  const whole = appendLeaves(emptyRange, leaves)
  const rootAt = (size: number): Buffer => appendLeaves(emptyRange, leaves.slice(0, size)).root
  const wrong: string[] = []
  const sizes = [1, 2, 255, 256, 257, 300, 511, 512, 513, 600, 713, 714]
  await log.read(async (trx) => {
    for (const size of sizes) {
      const root = rootAt(size)
      const indexes = [0, 1, 2, 100, 254, 255, 256, 257, 400, 511, 512, 700, 713].filter(
        (index) => index < size,
      )
      for (const index of indexes) {
        const proof = await proveInclusion(trx, log.organisationId, index, size)
        if (!verifyInclusion({ index, size, leaf: leaves[index]!, root, proof }))
          wrong.push(`${index} in ${size}`)
        const expected = inclusionProof(whole.node, index, size)
        if (!Buffer.concat(proof).equals(Buffer.concat(expected))) wrong.push(`${index} in ${size} differs`)
      }
      for (const oldSize of sizes.filter((one) => one <= size)) {
        const proof = await proveConsistency(trx, log.organisationId, oldSize, size)
        const claim = { oldSize, newSize: size, oldRoot: rootAt(oldSize), newRoot: root, proof }
        if (!verifyConsistency(claim)) wrong.push(`${oldSize} to ${size}`)
        const expected = consistencyProof(whole.node, oldSize, size)
        if (!Buffer.concat(proof).equals(Buffer.concat(expected))) wrong.push(`${oldSize} to ${size} differs`)
      }
    }
  })
  t.strictSame(wrong, [])
  const [tiles] = await db.adminQuery<{ count: number }>(
    'select count(*)::int from ledger_tile where organisation_id = $1',
    [log.organisationId],
  )
  t.equal(tiles?.count, 2)
})

t.test('old entries are proven into a later checkpoint, all at once', async (t) => {
  const log = await aLog(db)
  const early = await log.grow(280)
  await log.grow(320)
  const texts = await log.read((trx) =>
    proveEntries(
      trx,
      log.organisationId,
      early.map((one) => one.entryIndex),
      601,
    ),
  )
  const later = early.map((one, position) => ({ ...one, treeSize: 601, tlogProof: texts[position]! }))
  t.strictSame(
    later.flatMap((one) => faultsOf(one, log.verifier)),
    [],
  )
  await t.rejects(
    log.read((trx) => proveEntries(trx, log.organisationId, [1], 600)),
    RangeError,
    'no such checkpoint',
  )
  await t.rejects(
    log.read((trx) => proveEntries(trx, log.organisationId, [601], 601)),
    RangeError,
    'not below it',
  )
  await t.rejects(
    log.read((trx) => proveInclusion(trx, log.organisationId, 0, 602)),
    RangeError,
    'beyond the log',
  )
  await t.rejects(
    log.read((trx) => proveConsistency(trx, log.organisationId, 0, 601)),
    RangeError,
    'an empty tree',
  )
})

// A log so large that a tile of the second level becomes full

t.test('E9: tiles of the second level become full without reading the log again', async (t) => {
  const log = await aLog(db)
  // 65,536 entries fill it; a single entry crosses the edge, with everything below it stored before.
  for (let batch = 0; batch < 32; batch += 1) await log.append(plainDrafts(2_000))
  await log.append(plainDrafts(1_534))
  t.equal(await tileCount(log.organisationId, 1), 0)
  const [last] = await log.grow(1)
  t.equal(last!.entryIndex, 65_535)
  t.equal(await tileCount(log.organisationId, 1), 1)
  t.equal(await tileCount(log.organisationId, 0), 256)
  await log.grow(300)
  const size = 65_836
  const indexes = [0, 1, 255, 256, 40_000, 65_279, 65_280, 65_535, 65_536, 65_800]
  const texts = await log.read((trx) => proveEntries(trx, log.organisationId, indexes, size))
  t.equal(texts.length, indexes.length, 'each was checked against the signed root')
  for (const oldSize of [1, 65_534, 65_536, 65_537, size]) {
    const proof = await log.read((trx) => proveConsistency(trx, log.organisationId, oldSize, size))
    t.equal(proof.length > 0, oldSize !== size)
  }
  const report = await log.read((trx) => auditLog(trx, log.organisationId))
  t.strictSame(report.findings, [])
  t.equal(report.entriesChecked, size)
})

/** Entries without facts: the tree is what matters here. */
function plainDrafts(count: number): EntryDraft[] {
  return Array.from({ length: count }, () => aDraft({ facts: {} }))
}

async function tileCount(organisationId: string, level: number): Promise<number | undefined> {
  const [row] = await db.adminQuery<{ count: number }>(
    'select count(*)::int from ledger_tile where organisation_id = $1 and level = $2',
    [organisationId, level],
  )
  return row?.count
}
