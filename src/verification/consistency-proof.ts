import { half, nodeHash } from './merkle-tree.ts'
import { demand } from './refusal.ts'
import { decodeBase64, decodeUtf8 } from './strict-text.ts'

export type Consistency = {
  readonly firstSize: number
  readonly firstRoot: Uint8Array
  readonly secondSize: number
  readonly secondRoot: Uint8Array
  readonly path: readonly Uint8Array[]
}

/**
 * Refuses unless the path shows that the first tree is the beginning of the second (RFC 9162 section 2.1.4.2). Of equal
 * sizes the roots must be equal and the path empty. An empty tree is the beginning of everything, so nothing about it can
 * be shown: size 0 is refused.
 */
export function demandConsistency(consistency: Consistency): void {
  const { firstSize, secondSize, path } = consistency
  const [firstRoot, secondRoot] = [consistency.firstRoot, consistency.secondRoot].map((root) =>
    Buffer.from(root),
  ) as [Buffer, Buffer]
  demand(Number.isSafeInteger(firstSize) && Number.isSafeInteger(secondSize), 'a size is above 2^53-1')
  demand(firstSize > 0, 'nothing can be shown about an empty tree')
  demand(firstSize <= secondSize, 'the earlier tree is larger than the later one')
  if (firstSize === secondSize) {
    demand(path.length === 0, 'the proof for equal sizes is not empty')
    demand(firstRoot.equals(secondRoot), 'two trees of one size have different roots')
    return
  }
  for (const hash of [firstRoot, secondRoot, ...path])
    demand(hash.length === 32, 'a hash of the proof is not 32 bytes')
  const reached = walkConsistency(consistency, firstRoot)
  demand(reached.first.equals(firstRoot), 'the proof does not lead to the root of the earlier checkpoint')
  demand(reached.second.equals(secondRoot), 'the proof does not lead to the root of the later checkpoint')
}

function walkConsistency(
  { firstSize, secondSize, path }: Consistency,
  firstRoot: Buffer,
): { first: Buffer; second: Buffer } {
  let position = firstSize - 1
  let last = secondSize - 1
  while (position % 2 === 1) {
    position = half(position)
    last = half(last)
  }
  // A first tree that is a whole subtree of the second starts the walk itself; the proof leaves its root out.
  const hashes = position === 0 ? [firstRoot, ...path] : [...path]
  const [start, ...rest] = hashes
  demand(start !== undefined, 'the proof has too few hashes')
  let first: Buffer = Buffer.from(start)
  let second: Buffer = first
  for (const sibling of rest) {
    demand(last > 0, 'the proof has too many hashes')
    if (position % 2 === 1 || position === last) {
      first = nodeHash(sibling, first)
      second = nodeHash(sibling, second)
      while (position % 2 === 0 && position !== 0) {
        position = half(position)
        last = half(last)
      }
    } else second = nodeHash(second, sibling)
    position = half(position)
    last = half(last)
  }
  demand(last === 0, 'the proof has too few hashes')
  return { first, second }
}

/** Reads hashes in base64, one a line, each line ended; nothing else. At most 107: no proof is longer. */
export function parseHashLines(bytes: Uint8Array): Buffer[] {
  const text = decodeUtf8(bytes)
  demand(text === '' || text.endsWith('\n'), 'the last hash has no newline')
  const lines = text.split('\n').slice(0, -1)
  demand(lines.length <= 107, 'the proof has more hashes than any tree needs')
  return lines.map((line) => {
    const hash = decodeBase64(line)
    demand(hash.length === 32, 'a line of the proof is not a hash of 32 bytes')
    return hash
  })
}
