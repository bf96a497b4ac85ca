import type { Instant } from '#core'
import { fromBase64, instantFromDate } from '#core'
import { demandEd25519, Refusal } from '#verification'
import { parseCheckpoint } from './checkpoint.ts'
import { parseNote } from './signed-note.ts'
import type { WitnessKey } from './witness-key.ts'

/** What a witness said of a checkpoint: that at this moment it was the largest it had seen, and continued all others. */
export type Cosignature = {
  readonly witness: WitnessKey
  /** The signature line without its newline, as it stands in a cosigned note. */
  readonly line: string
  /** When the witness signed, by its own clock; whole seconds. */
  readonly at: Instant
}

/** Why a line is not believed. */
export class CosignatureError extends Error {
  readonly reason: 'malformed' | 'other-key' | 'wrong-signature' | 'wrong-time'

  constructor(reason: CosignatureError['reason'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CosignatureError'
    this.reason = reason
  }
}

/** The last second of the year 9999: no later moment can be written here. */
const secondsMax = 253_402_300_799n

/**
 * Checks one signature line against the note it belongs to and the key of one witness (C2SP tlog-cosignature v1,
 * Ed25519; the strict rule of decision 0020). Throws a CosignatureError unless the line is that witness's. `note` is a
 * checkpoint of three lines with at least one signature; which signatures those are is not looked at.
 */
export function verifyCosignature(line: string, note: string, witness: WitnessKey): Cosignature {
  const match = /^\u2014 ([!-*,-~]{1,255}) ([A-Za-z0-9+/=]+)$/.exec(line)
  const bytes = fromBase64(match?.[2] ?? '')
  if (match === null || bytes === undefined || bytes.length < 5) {
    throw new CosignatureError('malformed', 'this is not a signature line')
  }
  if (match[1] !== witness.name || bytes.toString('hex', 0, 4) !== witness.keyHash) {
    throw new CosignatureError('other-key', 'another key made this line')
  }
  if (bytes.length !== 4 + 8 + 64)
    throw new CosignatureError('malformed', 'a cosignature has 4 + 8 + 64 bytes')
  const seconds = bytes.readBigUInt64BE(4)
  if (seconds === 0n || seconds > secondsMax) {
    throw new CosignatureError('wrong-time', 'the time of this cosignature is none')
  }
  try {
    const message = Buffer.from(`cosignature/v1\ntime ${seconds}\n${checkpointText(note)}`, 'utf8')
    demandEd25519(witness.publicKey, message, bytes.subarray(12))
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    throw new CosignatureError('wrong-signature', cause.message, { cause })
  }
  return { witness, line, at: instantFromDate(new Date(Number(seconds) * 1000)) }
}

/**
 * The note with cosignatures after the lines it has, in the order given. Verifiers expect the order of the policy file.
 */
export function cosignedNote(note: string, lines: readonly string[]): string {
  return note + lines.map((line) => `${line}\n`).join('')
}

/** The three lines that are cosigned. Throws a NoteError or RangeError for a note that is no checkpoint. */
function checkpointText(note: string): string {
  const { text } = parseNote(note)
  parseCheckpoint(text)
  return text
}
