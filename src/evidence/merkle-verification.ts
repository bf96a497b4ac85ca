import { hashLength, nodeHash } from './merkle-hash.ts'
import { isTreeSize } from './merkle-proof.ts'

/** A claim that a leaf stands in a tree. */
export type InclusionClaim = {
  readonly index: number
  readonly size: number
  readonly leaf: Uint8Array
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** A claim that one tree is the beginning of another. */
export type ConsistencyClaim = {
  readonly oldSize: number
  readonly newSize: number
  readonly oldRoot: Uint8Array
  readonly newRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/**
 * Checks an inclusion proof (RFC 9162 section 2.1.3.2). False for anything but the one proof of the right length. This
 * is the writer checking itself; what a third party runs is the room `verification`, which shares no code with it.
 */
export function verifyInclusion(claim: InclusionClaim): boolean {
  const { index, size } = claim
  if (!isTreeSize(size) || !isTreeSize(index) || index >= size) return false
  if (!areHashes([claim.leaf, claim.root, ...claim.proof])) return false
  let position = index
  let last = size - 1
  let hash = claim.leaf
  for (const sibling of claim.proof) {
    if (last === 0) return false
    if (isOdd(position) || position === last) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(position) && position !== 0) {
        position = half(position)
        last = half(last)
      }
    } else hash = nodeHash(hash, sibling)
    position = half(position)
    last = half(last)
  }
  return last === 0 && areEqual(hash, claim.root)
}

/** Checks a consistency proof (RFC 9162 section 2.1.4.2). False when the old tree is empty: that proves nothing. */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { oldSize, newSize, oldRoot, newRoot } = claim
  if (!isTreeSize(oldSize) || !isTreeSize(newSize) || oldSize < 1 || oldSize > newSize) return false
  if (oldSize === newSize) return claim.proof.length === 0 && areEqual(oldRoot, newRoot)
  if (!areHashes([oldRoot, newRoot, ...claim.proof])) return false
  let position = oldSize - 1
  let last = newSize - 1
  while (isOdd(position)) {
    position = half(position)
    last = half(last)
  }
  // Position 0 means that the old tree is one full subtree: its root is known and left out of the proof.
  const [first, ...siblings] = position === 0 ? [oldRoot, ...claim.proof] : claim.proof
  if (first === undefined) return false
  let before = first
  let after = first
  for (const sibling of siblings) {
    if (last === 0) return false
    if (isOdd(position) || position === last) {
      before = nodeHash(sibling, before)
      after = nodeHash(sibling, after)
      while (!isOdd(position) && position !== 0) {
        position = half(position)
        last = half(last)
      }
    } else after = nodeHash(after, sibling)
    position = half(position)
    last = half(last)
  }
  return last === 0 && areEqual(before, oldRoot) && areEqual(after, newRoot)
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === hashLength)
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}

function isOdd(number: number): boolean {
  return number % 2 === 1
}

function half(number: number): number {
  return Math.floor(number / 2)
}
