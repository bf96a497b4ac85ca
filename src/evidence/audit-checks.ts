import type { Instant } from '#core'
import type { AuditFindings } from './audit-findings.ts'
import type { AuditedCheckpoint, AuditedEntry, AuditedLog } from './audit-store.ts'
import { openCheckpoint } from './checkpoint.ts'
import { commitmentOf, remainingFacts } from './disclosure.ts'
import type { Entry } from './entry.ts'
import { erasureFaultOf } from './erasure-check.ts'
import type { Erasure } from './erasure-view.ts'
import { parseEntry } from './entry.ts'
import { leafHash, splitHashes } from './merkle-hash.ts'
import type { CompactRange } from './merkle-range.ts'
import { verifyInclusion } from './merkle-verification.ts'
import { keyHashOf, noteVerifier } from './note-key.ts'

/** Checks that the key named by the log is the key of its origin. */
export function checkKey(log: AuditedLog, findings: AuditFindings): void {
  if (keyHashOf(log.origin, log.publicKey) !== log.keyId) findings.add('key-differs', `key ${log.keyId}`)
}

/** Checks one entry against its columns, proof, disclosures and erasures. Gives its time when it has one. */
export function checkEntry(
  row: AuditedEntry,
  lastAt: Instant | undefined,
  erasures: readonly Erasure[],
  findings: AuditFindings,
): Instant | undefined {
  const subject = `entry ${row.index}`
  const leaf = leafHash(row.entry)
  if (!leaf.equals(row.leafHash)) findings.add('leaf-hash-differs', subject)
  checkProof(row, leaf, findings)
  const entry = attempt(() => parseEntry(row.entry.toString('utf8')))
  if (entry === undefined || (entry.refs.at(-1) ?? -1) >= row.index) findings.add('entry-malformed', subject)
  if (entry === undefined) return undefined
  if (entry.kind !== row.kind) findings.add('entry-kind-differs', subject)
  if (entry.at !== row.recordedAt) findings.add('entry-time-differs', subject)
  if (lastAt !== undefined && entry.at < lastAt) findings.add('entry-time-goes-back', subject)
  checkDisclosures(row, entry, erasures, findings)
  return entry.at
}

function checkProof(row: AuditedEntry, leaf: Buffer, findings: AuditFindings): void {
  const { index, proofSize: size, checkpointRoot: root } = row
  if (root === null) return findings.add('checkpoint-missing', `checkpoint ${size}`)
  const proof = splitHashes(row.proof)
  if (!verifyInclusion({ index, size, leaf, root, proof })) findings.add('proof-fails', `entry ${index}`)
}

function checkDisclosures(
  row: AuditedEntry,
  entry: Entry,
  erasures: readonly Erasure[],
  findings: AuditFindings,
): void {
  const { disclosures } = row
  const fault = attempt(() => ({ name: erasureFaultOf(disclosures, row.index, erasures) }))
  if (fault?.name !== undefined) findings.add(fault.name, `entry ${row.index}`)
  if (disclosures === null) return
  const differs = disclosures.some((text, position) => text !== null && commitmentOf(text) !== entry.commitments[position]) // prettier-ignore
  if (differs || disclosures.length !== entry.commitments.length) {
    findings.add('disclosure-differs', `entry ${row.index}`)
  }
  if (attempt(() => remainingFacts(disclosures)) === undefined) {
    findings.add('disclosure-malformed', `entry ${row.index}`)
  }
}

/** Checks a stored checkpoint against the root over the entries and the last of them, and its note against both. */
export function checkCheckpoint(
  log: AuditedLog,
  stored: AuditedCheckpoint,
  root: Buffer,
  last: AuditedEntry,
  findings: AuditFindings,
): void {
  const subject = `checkpoint ${stored.size}`
  const verifier = noteVerifier(log.origin, log.publicKey)
  const opened = attempt(() => openCheckpoint(stored.note, verifier))
  if (opened === undefined || opened.size !== stored.size) findings.add('checkpoint-note-invalid', subject)
  if (!stored.root.equals(root) || (opened !== undefined && !opened.root.equals(root))) {
    findings.add('checkpoint-root-differs', subject)
  }
  if (stored.createdAt !== last.recordedAt) findings.add('checkpoint-time-differs', subject)
}

/** Checks the head against what the entries add up to. A closed log has none. */
export function checkHead(
  log: AuditedLog,
  range: CompactRange,
  lastAt: Instant | undefined,
  findings: AuditFindings,
): void {
  const { head } = log
  if (head === null) return
  const sameTime = lastAt === undefined || lastAt === head.lastAt
  if (!Buffer.concat(range.hashes).equals(head.frontier) || !sameTime) findings.add('head-differs', 'head')
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    // Whatever makes a stored text unreadable is one finding; an audit never stops at what it is looking for.
    return undefined
  }
}
