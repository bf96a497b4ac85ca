import { fromBase64, toBase64 } from '#core'
import { entryLengthMax } from './entry.ts'
import { hashLength } from './merkle-hash.ts'
import { isTreeSize } from './merkle-proof.ts'
import { parseNote } from './signed-note.ts'

/** A proof that an entry is in a log, readable offline (C2SP tlog-proof). The checkpoint is the note as signed. */
export type ReceiptProof = {
  /** The bytes of the entry. Not authenticated by itself: whoever reads it hashes it to the leaf that is proven. */
  readonly extra: Buffer
  readonly index: number
  readonly hashes: readonly Buffer[]
  readonly checkpoint: string
}

const firstLine = 'c2sp.org/tlog-proof@v1'

/** A tree of 2^53-1 leaves is 53 levels high. */
const hashesMax = 53

/** The text of a proof (C2SP tlog-proof, "Format"). Throws a RangeError for what has no such text. */
export function formatReceiptProof(proof: ReceiptProof): string {
  return joinProof({ lines: proofLines(proof), checkpoint: proof.checkpoint })
}

/** The text of a proof in its two parts: the lines before the first empty one, and the signed checkpoint. */
export type ProofParts = { readonly lines: string; readonly checkpoint: string }

/** The text of a proof from its parts. */
export function joinProof({ lines, checkpoint }: ProofParts): string {
  return `${lines}\n\n${checkpoint}`
}

/** The parts of a proof that `joinProof` made; the parts of anything else mean nothing. */
export function splitProof(tlogProof: string): ProofParts {
  const end = tlogProof.indexOf('\n\n')
  return { lines: tlogProof.slice(0, end), checkpoint: tlogProof.slice(end + 2) }
}

/** The lines before the empty one: ASCII, and no character in them that JSON escapes but their ends. Throws as above. */
export function proofLines(proof: Omit<ReceiptProof, 'checkpoint'>): string {
  if (!isTreeSize(proof.index) || proof.hashes.length > hashesMax || !isExtra(proof.extra)) {
    throw new RangeError('this proof cannot be written')
  }
  const lines = [firstLine, `extra ${toBase64(proof.extra)}`, `index ${proof.index}`]
  for (const hash of proof.hashes) {
    if (hash.length !== hashLength) throw new RangeError('a proof is made of hashes of 32 bytes')
    lines.push(toBase64(hash))
  }
  return lines.join('\n')
}

/**
 * Reads a proof with its entry. Throws a RangeError, and a NoteError for a checkpoint that is no note, unless writing
 * it again gives the same text. Says nothing on whether the proof is right.
 */
export function parseReceiptProof(text: string): ReceiptProof {
  const end = text.indexOf('\n\n')
  if (end < 0) throw new RangeError('the proof has no checkpoint')
  const [first, extraLine = '', indexLine = '', ...hashLines] = text.slice(0, end).split('\n')
  if (first !== firstLine) throw new RangeError('not a tlog-proof of version 1')
  if (!extraLine.startsWith('extra ')) throw new RangeError('the proof does not hold its entry')
  const extra = fromBase64(extraLine.slice('extra '.length))
  if (extra === undefined || !isExtra(extra)) throw new RangeError('the entry in the proof is not base64')
  const [, digits] = /^index (0|[1-9][0-9]{0,15})$/.exec(indexLine) ?? []
  if (digits === undefined || !isTreeSize(Number(digits))) throw new RangeError('the proof has no index')
  if (hashLines.length > hashesMax) throw new RangeError('the proof has too many hashes')
  const checkpoint = text.slice(end + 2)
  parseNote(checkpoint)
  return { extra, index: Number(digits), hashes: hashLines.map(parseHash), checkpoint }
}

function isExtra(extra: Buffer): boolean {
  return extra.length > 0 && extra.length <= entryLengthMax
}

function parseHash(line: string): Buffer {
  const hash = fromBase64(line)
  if (hash?.length !== hashLength) throw new RangeError('the proof has a line that is not a hash')
  return hash
}
