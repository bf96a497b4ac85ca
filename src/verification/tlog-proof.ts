import { demand } from './refusal.ts'
import { decodeBase64, decodeUtf8, parseWholeNumber } from './strict-text.ts'

/** A C2SP tlog-proof as read; nothing in it is verified yet. */
export type TlogProof = {
  /** The bytes of the `extra` line: here always the entry itself. */
  readonly extra: Buffer
  readonly index: number
  readonly path: readonly Buffer[]
  /** The checkpoint note, verbatim. */
  readonly note: string
}

const proofSizeMax = 256 * 1024
const pathLengthMax = 53

/**
 * Reads a tlog-proof (C2SP tlog-proof v1). The `extra` line, optional in the standard, must be there: it carries the
 * entry. Every base64 must be canonical, so that there is one text for one proof.
 */
export function parseTlogProof(bytes: Uint8Array): TlogProof {
  demand(bytes.length <= proofSizeMax, 'the proof is larger than 256 KiB')
  const blank = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('\n\n')
  demand(blank > 0, 'the proof has no blank line before the checkpoint')
  const [version, extra, index, ...path] = decodeUtf8(bytes.subarray(0, blank)).split('\n')
  demand(version === 'c2sp.org/tlog-proof@v1', 'the first line is not c2sp.org/tlog-proof@v1')
  demand(extra !== undefined && extra.startsWith('extra '), 'the second line does not hold the entry')
  demand(index !== undefined && index.startsWith('index '), 'the third line does not hold the index')
  demand(path.length <= pathLengthMax, 'the proof has more hashes than any tree is high')
  return {
    extra: decodeBase64(extra.slice('extra '.length)),
    index: parseWholeNumber(index.slice('index '.length)),
    path: path.map(parseHash),
    // Decoded by itself: a part of the whole text would keep all of it in memory for as long as the note is kept.
    note: decodeUtf8(bytes.subarray(blank + 2)),
  }
}

function parseHash(line: string): Buffer {
  const hash = decodeBase64(line)
  demand(hash.length === 32, 'a line of the proof is not a hash of 32 bytes')
  return hash
}
