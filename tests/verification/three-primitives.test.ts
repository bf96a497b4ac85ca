import { createHash, randomBytes, sign } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'
import { ed25519 } from '@noble/curves/ed25519.js'
import t from 'tap'
import * as service from '../../src/verification/primitives.ts'
import * as browserSide from '../../src/verification/page/browser-primitives.ts'
import { bundleForBrowser } from '../../src/verification/page/page-builder.ts'
import { startBrowser } from '../support/browser.ts'
import { holdEach } from '../support/verification-cases.ts'
import type { Case } from '../support/verification-cases.ts'
import {
  encodePoint,
  groupOrder,
  littleEndianBytes,
  littleEndianNumber,
  scalarOf,
  torsionPoints,
} from '../support/verification-curve.ts'
import { seededNumbers } from '../support/verification-flips.ts'
import { anEd25519Key, auditPath, digestOf, TestLog, treeHash } from '../support/verification-log.ts'
import { casesByPython, pythonMissing } from '../support/verification-three.ts'

// The functions under the verifiers: Node's, those of verify.py, and the bundle of the page inside a real browser.
const vectors = process.env['BEDING_VECTORS'] ?? '../shared/vectors'
const noVectors = existsSync(vectors) ? false : 'no published vectors here'
const casesFile = fileURLToPath(new URL('../support/verification-cases.ts', import.meta.url))

type Expected = { readonly each: Case; readonly name: string; readonly held: boolean }

/** The names of cases where the three do not all come out as expected. */
async function disagreements(all: readonly Expected[]): Promise<string[]> {
  const cases = all.map(({ each }) => each)
  const inNode = holdEach(cases)
  const inPython = pythonMissing() === false ? await casesByPython(cases) : inNode
  const inBrowser = await casesByBrowser(cases)
  return all
    .filter(({ held }, at) => [inNode[at], inPython[at], inBrowser[at]].some((each) => each !== held))
    .map(({ name }) => name)
}

async function casesByBrowser(cases: readonly Case[]): Promise<boolean[]> {
  const bundle = await bundleForBrowser(casesFile, 'verifier')
  const browser = await startBrowser()
  try {
    const page = await browser.newPage()
    await page.addScriptTag({ content: bundle })
    return (await page.evaluate((all) => {
      const { verifier } = globalThis as unknown as { verifier: { holdEach(all: unknown): boolean[] } }
      return verifier.holdEach(all)
    }, cases)) as boolean[]
  } finally {
    await browser.close()
  }
}

/** A published vector; what it does not name is not there. */
type Vector = {
  readonly leafIdx: number
  readonly treeSize: number
  readonly leafHash?: string | null
  readonly root?: string | null
  readonly size1: number
  readonly size2: number
  readonly root1?: string | null
  readonly root2?: string | null
  readonly proof: readonly string[] | null
  readonly wantErr: boolean
}

function vectorsIn(folder: string): { name: string; it: Vector }[] {
  return readdirSync(join(vectors, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, it: JSON.parse(readFileSync(join(vectors, folder, name), 'utf8')) as Vector }))
}

t.test('published inclusion and consistency proofs come out as published', { skip: noVectors }, async (t) => {
  const inclusion = vectorsIn('rfc6962/inclusion').map(({ name, it }): Expected => {
    const { leafIdx, treeSize, leafHash, root, proof, wantErr } = it
    const numbers = { index: leafIdx, size: treeSize }
    const each: Case = {
      kind: 'inclusion',
      ...numbers,
      path: proof ?? [],
      leaf: leafHash ?? '',
      root: root ?? '',
    }
    return { each, name, held: !wantErr }
  })
  const consistency = vectorsIn('rfc6962/consistency').map(({ name, it }): Expected => {
    const { size1, size2, root1, root2, proof, wantErr } = it
    const roots = [root1 ?? '', root2 ?? ''] as const
    const each: Case = { kind: 'consistency', first: size1, second: size2, path: proof ?? [], roots }
    return { each, name, held: !wantErr }
  })
  t.equal(inclusion.length + consistency.length, 196)
  t.same(await disagreements([...inclusion, ...consistency]), [])
})

t.test(
  'published checkpoints bear the signature of their log, and no changed one does',
  { skip: noVectors },
  async (t) => {
    const vkey = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx'
    const random = seededNumbers(59)
    const expected = Array.from({ length: 16 }, (_, size) => size).flatMap((size): Expected[] => {
      const note = readFileSync(join(vectors, `tlog-tiles/checkpoint.${size}`), 'utf8')
      const place = random(note.length)
      const other = String.fromCharCode(note.charCodeAt(place) ^ 1)
      const changed = note.slice(0, place) + other + note.slice(place + 1)
      return [
        { each: { kind: 'note', vkey, note }, name: `checkpoint ${size}`, held: true },
        { each: { kind: 'note', vkey, note: changed }, name: `checkpoint ${size}, changed`, held: false },
      ]
    })
    t.same(await disagreements(expected), [])
  },
)

t.test('proofs of every tree up to 12 leaves, right and wrong, are judged alike', async (t) => {
  const leaves = Array.from({ length: 12 }, (_, index) => Buffer.from(`leaf ${index}`))
  const text = (hash: Uint8Array): string => Buffer.from(hash).toString('base64')
  const expected: Expected[] = []
  for (let size = 1; size <= leaves.length; size++) {
    const tree = leaves.slice(0, size)
    const root = text(treeHash(tree))
    for (let index = 0; index < size; index++) {
      const leaf = text(digestOf(Buffer.of(0), leaves[index] as Buffer))
      const path = auditPath(index, tree).map(text)
      const honest = { kind: 'inclusion', index, size, path, leaf, root } as const
      expected.push({ each: honest, name: `${index} in ${size}`, held: true })
      expected.push({ each: { ...honest, index: size }, name: `${size} in ${size}`, held: false })
      expected.push({
        each: { ...honest, path: [...path, root] },
        name: `${index} in ${size}, longer`,
        held: false,
      })
    }
  }
  const log = new TestLog()
  leaves.forEach((leaf) => log.add(leaf.toString()))
  const roots = leaves.map((_, at) => text(treeHash(leaves.slice(0, at + 1))))
  for (let first = 1; first <= leaves.length; first++) {
    const path = log.consistency(first).split('\n').slice(0, -1)
    const pair = [roots[first - 1] as string, roots.at(-1) as string] as const
    const honest = { kind: 'consistency', first, second: leaves.length, path, roots: pair } as const
    expected.push({ each: honest, name: `from ${first}`, held: true })
    expected.push({ each: { ...honest, first: 0 }, name: `from 0 instead of ${first}`, held: false })
    const swapped = { ...honest, roots: [pair[1], pair[0]] as const }
    if (first < leaves.length)
      expected.push({ each: swapped, name: `from ${first}, roots swapped`, held: false })
  }
  t.same(await disagreements(expected), [])
})

t.test('sizes above 2^53-1 are refused by all', async (t) => {
  const hash = digestOf('x').toString('base64')
  const inclusion = { kind: 'inclusion', index: 0, size: 2 ** 53, path: [], leaf: hash, root: hash } as const
  const consistency = {
    kind: 'consistency',
    first: 2 ** 53,
    second: 2 ** 53,
    path: [],
    roots: [hash, hash],
  } as const
  const log = new TestLog()
  const note = log.signNote(`${log.origin}\n9007199254740992\n${hash}\n`)
  t.same(
    await disagreements([
      { each: inclusion, name: 'inclusion', held: false },
      { each: consistency, name: 'consistency', held: false },
      { each: { kind: 'note', vkey: log.vkey, note }, name: 'note', held: false },
    ]),
    [],
  )
})

t.test('Ed25519 follows the strict rule without the cofactor everywhere', async (t) => {
  const key = anEd25519Key('three')
  const message = Buffer.from('a message')
  const signature = sign(null, message, key.privateKey)
  const scalar = littleEndianNumber(signature.subarray(32))
  const second = Buffer.concat([signature.subarray(0, 32), littleEndianBytes(scalar + groupOrder)])
  const ask = (name: string, held: boolean, publicKey: Buffer, over: Buffer, by: Buffer): Expected => {
    const [asked, said, signed] = [publicKey, over, by].map((part) => part.toString('base64')) as [
      string,
      string,
      string,
    ]
    return { each: { kind: 'ed25519', key: asked, message: said, signature: signed }, name, held }
  }
  const expected = [
    ask('honest', true, key.raw, message, signature),
    ask('other bytes', false, key.raw, Buffer.from('other'), signature),
    ask('a second S', false, key.raw, message, second),
    ...torsionPoints().flatMap((point, at) => {
      const low = encodePoint(point)
      return [
        ask(`key of low order ${at}`, false, low, message, signature),
        ask(`R of low order ${at}`, false, key.raw, message, Buffer.concat([low, signature.subarray(32)])),
      ]
    }),
    ...mixedOrder(),
  ].flat()
  t.ok(expected.filter(({ name, held }) => name.startsWith('mixed') && held).length > 0)
  t.ok(expected.filter(({ name, held }) => name.startsWith('mixed') && !held).length > 3)
  t.same(await disagreements(expected), [])

  /** Keys with a part of low order: the equation with the cofactor holds for all of them, that without only for some. */
  function mixedOrder(): Expected[] {
    const { Point } = ed25519
    const secret = scalarOf(digestOf('mixed')) % groupOrder
    const torsion = Point.fromBytes(Uint8Array.from(encodePoint(torsionPoints()[1] as never)), true)
    const publicKey = Buffer.from(Point.BASE.multiply(secret).add(torsion).toBytes())
    return Array.from({ length: 24 }, (_, at) => {
      const nonce = littleEndianNumber(digestOf(`nonce ${at}`)) % groupOrder
      const encodedR = Buffer.from(Point.BASE.multiply(nonce).toBytes())
      const over = Buffer.from(`message ${at}`)
      const hash = createHash('sha512').update(encodedR).update(publicKey).update(over).digest()
      const challenge = littleEndianNumber(hash) % groupOrder
      const answer = littleEndianBytes((nonce + challenge * secret) % groupOrder)
      return ask(`mixed ${at}`, challenge % 8n === 0n, publicKey, over, Buffer.concat([encodedR, answer]))
    })
  }
})

t.test('the twin unpacks exactly what Node unpacks', async (t) => {
  const random = seededNumbers(60)
  const packed = [Buffer.alloc(0), Buffer.from('a'), Buffer.alloc(5000, 'ab'), randomBytes(9000)].flatMap(
    (bytes) => [0, 9].map((level) => deflateSync(bytes, { level })),
  )
  const wrong: string[] = []
  const compare = (bytes: Buffer, limit: number, name: string): void => {
    const [node, twin] = [service.inflate(bytes, limit), browserSide.inflate(bytes, limit)]
    if (node === undefined ? twin !== undefined : twin === undefined || !node.equals(twin)) wrong.push(name)
  }
  for (const [number, bytes] of packed.entries()) {
    compare(bytes, 100_000, `whole ${number}`)
    compare(bytes, 100, `whole ${number}, little room`)
    compare(bytes.subarray(0, -1), 100_000, `cut ${number}`)
    compare(Buffer.concat([bytes, Buffer.of(0)]), 100_000, `longer ${number}`)
    compare(
      Buffer.concat([bytes.subarray(0, -4), Buffer.of(0), bytes.subarray(-4)]),
      100_000,
      `hidden byte ${number}`,
    )
    for (let flip = 0; flip < 60; flip++) {
      const changed = Buffer.from(bytes)
      const place = random(bytes.length)
      changed[place] = (bytes[place] as number) ^ (1 << random(8))
      compare(changed, 100_000, `changed ${number} at ${place}`)
    }
  }
  t.same(wrong, [])
  for (const bytes of packed) t.equal(browserSide.crc32(bytes), service.crc32(bytes))
})
