import { sql } from 'kysely'
import type { LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { LedgerBrokenError } from './ledger-errors.ts'
import type { OpenLog } from './ledger-view.ts'
import { getOpenLog, readCheckpoint } from './ledger-view.ts'
import { getLog } from './log-view.ts'
import { emptyRoot, leafHash, splitHashes } from './merkle-hash.ts'
import type { LeafRange, NodeCoordinate, NodeReader } from './merkle-proof.ts'
import { consistencyRanges, hashRange, inclusionRanges, rangeNodes } from './merkle-proof.ts'
import { verifyInclusion } from './merkle-verification.ts'
import { formatReceiptProof } from './receipt-proof.ts'
import type { StoredLeaf } from './stored-node.ts'
import { subtreeHash } from './stored-node.ts'
import { readTiles, tileKey } from './tile-store.ts'
import { nodeInTile, tileHashCount, tileOf } from './tile.ts'

/** Most entries whose proofs are made from one reading: at 8 KB a tile that is some 2 MB. */
const proofsPerReading = 250

/**
 * The inclusion proof of entry `index` in the tree of the first `size` entries, lowest sibling first. Reads at most
 * one tile or entry for each hash of the proof's height. Throws a RangeError unless index < size <= the log's size.
 * Of the open log unless another is named, as everywhere here.
 */
export async function proveInclusion(
  trx: Transaction,
  organisationId: OrganisationId,
  index: number,
  size: number,
  logId?: LogId,
): Promise<Buffer[]> {
  const ranges = inclusionRanges(index, size)
  const log = await getLogOf(trx, organisationId, size, logId)
  const read = await loadNodes(trx, organisationId, log, ranges)
  return ranges.map((range) => hashRange(read, range))
}

/**
 * The consistency proof from the tree of the first `oldSize` entries to that of the first `newSize`. Throws a
 * RangeError unless 0 < oldSize <= newSize <= the log's size.
 */
export async function proveConsistency(
  trx: Transaction,
  organisationId: OrganisationId,
  oldSize: number,
  newSize: number,
  logId?: LogId,
): Promise<Buffer[]> {
  const ranges = consistencyRanges(oldSize, newSize)
  const log = await getLogOf(trx, organisationId, newSize, logId)
  const read = await loadNodes(trx, organisationId, log, ranges)
  return ranges.map((range) => hashRange(read, range))
}

/**
 * The consistency proofs from each of the older sizes to `newSize`, by size, from few readings. An equal size has an
 * empty proof. Throws a RangeError unless 0 < older size <= newSize <= the log's size.
 */
export async function proveConsistencies(
  trx: Transaction,
  organisationId: OrganisationId,
  oldSizes: readonly number[],
  newSize: number,
  logId?: LogId,
): Promise<ReadonlyMap<number, Buffer[]>> {
  const log = await getLogOf(trx, organisationId, newSize, logId)
  const sizes = [...new Set(oldSizes)]
  const proofs = new Map<number, Buffer[]>()
  for (let start = 0; start < sizes.length; start += proofsPerReading) {
    const part = sizes.slice(start, start + proofsPerReading)
    const ranges = part.map((size) => (size === newSize ? [] : consistencyRanges(size, newSize)))
    const read = await loadNodes(trx, organisationId, log, ranges.flat())
    part.forEach((size, position) =>
      proofs.set(
        size,
        ranges[position]!.map((range) => hashRange(read, range)),
      ),
    )
  }
  return proofs
}

/**
 * For each index the text of a proof (C2SP tlog-proof) into the stored checkpoint of `size`, in the order given. Each
 * is checked before it is handed out: throws a LedgerBrokenError when one does not lead to the root that was signed,
 * a RangeError when no checkpoint of that size was signed or an entry is not below it.
 */
export async function proveEntries(
  trx: Transaction,
  organisationId: OrganisationId,
  entryIndexes: readonly number[],
  size: number,
  logId?: LogId,
): Promise<string[]> {
  const checkpoint = await readCheckpoint(trx, organisationId, size, logId)
  if (checkpoint === undefined) throw new RangeError(`no checkpoint of ${size} entries was signed`)
  const log = await getLogOf(trx, organisationId, size, logId)
  const texts: string[] = []
  for (let start = 0; start < entryIndexes.length; start += proofsPerReading) {
    const indexes = entryIndexes.slice(start, start + proofsPerReading)
    const paths = indexes.map((index) => inclusionRanges(index, size))
    const read = await loadNodes(trx, organisationId, log, paths.flat())
    const entries = await loadEntries(trx, organisationId, log, indexes)
    indexes.forEach((index, position) => {
      const extra = entries.get(index)
      if (extra === undefined) throw new LedgerBrokenError(`entry ${index} is missing`)
      const hashes = paths[position]!.map((range) => hashRange(read, range))
      const claim = { index, size, leaf: leafHash(extra), root: checkpoint.root, proof: hashes }
      if (!verifyInclusion(claim)) {
        throw new LedgerBrokenError(`entry ${index} does not lead to the checkpoint of ${size}`)
      }
      texts.push(formatReceiptProof({ extra, index, hashes, checkpoint: checkpoint.note }))
    })
  }
  return texts
}

/**
 * The root of the tree of the first `size` entries of a log, made from what is stored and not from a checkpoint. Reads
 * at most one tile or entry for each bit of the size. Throws a RangeError when the log is smaller.
 */
export async function rootAt(
  trx: Transaction,
  organisationId: OrganisationId,
  size: number,
  logId?: LogId,
): Promise<Buffer> {
  const log = await getLogOf(trx, organisationId, size, logId)
  if (size === 0) return emptyRoot
  const whole = { start: 0, end: size }
  return hashRange(await loadNodes(trx, organisationId, log, [whole]), whole)
}

/** The log that is asked for, or the open one. */
async function getLogOf(
  trx: Transaction,
  organisationId: OrganisationId,
  size: number,
  logId: LogId | undefined,
): Promise<OpenLog> {
  const log =
    logId === undefined ? await getOpenLog(trx, organisationId) : await getLog(trx, organisationId, logId)
  if (size > log.size) throw new RangeError(`the log has ${log.size} entries`)
  return log
}

/** Reads every full subtree that the ranges are made of: from its tile when that is full, else from its last leaf. */
async function loadNodes(
  trx: Transaction,
  organisationId: OrganisationId,
  log: OpenLog,
  ranges: readonly LeafRange[],
): Promise<NodeReader> {
  const nodes = ranges.flatMap(rangeNodes)
  const tiles = await loadTiles(
    trx,
    organisationId,
    log,
    nodes.filter((node) => isInFullTile(node, log.size)),
  )
  const leaves = await loadLeaves(
    trx,
    organisationId,
    log,
    nodes.filter((node) => !isInFullTile(node, log.size)),
  )
  return (level, index) => {
    const node = { level, index }
    if (isInFullTile(node, log.size)) {
      const key = tileKey(tileOf(node))
      const tile = tiles.get(key)
      if (tile === undefined) throw new LedgerBrokenError(`tile ${key} is missing`)
      return nodeInTile(node, tile)
    }
    const leaf = leaves.get(lastLeafOf(node))
    if (leaf === undefined) throw new LedgerBrokenError(`entry ${lastLeafOf(node)} is missing`)
    return subtreeHash(leaf, level)
  }
}

function isInFullTile(node: NodeCoordinate, size: number): boolean {
  const tile = tileOf(node)
  return tile.index < tileHashCount(tile.level + 1, size)
}

function lastLeafOf(node: NodeCoordinate): number {
  return (node.index + 1) * 2 ** node.level - 1
}

async function loadTiles(
  trx: Transaction,
  organisationId: OrganisationId,
  log: OpenLog,
  nodes: readonly NodeCoordinate[],
): Promise<ReadonlyMap<string, readonly Buffer[]>> {
  const wanted = new Map(nodes.map(tileOf).map((tile) => [tileKey(tile), tile]))
  const tiles = await readTiles(trx, organisationId, log.logId, [...wanted.values()])
  return new Map([...tiles].map(([key, hashes]) => [key, splitHashes(hashes)]))
}

async function loadLeaves(
  trx: Transaction,
  organisationId: OrganisationId,
  log: OpenLog,
  nodes: readonly NodeCoordinate[],
): Promise<ReadonlyMap<number, StoredLeaf>> {
  if (nodes.length === 0) return new Map()
  const wanted = [...new Set(nodes.map(lastLeafOf))]
  const rows = await trx
    .selectFrom('ledger_entry')
    .select(['ledger_entry.entry_index', 'ledger_entry.leaf_hash', 'ledger_entry.proof'])
    .where('ledger_entry.organisation_id', '=', organisationId)
    .where('ledger_entry.log_id', '=', log.logId)
    .where(sql<boolean>`ledger_entry.entry_index = any(${wanted}::bigint[])`)
    .execute()
  return new Map(
    rows.map((row) => [row.entry_index, { leafHash: row.leaf_hash, proof: splitHashes(row.proof) }]),
  )
}

async function loadEntries(
  trx: Transaction,
  organisationId: OrganisationId,
  log: OpenLog,
  indexes: readonly number[],
): Promise<ReadonlyMap<number, Buffer>> {
  const rows = await trx
    .selectFrom('ledger_entry')
    .select(['ledger_entry.entry_index', 'ledger_entry.entry'])
    .where('ledger_entry.organisation_id', '=', organisationId)
    .where('ledger_entry.log_id', '=', log.logId)
    .where(sql<boolean>`ledger_entry.entry_index = any(${[...indexes]}::bigint[])`)
    .execute()
  return new Map(rows.map((row) => [row.entry_index, row.entry]))
}
