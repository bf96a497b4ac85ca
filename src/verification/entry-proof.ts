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
  /** Whether a pinned key of the log signed the checkpoint. */
  readonly signed: boolean
  readonly leafHash: string
}

export type ProofWishes = {
  /** The entry must be exactly these bytes. */
  readonly expected?: Uint8Array
  /** Those bytes as they were read before. */
  readonly entry?: Entry | undefined
  /** A checkpoint that was read and verified before; proofs into the same note need not do it again. */
  readonly known?: { readonly checkpoint: Checkpoint; readonly signed: boolean } | undefined
}

/**
 * Checks a tlog-proof: its form, the entry in it, the path from entry to root, and the log's signature under that root.
 */
export function checkEntryProof(
  findings: Findings,
  trust: Trust,
  bytes: Uint8Array,
  { expected, entry: read, known }: ProofWishes = {},
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
      return read ?? parseEntry(proof.extra)
    },
    ({ kind, at, commitments }) => `${kind} of ${at} with ${commitments.length} commitments`,
  )
  const again = known !== undefined && known.signed && known.checkpoint.note === proof.note
  const checkpoint = findings.attempt(
    'checkpoint form',
    () => (again ? known.checkpoint : parseCheckpoint(proof.note)),
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
  if (again) findings.passed('log signature', signedSentence(checkpoint))
  const signed = again || checkLogSignature(findings, trust, checkpoint) !== undefined
  if (signed && included !== undefined) remember(findings, checkpoint, proof.index, hash.toString('hex'))
  if (entry === undefined || included === undefined) return undefined
  return { entry, index: proof.index, checkpoint, signed, leafHash: hash.toString('hex') }
}

/** A leaf that was seen a moment ago, under another checkpoint, is not kept a second time. */
function remember(findings: Findings, { origin, note }: Checkpoint, index: number, hash: string): void {
  const { leaves } = findings.collected
  const last = leaves.at(-1)
  if (last?.origin === origin && last.index === index && last.leafHash === hash) return
  leaves.push({ origin, index, leafHash: hash, note, source: findings.place })
}

function signedSentence({ origin, size }: Checkpoint): string {
  return `the pinned key of ${origin} signed size ${size} and its root`
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
    findings.passed(name, () => signedSentence(checkpoint))
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
