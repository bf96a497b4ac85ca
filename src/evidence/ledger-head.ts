import type { Instant, LogId, OrganisationId } from '#core'
import { toInstant } from '#core'
import { batchSizeMax } from './append-plan.ts'
import type { RunStatement } from './ledger-connection.ts'
import { LedgerBrokenError, LedgerMissingError, LedgerStoppedError } from './ledger-errors.ts'
import { splitHashes } from './merkle-hash.ts'
import type { CompactRange } from './merkle-range.ts'
import { toCompactRange } from './merkle-range.ts'
import { subtreeHash } from './stored-node.ts'
import { tileHeight } from './tile.ts'
import { upperHashesNeeded, upperHashKey } from './tile-plan.ts'

/** The end of a log, locked until the transaction ends: all that appending needs to know. */
export type LedgerHead = {
  readonly organisationId: OrganisationId
  readonly logId: LogId
  /** The checkpoint's first line and the name of the log's key. */
  readonly origin: string
  readonly keyId: string
  readonly publicKey: Buffer
  /** Opened by `logSigner`, once per process and key. */
  readonly sealedPrivateKey: Buffer
  readonly range: CompactRange
  /** When the last entry was recorded: the next one is not earlier. */
  readonly lastAt: Instant
  /** Hashes for tiles above level 0 that this flush may complete; empty for almost every flush. */
  readonly upperHashes: ReadonlyMap<string, Buffer>
}

// Sizes and times are read as text, so that this statement means the same on any connection, whatever it parses.
const openHeadText = `
select head.log_id, head.size::text as size, head.frontier, head.stopped_at is not null as stopped,
  to_char(head.last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as last_at,
  log.origin, key.key_id, key.public_key, key.private_key_sealed
from ledger_head head
join ledger_log log on log.organisation_id = head.organisation_id and log.log_id = head.log_id
join signing_key key on key.organisation_id = log.organisation_id and key.key_id = log.key_id
where head.organisation_id = $1
for update of head`

type HeadRow = {
  readonly log_id: LogId
  readonly size: string
  readonly frontier: Buffer
  readonly stopped: boolean
  readonly last_at: string
  readonly origin: string
  readonly key_id: string
  readonly public_key: Buffer
  readonly private_key_sealed: Buffer
}

// A statement of its own, after the lock: a statement that had to wait for the lock would see the rows of before.
const upperHashesText = `
select entry_index::text as entry_index, leaf_hash, proof
from ledger_entry
where organisation_id = $1 and log_id = $2 and entry_index = any($3::bigint[])`

type ProofRow = { readonly entry_index: string; readonly leaf_hash: Buffer; readonly proof: Buffer }

/**
 * Locks the organisation's log until the transaction ends, and reads its end. One round trip, and a second one when
 * the batch may complete a tile above level 0 (3 flushes in 100 at the most). Throws a LedgerMissingError when there
 * is no log, a LedgerStoppedError when it must not be signed any more, and a LedgerBrokenError when what is stored
 * cannot be the end of one.
 */
export async function openLedgerHead(run: RunStatement, organisationId: OrganisationId): Promise<LedgerHead> {
  const [row] = await run<HeadRow>({ text: openHeadText, values: [organisationId] })
  if (row === undefined) throw new LedgerMissingError(organisationId)
  if (row.stopped) throw new LedgerStoppedError()
  const range = rangeOf(row)
  return {
    organisationId,
    logId: row.log_id,
    origin: row.origin,
    keyId: row.key_id,
    publicKey: row.public_key,
    sealedPrivateKey: row.private_key_sealed,
    range,
    lastAt: toInstant(row.last_at),
    upperHashes: await readUpperHashes(run, organisationId, row.log_id, range.size),
  }
}

function rangeOf(row: HeadRow): CompactRange {
  try {
    return toCompactRange(Number(row.size), splitHashes(row.frontier))
  } catch (cause) {
    throw new LedgerBrokenError('the stored head cannot be the end of a log', cause)
  }
}

async function readUpperHashes(
  run: RunStatement,
  organisationId: OrganisationId,
  logId: LogId,
  size: number,
): Promise<ReadonlyMap<string, Buffer>> {
  const needed = upperHashesNeeded(size, batchSizeMax)
  if (needed.length === 0) return new Map()
  const leaves = needed.map(({ lastLeaf }) => lastLeaf)
  const rows = await run<ProofRow>({ text: upperHashesText, values: [organisationId, logId, leaves] })
  const byLeaf = new Map(rows.map((row) => [Number(row.entry_index), row]))
  return new Map(
    needed.map(({ level, index, lastLeaf }) => {
      const row = byLeaf.get(lastLeaf)
      if (row === undefined) throw new LedgerBrokenError(`entry ${lastLeaf} is missing`)
      const stored = { leafHash: row.leaf_hash, proof: splitHashes(row.proof) }
      return [upperHashKey(level, index), subtreeHash(stored, level * tileHeight)]
    }),
  )
}
