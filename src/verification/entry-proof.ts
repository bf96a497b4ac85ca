import { demandSignedByOneOf, keysForOrigin, parseCheckpoint } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { parseEntry } from './entry.ts'
import type { Entry } from './entry.ts'
import type { Findings } from './findings.ts'
import { demandInclusion, leafHash } from './merkle-tree.ts'
import { demand, reasonOf } from './refusal.ts'
import { parseTlogProof } from './tlog-proof.ts'
import type { LogKey } from './log-key.ts'
import type { Trust } from './trust.ts'

/** An entry and where its log holds it, after all checks of its proof were made, whatever they came to. */
export type ProvenEntry = {
  readonly entry: Entry
  readonly index: number
  readonly checkpoint: Checkpoint
  readonly leafHash: string
}

/**
 * Checks a tlog-proof: its form, the entry in it, the path from entry to root, and the log's signature under that root.
 * With `expected`, the entry must be exactly those bytes.
 */
export function checkEntryProof(
  findings: Findings,
  trust: Trust,
  bytes: Uint8Array,
  expected?: Uint8Array,
): ProvenEntry | undefined {
  const proof = findings.attempt(
    'proof form',
    () => parseTlogProof(bytes),
    () => 'the proof is a tlog-proof in its one form',
  )
  if (proof === undefined) return undefined
  const entry = findings.attempt(
    'entry',
    () => {
      demand(expected === undefined || proof.extra.equals(expected), 'the proof is about another entry')
      return parseEntry(proof.extra)
    },
    (read) => `${read.kind} of ${read.at} with ${read.commitments.length} commitments`,
  )
  const checkpoint = findings.attempt(
    'checkpoint form',
    () => parseCheckpoint(proof.note),
    ({ origin, size }) => `${origin} at size ${size}`,
  )
  if (checkpoint === undefined) return undefined
  const { size, root } = checkpoint
  const hash = leafHash(proof.extra)
  const included = findings.attempt(
    'inclusion',
    () => {
      demandInclusion({ index: proof.index, size, path: proof.path, root, leafHash: hash })
      return proof
    },
    ({ index }) => `the entry stands at index ${index} under the root of the checkpoint`,
  )
  const key = checkLogSignature(findings, trust, checkpoint)
  if (key !== undefined && included !== undefined) {
    findings.collected.leaves.push({
      origin: checkpoint.origin,
      index: proof.index,
      leafHash: hash.toString('hex'),
      note: checkpoint.note,
      source: findings.place,
    })
  }
  if (entry === undefined || included === undefined) return undefined
  return { entry, index: proof.index, checkpoint, leafHash: hash.toString('hex') }
}

/** Checks the signature under a checkpoint with the keys pinned for its origin, and remembers it if it is right. */
export function checkLogSignature(
  findings: Findings,
  trust: Trust,
  checkpoint: Checkpoint,
): LogKey | undefined {
  const name = 'log signature'
  const keys = keysForOrigin(trust.logKeys, checkpoint.origin)
  if (keys.length === 0) {
    findings.indeterminate(
      name,
      `no key is pinned for ${checkpoint.origin}, so nothing says whose log this is`,
    )
    return undefined
  }
  try {
    const key = demandSignedByOneOf(checkpoint, keys)
    findings.passed(
      name,
      `the pinned key of ${checkpoint.origin} signed size ${checkpoint.size} and its root`,
    )
    findings.collected.checkpoints.push({
      origin: checkpoint.origin,
      size: checkpoint.size,
      root: checkpoint.root.toString('base64'),
      note: checkpoint.note,
      source: findings.place,
    })
    return key
  } catch (error) {
    findings.failed(name, reasonOf(error))
    return undefined
  }
}
