import { nodeHash } from './merkle-hash.ts'
import type { NodeCoordinate } from './merkle-proof.ts'

/** Hashes in a full tile, and the levels of the tree that one level of tiles spans (C2SP tlog-tiles). */
export const tileWidth = 256
export const tileHeight = 8

/** One tile: on level L its hashes are the nodes of tree level 8 * L from index * 256 on. */
export type TileCoordinate = { readonly level: number; readonly index: number }

/** Leaves under one hash of a tile on this level: 256^level. */
export function leavesPerTileHash(level: number): number {
  return tileWidth ** level
}

/** How many hashes level `level` of the tiles has in a tree of `size` leaves, over all its tiles. */
export function tileHashCount(level: number, size: number): number {
  return Math.floor(size / leavesPerTileHash(level))
}

/** The tiles that become full when a log grows, lower levels first. */
export function tilesCompleted(oldSize: number, newSize: number): TileCoordinate[] {
  const tiles: TileCoordinate[] = []
  for (let level = 0; tileHashCount(level, newSize) >= tileWidth; level += 1) {
    const end = tileHashCount(level + 1, newSize)
    for (let index = tileHashCount(level + 1, oldSize); index < end; index += 1) tiles.push({ level, index })
  }
  return tiles
}

/** The tile in which a node stands, or whose hashes make it up. */
export function tileOf(node: NodeCoordinate): TileCoordinate {
  const level = Math.floor(node.level / tileHeight)
  const hashesPerNode = 2 ** (node.level % tileHeight)
  return { level, index: Math.floor((node.index * hashesPerNode) / tileWidth) }
}

/** The hash of a node out of the hashes of its full tile. */
export function nodeInTile(node: NodeCoordinate, hashes: readonly Buffer[]): Buffer {
  const hashesPerNode = 2 ** (node.level % tileHeight)
  const start = (node.index * hashesPerNode) % tileWidth
  return fullTreeHash(hashes.slice(start, start + hashesPerNode))
}

/** The root over a power of two of hashes. */
export function fullTreeHash(hashes: readonly Buffer[]): Buffer {
  let row = hashes
  while (row.length > 1) {
    const parents: Buffer[] = []
    for (let left = 0; left + 1 < row.length; left += 2) parents.push(nodeHash(row[left]!, row[left + 1]!))
    row = parents
  }
  return row[0]!
}

/**
 * Where a tile is served (C2SP tlog-tiles, "Merkle Tree"): `tile/<level>/<index>[.p/<width>]`, the index in groups of
 * three digits. `width` is 256 for a full tile. For entry bundles the level is 'entries'.
 */
export function tilePath(level: number | 'entries', index: number, width: number = tileWidth): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const groups = padded.match(/[0-9]{3}/g) ?? []
  const path = groups
    .map((group, position) => (position === groups.length - 1 ? group : `x${group}`))
    .join('/')
  return `tile/${level}/${path}${width === tileWidth ? '' : `.p/${width}`}`
}

/** A tile or entry bundle as it is asked for: the first `width` hashes or entries of it, 256 for a full one. */
export type TileRequest = {
  readonly level: number | 'entries'
  readonly index: number
  readonly width: number
}

/**
 * Reads what `tilePath` writes, without the leading `tile/`. Undefined for every other text, and for tiles that lie
 * beyond 2^53-1 entries.
 */
export function parseTilePath(path: string): TileRequest | undefined {
  const match = /^(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(
    path,
  )
  if (match === null) return undefined
  const [, first = '', groups = '', digits] = match
  const level = first === 'entries' ? first : Number(first)
  const index = Number(groups.replaceAll(/[x/]/g, ''))
  const width = digits === undefined ? tileWidth : Number(digits)
  const end = (index * tileWidth + width) * (level === 'entries' ? 1 : leavesPerTileHash(level))
  if (!Number.isSafeInteger(end) || tilePath(level, index, width) !== `tile/${path}`) return undefined
  return { level, index, width }
}

/** An entry bundle: each entry behind its length in two bytes, big-endian (C2SP tlog-tiles, "Log entries"). */
export function formatEntryBundle(entries: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = []
  for (const entry of entries) {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(entry.length)
    parts.push(length, entry)
  }
  return Buffer.concat(parts)
}
