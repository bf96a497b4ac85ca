import { sha256 } from '#core'

/** Bytes in every hash of the tree. */
export const hashLength = 32

/** The root of a tree without leaves: SHA-256 of nothing (RFC 6962 section 2.1). */
export const emptyRoot: Buffer = sha256('')

/** SHA-256(0x00 || entry): the hash of a leaf (RFC 6962 section 2.1). */
export function leafHash(entry: Uint8Array): Buffer {
  const input = Buffer.allocUnsafe(entry.length + 1)
  input[0] = 0x00
  input.set(entry, 1)
  return sha256(input)
}

// One block for all calls: hashing is synchronous, and a batch of 2,000 entries makes some 4,000 nodes.
const nodeInput = Buffer.alloc(1 + 2 * hashLength, 0x01)

/** SHA-256(0x01 || left || right): the hash of an inner node (RFC 6962 section 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  if (left.length !== hashLength || right.length !== hashLength) {
    throw new RangeError('a node is made of two hashes of 32 bytes')
  }
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + hashLength)
  return sha256(nodeInput)
}

/** Cuts a row of hashes as it is stored into its hashes of 32 bytes each. */
export function splitHashes(row: Uint8Array): Buffer[] {
  if (row.length % hashLength !== 0) throw new RangeError('a row of hashes has a length divisible by 32')
  const bytes = Buffer.from(row.buffer, row.byteOffset, row.length)
  const hashes: Buffer[] = []
  for (let start = 0; start < row.length; start += hashLength) {
    hashes.push(bytes.subarray(start, start + hashLength))
  }
  return hashes
}
