import { emptyRoot, nodeHash } from './merkle-hash.ts'
import type { NodeReader } from './merkle-proof.ts'
import { hashRange, inclusionRanges, isTreeSize, rangeNodes } from './merkle-proof.ts'

/** All of a log that appending needs: its size and the hashes of its full subtrees, largest first. */
export type CompactRange = { readonly size: number; readonly hashes: readonly Buffer[] }

/** What a log becomes when leaves are appended to it. */
export type Growth = {
  readonly range: CompactRange
  readonly root: Buffer
  /** Every full subtree of the grown tree that the new leaves are part of, and the subtrees of the old range. */
  readonly node: NodeReader
  /** The inclusion proof of a new leaf in the grown tree, lowest sibling first. */
  readonly prove: (index: number) => Buffer[]
}

/** A log without leaves. */
export const emptyRange: CompactRange = { size: 0, hashes: [] }

/** Checks that a stored range can be one: a size within bounds and exactly one hash for every bit set in it. */
export function toCompactRange(size: number, hashes: readonly Buffer[]): CompactRange {
  if (!isTreeSize(size)) throw new RangeError('the size of a log is an integer from 0 to 2^53-1')
  if (hashes.length !== rangeNodes({ start: 0, end: size }).length) {
    throw new RangeError('a compact range has one hash for every full subtree')
  }
  return { size, hashes }
}

/** The root of the tree that a range stands for (RFC 6962 section 2.1). */
export function rootOf(range: CompactRange): Buffer {
  if (range.size === 0) return emptyRoot
  return range.hashes.reduceRight((right, left) => nodeHash(left, right))
}

/**
 * Appends leaf hashes. Reads nothing of the log but its range: every sibling a new leaf can need is either new or one
 * of the full subtrees at the edge of the old tree.
 */
export function appendLeaves(range: CompactRange, leaves: readonly Buffer[]): Growth {
  const size = range.size + leaves.length
  if (!isTreeSize(size)) throw new RangeError('the log would become larger than 2^53-1')
  const node = readerOf(growLevels(range, leaves))
  const grown: CompactRange = {
    size,
    hashes: rangeNodes({ start: 0, end: size }).map(({ level, index }) => node(level, index)),
  }
  return { range: grown, root: rootOf(grown), node, prove: proverOf(node, size) }
}

type Level = { readonly start: number; readonly hashes: readonly Buffer[] }

/**
 * The full subtrees of each level, from the last one of the old tree on. Where the old tree has a subtree at its edge
 * it has an even index, and the first new one is its sibling; so pairs always start at the first hash of a level.
 */
function growLevels(range: CompactRange, leaves: readonly Buffer[]): Level[] {
  const edge = range.hashes.slice()
  const levels: Level[] = []
  let added: readonly Buffer[] = leaves
  for (let firstNew = range.size; firstNew > 0 || added.length > 0; firstNew = Math.floor(firstNew / 2)) {
    const older = firstNew % 2 === 1 ? [edge.pop()!] : []
    const hashes = [...older, ...added]
    levels.push({ start: firstNew - older.length, hashes })
    const parents: Buffer[] = []
    for (let left = 0; left + 1 < hashes.length; left += 2) {
      parents.push(nodeHash(hashes[left]!, hashes[left + 1]!))
    }
    added = parents
  }
  return levels
}

function readerOf(levels: readonly Level[]): NodeReader {
  return (level, index) => {
    const row = levels[level]
    const found = row?.hashes[index - row.start]
    if (found === undefined) throw new RangeError(`node ${level}/${index} is not part of this growth`)
    return found
  }
}

function proverOf(node: NodeReader, size: number): (index: number) => Buffer[] {
  // Only the subtree at the right edge can be incomplete on its level; it serves many proofs, so it is kept.
  const edges = new Map<number, Buffer>()
  return (index) =>
    inclusionRanges(index, size).map((range) => {
      if (range.end !== size) return hashRange(node, range)
      let hash = edges.get(range.start)
      if (hash === undefined) edges.set(range.start, (hash = hashRange(node, range)))
      return hash
    })
}
