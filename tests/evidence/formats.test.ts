import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { canonicalJson, toBase64, toInstant } from '#core'
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
import { formatEntry, parseEntry } from '../../src/evidence/entry.ts'
import { formatEvidenceFile } from '../../src/evidence/evidence-file.ts'
import { leafHash, splitHashes } from '../../src/evidence/merkle-hash.ts'
import { appendLeaves, emptyRange } from '../../src/evidence/merkle-range.ts'
import { formatVerifierKey, isKeyName, noteVerifier, parseVerifierKey } from '../../src/evidence/note-key.ts'
import { formatReceiptProof, parseReceiptProof } from '../../src/evidence/receipt-proof.ts'
import {
  NoteError,
  noteLengthMax,
  noteSignaturesMax,
  openNote,
  parseNote,
  signNote,
} from '../../src/evidence/signed-note.ts'
import { formatEntryBundle, tileHashCount, tilePath, tilesCompleted } from '../../src/evidence/tile.ts'
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
const other = noteVerifier('other.example/log', Buffer.from(signer.publicKey))

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

// Notes

t.test('a verifier key with any one character changed, lost or doubled is refused', async (t) => {
  const accepted: string[] = []
  for (let at = 0; at < verifierKey.length; at += 1) {
    const before = verifierKey.slice(0, at)
    const after = verifierKey.slice(at + 1)
    const replaced = ['a', 'B', '0', '+', ' ', '=', '\n', 'é'].map((one) => before + one + after)
    const mangled = [before + after, before + verifierKey[at]! + verifierKey[at]! + after, ...replaced]
    for (const text of mangled) {
      if (text !== verifierKey && !refuses(() => parseVerifierKey(text))) accepted.push(text)
    }
  }
  t.strictSame(accepted, [])
  for (const text of [
    '',
    '++',
    'name+00000000+',
    `${verifierKey} `,
    `${verifierKey}\n`,
    verifierKey.toUpperCase(),
  ]) {
    t.throws(() => parseVerifierKey(text), RangeError, JSON.stringify(text))
  }
  const typeByte = verifierKey.replace('+AQ', '+BA')
  t.throws(() => parseVerifierKey(typeByte), RangeError, 'a key for cosignatures is not a key for notes')
})

t.test('a key name has no space of any script, no plus and no control character', async (t) => {
  t.ok(isKeyName('beding.local/log/é'))
  const names = [
    '',
    'a b',
    'a+b',
    'a\tb',
    'a\nb',
    'a\u00a0b',
    'a\u0085b',
    'a\u2003b',
    'a\u3000b',
    'a\u0000b',
    'a\ud800',
  ]
  t.strictSame(names.filter(isKeyName), [])
  t.throws(() => noteVerifier('a b', signer.publicKey), RangeError)
})

t.test('a note opens with the key that signed it and says which text it signed', async (t) => {
  const note = signNote('one\n\ntwo: é\n', signer)
  const opened = openNote(note, [other, signer])
  t.equal(opened.text, 'one\n\ntwo: é\n')
  t.strictSame(
    opened.signers.map((one) => one.keyHash),
    [signer.keyHash],
  )
  t.equal(signNote('one\n\ntwo: é\n', signer), note)
})

t.test(
  'signatures of unknown keys are ignored, also when they share a name or a hash with a known one',
  async (t) => {
    const note = signNote('text\n', signer)
    const line = (name: string, hash: string): string =>
      `— ${name} ${toBase64(Buffer.concat([Buffer.from(hash, 'hex'), Buffer.alloc(64)]))}\n`
    const unknown =
      line('x.example', '00000000') + line(sampleOrigin, '00000000') + line('x.example', signer.keyHash)
    t.equal(openNote(note + unknown, [signer]).text, 'text\n')
    t.equal(openNote(note + unknown + unknown, [signer]).signers.length, 1)
    t.equal(
      reasonOf(() => openNote(note, [other])),
      'unsigned',
    )
    t.equal(
      reasonOf(() => openNote(note, [])),
      'unsigned',
    )
  },
)

t.test(
  'a wrong, repeated or ambiguous signature of a known key makes the whole note worthless',
  async (t) => {
    const note = signNote('text\n', signer)
    const line = note.slice('text\n\n'.length)
    const second = sampleSigner('second.example')
    const both = note + signNote('text\n', second).slice('text\n\n'.length)
    const wrong = note + signNote('other text\n', second).slice('other text\n\n'.length)
    t.strictSame(openNote(both, [signer, second]).signers.length, 2)
    t.equal(
      reasonOf(() => openNote(wrong, [signer, second])),
      'wrong-signature',
    )
    t.equal(openNote(wrong, [signer]).signers.length, 1)
    t.equal(
      reasonOf(() => openNote(note + line, [signer])),
      'repeated-signature',
    )
    t.equal(
      reasonOf(() => openNote(note, [signer, sampleSigner()])),
      'ambiguous-key',
    )
    const short = `text\n\n— ${sampleOrigin} ${toBase64(Buffer.from(`${signer.keyHash}00`, 'hex'))}\n`
    t.equal(
      reasonOf(() => openNote(short, [signer])),
      'wrong-signature',
    )
  },
)

t.test('a text that is not a note is refused before any signature is looked at', async (t) => {
  const note = signNote('text\n', signer)
  const line = note.slice('text\n\n'.length)
  const cases: Record<string, string> = {
    nothing: '',
    'text without signatures': 'text\n',
    'blank line but no signatures': 'text\n\n',
    'no final newline': note.slice(0, -1),
    'no blank line': `text\n${line}`,
    'hyphen for the dash': note.replace('— ', '- '),
    'two spaces': note.replace(`— ${sampleOrigin} `, `— ${sampleOrigin}  `),
    'no name': `text\n\n— ${line.slice(2).split(' ')[1]}`,
    'plus in the name': `text\n\n— a+b ${toBase64(Buffer.alloc(68))}\n`,
    'no-break space in the name': `text\n\n— a\u00a0b ${toBase64(Buffer.alloc(68))}\n`,
    'base64 without padding': note.replace('=\n', '\n'),
    'base64 of the other alphabet': `text\n\n— a ${Buffer.alloc(68, 0xff).toString('base64url')}\n`,
    'base64 with bits left over': `text\n\n— a ${toBase64(Buffer.alloc(65)).replace('A==', 'B==').replace('A=', 'B=')}\n`,
    'hash without signature': `text\n\n— a ${toBase64(Buffer.alloc(4))}\n`,
    'carriage return': signNote('text\n', signer).replace('text\n', 'text\r\n'),
    tab: note.replace('text', 'te\txt'),
    NUL: note.replace('text', 'te\u0000xt'),
    'lone surrogate': note.replace('text', 'te\ud800xt'),
    'something after the signatures': `${note}more\n`,
    'too many signatures': `text\n\n${line.repeat(noteSignaturesMax + 1)}`,
    'too long': `${'a'.repeat(noteLengthMax)}\n\n${line}`,
  }
  for (const [name, text] of Object.entries(cases))
    t.equal(
      reasonOf(() => parseNote(text)),
      'malformed',
      name,
    )
  t.equal(parseNote(`text\n\n${line.repeat(noteSignaturesMax)}`).signatures.length, noteSignaturesMax)
  for (const text of ['', 'no newline', 'tab\t\n', 'lone \ud800\n', `${'é'.repeat(noteLengthMax)}\n`]) {
    t.throws(() => signNote(text, signer), RangeError, `does not sign ${JSON.stringify(text.slice(0, 12))}`)
  }
})

t.test('a key of low order, which would pass any text in a lax verifier, opens nothing', async (t) => {
  const identity = Buffer.from(`01${'00'.repeat(31)}`, 'hex')
  const lax = noteVerifier('low.example', identity)
  const signature = Buffer.concat([Buffer.from(lax.keyHash, 'hex'), identity, Buffer.alloc(32)])
  t.equal(
    reasonOf(() => openNote(`text\n\n— low.example ${toBase64(signature)}\n`, [lax])),
    'wrong-signature',
  )
})

// Checkpoints

t.test('a checkpoint has three lines, a plain size and a whole root', async (t) => {
  const root = leafHash(Buffer.of(1))
  const text = formatCheckpoint({ origin: 'a.example/log', size: 10, root })
  t.strictSame(parseCheckpoint(text), { origin: 'a.example/log', size: 10, root })
  const base64 = toBase64(root)
  const cases: Record<string, string> = {
    'an extension line': `${text}extension\n`,
    'an empty origin': `\n10\n${base64}\n`,
    'a leading zero': `a\n010\n${base64}\n`,
    'a sign': `a\n+10\n${base64}\n`,
    'a negative size': `a\n-1\n${base64}\n`,
    'a space': `a\n10 \n${base64}\n`,
    hexadecimal: `a\n0xa\n${base64}\n`,
    'an exponent': `a\n1e1\n${base64}\n`,
    'digits of another script': `a\n١٠\n${base64}\n`,
    '2^53': `a\n9007199254740992\n${base64}\n`,
    '2^64': `a\n18446744073709551616\n${base64}\n`,
    'no root': 'a\n10\n',
    'a short root': `a\n10\n${toBase64(root.subarray(1))}\n`,
    'a root without padding': `a\n10\n${base64.slice(0, -1)}\n`,
    'a root with bits left over': `a\n10\n${base64.replace(/.=$/, (end) => (end[0] === 'B' ? 'C=' : 'B='))}\n`,
    'no last newline': text.slice(0, -1),
    'a blank line': `a\n10\n${base64}\n\n`,
  }
  for (const [name, wrong] of Object.entries(cases)) t.throws(() => parseCheckpoint(wrong), RangeError, name)
  t.equal(parseCheckpoint(`a\n9007199254740991\n${base64}\n`).size, Number.MAX_SAFE_INTEGER)
  t.equal(parseCheckpoint(`a\n0\n${base64}\n`).size, 0)
  t.throws(() => formatCheckpoint({ origin: 'a', size: -1, root }), RangeError)
  t.throws(() => formatCheckpoint({ origin: 'a\nb', size: 1, root }), RangeError)
  t.throws(() => formatCheckpoint({ origin: 'a', size: 1, root: root.subarray(1) }), RangeError)
})

t.test('a checkpoint is opened as that of one log only', async (t) => {
  const root = leafHash(Buffer.of(1))
  t.equal(openCheckpoint(signCheckpoint({ size: 3, root }, signer), signer).size, 3)
  const foreign = signNote(formatCheckpoint({ origin: 'other.example', size: 3, root }), signer)
  t.throws(() => openCheckpoint(foreign, signer), RangeError)
  t.throws(
    () => openCheckpoint(signCheckpoint({ size: 3, root }, signer), sampleSigner('x.example')),
    NoteError,
  )
})

// Proofs

t.test('a proof text is read in one form only', async (t) => {
  const text = samplePlan.entries[1]!.tlogProof
  const hash = toBase64(leafHash(Buffer.of(1)))
  const cases: Record<string, string> = {
    nothing: '',
    'another version': text.replace('@v1', '@v2'),
    'no extra line': text.replace(/extra .*\n/, ''),
    'an empty extra line': text.replace(/extra .*\n/, 'extra \n'),
    'extra that is not base64': text.replace(/extra .*\n/, 'extra ?\n'),
    'no index': text.replace(/index .*\n/, ''),
    'a leading zero': text.replace('index 1', 'index 01'),
    'a negative index': text.replace('index 1', 'index -1'),
    'an index of 2^53': text.replace('index 1', 'index 9007199254740992'),
    'index before extra': text.replace(/(extra .*\n)(index .*\n)/, '$2$1'),
    'a short hash': text.replace(/\n4vdD/, '\n'),
    'a space behind a hash': text.replace('UnyE=\n', 'UnyE= \n'),
    'too many hashes': text.replace('index 1\n', `index 1\n${`${hash}\n`.repeat(53)}`),
    'carriage returns': text.replaceAll('\n', '\r\n'),
    'no checkpoint': text.slice(0, text.indexOf('\n\n') + 1),
    'a checkpoint cut off': text.slice(0, -1),
  }
  for (const [name, wrong] of Object.entries(cases)) {
    t.not(wrong, text, name)
    t.ok(
      refuses(() => parseReceiptProof(wrong)),
      name,
    )
  }
  const hashes = [leafHash(Buffer.of(1))]
  const proof = { extra: Buffer.of(1), index: 0, hashes, checkpoint: checkpointNote }
  t.throws(() => formatReceiptProof({ ...proof, extra: Buffer.alloc(0) }), RangeError)
  t.throws(() => formatReceiptProof({ ...proof, index: -1 }), RangeError)
  t.throws(() => formatReceiptProof({ ...proof, hashes: [Buffer.alloc(31)] }), RangeError)
  t.throws(
    () => formatReceiptProof({ ...proof, hashes: Array.from({ length: 54 }, () => hashes[0]!) }),
    RangeError,
  )
})

// Disclosures and entries

t.test('a disclosure is read in its canonical form only', async (t) => {
  const salt = 'AQEBAQEBAQEBAQEBAQEBAQ'
  const encode = (json: string): string => Buffer.from(json, 'utf8').toString('base64url')
  t.equal(parseDisclosure(encode(`["${salt}","choice","seen"]`)).value, 'seen')
  const cases: Record<string, string> = {
    nothing: '',
    padding: `${encode(`["${salt}","choice","seens"]`)}=`,
    'the other alphabet': toBase64(Buffer.from(`["${salt}","choice","?>?>~~"]`)),
    'a space': encode(`["${salt}", "choice","seen"]`),
    'an escape that need not be': encode(`["${salt}","choice","\\u0073een"]`),
    'two elements, as for an array': encode(`["${salt}","seen"]`),
    'four elements': encode(`["${salt}","choice","seen",1]`),
    'an object': encode(`{"salt":"${salt}"}`),
    'a short salt': encode(`["AQEBAQEBAQEBAQEBAQEB","choice","seen"]`),
    'a salt with bits left over': encode(`["${salt.slice(0, -1)}R","choice","seen"]`),
    'a fraction': encode(`["${salt}","choice",1.5]`),
    'a number of 2^53': encode(`["${salt}","choice",9007199254740992]`),
    'minus zero': encode(`["${salt}","choice",-0]`),
    'an object as value': encode(`["${salt}","choice",{"a":"b"}]`),
    'a list of numbers': encode(`["${salt}","choice",[1]]`),
    'the name _sd': encode(`["${salt}","_sd","seen"]`),
    'the name ...': encode(`["${salt}","...","seen"]`),
    'a name that is a number': encode(`["${salt}",1,"seen"]`),
    'a byte order mark': encode(`\ufeff["${salt}","choice","seen"]`),
    'bytes that are not UTF-8': Buffer.concat([
      Buffer.from(`["${salt}","choice","`),
      Buffer.of(0xff),
      Buffer.from('"]'),
    ]).toString('base64url'),
    'a lone surrogate': encode(`["${salt}","choice","\\ud800"]`),
  }
  for (const [name, text] of Object.entries(cases)) t.throws(() => parseDisclosure(text), RangeError, name)
  t.throws(() => factsOf([actDisclosures[1]!, actDisclosures[0]!]), RangeError, 'facts out of order')
  t.throws(() => factsOf([actDisclosures[0]!, actDisclosures[0]!]), RangeError, 'a fact twice')
  t.throws(() => discloseFacts({ choice: 1.5 }, countedBytes()), TypeError)
  t.throws(() => discloseFacts({ choice: '\ud800' }, countedBytes()), TypeError)
  t.throws(() => discloseFacts({ Choice: 'seen' }, countedBytes()), RangeError)
  t.throws(() => discloseFacts({ choice: 'a'.repeat(1_048_576) }, countedBytes()), RangeError)
})

t.test('an entry is read in its canonical form only', async (t) => {
  const commitment = commitmentOf('a')
  const valid = `{"at":"2026-11-21T08:00:00.000Z","c":["${commitment}"],"kind":"act","v":1}`
  t.equal(formatEntry(parseEntry(valid)), valid)
  const cases: Record<string, string> = {
    nothing: '',
    null: 'null',
    'an array': '[]',
    'another version': valid.replace('"v":1', '"v":2'),
    'no version': valid.replace(',"v":1', ''),
    'an unknown member': valid.replace('"v":1', '"v":1,"x":1'),
    'a member twice': valid.replace('"v":1', '"v":1,"v":1'),
    'another order': valid.replace('"kind":"act","v":1', '"v":1,"kind":"act"'),
    'a space': valid.replace(',"v"', ', "v"'),
    'a time without milliseconds': valid.replace('.000Z', 'Z'),
    'a time in another zone': valid.replace('Z"', '+00:00"'),
    'a day that does not exist': valid.replace('11-21', '02-30'),
    'a short commitment': valid.replace(commitment, commitment.slice(1)),
    'a commitment twice': valid.replace(`"${commitment}"`, `"${commitment}","${commitment}"`),
    'a commitment of another kind': valid.replace(`"${commitment}"`, '1'),
    'a kind in capitals': valid.replace('"act"', '"Act"'),
    'a kind that ends in a hyphen': valid.replace('"act"', '"act-"'),
    'refs without any': valid.replace(',"v"', ',"refs":[],"v"'),
    'refs out of order': valid.replace(',"v"', ',"refs":[2,1],"v"'),
    'a ref twice': valid.replace(',"v"', ',"refs":[1,1],"v"'),
    'a negative ref': valid.replace(',"v"', ',"refs":[-1],"v"'),
    'a newline behind': `${valid}\n`,
  }
  for (const [name, text] of Object.entries(cases)) {
    t.not(text, valid, name)
    t.throws(() => parseEntry(text), RangeError, name)
  }
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

/** Why a note is refused; 'accepted' when it is not. */
function reasonOf(work: () => unknown): string {
  try {
    work()
    return 'accepted'
  } catch (error) {
    if (error instanceof NoteError) return error.reason
    throw error
  }
}

function refuses(work: () => unknown): boolean {
  try {
    work()
    return false
  } catch (error) {
    if (error instanceof RangeError || error instanceof NoteError) return true
    throw error
  }
}

t.test('a row of hashes is cut into its hashes', async (t) => {
  t.equal(splitHashes(Buffer.alloc(96)).length, 3)
})
