import type { ClientId, EntryId, Instant, OrganisationId, PersonId } from '#core'
import { addMilliseconds, problem } from '#core'
import { requestAnchor } from '#anchors'
import type { Transaction } from '#database'
import type { EntryDraft } from '#evidence'
import { appendEntries, indexesInOpenLog } from '#evidence'
import { queueNoticeEverywhere } from '#messages'
import { getPerson } from '#people'
import type { StandingCredential } from './credential.ts'
import { insertReset, insertRevocation, lockPerson } from './credential-store.ts'
import { listCredentials } from './credential-view.ts'
import { isValid } from './enrolment-actions.ts'
import { cooling_ms } from './signing-decisions.ts'
import type { SigningDeps } from './signing-deps.ts'
import type { Requester } from './signing.ts'

/**
 * The person ends a credential of their own, from whatever session. An entry says so, and they are told. Doing it again
 * changes nothing. Throws `signing-credential-not-found` for one of somebody else.
 */
export async function revokeOwnCredential(
  deps: SigningDeps,
  requester: Requester,
  signingCredentialId: string,
): Promise<StandingCredential> {
  const { organisationId, personId } = requester
  const revokedAt = deps.platform.clock()
  const revoked = await deps.database.inOrganisation(organisationId, async (trx) => {
    await lockPerson(trx, organisationId, personId)
    const credential = await ownCredential(trx, requester, signingCredentialId)
    if (!isValid(credential)) return credential
    const entryId = deps.platform.newId() as EntryId
    await queueNoticeEverywhere(trx, organisationId, deps.platform.newId, { personId, kind: 'signing-credential-revoked', facts: {}, at: revokedAt }) // prettier-ignore
    const { assurance, authentication, userAgent } = requester
    const known = { revokedBy: 'person', assurance, authentication, userAgent, reason: null } as const
    const refs = await indexesInOpenLog(trx, organisationId, [credential.entryId])
    await appendEntries(deps.platform, trx, organisationId, [revocationEntry(entryId, credential, revokedAt, known, refs)]) // prettier-ignore
    await insertRevocation(trx, organisationId, { signingCredentialId, revokedAt, resetId: null, entryId })
    return { ...credential, revokedAt }
  })
  deps.wakeJobs()
  return revoked
}

async function ownCredential(
  trx: Transaction,
  { organisationId, personId }: Requester,
  signingCredentialId: string,
): Promise<StandingCredential> {
  const all = await listCredentials(trx, organisationId, personId)
  const found = all.find((each) => each.signingCredentialId === signingCredentialId)
  if (found === undefined) throw problem('signing-credential-not-found')
  return found
}

type RevocationFacts = {
  readonly revokedBy: 'person' | 'reset'
  readonly assurance: string | null
  readonly authentication: string | null
  readonly userAgent: string | null
  readonly reason: string | null
}

function revocationEntry(
  entryId: EntryId,
  { signingCredentialId, personId, place }: StandingCredential,
  revokedAt: Instant,
  facts: RevocationFacts,
  refs: readonly number[],
): EntryDraft {
  return {
    entryId,
    kind: 'signing-credential-revoked',
    at: revokedAt,
    refs,
    facts: { signingCredentialId, personId, enrolmentEntryIndex: place.entryIndex, revokedAt, ...facts },
  }
}

type Ended = {
  readonly credential: StandingCredential
  readonly entryId: EntryId
  readonly refs: readonly number[]
}

/** A reset, as whoever asked for it is told. */
export type SigningReset = {
  readonly resetId: string
  readonly personId: PersonId
  readonly resetAt: Instant
  readonly coolingUntil: Instant
  readonly revokedCredentials: number
}

/**
 * Somebody of the employer ends every credential of a person who lost their devices. It gives them no way to sign: it can
 * only take ways away. The ledger says who did it and why and is anchored at once, the person is told over every mailbox that
 * is known, and for 72 hours whatever they enrol counts for no more than how they were known then. Throws
 * `person-not-found`.
 */
export async function resetCredentials(
  deps: SigningDeps,
  trx: Transaction,
  caller: { readonly organisationId: OrganisationId; readonly clientId: ClientId },
  personId: PersonId,
  reason: string,
): Promise<SigningReset> {
  const { platform } = deps
  const { organisationId, clientId } = caller
  await getPerson(trx, organisationId, personId)
  await lockPerson(trx, organisationId, personId)
  const valid = (await listCredentials(trx, organisationId, personId)).filter(isValid)
  const resetAt = platform.clock()
  const coolingUntil = addMilliseconds(resetAt, cooling_ms)
  const resetId = platform.newId()
  const entryId = platform.newId() as EntryId
  await requestAnchor(trx, organisationId, resetAt)
  await queueNoticeEverywhere(trx, organisationId, platform.newId, { personId, kind: 'signing-reset', facts: {}, at: resetAt }) // prettier-ignore
  const ended: Ended[] = []
  for (const credential of valid) {
    const refs = await indexesInOpenLog(trx, organisationId, [credential.entryId])
    ended.push({ credential, entryId: platform.newId() as EntryId, refs })
  }
  const known = {
    revokedBy: 'reset',
    assurance: null,
    authentication: null,
    userAgent: null,
    reason,
  } as const
  await appendEntries(platform, trx, organisationId, [
    {
      entryId,
      kind: 'signing-reset',
      at: resetAt,
      facts: {
        resetId,
        personId,
        reason,
        resetBy: clientId,
        resetAt,
        coolingUntil,
        signingCredentialIds: valid.map((each) => each.signingCredentialId),
      },
    },
    ...ended.map((each) => revocationEntry(each.entryId, each.credential, resetAt, known, each.refs)),
  ])
  await insertReset(trx, organisationId, { resetId, personId, reason, resetBy: clientId, resetAt, coolingUntil, entryId }) // prettier-ignore
  for (const { credential, entryId: ofRevocation } of ended) {
    const { signingCredentialId } = credential
    await insertRevocation(trx, organisationId, { signingCredentialId, revokedAt: resetAt, resetId, entryId: ofRevocation }) // prettier-ignore
  }
  return { resetId, personId, resetAt, coolingUntil, revokedCredentials: ended.length }
}
