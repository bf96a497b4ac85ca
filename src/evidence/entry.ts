import type { Instant } from '#core'
import { parseStrictJson, toInstant } from '#core'
import { isTreeSize } from './merkle-proof.ts'

/** Most bytes an entry can have: the bundles of C2SP tlog-tiles hold its length in 16 bits. */
export const entryLengthMax = 65_535

/** A leaf of the log: what kind of thing happened, when it was recorded, and commitments to its facts. No fact itself. */
export type Entry = {
  /** When the log took it, never before the entry in front of it (decision 0013). */
  readonly at: Instant
  readonly kind: string
  /** base64url of SHA-256 of each disclosure, in the order of the disclosures. */
  readonly commitments: readonly string[]
  /** Indexes of earlier entries this one is about, ascending. Empty for most. */
  readonly refs: readonly number[]
}

/** True for a kind an entry can have: a few words in lower case with hyphens. */
export function isEntryKind(kind: string): boolean {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(kind) && kind.length <= 64
}

/** The exact text of a leaf (RFC 8785), ASCII only. Throws a RangeError for what cannot be an entry. */
export function formatEntry(entry: Entry): string {
  const { commitments } = entry
  if (!commitments.every(isCommitment) || new Set(commitments).size !== commitments.length) {
    throw new RangeError('commitments are different hashes of 32 bytes')
  }
  return writeEntry(entry)
}

/**
 * The same for commitments that `commitmentOf` has just made of disclosures with different names: looking at them again
 * took as long as hashing a third of them.
 */
export function writeEntry({ at, kind, commitments, refs }: Entry): string {
  if (!isEntryKind(kind)) throw new RangeError('not a kind an entry can have')
  if (!refs.every((ref, position) => isTreeSize(ref) && (position === 0 || refs[position - 1]! < ref))) {
    throw new RangeError('refs are indexes in ascending order')
  }
  // Written straight in the order of RFC 8785: no part has a character that JSON escapes.
  const hashes = commitments.length === 0 ? '' : `"${commitments.join('","')}"`
  const refsMember = refs.length === 0 ? '' : `"refs":[${refs.join(',')}],`
  const text = `{"at":"${toInstant(at)}","c":[${hashes}],"kind":"${kind}",${refsMember}"v":1}`
  if (text.length > entryLengthMax) throw new RangeError('the entry is too long')
  return text
}

/** Reads a leaf. Throws a RangeError unless formatEntry would write exactly this text. */
export function parseEntry(text: string): Entry {
  if (text.length > entryLengthMax) throw new RangeError('the entry is too long')
  const { at, kind, c, refs = [] } = readObject(text)
  if (typeof at !== 'string' || typeof kind !== 'string') throw new RangeError('not an entry')
  if (!isArrayOf(c, 'string') || !isArrayOf(refs, 'number')) throw new RangeError('not an entry')
  const entry: Entry = { at: toInstant(at), kind, commitments: c, refs }
  if (formatEntry(entry) !== text) throw new RangeError('not the canonical form of an entry')
  return entry
}

function readObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = parseStrictJson(text)
  } catch (cause) {
    throw new RangeError('not an entry in JSON', { cause })
  }
  if (typeof value !== 'object' || value === null) throw new RangeError('not an entry')
  return value as Record<string, unknown>
}

/** Base64url of 32 bytes, in the one way to write it: the last of 43 characters holds four bits. */
function isCommitment(text: string): boolean {
  return /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(text)
}

function isArrayOf(value: unknown, type: 'string'): value is string[]
function isArrayOf(value: unknown, type: 'number'): value is number[]
function isArrayOf(value: unknown, type: string): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === type)
}
