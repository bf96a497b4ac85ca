import { exactObject, parseCanonicalJson } from './canonical-json.ts'
import type { Json } from './canonical-json.ts'
import { demand } from './refusal.ts'
import { decodeBase64Url, isInstant } from './strict-text.ts'

/** A leaf of the log: when it was written, of what kind it is, and commitments to what it says. */
export type Entry = {
  readonly at: string
  readonly kind: string
  /** The SHA-256 of each disclosure, in order. */
  readonly commitments: readonly Buffer[]
  /** Indexes of earlier entries this one is about. */
  readonly references: readonly number[]
}

const entrySizeMax = 65_535

/** Reads the bytes of an entry: canonical JSON with exactly the members of format 1. */
export function parseEntry(bytes: Uint8Array): Entry {
  demand(bytes.length <= entrySizeMax, 'the entry is larger than 65,535 bytes')
  const value = exactObject(parseCanonicalJson(bytes), 'the entry', ['at', 'c', 'kind', 'v'], ['refs'])
  const { at, kind } = value
  demand(value['v'] === 1, 'the entry is not of format 1')
  demand(isInstant(at), 'the time of the entry is not a moment in UTC milliseconds')
  demand(typeof kind === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(kind), 'the kind of the entry is no name')
  const commitments = parseCommitments(value['c'] as Json)
  return { at, kind, commitments, references: parseReferences(value['refs']) }
}

function parseCommitments(value: Json): Buffer[] {
  demand(Array.isArray(value), 'the commitments of the entry are not a list')
  demand(new Set(value).size === value.length, 'a commitment stands in the entry twice')
  return value.map((commitment) => {
    demand(typeof commitment === 'string', 'a commitment of the entry is not a text')
    const bytes = decodeBase64Url(commitment)
    demand(bytes.length === 32, 'a commitment of the entry is not a SHA-256 hash')
    return bytes
  })
}

function parseReferences(value: Json | undefined): number[] {
  if (value === undefined) return []
  demand(Array.isArray(value) && value.length > 0, 'the references of the entry are not a list')
  let previous = -1
  for (const reference of value) {
    demand(Number.isSafeInteger(reference), 'a reference is not an index')
    demand((reference as number) > previous, 'the references of the entry are not in order')
    previous = reference as number
  }
  return value as number[]
}
