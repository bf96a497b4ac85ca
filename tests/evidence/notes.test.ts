import t from 'tap'
import { toBase64 } from '#core'
import {
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from '../../src/evidence/checkpoint.ts'
import { leafHash } from '../../src/evidence/merkle-hash.ts'
import { formatVerifierKey, isKeyName, noteVerifier, parseVerifierKey } from '../../src/evidence/note-key.ts'
import {
  NoteError,
  noteLengthMax,
  noteSignaturesMax,
  openNote,
  parseNote,
  signNote,
} from '../../src/evidence/signed-note.ts'
import { reasonOf, refuses } from '../support/evidence-refusals.ts'
import { sampleOrigin, sampleSigner } from '../support/evidence-samples.ts'

const signer = sampleSigner()
const other = noteVerifier('other.example/log', Buffer.from(signer.publicKey))
const verifierKey = formatVerifierKey(signer)

/** A signature line of 64 bytes that sign nothing. */
function emptyLine(name: string, hash: string): string {
  return `— ${name} ${toBase64(Buffer.concat([Buffer.from(hash, 'hex'), Buffer.alloc(64)]))}\n`
}

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
    const unknown =
      emptyLine('x.example', '00000000') +
      emptyLine(sampleOrigin, '00000000') +
      emptyLine('x.example', signer.keyHash)
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
