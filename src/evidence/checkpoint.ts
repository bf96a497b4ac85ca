import { fromBase64, toBase64 } from '#core'
import { hashLength } from './merkle-hash.ts'
import { isTreeSize } from './merkle-proof.ts'
import type { NoteSigner, NoteVerifier } from './note-key.ts'
import { openNote, signNote } from './signed-note.ts'

/** The head of a log at one size (C2SP tlog-checkpoint). */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Buffer }

/** Three lines and no extension lines: origin, size, root in base64. Throws a RangeError for what has no such text. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const { origin, size, root } = checkpoint
  if (!isTreeSize(size) || root.length !== hashLength || !isOrigin(origin)) {
    throw new RangeError('this head cannot be written as a checkpoint')
  }
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/**
 * Reads the text of a checkpoint. Throws a RangeError for leading zeros, sizes above 2^53-1, a root that is not 32
 * bytes of canonical base64, and extension lines: what this parses, formatCheckpoint writes again byte for byte.
 */
export function parseCheckpoint(text: string): Checkpoint {
  const match = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([^\n]{44})\n$/.exec(text)
  const [, origin = '', digits = '', encoded = ''] = match ?? []
  const root = fromBase64(encoded)
  const size = Number(digits)
  if (match === null || root?.length !== hashLength || !isTreeSize(size) || !isOrigin(origin)) {
    throw new RangeError('not a checkpoint of three lines')
  }
  return { origin, size, root }
}

/** Signs the head of the log whose key this is: the key's name and the origin are one (C2SP tlog-checkpoint). */
export function signCheckpoint(head: Omit<Checkpoint, 'origin'>, signer: NoteSigner): string {
  return signNote(formatCheckpoint({ origin: signer.name, ...head }), signer)
}

/** Opens a signed checkpoint of one log. Throws a NoteError or a RangeError when it is anything else. */
export function openCheckpoint(note: string, log: NoteVerifier): Checkpoint {
  const checkpoint = parseCheckpoint(openNote(note, [log]).text)
  if (checkpoint.origin !== log.name) throw new RangeError('the checkpoint is of another log')
  return checkpoint
}

function isOrigin(origin: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return origin !== '' && origin.isWellFormed() && !/[\u0000-\u001f]/.test(origin)
}
