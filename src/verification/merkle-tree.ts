import { sha256 } from './primitives.ts'
import { demand } from './refusal.ts'

/** The hash of a leaf (RFC 6962 section 2.1): SHA-256(0x00 ‖ bytes). */
export function leafHash(leaf: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.of(0), leaf]))
}

/** The hash of an inner node (RFC 6962 section 2.1): SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.of(1), left, right]))
}

export type Inclusion = {
  readonly index: number
  readonly size: number
  readonly leafHash: Uint8Array
  readonly path: readonly Uint8Array[]
  readonly root: Uint8Array
}

/**
 * Refuses unless the path leads from the leaf at the index to the root of the tree of that size (RFC 9162 section
 * 2.1.3.2). The path must have exactly the length that index and size demand.
 */
export function demandInclusion(inclusion: Inclusion): void {
  const { index, size, path } = inclusion
  demand(Number.isSafeInteger(index) && Number.isSafeInteger(size), 'index or size is above 2^53-1')
  demand(index >= 0 && index < size, 'the index lies outside the tree')
  demand(
    inclusion.leafHash.length === 32 && inclusion.root.length === 32,
    'leaf or root is not a SHA-256 hash',
  )
  let position = index
  let last = size - 1
  let reached: Uint8Array = inclusion.leafHash
  for (const sibling of path) {
    demand(sibling.length === 32, 'a hash of the proof is not 32 bytes')
    demand(last > 0, 'the proof has too many hashes')
    if (position % 2 === 1 || position === last) {
      reached = nodeHash(sibling, reached)
      // A right edge without a sibling moves up unhashed.
      while (position % 2 === 0 && position !== 0) {
        position = half(position)
        last = half(last)
      }
    } else {
      reached = nodeHash(reached, sibling)
    }
    position = half(position)
    last = half(last)
  }
  demand(last === 0, 'the proof has too few hashes')
  demand(Buffer.from(reached).equals(inclusion.root), 'the proof does not lead to the root of the checkpoint')
}

/** Division by two that also holds above 2^32, where shifts do not. */
export function half(value: number): number {
  return Math.floor(value / 2)
}
