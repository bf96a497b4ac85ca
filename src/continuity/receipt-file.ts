import { parseStrictJson } from '#core'
import { commitmentOf, factsOf, formatEvidenceFile, parseEntry } from '#evidence'
import { attachmentOf, isAccepted, readTrust, verifyFile } from '#verification'

/** A file that somebody kept. `disclosures` are the lines that belong to a bare tlog-proof. */
export type ReceiptFile = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly disclosures?: string
}

/** A receipt as it was handed out, after it was checked. */
export type KeptReceipt = {
  readonly origin: string
  readonly index: number
  readonly leafHash: Buffer
  readonly entry: string
  /** In the order of the commitments, null where one was erased; empty when the file holds none. */
  readonly disclosures: readonly (string | null)[]
  readonly tlogProof: string
  /** The signed checkpoint that the proof leads into. */
  readonly checkpoint: string
}

/** Why a file is not taken over. */
export type ImportRefusalName =
  | 'not-a-receipt' // neither a receipt PDF, evidence.json nor tlog-proof
  | 'not-proven' // the proof does not hold under the key of a closed log
  | 'disclosures-differ' // what is disclosed is not what the entry commits to
  | 'still-there' // the closed log holds exactly this entry, so nothing was lost
  | 'imported-already'
  | 'twice' // another file of the same call holds the same receipt

export class ImportRefusal extends Error {
  readonly reason: ImportRefusalName

  constructor(reason: ImportRefusalName, message: string) {
    super(message)
    this.name = 'ImportRefusal'
    this.reason = reason
  }
}

type Evidence = Pick<KeptReceipt, 'entry' | 'disclosures' | 'tlogProof'>

/**
 * Reads a kept receipt and checks it with the offline verifier against the keys of the closed logs, given as
 * `log.vkey` texts. The seal of a PDF is not asked: the proof inside it stands by itself. Throws an ImportRefusal.
 */
export function readReceiptFile(file: ReceiptFile, verifierKeys: readonly string[]): KeptReceipt {
  const { entry, disclosures, tlogProof } = evidenceIn(file)
  const pins = verifierKeys.map((key, position) => ({
    name: `${position}.vkey`,
    bytes: Buffer.from(`${key}\n`),
  }))
  const report = verifyFile(Buffer.from(tlogProof, 'utf8'), file.name, readTrust(pins))
  const [leaf] = report.leaves
  if (!isAccepted(report) || leaf === undefined) {
    const failed = report.checks.find((check) => check.outcome !== 'PASSED')
    throw new ImportRefusal('not-proven', failed?.sentence ?? 'the proof holds no leaf')
  }
  demandProvenEntry(tlogProof, entry)
  demandDisclosures(entry, disclosures)
  return {
    origin: leaf.origin,
    index: leaf.index,
    leafHash: Buffer.from(leaf.leafHash, 'hex'),
    entry,
    disclosures,
    tlogProof,
    checkpoint: leaf.note,
  }
}

function evidenceIn(file: ReceiptFile): Evidence {
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength)
  const start = bytes.toString('latin1', 0, 20)
  try {
    if (start.startsWith('%PDF-'))
      return parseEvidence(Buffer.from(attachmentOf(bytes).bytes).toString('utf8'))
    if (start.startsWith('{')) return parseEvidence(bytes.toString('utf8'))
    if (start.startsWith('c2sp.org/tlog-proof@')) return fromProof(bytes.toString('utf8'), file.disclosures)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'it cannot be read'
    throw new ImportRefusal('not-a-receipt', why)
  }
  throw new ImportRefusal('not-a-receipt', 'this is not a receipt PDF, an evidence.json or a tlog-proof')
}

function parseEvidence(text: string): Evidence {
  const value = parseStrictJson(text) as Record<string, unknown>
  const evidence = heldIn(value)
  const supporting = Array.isArray(value['supporting']) ? value['supporting'].map(heldIn) : []
  if (formatEvidenceFile(evidence, supporting) !== text)
    throw new RangeError('this is not beding-evidence/v1 or v2 in its one form')
  return evidence
}

function heldIn(value: unknown): Evidence {
  const { disclosures, entry, tlogProof } = Object(value) as Record<string, unknown>
  const isText = typeof entry === 'string' && typeof tlogProof === 'string'
  if (!isText || !Array.isArray(disclosures) || !disclosures.every((one) => typeof one === 'string')) {
    throw new RangeError('the evidence does not hold entry, disclosures and proof')
  }
  return { disclosures: disclosures.map((one: string) => (one === '' ? null : one)), entry, tlogProof }
}

function fromProof(tlogProof: string, disclosures: string | undefined): Evidence {
  const lines = disclosures === undefined ? [] : disclosures.replace(/\n$/, '').split('\n')
  const held = lines.map((line) => (line === '' ? null : line))
  return { entry: entryIn(tlogProof), disclosures: held, tlogProof }
}

/** The entry that a tlog-proof carries in its `extra` line. */
function entryIn(tlogProof: string): string {
  return Buffer.from(/^extra (.*)$/m.exec(tlogProof)?.[1] ?? '', 'base64').toString('utf8')
}

function demandProvenEntry(tlogProof: string, entry: string): void {
  if (entryIn(tlogProof) !== entry) throw new ImportRefusal('not-proven', 'the proof is about another entry')
}

function demandDisclosures(entry: string, disclosures: readonly (string | null)[]): void {
  if (disclosures.length === 0) return
  try {
    const { commitments } = parseEntry(entry)
    const fits = (text: string | null, place: number): boolean =>
      text === null || commitmentOf(text) === commitments[place]
    factsOf(disclosures.filter((text) => text !== null))
    if (disclosures.length === commitments.length && disclosures.every(fits)) return
  } catch {
    // A disclosure that cannot be read is one that differs.
  }
  throw new ImportRefusal('disclosures-differ', 'what is disclosed is not what the entry commits to')
}
