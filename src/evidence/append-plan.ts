import type { EntryId, Instant } from '#core'
import { laterOf } from '#core'
import { signCheckpoint } from './checkpoint.ts'
import type { EncodedFacts, Facts } from './disclosure.ts'
import { commitmentOf, discloseFacts, saltLength } from './disclosure.ts'
import { writeEntry } from './entry.ts'
import type { LedgerHead } from './ledger-head.ts'
import { leafHash } from './merkle-hash.ts'
import { appendLeaves } from './merkle-range.ts'
import type { NoteSigner } from './note-key.ts'
import { joinProof, proofLines } from './receipt-proof.ts'
import type { TilePlan } from './tile-plan.ts'
import { planTiles, upperHashesNeeded } from './tile-plan.ts'

/** Something that happened, on its way into the log. */
export type EntryDraft = {
  readonly entryId: EntryId
  readonly kind: string
  readonly at: Instant
  readonly facts: Facts
  /** Indexes of earlier entries of this log that this one is about, ascending. */
  readonly refs?: readonly number[]
}

/** An entry in the log with all that proves it. What both parties hold is made of this. */
export type AppendedEntry = {
  readonly entryId: EntryId
  readonly entryIndex: number
  /** The size of the tree that the proof leads into. */
  readonly treeSize: number
  /** The exact text of the leaf. */
  readonly entry: string
  /** In the order of the entry's commitments. */
  readonly disclosures: readonly string[]
  readonly tlogProof: string
}

/** One entry as it will be stored. */
export type PlannedEntry = AppendedEntry & {
  readonly kind: string
  readonly recordedAt: Instant
  readonly leafHash: Buffer
  readonly proof: readonly Buffer[]
  /** `tlogProof` up to its checkpoint. */
  readonly proofLines: string
}

/** Everything one flush writes. A value: nothing has happened yet, and it may be thrown away. */
export type AppendPlan = {
  readonly before: LedgerHead
  readonly after: Pick<LedgerHead, 'range' | 'lastAt'>
  readonly entries: readonly PlannedEntry[]
  readonly tiles: readonly TilePlan[]
  readonly checkpoint: { readonly size: number; readonly root: Buffer; readonly note: string }
}

/** Most entries that one flush takes. */
export const batchSizeMax = 2_000

/**
 * Works out a flush: entries, disclosures, leaf hashes, proofs, full tiles, the signed checkpoint and the new head.
 * Pure but for the salts it draws. The checkpoint in it is signed: a plan that was not committed must not leave the
 * process. Throws a RangeError or TypeError for a batch of 0 or more than 2,000 and for a draft that cannot be an entry.
 */
export function planAppend(
  head: LedgerHead,
  drafts: readonly EntryDraft[],
  signer: NoteSigner,
  randomBytes: (length: number) => Buffer,
): AppendPlan {
  if (drafts.length < 1 || drafts.length > batchSizeMax) {
    throw new RangeError(`a flush takes 1 to ${batchSizeMax} entries`)
  }
  if (signer.name !== head.origin) throw new RangeError('the signer is of another log')
  const written = writeEntries(head, drafts, randomBytes)
  const growth = appendLeaves(
    head.range,
    written.map((one) => one.leafHash),
  )
  const size = growth.range.size
  const note = signCheckpoint({ size, root: growth.root }, signer)
  const entries = written.map(({ extra, ...one }, position): PlannedEntry => {
    const entryIndex = head.range.size + position
    const proof = growth.prove(entryIndex)
    const lines = proofLines({ extra, index: entryIndex, hashes: proof })
    return {
      ...one,
      entryIndex,
      treeSize: size,
      proof,
      proofLines: lines,
      tlogProof: joinProof({ lines, checkpoint: note }),
    }
  })
  return {
    before: head,
    after: { range: growth.range, lastAt: written.at(-1)!.recordedAt },
    entries,
    tiles: planTiles(head, growth),
    checkpoint: { size, root: growth.root, note },
  }
}

/**
 * The head that a plan leaves, for planning the next flush while this one is written; undefined when that needs hashes
 * that only the database has. It is a guess until the plan is committed: what is written on top of it goes through
 * `appendStatement`, which writes nothing when the guess was wrong.
 */
export function headAfter({ before, after }: AppendPlan): LedgerHead | undefined {
  if (upperHashesNeeded(after.range.size, batchSizeMax).length > 0) return undefined
  return { ...before, ...after, upperHashes: new Map() }
}

/** The entries of a plan as they are handed out, once the transaction has committed and not before. */
export function appendedEntries(plan: AppendPlan): AppendedEntry[] {
  return plan.entries.map(({ entryId, entryIndex, treeSize, entry, disclosures, tlogProof }) => {
    return { entryId, entryIndex, treeSize, entry, disclosures, tlogProof }
  })
}

type WrittenEntry = Pick<
  PlannedEntry,
  'entryId' | 'kind' | 'recordedAt' | 'entry' | 'disclosures' | 'leafHash'
> & { readonly extra: Buffer }

function writeEntries(
  head: LedgerHead,
  drafts: readonly EntryDraft[],
  randomBytes: (length: number) => Buffer,
): WrittenEntry[] {
  let last = head.lastAt
  const drawSalts = drawAtOnce(drafts, randomBytes)
  const encoded: EncodedFacts = new Map()
  return drafts.map(({ entryId, kind, at, facts, refs = [] }, position) => {
    if ((refs.at(-1) ?? -1) >= head.range.size + position) {
      throw new RangeError('an entry can only be about earlier entries')
    }
    last = laterOf(last, at)
    const disclosures = discloseFacts(facts, drawSalts, encoded)
    const entry = writeEntry({ at: last, kind, commitments: disclosures.map(commitmentOf), refs })
    const extra = Buffer.from(entry, 'utf8')
    return { entryId, kind, recordedAt: last, entry, extra, disclosures, leafHash: leafHash(extra) }
  })
}

/** The salts of a whole flush in one draw, given out piece by piece: each draw takes as long as hashing ten facts. */
function drawAtOnce(
  drafts: readonly EntryDraft[],
  randomBytes: (length: number) => Buffer,
): (length: number) => Buffer {
  const factCount = drafts.reduce((sum, { facts }) => sum + Object.keys(facts).length, 0)
  const drawn = randomBytes(factCount * saltLength)
  let from = 0
  return (length) => drawn.subarray(from, (from += length))
}
