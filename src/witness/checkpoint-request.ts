import { fromBase64, toBase64 } from '#core'
import { RequestRefused } from './refused.ts'

/** A signature line of a note, not yet believed. */
export type NoteSignature = {
  /** The line as it stands in the note, without its newline. */
  readonly line: string
  readonly name: string
  /** Four bytes as 8 lower-case hex digits. */
  readonly keyHash: string
  readonly signature: Buffer
}

/** The head of a log as its checkpoint states it. */
export type CheckpointText = {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  /** The three lines with their newlines: what is signed. */
  readonly text: string
}

/** A request to cosign (C2SP tlog-witness v1.0.0, add-checkpoint), read and not yet judged. */
export type CheckpointRequest = {
  readonly oldSize: number
  readonly proof: readonly Buffer[]
  readonly checkpoint: CheckpointText
  readonly signatures: readonly NoteSignature[]
}

/** Most bytes of a request: room for 16 signatures of 5 KB, which every reader of notes must take. */
export const requestLengthMax = 128 * 1024

/** Most hashes of a consistency proof, and most signatures of a note, that are read. */
const proofLengthMax = 63
const signaturesMax = 32

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads a request. Throws a RequestRefused with 400 for every other form. */
export function parseCheckpointRequest(body: Uint8Array): CheckpointRequest {
  const text = decode(body)
  const end = text.indexOf('\n\n')
  if (end < 0) throw malformed('an empty line must stand between the proof and the checkpoint')
  const [first = '', ...lines] = text.slice(0, end).split('\n')
  if (!first.startsWith('old ')) throw malformed('the first line must be: old <size>')
  if (lines.length > proofLengthMax) throw malformed(`a proof has at most ${proofLengthMax} lines`)
  return {
    oldSize: parseSize(first.slice('old '.length)),
    proof: lines.map(parseHash),
    ...parseNote(text.slice(end + 2)),
  }
}

/** Reads a checkpoint note. Throws a RequestRefused with 400, also for extension lines: nobody here answers for them. */
export function parseNote(note: string): Pick<CheckpointRequest, 'checkpoint' | 'signatures'> {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) throw malformed('the checkpoint carries no signature')
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length > signaturesMax) throw malformed(`a note has at most ${signaturesMax} signatures here`)
  return { checkpoint: parseText(note.slice(0, end + 1)), signatures: lines.map(parseSignature) }
}

function parseText(text: string): CheckpointText {
  const [origin = '', size = '', root = '', ...rest] = text.split('\n')
  if (rest.length > 1) throw malformed('checkpoints with extension lines are not cosigned')
  if (origin === '' || rest.length === 0) throw malformed('a checkpoint is made of origin, size and root')
  return { origin, size: parseSize(size), root: parseHash(root), text }
}

function parseSignature(line: string): NoteSignature {
  const [, name = '', encoded = ''] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? []
  const bytes = Buffer.from(encoded, 'base64')
  if (encoded.length % 4 !== 0 || bytes.length < 5)
    throw malformed('a line after the checkpoint is no signature')
  // A second spelling is no signature of anybody, which is for the owner of the key to hear and harmless in a stranger.
  const signature = toBase64(bytes) === encoded ? bytes.subarray(4) : Buffer.alloc(0)
  return { line, name, keyHash: bytes.toString('hex', 0, 4), signature }
}

/** A size without leading zeros. Above 2^53-1 numbers are no longer exact here, so such a log is refused. */
function parseSize(digits: string): number {
  if (!/^(0|[1-9][0-9]{0,19})$/.test(digits))
    throw malformed('a size is a decimal number without leading zeros')
  const size = Number(digits)
  if (!Number.isSafeInteger(size)) throw malformed('sizes above 2^53-1 are not taken')
  return size
}

function parseHash(line: string): Buffer {
  const hash = fromBase64(line)
  if (hash?.length !== 32) throw malformed('a hash is 32 bytes in base64')
  return hash
}

function decode(body: Uint8Array): string {
  if (body.length > requestLengthMax) throw malformed('the request is too long')
  let text: string
  try {
    text = strictUtf8.decode(body)
  } catch {
    throw malformed('the request is not UTF-8')
  }
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0009\u000b-\u001f]/.test(text)) throw malformed('control characters are not taken')
  return text
}

function malformed(sentence: string): RequestRefused {
  return new RequestRefused(400, sentence)
}
