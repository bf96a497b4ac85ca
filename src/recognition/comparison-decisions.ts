import type { Comparison, HeldDocument, HeldRevision } from './recognition.ts'

const step_bytes = 64 * 1024

/**
 * How a file stands to a document here: byte for byte one of its revisions, or from where on it is not. Pure; looks at
 * bytes and nothing else, so a file that breaks every reader is compared as well.
 */
export function compareWithHeld(file: Buffer, { bytes, revisions }: HeldDocument): Comparison {
  const equalLength = equalBeginning(file, bytes)
  const intact = revisions.findLast(({ length }) => length <= equalLength) ?? null
  const asLong = revisions.find(({ length }) => length === file.length)
  if (equalLength === file.length) {
    return asLong === undefined
      ? { kind: 'cut-off', equalLength, intact }
      : { kind: 'identical', revision: asLong }
  }
  const changedIn = revisions.find(({ length }) => length > equalLength)
  // The newest revision is the whole of the bytes: what lies behind all of them was added.
  if (changedIn === undefined || intact?.length === bytes.length) {
    const addedLength = file.length - bytes.length
    return { kind: 'bytes-added', equalLength, intact: intact as HeldRevision, addedLength }
  }
  const differentBytes = asLong === undefined ? null : countDifferent(file, bytes)
  return { kind: 'different', equalLength, intact, changedIn, differentBytes }
}

/** The document that a file is nearest to: the same, else the longest equal beginning, else the shorter document. */
export function nearestHeld(
  file: Buffer,
  documents: readonly HeldDocument[],
): { readonly document: HeldDocument; readonly comparison: Comparison } | undefined {
  return documents
    .map((document) => ({ document, comparison: compareWithHeld(file, document) }))
    .toSorted(
      (one, other) =>
        nearness(other.comparison) - nearness(one.comparison) ||
        one.document.bytes.length - other.document.bytes.length,
    )[0]
}

function nearness(comparison: Comparison): number {
  return comparison.kind === 'identical' ? Infinity : comparison.equalLength
}

function equalBeginning(one: Buffer, other: Buffer): number {
  const length = Math.min(one.length, other.length)
  let at = 0
  while (at < length && one.subarray(at, at + step_bytes).equals(other.subarray(at, at + step_bytes))) {
    at += step_bytes
  }
  while (at < length && one[at] === other[at]) at++
  return Math.min(at, length)
}

function countDifferent(file: Buffer, bytes: Buffer): number {
  let count = 0
  for (let at = 0; at < file.length; at++) if (file[at] !== bytes[at]) count++
  return count
}
