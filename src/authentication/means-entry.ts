import type { Assurance } from '#assurance'
import type { EntryId, Instant, PersonId } from '#core'
import type { Transaction } from '#database'
import { appendEntries, type EntryDraft } from '#evidence'
import type { Platform } from '#platform'
import type { Authentication } from './authentication.ts'
import type { PersonSession } from './session.ts'

export type MeansEvent =
  'private-mailbox-confirmed' | 'private-mailbox-removed' | 'authenticator-added' | 'authenticator-removed'

/** What a change of somebody's means commits to. No address, no secret: ids and how the person was known. */
export type MeansFacts = {
  readonly personId: PersonId
  readonly sessionId: string
  readonly authenticationId: string
  readonly knownBy: Assurance
  readonly coolingUntil: Instant | null
  readonly authenticatorId: string | null
}

/** Records a change of a person's means in the ledger. It locks the ledger, so call it late in the transaction. */
export async function recordMeans(
  platform: Platform,
  trx: Transaction,
  kind: MeansEvent,
  session: PersonSession,
  known: {
    readonly proof: Authentication
    readonly at: Instant
    readonly coolingUntil?: Instant | null
    readonly authenticatorId?: string
  },
): Promise<EntryId> {
  const entryId = platform.newId() as EntryId
  const facts: MeansFacts & EntryDraft['facts'] = {
    personId: session.personId,
    sessionId: session.sessionId,
    authenticationId: known.proof.authenticationId,
    knownBy: known.proof.assurance,
    coolingUntil: known.coolingUntil ?? null,
    authenticatorId: known.authenticatorId ?? null,
  }
  await appendEntries(platform, trx, session.organisationId, [{ entryId, kind, at: known.at, facts }])
  return entryId
}
