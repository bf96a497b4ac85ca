import type { LedgerHead } from './ledger-head.ts'
import { LedgerBrokenError } from './ledger-errors.ts'
import { hashLength } from './merkle-hash.ts'
import type { Growth } from './merkle-range.ts'
import type { TileCoordinate } from './tile.ts'
import {
  fullTreeHash,
  leavesPerTileHash,
  tileHashCount,
  tileHeight,
  tilesCompleted,
  tileWidth,
} from './tile.ts'

/**
 * A tile that becomes full in a flush. On level 0 the hashes of leaves that are stored already are left to the
 * statement that writes the tile; `tail` is what comes after them. Above level 0 `tail` is the whole tile.
 */
export type TilePlan = {
  readonly level: number
  readonly tileIndex: number
  readonly tail: Buffer
}

/** Subtrees of the size of one tile hash above level 0, and the leaf at their right edge, which proves them. */
export type UpperHashCoordinate = {
  readonly level: number
  readonly index: number
  readonly lastLeaf: number
}

/**
 * The stored hashes needed for tiles above level 0 that become full before the log has `size + growthMax` leaves.
 * Nothing for almost every flush: the first such tile becomes full with leaf 65,536.
 */
export function upperHashesNeeded(size: number, growthMax: number): UpperHashCoordinate[] {
  return tilesCompleted(size, size + growthMax)
    .filter((tile) => tile.level > 0)
    .flatMap((tile) => storedHashes(tile, size))
}

function storedHashes(tile: TileCoordinate, size: number): UpperHashCoordinate[] {
  const { level } = tile
  const leaves = leavesPerTileHash(level)
  const start = tile.index * tileWidth
  const end = Math.min(start + tileWidth, tileHashCount(level, size))
  const length = Math.max(0, end - start)
  return Array.from({ length }, (_, offset) => {
    const index = start + offset
    return { level, index, lastLeaf: (index + 1) * leaves - 1 }
  })
}

/** The key of a hash above level 0 in `LedgerHead.upperHashes`. */
export function upperHashKey(level: number, index: number): string {
  return `${level}/${index}`
}

/** The tiles a flush completes. Throws a LedgerBrokenError when a stored hash contradicts the head. */
export function planTiles(head: LedgerHead, growth: Growth): TilePlan[] {
  const { size } = head.range
  return tilesCompleted(size, growth.range.size).map((tile) => {
    const { level, index: tileIndex } = tile
    const start = tileIndex * tileWidth
    const tailStart = level === 0 ? Math.max(start, size) : start
    const hashes = Array.from({ length: start + tileWidth - tailStart }, (_, offset) => {
      const index = tailStart + offset
      if (index >= tileHashCount(level, size)) return growth.node(level * tileHeight, index)
      return storedHash(head, level, index)
    })
    if (level > 0 && !fullTreeHash(hashes).equals(growth.node((level + 1) * tileHeight, tileIndex))) {
      throw new LedgerBrokenError(`the stored hashes of tile ${level}/${tileIndex} contradict the head`)
    }
    return { level, tileIndex, tail: Buffer.concat(hashes, hashes.length * hashLength) }
  })
}

function storedHash(head: LedgerHead, level: number, index: number): Buffer {
  const hash = head.upperHashes.get(upperHashKey(level, index))
  if (hash === undefined)
    throw new LedgerBrokenError(`the head was opened without tile hash ${level}/${index}`)
  return hash
}
