import { sign, verify } from 'node:crypto'
import { fromBase64, toBase64 } from '#core'
import type { NoteSigner, NoteVerifier } from './note-key.ts'
import { isKeyName } from './note-key.ts'

/** Longest note that is read, in bytes of UTF-8, and most signatures in it: at least 16 must be read (C2SP signed-note). */
export const noteLengthMax = 1_000_000
export const noteSignaturesMax = 100

/** One signature line. */
export type NoteSignature = { readonly name: string; readonly keyHash: string; readonly signature: Buffer }

/** A note as it is written, before any signature is believed. */
export type UnverifiedNote = { readonly text: string; readonly signatures: readonly NoteSignature[] }

/** A note of which at least one known key signed the text and no known key's signature is wrong. */
export type OpenedNote = { readonly text: string; readonly signers: readonly NoteVerifier[] }

/** Why a note is not believed. */
export class NoteError extends Error {
  readonly reason: 'malformed' | 'unsigned' | 'wrong-signature' | 'repeated-signature' | 'ambiguous-key'

  constructor(reason: NoteError['reason'], message: string) {
    super(message)
    this.name = 'NoteError'
    this.reason = reason
  }
}

/** Signs a text that ends in a newline and holds no control character. Ed25519, so the same text gives the same note. */
export function signNote(text: string, signer: NoteSigner): string {
  if (!isNoteText(text)) throw new RangeError('this text cannot be signed as a note')
  const signature = sign(null, Buffer.from(text, 'utf8'), signer.privateKey)
  const encoded = toBase64(Buffer.concat([Buffer.from(signer.keyHash, 'hex'), signature]))
  return `${text}\n\u2014 ${signer.name} ${encoded}\n`
}

/** Reads a note without checking a signature (C2SP signed-note, "Format"). Throws a NoteError for anything else. */
export function parseNote(note: string): UnverifiedNote {
  if (Buffer.byteLength(note, 'utf8') > noteLengthMax)
    throw new NoteError('malformed', 'the note is too long')
  if (!isPrintable(note)) throw new NoteError('malformed', 'the note holds bytes that no note may hold')
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) throw new NoteError('malformed', 'the note has no signatures')
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length > noteSignaturesMax) throw new NoteError('malformed', 'the note has too many signatures')
  return { text: note.slice(0, end + 1), signatures: lines.map(parseSignature) }
}

/**
 * Reads a note and checks it against the keys the reader holds. Signatures of other keys are ignored, also when they
 * share a name or a hash with a known key. Stricter than the specification in one point: two signatures of one known
 * key are refused, because a careful and a careless reader could differ on which of them counts.
 */
export function openNote(note: string, verifiers: readonly NoteVerifier[]): OpenedNote {
  const { text, signatures } = parseNote(note)
  const bytes = Buffer.from(text, 'utf8')
  const signers: NoteVerifier[] = []
  for (const line of signatures) {
    const known = verifiers.filter((one) => one.name === line.name && one.keyHash === line.keyHash)
    const [verifier, ...others] = known
    if (verifier === undefined) continue
    if (others.length > 0)
      throw new NoteError('ambiguous-key', 'two of the keys given have one name and hash')
    if (signers.includes(verifier)) throw new NoteError('repeated-signature', 'a key signed this note twice')
    if (!verify(null, bytes, verifier.key, line.signature)) {
      throw new NoteError('wrong-signature', 'the signature of a known key is wrong')
    }
    signers.push(verifier)
  }
  if (signers.length === 0) throw new NoteError('unsigned', 'no known key signed this note')
  return { text, signers }
}

function parseSignature(line: string): NoteSignature {
  const match = /^\u2014 ([^ ]+) ([^ ]+)$/u.exec(line)
  const [, name = '', encoded = ''] = match ?? []
  const bytes = fromBase64(encoded)
  if (!isKeyName(name) || bytes === undefined || bytes.length < 5) {
    throw new NoteError('malformed', 'the note has a line after its text that is not a signature')
  }
  return { name, keyHash: bytes.toString('hex', 0, 4), signature: bytes.subarray(4) }
}

function isNoteText(text: string): boolean {
  return text.endsWith('\n') && isPrintable(text) && Buffer.byteLength(text, 'utf8') <= noteLengthMax / 2
}

/** Valid UTF-8 without ASCII control characters other than newline. */
function isPrintable(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text)
}
