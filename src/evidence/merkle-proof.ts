import { nodeHash } from './merkle-hash.ts'

/** A full subtree: 2^level leaves from leaf index * 2^level on. Level 0 is the leaves. */
export type NodeCoordinate = { readonly level: number; readonly index: number }

/** Tells the hash of a full subtree. All that making a proof needs to know of a log. Throws for a node it lacks. */
export type NodeReader = (level: number, index: number) => Buffer

/** The leaves from `start` up to and without `end`. */
export type LeafRange = { readonly start: number; readonly end: number }

/** True for a number that can be the size of a log: sizes above 2^53-1 are refused everywhere. */
export function isTreeSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0
}

/**
 * The subtrees whose hashes prove leaf `index` in the tree of `size` leaves: PATH of RFC 6962 section 2.1.1, from the
 * leaf's sibling up to a child of the root. Throws a RangeError when the leaf is not in the tree.
 */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!isTreeSize(size) || !isTreeSize(index) || index >= size) {
    throw new RangeError('the leaf must lie inside the tree')
  }
  const ranges: LeafRange[] = []
  let start = 0
  let end = size
  let width = powerOfTwoUpTo(size)
  while (end - start > 1) {
    while (width >= end - start) width /= 2
    const split = start + width
    if (index < split) {
      ranges.push({ start: split, end })
      end = split
    } else {
      ranges.push({ start, end: split })
      start = split
    }
  }
  return ranges.toReversed()
}

/**
 * The subtrees whose hashes prove that the first `oldSize` leaves of the tree of `newSize` leaves are unchanged: PROOF
 * of RFC 6962 section 2.1.2. Nothing can be proven of an empty tree: throws a RangeError unless 0 < oldSize <= newSize.
 */
export function consistencyRanges(oldSize: number, newSize: number): LeafRange[] {
  if (!isTreeSize(oldSize) || !isTreeSize(newSize) || oldSize < 1 || oldSize > newSize) {
    throw new RangeError('the old tree must have leaves and no more than the new one')
  }
  const ranges: LeafRange[] = []
  let start = 0
  let end = newSize
  let width = powerOfTwoUpTo(newSize)
  while (end !== oldSize) {
    while (width >= end - start) width /= 2
    const split = start + width
    if (oldSize <= split) {
      ranges.push({ start: split, end })
      end = split
    } else {
      ranges.push({ start, end: split })
      start = split
    }
  }
  // A verifier knows the old root, so the whole old tree is left out when it is one of the subtrees.
  if (start !== 0) ranges.push({ start, end })
  return ranges.toReversed()
}

/** The full subtrees that make up a range, largest first. `start` must be a multiple of the largest. */
export function rangeNodes(range: LeafRange): NodeCoordinate[] {
  const nodes: NodeCoordinate[] = []
  let width = powerOfTwoUpTo(range.end - range.start)
  let level = Math.log2(width)
  for (let start = range.start; start < range.end; start += width) {
    while (width > range.end - start) {
      width /= 2
      level -= 1
    }
    nodes.push({ level, index: start / width })
  }
  return nodes
}

/** The hash of a range of at least one leaf: MTH of RFC 6962 section 2.1, from the full subtrees in it. */
export function hashRange(read: NodeReader, range: LeafRange): Buffer {
  const nodes = rangeNodes(range)
  const hashes = nodes.map((node) => read(node.level, node.index))
  return hashes.reduceRight((right, left) => nodeHash(left, right))
}

/** The inclusion proof of one leaf, lowest sibling first. Throws a RangeError when the leaf is not in the tree. */
export function inclusionProof(read: NodeReader, index: number, size: number): Buffer[] {
  return inclusionRanges(index, size).map((range) => hashRange(read, range))
}

/** The consistency proof between two trees. Empty when they are equal. Throws a RangeError for an empty old tree. */
export function consistencyProof(read: NodeReader, oldSize: number, newSize: number): Buffer[] {
  return consistencyRanges(oldSize, newSize).map((range) => hashRange(read, range))
}

/** The largest power of two that is at most `number`. Exact for every safe integer from 1 on. */
function powerOfTwoUpTo(number: number): number {
  let power = 1
  while (power * 2 <= number) power *= 2
  return power
}
