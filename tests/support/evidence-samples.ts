import type { EntryId, Instant, LogId, OrganisationId } from '#core'
import { toInstant } from '#core'
import type { AppendPlan, EntryDraft, LedgerHead } from '#evidence'
import { planAppend } from '#evidence'
import { privateKeyOfSeed } from '../../src/evidence/ed25519-key.ts'
import { emptyRange } from '../../src/evidence/merkle-range.ts'
import type { NoteSigner } from '../../src/evidence/note-key.ts'
import { noteSigner } from '../../src/evidence/note-key.ts'

/** An organisation that never changes, so that known answers can be written down. */
export const sampleOrganisationId = '0193f000-0000-7000-8000-000000000001' as OrganisationId
export const sampleOrigin = `beding.local/log/${sampleOrganisationId}`
export const sampleMoment = toInstant('2026-11-21T08:00:00.000Z')

/** The key of the seed 00 01 02 … 1f. */
export function sampleSigner(name: string = sampleOrigin): NoteSigner {
  return noteSigner(name, privateKeyOfSeed(Buffer.from(Array.from({ length: 32 }, (_, byte) => byte))))
}

/** Salts of sixteen 00, then sixteen 01, and so on, however many are drawn at once. */
export function countedBytes(): (length: number) => Buffer {
  let count = 0
  return (length) => Buffer.concat(Array.from({ length: length / 16 }, () => Buffer.alloc(16, count++)))
}

/** A head as the database would give it, of a log without entries unless told otherwise. */
export function aHead(changes: Partial<LedgerHead> = {}): LedgerHead {
  const signer = sampleSigner()
  return {
    organisationId: sampleOrganisationId,
    logId: '0193f000-0000-7000-8000-000000000002' as LogId,
    origin: sampleOrigin,
    keyId: signer.keyHash,
    publicKey: signer.publicKey,
    sealedPrivateKey: Buffer.alloc(0),
    range: emptyRange,
    lastAt: sampleMoment,
    upperHashes: new Map(),
    ...changes,
  }
}

let drafts = 0

/** A draft with an id of its own. */
export function aDraft(changes: Partial<EntryDraft> = {}): EntryDraft {
  drafts += 1
  const entryId = `0193f000-0000-7000-9000-${drafts.toString(16).padStart(12, '0')}` as EntryId
  return {
    entryId,
    kind: 'act',
    at: sampleMoment,
    facts: { choice: 'seen', note: `number ${drafts}` },
    ...changes,
  }
}

export function someDrafts(count: number, at: Instant = sampleMoment): EntryDraft[] {
  return Array.from({ length: count }, () => aDraft({ at }))
}

/** The plan of a flush onto a head, signed with the sample key. */
export function aPlan(head: LedgerHead, batch: readonly EntryDraft[]): AppendPlan {
  return planAppend(head, batch, sampleSigner(), countedBytes())
}
