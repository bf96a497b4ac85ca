import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import * as fc from 'fast-check'
import t from 'tap'
import { emptyRoot, leafHash, nodeHash, splitHashes } from '../../src/evidence/merkle-hash.ts'
import type { NodeReader } from '../../src/evidence/merkle-proof.ts'
import {
  consistencyProof,
  consistencyRanges,
  inclusionProof,
  inclusionRanges,
  rangeNodes,
} from '../../src/evidence/merkle-proof.ts'
import type { CompactRange } from '../../src/evidence/merkle-range.ts'
import { appendLeaves, emptyRange, rootOf, toCompactRange } from '../../src/evidence/merkle-range.ts'
import { verifyConsistency, verifyInclusion } from '../../src/evidence/merkle-verification.ts'
import { subtreeHash } from '../../src/evidence/stored-node.ts'

// The naive tree: the recursive definitions of RFC 6962 section 2.1, word for word, on a list of leaves.

function digest(...parts: Uint8Array[]): Buffer {
  const sum = createHash('sha256')
  for (const part of parts) sum.update(part)
  return sum.digest()
}

function naiveSplit(size: number): number {
  let k = 1
  while (k * 2 < size) k *= 2
  return k
}

function naiveRoot(entries: readonly Buffer[]): Buffer {
  if (entries.length === 0) return digest()
  if (entries.length === 1) return digest(Buffer.of(0), entries[0]!)
  const k = naiveSplit(entries.length)
  return digest(Buffer.of(1), naiveRoot(entries.slice(0, k)), naiveRoot(entries.slice(k)))
}

function naivePath(m: number, entries: readonly Buffer[]): Buffer[] {
  if (entries.length === 1) return []
  const k = naiveSplit(entries.length)
  return m < k
    ? [...naivePath(m, entries.slice(0, k)), naiveRoot(entries.slice(k))]
    : [...naivePath(m - k, entries.slice(k)), naiveRoot(entries.slice(0, k))]
}

function naiveSubproof(m: number, entries: readonly Buffer[], known: boolean): Buffer[] {
  if (m === entries.length) return known ? [] : [naiveRoot(entries)]
  const k = naiveSplit(entries.length)
  return m <= k
    ? [...naiveSubproof(m, entries.slice(0, k), known), naiveRoot(entries.slice(k))]
    : [...naiveSubproof(m - k, entries.slice(k), false), naiveRoot(entries.slice(0, k))]
}

const sizeMax = 70
const entries = Array.from({ length: sizeMax }, (_, index) => Buffer.from(`entry ${index}`))
const leaves = entries.map(leafHash)
const roots = Array.from({ length: sizeMax + 1 }, (_, size) => naiveRoot(entries.slice(0, size)))

function naivePathHex(index: number, size: number): string {
  return Buffer.concat(naivePath(index, entries.slice(0, size))).toString('hex')
}

/** Reads full subtrees of the test's own entries. */
const naiveNode: NodeReader = (level, index) =>
  naiveRoot(entries.slice(index * 2 ** level, (index + 1) * 2 ** level))

function rangeAt(size: number): CompactRange {
  return appendLeaves(emptyRange, leaves.slice(0, size)).range
}

t.test('every tree up to 70 leaves has the root of RFC 6962, however it was grown', async (t) => {
  const wrong: string[] = []
  for (let from = 0; from <= sizeMax; from += 1) {
    const range = rangeAt(from)
    for (let to = from; to <= sizeMax; to += 1) {
      const growth = appendLeaves(range, leaves.slice(from, to))
      if (!growth.root.equals(roots[to]!)) wrong.push(`${from} to ${to}`)
      if (!rootOf(growth.range).equals(roots[to]!)) wrong.push(`range of ${from} to ${to}`)
    }
  }
  t.strictSame(wrong, [])
  t.ok(rootOf(emptyRange).equals(emptyRoot))
})

t.test('every leaf of every batch in every tree up to 70 leaves gets the proof of RFC 6962', async (t) => {
  const wrong: string[] = []
  const known = new Map<string, string>()
  for (let from = 0; from <= sizeMax; from += 1) {
    const range = rangeAt(from)
    for (let to = from + 1; to <= sizeMax; to += 1) {
      const growth = appendLeaves(range, leaves.slice(from, to))
      for (let index = from; index < to; index += 1) {
        const key = `${index}/${to}`
        if (!known.has(key)) known.set(key, naivePathHex(index, to))
        if (Buffer.concat(growth.prove(index)).toString('hex') !== known.get(key))
          wrong.push(`${key} from ${from}`)
      }
    }
  }
  t.strictSame(wrong, [])
  t.equal(known.size, (sizeMax * (sizeMax + 1)) / 2)
})

t.test(
  'every inclusion proof up to 70 leaves verifies, and for no other index, size, leaf or root',
  async (t) => {
    const wrong: string[] = []
    for (let size = 1; size <= sizeMax; size += 1) {
      const root = roots[size]!
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(naiveNode, index, size)
        const claim = { index, size, leaf: leaves[index]!, root, proof }
        const name = `${index}/${size}`
        if (!verifyInclusion(claim)) wrong.push(name)
        for (let other = 0; other < size; other += 1) {
          if (other !== index && verifyInclusion({ ...claim, index: other }))
            wrong.push(`${name} as ${other}`)
        }
        if (verifyInclusion({ ...claim, leaf: leaves[(index + 1) % sizeMax]! })) wrong.push(`${name} leaf`)
        if (verifyInclusion({ ...claim, root: roots[size - 1]! })) wrong.push(`${name} root`)
        if (verifyInclusion({ ...claim, proof: proof.slice(1) }) && size > 1) wrong.push(`${name} cut`)
        if (verifyInclusion({ ...claim, proof: [...proof, root] })) wrong.push(`${name} longer`)
      }
    }
    t.strictSame(wrong, [])
  },
)

t.test(
  'every consistency proof up to 70 leaves is that of RFC 6962 and verifies for its trees only',
  async (t) => {
    const wrong: string[] = []
    for (let newSize = 1; newSize <= sizeMax; newSize += 1) {
      for (let oldSize = 1; oldSize <= newSize; oldSize += 1) {
        const name = `${oldSize} to ${newSize}`
        const proof = consistencyProof(naiveNode, oldSize, newSize)
        const naive = naiveSubproof(oldSize, entries.slice(0, newSize), true)
        if (!Buffer.concat(proof).equals(Buffer.concat(naive))) wrong.push(name)
        const claim = { oldSize, newSize, oldRoot: roots[oldSize]!, newRoot: roots[newSize]!, proof }
        if (!verifyConsistency(claim)) wrong.push(`${name} is refused`)
        if (verifyConsistency({ ...claim, oldRoot: roots[oldSize - 1]! })) wrong.push(`${name} old root`)
        if (verifyConsistency({ ...claim, newRoot: roots[oldSize - 1]! })) wrong.push(`${name} new root`)
        if (verifyConsistency({ ...claim, proof: [...proof, roots[1]!] })) wrong.push(`${name} longer`)
        if (proof.length > 0 && verifyConsistency({ ...claim, proof: proof.slice(0, -1) }))
          wrong.push(`${name} cut`)
        if (oldSize < newSize && verifyConsistency({ ...claim, oldSize: oldSize + 1 }))
          wrong.push(`${name} size`)
      }
    }
    t.strictSame(wrong, [])
  },
)

t.test(
  'a full subtree comes out of the stored proof of its last leaf, whatever tree that proof is for',
  async (t) => {
    const wrong: string[] = []
    for (let size = 1; size <= sizeMax; size += 1) {
      for (const { level, index } of allFullSubtrees(size)) {
        const last = (index + 1) * 2 ** level - 1
        const stored = { leafHash: leaves[last]!, proof: naivePath(last, entries.slice(0, size)) }
        if (!subtreeHash(stored, level).equals(naiveNode(level, index)))
          wrong.push(`${level}/${index} in ${size}`)
      }
    }
    t.strictSame(wrong, [])
    t.throws(() => subtreeHash({ leafHash: leaves[0]!, proof: [] }, 1), RangeError)
  },
)

function allFullSubtrees(size: number): { level: number; index: number }[] {
  const all: { level: number; index: number }[] = []
  for (let level = 0; 2 ** level <= size; level += 1) {
    for (let index = 0; (index + 1) * 2 ** level <= size; index += 1) all.push({ level, index })
  }
  return all
}

t.test('the eight leaves of RFC 6962 have the roots that every implementation agrees on', async (t) => {
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ]
  const expected = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]
  const all = inputs.map((hex) => leafHash(Buffer.from(hex, 'hex')))
  const actual = expected.map((_, size) => appendLeaves(emptyRange, all.slice(0, size)).root.toString('hex'))
  t.strictSame(actual, expected)
})

t.test('sizes beyond 32 bits are counted exactly', async (t) => {
  const size = Number.MAX_SAFE_INTEGER
  t.equal(inclusionRanges(0, size).length, 53)
  t.equal(inclusionRanges(size - 1, size).length, 52)
  t.equal(rangeNodes({ start: 0, end: size }).length, 53)
  t.strictSame(inclusionRanges(2 ** 40, 2 ** 40 + 1), [{ start: 0, end: 2 ** 40 }])
  t.strictSame(consistencyRanges(2 ** 40, 2 ** 40 + 2), [{ start: 2 ** 40, end: 2 ** 40 + 2 }])
  const hashes = Array.from({ length: 53 }, (_, level) => leafHash(Buffer.of(level)))
  t.throws(() => appendLeaves(toCompactRange(size, hashes), [leaves[0]!]), RangeError)
  const single = toCompactRange(2 ** 40, [leaves[0]!])
  const growth = appendLeaves(single, [leaves[1]!])
  t.ok(growth.root.equals(nodeHash(leaves[0]!, leaves[1]!)))
  const claim = {
    index: 2 ** 40,
    size: 2 ** 40 + 1,
    leaf: leaves[1]!,
    root: growth.root,
    proof: growth.prove(2 ** 40),
  }
  t.ok(verifyInclusion(claim))
  t.notOk(verifyInclusion({ ...claim, index: 0 }))
})

t.test('what cannot be proven or cannot be a tree is refused', async (t) => {
  t.throws(() => inclusionRanges(0, 0), RangeError)
  t.throws(() => inclusionRanges(3, 3), RangeError)
  t.throws(() => inclusionRanges(-1, 3), RangeError)
  t.throws(() => inclusionRanges(0.5, 3), RangeError)
  t.throws(() => inclusionRanges(0, 2 ** 53), RangeError)
  t.throws(() => consistencyRanges(0, 5), RangeError)
  t.throws(() => consistencyRanges(6, 5), RangeError)
  t.throws(() => toCompactRange(3, [leaves[0]!]), RangeError)
  t.throws(() => toCompactRange(-1, []), RangeError)
  t.throws(() => splitHashes(Buffer.alloc(33)), RangeError)
  t.throws(() => nodeHash(Buffer.alloc(31), leaves[0]!), RangeError)
  t.throws(() => appendLeaves(rangeAt(6), [leaves[0]!]).node(0, 3), RangeError)
})

t.test('one changed bit anywhere in a proof, leaf or root is never accepted', async () => {
  const position = fc.record({ size: fc.integer({ min: 1, max: sizeMax }), seed: fc.nat(), bit: fc.nat() })
  fc.assert(
    fc.property(position, ({ size, seed, bit }) => {
      const index = seed % size
      const flat = Buffer.concat([leaves[index]!, roots[size]!, ...inclusionProof(naiveNode, index, size)])
      flat[Math.floor(bit / 8) % flat.length]! ^= 1 << (bit % 8)
      const [leaf, root, ...proof] = splitHashes(flat)
      return !verifyInclusion({ index, size, leaf: leaf!, root: root!, proof })
    }),
    { numRuns: 500 },
  )
})

// Published vectors: data of others, read where it lies and never kept in this repository.

const vectors = resolve(process.env['BEDING_VECTORS'] ?? '../shared/vectors')
const withVectors = existsSync(vectors) ? {} : { skip: `no published vectors at ${vectors}` }

type InclusionVector = {
  leafIdx: number
  treeSize: number
  root: string
  leafHash: string
  proof: string[] | null
  wantErr: boolean
}

type ConsistencyVector = {
  size1: number
  size2: number
  root1: string
  root2: string
  proof: string[] | null
  wantErr: boolean
}

function readVectors<T>(folder: string): Map<string, T> {
  const names = readdirSync(join(vectors, folder), { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => name.endsWith('.json'))
  return new Map(
    files.map((name) => [name, JSON.parse(readFileSync(join(vectors, folder, name), 'utf8')) as T]),
  )
}

function bytes(base64: string | null): Buffer {
  return Buffer.from(base64 ?? '', 'base64')
}

t.test('the 98 published inclusion proofs are judged as published', withVectors, async (t) => {
  const wrong: string[] = []
  const all = readVectors<InclusionVector>('rfc6962/inclusion')
  for (const [name, vector] of all) {
    const { leafIdx: index, treeSize: size } = vector
    const proof = (vector.proof ?? []).map(bytes)
    const claim = { index, size, leaf: bytes(vector.leafHash), root: bytes(vector.root), proof }
    if (verifyInclusion(claim) === vector.wantErr) wrong.push(name)
  }
  t.equal(all.size, 98)
  t.strictSame(wrong, [])
})

t.test('the 98 published consistency proofs are judged as published', withVectors, async (t) => {
  const wrong: string[] = []
  const all = readVectors<ConsistencyVector>('rfc6962/consistency')
  for (const [name, vector] of all) {
    const { size1: oldSize, size2: newSize } = vector
    const proof = (vector.proof ?? []).map(bytes)
    const claim = { oldSize, newSize, oldRoot: bytes(vector.root1), newRoot: bytes(vector.root2), proof }
    if (verifyConsistency(claim) === vector.wantErr) wrong.push(name)
  }
  t.equal(all.size, 98)
  t.strictSame(wrong, [])
})
