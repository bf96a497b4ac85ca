import { demandEd25519 } from './ed25519.ts'
import { demand } from './refusal.ts'
import { decodeBase64 } from './strict-text.ts'
import type { WitnessKey } from './witness-policy.ts'

/** One line of a witness under a checkpoint (C2SP tlog-cosignature v1), as read; not yet verified. */
export type Cosignature = {
  readonly name: string
  readonly keyHash: Buffer
  /** When the witness says it signed: seconds since 1970. */
  readonly seconds: number
  readonly signature: Buffer
}

const lineForm = /^\u2014 ([!-*,-~]{1,255}) ([A-Za-z0-9+/=]{104})$/
const cosignaturesMax = 64
/** The last second of the year 9999. */
const secondsMax = 253_402_300_799

/**
 * Reads a cosigned checkpoint: exactly the bytes of the log-signed note, then at least one line of a witness, none of a
 * name and key that already stands there. Refuses every other form.
 */
export function parseCosignedNote(text: string, note: string): Cosignature[] {
  demand(text.startsWith(note), 'the cosigned checkpoint does not begin with the checkpoint')
  const rest = text.slice(note.length)
  demand(rest.endsWith('\n'), 'the cosigned checkpoint has no cosignature or its last line does not end')
  const lines = rest.split('\n').slice(0, -1)
  demand(lines.length <= cosignaturesMax, 'the checkpoint has more than 64 cosignatures')
  const cosignatures = lines.map(parseLine)
  const names = cosignatures.map(({ name, keyHash }) => `${name} ${keyHash.toString('hex')}`)
  demand(new Set(names).size === names.length, 'a witness cosigned the checkpoint twice')
  return cosignatures
}

function parseLine(line: string): Cosignature {
  const parts = lineForm.exec(line)
  demand(parts !== null, 'a line of the cosigned checkpoint is not a cosignature')
  const [, name = '', encoded = ''] = parts
  const bytes = decodeBase64(encoded)
  demand(bytes.length === 76, 'a cosignature does not hold 4 + 8 + 64 bytes')
  const seconds = bytes.readUInt32BE(4) * 2 ** 32 + bytes.readUInt32BE(8)
  demand(seconds > 0 && seconds <= secondsMax, 'the time of a cosignature is none')
  return { name, keyHash: bytes.subarray(0, 4), seconds, signature: bytes.subarray(12) }
}

/** The witnesses whose lines are right. Lines of others are passed over; a wrong line of a known witness is refused. */
export function demandCosignatures(
  cosignatures: readonly Cosignature[],
  signedText: string,
  witnesses: readonly WitnessKey[],
): { witness: WitnessKey; seconds: number }[] {
  const found: { witness: WitnessKey; seconds: number }[] = []
  for (const { name, keyHash, seconds, signature } of cosignatures) {
    const witness = witnesses.find((one) => one.name === name && one.keyHash.equals(keyHash))
    if (witness === undefined) continue
    const message = Buffer.from(`cosignature/v1\ntime ${seconds}\n${signedText}`, 'utf8')
    demandEd25519(witness.publicKey, message, signature)
    found.push({ witness, seconds })
  }
  return found
}
