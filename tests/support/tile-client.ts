import { digestOf } from './verification-log.ts'

/** Fetches a file by its path behind the prefix of a log; undefined when there is none. */
export type FetchTile = (path: string) => Promise<Buffer | undefined>

/** What a stranger knows of a log after reading all of it. */
export type ReadLog = {
  readonly size: number
  readonly statedRoot: string
  readonly root: string
  readonly entries: readonly Buffer[]
  readonly levels: number
  /** Where tiles or bundles contradict one another; empty when nowhere. */
  readonly faults: readonly string[]
}

/** Reads a whole log by C2SP tlog-tiles, written from the specification and sharing no code with the product. */
export async function readWholeLog(fetchTile: FetchTile): Promise<ReadLog> {
  const faults: string[] = []
  const need = async (path: string): Promise<Buffer> => {
    const bytes = await fetchTile(path)
    if (bytes === undefined) faults.push(`${path} is missing`)
    return bytes ?? Buffer.alloc(0)
  }
  const [, digits = '', statedRoot = ''] = (await need('checkpoint')).toString('utf8').split('\n')
  const size = Number(digits)
  const levels: Buffer[][] = []
  for (let level = 0; Math.floor(size / 256 ** level) > 0; level += 1) {
    const hashes: Buffer[] = []
    for (const path of pathsOf(String(level), Math.floor(size / 256 ** level))) {
      const tile = await need(path)
      if (tile.length !== widthOf(path) * 32) faults.push(`${path} has ${tile.length} bytes`)
      for (let start = 0; start < tile.length; start += 32) hashes.push(tile.subarray(start, start + 32))
    }
    levels.push(hashes)
  }
  for (const [level, hashes] of levels.entries()) {
    const below = levels[level - 1]
    if (below === undefined) continue
    hashes.forEach((hash, index) => {
      if (!treeHashOf(below.slice(index * 256, index * 256 + 256)).equals(hash))
        faults.push(`hash ${index} of level ${level}`)
    })
  }
  const entries: Buffer[] = []
  for (const path of pathsOf('entries', size)) {
    const bundle = splitBundle(await need(path))
    if (bundle.length !== widthOf(path)) faults.push(`${path} has ${bundle.length} entries`)
    entries.push(...bundle)
  }
  const [leaves = []] = levels
  entries.forEach((entry, index) => {
    if (!digestOf(Buffer.of(0), entry).equals(leaves[index]!)) faults.push(`entry ${index}`)
  })
  const root = treeHashOf(leaves).toString('base64')
  return { size, statedRoot, root, entries, levels: levels.length, faults }
}

/** The paths of all tiles of a level with that many hashes. */
function pathsOf(level: string, count: number): string[] {
  const paths: string[] = []
  for (let index = 0; index * 256 < count; index += 1) {
    const thousands = Math.floor(index / 1000)
    const last = String(index % 1000).padStart(3, '0')
    const groups = thousands === 0 ? last : `x${String(thousands).padStart(3, '0')}/${last}`
    const width = Math.min(256, count - index * 256)
    paths.push(`tile/${level}/${groups}${width === 256 ? '' : `.p/${width}`}`)
  }
  return paths
}

function widthOf(path: string): number {
  return Number(/\.p\/(\d+)$/.exec(path)?.[1] ?? 256)
}

/** The Merkle tree hash over hashes of leaves, by the definition of RFC 6962 section 2.1. */
function treeHashOf(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return digestOf('')
  if (hashes.length === 1) return hashes[0]!
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return digestOf(Buffer.of(1), treeHashOf(hashes.slice(0, split)), treeHashOf(hashes.slice(split)))
}

function splitBundle(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = []
  for (let start = 0; start + 2 <= bundle.length;) {
    const end = start + 2 + bundle.readUInt16BE(start)
    entries.push(bundle.subarray(start + 2, end))
    start = end
  }
  return entries
}
