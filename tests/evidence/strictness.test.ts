import t from 'tap'
import { toBase64 } from '#core'
import { commitmentOf, discloseFacts, factsOf, parseDisclosure } from '../../src/evidence/disclosure.ts'
import { formatEntry, parseEntry } from '../../src/evidence/entry.ts'
import { leafHash } from '../../src/evidence/merkle-hash.ts'
import { formatReceiptProof, parseReceiptProof } from '../../src/evidence/receipt-proof.ts'
import { refuses } from '../support/evidence-refusals.ts'
import { aHead, aPlan, countedBytes, someDrafts } from '../support/evidence-samples.ts'

/** Any text as base64url, whether it is a disclosure or not. */
function encode(json: string): string {
  return Buffer.from(json, 'utf8').toString('base64url')
}

const samplePlan = aPlan(aHead(), someDrafts(2))
const checkpointNote = samplePlan.checkpoint.note
const actDisclosures = samplePlan.entries[1]!.disclosures

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
    'a short hash': text.replace(/(index 1\n)..../, '$1'),
    'a space behind a hash': text.replace('=\n\n', '= \n\n'),
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
