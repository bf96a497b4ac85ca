import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as fc from 'fast-check'
import t from 'tap'
import { canonicalJson, toInstant } from '#core'
import {
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from '../../src/evidence/checkpoint.ts'
import {
  commitmentOf,
  discloseFacts,
  factsOf,
  formatDisclosure,
  parseDisclosure,
} from '../../src/evidence/disclosure.ts'
import type { FactValue } from '../../src/evidence/disclosure.ts'
import { formatEntry, parseEntry } from '../../src/evidence/entry.ts'
import { formatEvidenceFile } from '../../src/evidence/evidence-file.ts'
import { leafHash, splitHashes } from '../../src/evidence/merkle-hash.ts'
import { appendLeaves, emptyRange } from '../../src/evidence/merkle-range.ts'
import { formatVerifierKey, parseVerifierKey } from '../../src/evidence/note-key.ts'
import { formatReceiptProof, parseReceiptProof } from '../../src/evidence/receipt-proof.ts'
import { parseNote } from '../../src/evidence/signed-note.ts'
import { formatEntryBundle, tileHashCount, tilePath, tilesCompleted } from '../../src/evidence/tile.ts'
import { faultsOf } from '../support/evidence-faults.ts'
import { refuses } from '../support/evidence-refusals.ts'
import {
  aDraft,
  aHead,
  aPlan,
  countedBytes,
  sampleMoment,
  sampleOrigin,
  sampleSigner,
} from '../support/evidence-samples.ts'

const signer = sampleSigner()

t.test(
  'facts disclosed together are the texts that each would have alone, whatever came before them',
  (t) => {
    const value = fc.oneof(
      fc.constantFrom<FactValue>(null, true, 0, 1, 'seen', 'a', ['a'], ['a', 'b'], []),
      fc.string(),
      fc.integer(),
      fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 }),
    )
    const name = fc.constantFrom('choice', 'actedAt', 'a', 'personName', 'z9')
    // Few names and values, so that most facts follow one of the same name, equal or not.
    const flush = fc.array(fc.dictionary(name, value, { noNullPrototype: true }), { maxLength: 12 })
    fc.assert(
      fc.property(flush, (entries) => {
        const draw = countedBytes()
        const again = countedBytes()
        const encoded = new Map()
        return entries.every((facts) => {
          const alone = Object.keys(facts)
            .toSorted()
            .map((each) => ({ name: each, value: facts[each]! }))
          const salts = again(16 * alone.length)
          const expected = alone.map((fact, at) => formatDisclosure({ salt: salts.subarray(16 * at, 16 * at + 16), ...fact })) // prettier-ignore
          return expected.join() === discloseFacts(facts, draw, encoded).join()
        })
      }),
      { numRuns: 500 },
    )
    t.throws(() => discloseFacts({ a: 0, b: -0 }, countedBytes()), TypeError)
    discloseFacts({ a: 0 }, countedBytes())
    t.throws(
      () => discloseFacts({ a: -0 }, countedBytes()),
      TypeError,
      'a zero before it does not let -0 pass',
    )
    t.end()
  },
)

// Known answers. Every line below was made a second time by a program in another language, and the signature checked
// with openssl. A change of one byte breaks evidence that people already hold: make a new version instead.

const verifierKey = `${sampleOrigin}+a075b33b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4`
const openedEntry =
  '{"at":"2026-11-21T08:00:00.000Z","c":["2UbjNs-uECrW34Ud-VMzBsmQ6elWzZ-30jdGOTtUPMQ"],"kind":"log-opened","v":1}'
const actEntry =
  '{"at":"2026-11-21T08:00:00.000Z","c":["Fm2aQ0q5NB39u4GL6AddT0HcK0tR4lBuDbFP7CQkwHU",' +
  '"p4IZgHT3ov2WLvlG9fc8L4JMmxvcUryEmLJPj2KmsLs","6as48e7s1D-amkWwg-KMdVlqyornbjnMxmvLHUaWdjE",' +
  '"nbP1h7jw15V0vpbHatHfGlV10OzSc3Ckq660gyVbMtc","Zlv-GhjlaUTMAdAWisUhRcaNGTLpESbgpCuJjHgsi1E",' +
  '"A9-lTE3rqPNqPd5eVL1IyZhpK_OpQsPelul9XIvzmcU"],"kind":"act","refs":[0],"v":1}'
const actDisclosures = [
  'WyJBUUVCQVFFQkFRRUJBUUVCQVFFQkFRIiwiY2hvaWNlIiwic2VlbiJd',
  'WyJBZ0lDQWdJQ0FnSUNBZ0lDQWdJQ0FnIiwib3BlbmVkSW5UaW1lIix0cnVlXQ',
  'WyJBd01EQXdNREF3TURBd01EQXdNREF3Iiwib3RoZXJFZGl0aW9uc1NoYTI1NiIsWyJiIiwiYSJdXQ',
  'WyJCQVFFQkFRRUJBUUVCQVFFQkFRRUJBIiwicGVyc29uTmFtZSIsIlpvw6sgXCJkZSBXaXRcIiJd',
  'WyJCUVVGQlFVRkJRVUZCUVVGQlFVRkJRIiwicmVhc29uIixudWxsXQ',
  'WyJCZ1lHQmdZR0JnWUdCZ1lHQmdZR0JnIiwidmVyc2lvbk51bWJlciIsM10',
]
const checkpointNote = `${sampleOrigin}
2
khGa/Djlmzg53rrWntjlssQwHqT+tP7zzrLa1Jtyo9k=

— ${sampleOrigin} oHWzO9Q1jnTPeW8l4IWatFPkyOISqfKbC4z+dxor2bBShschSDSxSbk0FxdG0oZlCTMk6n0d6VrdF51ZiIIsVdPC+AA=
`
const openedProof = `c2sp.org/tlog-proof@v1
extra eyJhdCI6IjIwMjYtMTEtMjFUMDg6MDA6MDAuMDAwWiIsImMiOlsiMlViak5zLXVFQ3JXMzRVZC1WTXpCc21RNmVsV3paLTMwamRHT1R0VVBNUSJdLCJraW5kIjoibG9nLW9wZW5lZCIsInYiOjF9
index 0
bznZGzsW4z83jAIU4H752Nf7/WibUc5Y/2V7oISzGfM=

${checkpointNote}`
const openedEvidence = canonicalJson({
  disclosures: [
    'WyJBQUFBQUFBQUFBQUFBQUFBQUFBQUFBIiwib3JpZ2luIiwiYmVkaW5nLmxvY2FsL2xvZy8wMTkzZjAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDEiXQ',
  ],
  entry: openedEntry,
  format: 'beding-evidence/v1',
  tlogProof: openedProof,
})

const samplePlan = aPlan(aHead(), [
  aDraft({ kind: 'log-opened', facts: { origin: sampleOrigin } }),
  aDraft({
    at: toInstant('2026-11-21T07:59:59.999Z'),
    facts: {
      choice: 'seen',
      personName: 'Zoë "de Wit"',
      reason: null,
      versionNumber: 3,
      otherEditionsSha256: ['b', 'a'],
      openedInTime: true,
    },
    refs: [0],
  }),
])

t.test('E1: every format is frozen to the byte', async (t) => {
  const [opened, act] = samplePlan.entries
  t.equal(formatVerifierKey(signer), verifierKey)
  t.equal(opened!.entry, openedEntry)
  t.equal(act!.entry, actEntry)
  t.strictSame(act!.disclosures, actDisclosures)
  t.equal(samplePlan.checkpoint.note, checkpointNote)
  t.equal(opened!.tlogProof, openedProof)
  t.equal(formatEvidenceFile(opened!), openedEvidence)
  t.equal(act!.leafHash.toString('base64'), 'bznZGzsW4z83jAIU4H752Nf7/WibUc5Y/2V7oISzGfM=')
})

t.test('what is read and written again keeps every byte', async (t) => {
  const [opened, act] = samplePlan.entries
  t.equal(formatVerifierKey(parseVerifierKey(verifierKey)), verifierKey)
  t.equal(formatEntry(parseEntry(actEntry)), actEntry)
  t.equal(formatReceiptProof(parseReceiptProof(act!.tlogProof)), act!.tlogProof)
  t.equal(formatReceiptProof(parseReceiptProof(opened!.tlogProof)), opened!.tlogProof)
  t.equal(parseReceiptProof(act!.tlogProof).extra.toString('utf8'), actEntry)
  t.strictSame(
    actDisclosures.map((text) => formatDisclosure(parseDisclosure(text))),
    actDisclosures,
  )
  t.equal(factsOf(actDisclosures)['personName'], 'Zoë "de Wit"')
  t.strictSame(parseEntry(actEntry).commitments, actDisclosures.map(commitmentOf))
})

// Properties

const fact = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }),
)
const facts = fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z0-9]{0,20}$/), fact, {
  maxKeys: 8,
  noNullPrototype: true,
})
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((one) => Buffer.from(one))

t.test('facts, entries, checkpoints and proofs come back as they went in', async (t) => {
  fc.assert(
    fc.property(facts, (given) => {
      const disclosures = discloseFacts(given, countedBytes())
      const entry = { at: sampleMoment, kind: 'act', commitments: disclosures.map(commitmentOf), refs: [] }
      t.strictSame(factsOf(disclosures), Object.fromEntries(Object.entries(given)))
      t.strictSame(parseEntry(formatEntry(entry)), entry)
    }),
    { numRuns: 100 },
  )
  const size = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
  fc.assert(
    fc.property(size, hash, fc.array(hash, { maxLength: 53 }), (size, root, hashes) => {
      const checkpoint = { origin: sampleOrigin, size, root }
      t.strictSame(parseCheckpoint(formatCheckpoint(checkpoint)), checkpoint)
      const note = signCheckpoint({ size, root }, signer)
      t.strictSame(openCheckpoint(note, signer), checkpoint)
      const proof = { extra: Buffer.from('entry'), index: size, hashes, checkpoint: note }
      t.strictSame(parseReceiptProof(formatReceiptProof(proof)), proof)
    }),
    { numRuns: 50 },
  )
})

t.test('a checkpoint with one bit changed never opens', async (t) => {
  const bytes = Buffer.from(checkpointNote, 'utf8')
  const accepted: string[] = []
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    const text = changed.toString('utf8')
    if (!refuses(() => openCheckpoint(text, signer))) accepted.push(`bit ${bit}`)
  }
  t.strictSame(accepted, [])
})

t.test('a receipt with one bit changed in its proof or its entry never holds', async (t) => {
  const [, act] = samplePlan.entries
  t.strictSame(faultsOf(act!, signer), [])
  const accepted: string[] = []
  for (const part of ['tlogProof', 'entry'] as const) {
    const bytes = Buffer.from(act![part], 'utf8')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3]! ^= 1 << (bit & 7)
      const receipt = { ...act!, [part]: changed.toString('utf8') }
      if (!refuses(() => faultsOf(receipt, signer)) && faultsOf(receipt, signer).length === 0) {
        accepted.push(`bit ${bit} of ${part}`)
      }
    }
  }
  t.strictSame(accepted, [])
})

t.test('a disclosure with one bit changed no longer meets its commitment', async (t) => {
  const accepted: string[] = []
  for (const disclosure of actDisclosures) {
    const bytes = Buffer.from(disclosure, 'ascii')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3]! ^= 1 << (bit & 7)
      const text = changed.toString('latin1')
      // Beyond ASCII a text has no commitment, so parsing must refuse it.
      const same = commitmentOf(text) === commitmentOf(disclosure)
      if (same && !refuses(() => parseDisclosure(text))) accepted.push(text)
    }
  }
  t.strictSame(accepted, [])
})

// Tiles

t.test('tiles become full on every level exactly when their last hash is there', async (t) => {
  t.strictSame(tilesCompleted(0, 255), [])
  t.strictSame(tilesCompleted(255, 256), [{ level: 0, index: 0 }])
  t.strictSame(tilesCompleted(256, 511), [])
  t.strictSame(
    tilesCompleted(200, 900).map((tile) => tile.index),
    [0, 1, 2],
  )
  t.strictSame(tilesCompleted(65_535, 65_536), [
    { level: 0, index: 255 },
    { level: 1, index: 0 },
  ])
  t.strictSame(tilesCompleted(2 ** 24 - 1, 2 ** 24).length, 3)
  const all = tilesCompleted(0, 70_000)
  t.equal(all.filter((tile) => tile.level === 0).length, 273)
  t.equal(all.filter((tile) => tile.level === 1).length, 1)
  t.equal(tileHashCount(0, 70_000) % 256, 112)
  t.equal(tileHashCount(1, 70_000) % 256, 17)
  t.equal(tileHashCount(2, 70_000) % 256, 1)
})

t.test('tiles lie where C2SP tlog-tiles puts them', async (t) => {
  t.equal(tilePath(0, 0), 'tile/0/000')
  t.equal(tilePath(1, 1_234_067), 'tile/1/x001/x234/067')
  t.equal(tilePath(0, 1_000), 'tile/0/x001/000')
  t.equal(tilePath(0, 273, 112), 'tile/0/273.p/112')
  t.equal(tilePath('entries', 255), 'tile/entries/255')
  t.equal(formatEntryBundle([Buffer.from('one'), Buffer.from('')]).toString('hex'), '00036f6e650000')
})

// Published vectors: data of others, read where it lies and never kept in this repository.

const vectors = resolve(process.env['BEDING_VECTORS'] ?? '../shared/vectors')
const withVectors = existsSync(vectors) ? {} : { skip: `no published vectors at ${vectors}` }

t.test(
  'the published small log comes out byte for byte: checkpoints, tiles and bundles',
  withVectors,
  async (t) => {
    const folder = join(vectors, 'tlog-tiles')
    const [key = ''] =
      /[a-z./]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}/.exec(readFileSync(join(vectors, 'README.md'), 'utf8')) ?? []
    const log = parseVerifierKey(key)
    const entries = readBundle(readFileSync(join(folder, tilePath('entries', 0, 15))))
    t.equal(entries.length, 15)
    for (let size = 0; size <= 15; size += 1) {
      const leaves = entries.slice(0, size).map(leafHash)
      const note = readFileSync(join(folder, `checkpoint.${size}`), 'utf8')
      const { root } = appendLeaves(emptyRange, leaves)
      t.equal(parseNote(note).text, formatCheckpoint({ origin: log.name, size, root }), `checkpoint ${size}`)
      t.equal(openCheckpoint(note, log).size, size, `signature of checkpoint ${size}`)
      if (size === 0) continue
      t.ok(readFileSync(join(folder, tilePath(0, 0, size))).equals(Buffer.concat(leaves)), `tile ${size}`)
      const bundle = readFileSync(join(folder, tilePath('entries', 0, size)))
      t.ok(bundle.equals(formatEntryBundle(entries.slice(0, size))), `bundle ${size}`)
    }
  },
)

t.test('the published canonical JSON comes out byte for byte', withVectors, async (t) => {
  const names = readdirSync(join(vectors, 'jcs/input'))
  t.equal(names.length, 6)
  for (const name of names) {
    const input: unknown = JSON.parse(readFileSync(join(vectors, 'jcs/input', name), 'utf8'))
    const expected = readFileSync(join(vectors, 'jcs/output', name), 'utf8')
    t.equal(canonicalJson(input), expected, name)
  }
})

function readBundle(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = []
  for (let start = 0; start < bundle.length;) {
    const end = start + 2 + bundle.readUInt16BE(start)
    entries.push(bundle.subarray(start + 2, end))
    start = end
  }
  return entries
}

t.test('a row of hashes is cut into its hashes', async (t) => {
  t.equal(splitHashes(Buffer.alloc(96)).length, 3)
})
