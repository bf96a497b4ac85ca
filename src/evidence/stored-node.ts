import { nodeHash } from './merkle-hash.ts'

/** What is stored of a leaf and its place: its hash and its inclusion proof in the flush that wrote it. */
export type StoredLeaf = { readonly leafHash: Buffer; readonly proof: readonly Buffer[] }

/**
 * The hash of the full subtree of 2^level leaves that ends with this leaf. The leaf is the right child on each of those
 * levels, so its siblings there are full subtrees to its left, complete when it was appended: the first `level` hashes
 * of its stored proof, whatever size that proof leads to (decision 0014).
 */
export function subtreeHash(lastLeaf: StoredLeaf, level: number): Buffer {
  if (lastLeaf.proof.length < level) throw new RangeError('this leaf does not end such a subtree')
  return lastLeaf.proof.slice(0, level).reduce((right, left) => nodeHash(left, right), lastLeaf.leafHash)
}
