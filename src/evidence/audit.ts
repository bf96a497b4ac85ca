import type { Instant, LogId, OrganisationId } from '#core'
import { laterOf } from '#core'
import type { Transaction } from '#database'
import type { AuditedEntry, AuditedLog } from './audit-store.ts'
import { countOutsideLog, getAuditedLog, readAuditedCheckpoints, readAuditedEntries } from './audit-store.ts'
import { checkCheckpoint, checkEntry, checkHead, checkKey } from './audit-checks.ts'
import type { AuditFinding } from './audit-findings.ts'
import { AuditFindings } from './audit-findings.ts'
import { readErasures } from './erasure-view.ts'
import { leafHash } from './merkle-hash.ts'
import type { CompactRange } from './merkle-range.ts'
import { appendLeaves, emptyRange, rootOf } from './merkle-range.ts'
import { readTiles, tileKey } from './tile-store.ts'
import { fullTreeHash, tileHashCount, tilesCompleted, tileWidth } from './tile.ts'

export type { AuditFinding, AuditFindingName } from './audit-findings.ts'

/** What an audit found. A sound log has no findings. */
export type AuditReport = {
  readonly logId: LogId
  readonly origin: string
  /** Entries that were recomputed: all that the head counted when the audit began, unless one is missing. */
  readonly entriesChecked: number
  /** The root over those entries, in hex: what an auditor compares with a checkpoint held elsewhere. */
  readonly rootHash: string
  readonly findings: readonly AuditFinding[]
  /** Findings beyond the first 1,000, counted only. */
  readonly findingsOmitted: number
}

const entriesPerPage = 500

/** How far an audit has come, and all it has to know to go on: small, whatever the log's size. */
export type AuditProgress = {
  /** Stands for the entries that were recomputed. */
  readonly range: CompactRange
  readonly lastAt: Instant | undefined
  /** For each level of tiles the hashes of the tile that is not full yet. */
  readonly openTiles: readonly (readonly Buffer[])[]
}

/** What one slice of an audit came to. */
export type AuditSlice = {
  readonly logId: LogId
  readonly origin: string
  readonly progress: AuditProgress
  /** Nothing is left to recompute: the head was reached, or a gap beyond which nothing has a place in the tree. */
  readonly ended: boolean
  readonly findings: readonly AuditFinding[]
  readonly findingsOmitted: number
}

/** Where every audit begins. */
export const auditBeginning: AuditProgress = { range: emptyRange, lastAt: undefined, openTiles: [] }

/** Hash of everything recomputed so far, as an auditor compares it with a checkpoint held elsewhere. */
export function auditedRoot(progress: AuditProgress): Buffer {
  return rootOf(progress.range)
}

type Working = { -readonly [Name in keyof Omit<AuditProgress, 'openTiles'>]: AuditProgress[Name] } & {
  readonly openTiles: Buffer[][]
}

/**
 * Recomputes everything that is stored of an organisation's open log: disclosures to commitments, commitments to
 * entries, entries to leaves, leaves to tiles and roots, roots to signed checkpoints, and the head. Reads every row
 * once and keeps little in memory.
 *
 * Finds every change by somebody without the log's key but one: a log that was put back, whole, to one of its earlier
 * checkpoints. Somebody who has the key can rewrite everything. Both contradict a receipt or checkpoint held
 * elsewhere, which is why they leave the house.
 */
export async function auditLog(
  trx: Transaction,
  organisationId: OrganisationId,
  logId?: LogId,
): Promise<AuditReport> {
  const slice = await auditSlice(trx, organisationId, auditBeginning, Number.MAX_SAFE_INTEGER, logId)
  return {
    logId: slice.logId,
    origin: slice.origin,
    entriesChecked: slice.progress.range.size,
    rootHash: auditedRoot(slice.progress).toString('hex'),
    findings: slice.findings,
    findingsOmitted: slice.findingsOmitted,
  }
}

/**
 * The same for up to `entriesMax` entries from where the last slice ended, of the open log unless another is named. A
 * slice may be done again, and by another process. What is outside the log and the head itself come with the last one.
 */
export async function auditSlice(
  trx: Transaction,
  organisationId: OrganisationId,
  from: AuditProgress,
  entriesMax: number,
  logId?: LogId,
): Promise<AuditSlice> {
  const log = await getAuditedLog(trx, organisationId, logId)
  const findings = new AuditFindings()
  checkKey(log, findings)
  const progress: Working = { ...from, openTiles: from.openTiles.map((hashes) => [...hashes]) }
  const end = Math.min(log.size, from.range.size + entriesMax)
  let gap = false
  while (progress.range.size < end && !gap) {
    const before = progress.range.size
    const limit = Math.min(entriesPerPage, end - before)
    const page = await readAuditedEntries(trx, log, before, limit)
    const whole = wholeBeginning(page, before)
    if (whole.length > 0) await auditPage(trx, log, whole, progress, findings)
    gap = whole.length < limit
    if (gap) findings.add('entry-missing', `entry ${progress.range.size}`)
  }
  const ended = gap || progress.range.size >= log.size
  if (ended) {
    if (progress.range.size === log.size) checkHead(log, progress.range, progress.lastAt, findings)
    await auditOutside(trx, log, findings)
  }
  const { listed, omitted } = findings
  return { logId: log.logId, origin: log.origin, progress, ended, findings: listed, findingsOmitted: omitted }
}

/** The entries of a page up to the first gap: beyond it no leaf has a place in the tree. */
function wholeBeginning(page: readonly AuditedEntry[], from: number): readonly AuditedEntry[] {
  const gap = page.findIndex((entry, position) => entry.index !== from + position)
  return gap < 0 ? page : page.slice(0, gap)
}

async function auditPage(
  trx: Transaction,
  log: AuditedLog,
  page: readonly AuditedEntry[],
  progress: Working,
  findings: AuditFindings,
): Promise<void> {
  const from = progress.range.size
  const end = from + page.length
  const erasures = await readErasures(trx, log.organisationId, page.map((entry) => entry.entryId)) // prettier-ignore
  for (const entry of page) {
    const at = checkEntry(entry, progress.lastAt, erasures.get(entry.entryId) ?? [], findings)
    if (at !== undefined) progress.lastAt = progress.lastAt === undefined ? at : laterOf(progress.lastAt, at)
  }
  const leaves = page.map((entry) => leafHash(entry.entry))
  await auditTiles(trx, log, leaves, progress, findings)
  for (const checkpoint of await readAuditedCheckpoints(trx, log, from, end)) {
    const newLeaves = leaves.slice(progress.range.size - from, checkpoint.size - from)
    progress.range = appendLeaves(progress.range, newLeaves).range
    checkCheckpoint(log, checkpoint, rootOf(progress.range), page[checkpoint.size - 1 - from]!, findings)
  }
  progress.range = appendLeaves(progress.range, leaves.slice(progress.range.size - from)).range
}

async function auditTiles(
  trx: Transaction,
  log: AuditedLog,
  leaves: readonly Buffer[],
  progress: Working,
  findings: AuditFindings,
): Promise<void> {
  const from = progress.range.size
  const completed = tilesCompleted(from, from + leaves.length)
  const stored = await readTiles(trx, log.organisationId, log.logId, completed)
  const next = new Map<number, number>()
  for (const { level, index } of completed.toReversed()) next.set(level, index)
  const add = (level: number, hash: Buffer): void => {
    const open = (progress.openTiles[level] ??= [])
    open.push(hash)
    if (open.length < tileWidth) return
    progress.openTiles[level] = []
    const index = next.get(level)!
    next.set(level, index + 1)
    const found = stored.get(tileKey({ level, index }))
    if (found === undefined) findings.add('tile-missing', `tile ${level}/${index}`)
    else if (!found.equals(Buffer.concat(open))) findings.add('tile-differs', `tile ${level}/${index}`)
    add(level + 1, fullTreeHash(open))
  }
  for (const leaf of leaves) add(0, leaf)
}

/** Rows that no recomputation reaches: beyond the head, or where no tile can be. */
async function auditOutside(trx: Transaction, log: AuditedLog, findings: AuditFindings): Promise<void> {
  const outside = await countOutsideLog(trx, log)
  if (outside.entries > 0) findings.add('beyond-head', `${outside.entries} entries`)
  if (outside.checkpoints > 0) findings.add('beyond-head', `${outside.checkpoints} checkpoints`)
  let tilesExpected = 0
  for (let level = 1; tileHashCount(level, outside.size) > 0; level += 1) {
    tilesExpected += tileHashCount(level, outside.size)
  }
  if (outside.tiles > tilesExpected) findings.add('tile-unexpected', `${outside.tiles - tilesExpected} tiles`)
}
