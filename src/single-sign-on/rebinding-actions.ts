import {
  addMilliseconds,
  problem,
  type EntryId,
  type Instant,
  type OrganisationId,
  type PersonId,
} from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import {
  endRebinding,
  findPersonState,
  insertRebinding,
  listWaiting,
  type Rebinding,
} from './binding-store.ts'

/** How long a request to bind a person to another account waits, so that the person can say that it is wrong. */
export const coolingPeriod_ms = 72 * 3_600_000

/** Tells a person, at every address that is known, what happens to the account that speaks for them. */
export type TellPerson = (
  trx: Transaction,
  organisationId: OrganisationId,
  notice: {
    readonly personId: PersonId
    readonly kind: 'sign-on-rebinding-asked' | 'sign-on-account-bound-anew'
    readonly at: Instant
  },
) => Promise<void>

/**
 * Asks to bind a person to another account of a provider. Nothing changes yet: the person is told, the request waits for
 * its cooling period, and then only a sign-in with an account that the provider vouches for as this person's completes it.
 * An entry in the ledger. Throws `sign-on-rebinding-under-way`, and `sign-on-rebinding-not-found` when no account is bound.
 */
export async function requestRebinding(
  deps: { readonly platform: Platform; readonly tellPerson: TellPerson },
  trx: Transaction,
  caller: Caller,
  wanted: { readonly personId: PersonId; readonly providerId: string; readonly reason: string },
): Promise<Rebinding> {
  const { platform } = deps
  const { organisationId, clientId } = caller
  const { personId, providerId, reason } = wanted
  const state = await findPersonState(trx, organisationId, providerId, personId)
  if (!state.bound) throw problem('sign-on-rebinding-not-found')
  if (state.rebinding !== undefined) throw problem('sign-on-rebinding-under-way')
  const requestedAt = platform.clock()
  const usableFrom = addMilliseconds(requestedAt, coolingPeriod_ms)
  const rebindingId = platform.newId()
  const entryId = platform.newId() as EntryId
  await deps.tellPerson(trx, organisationId, {
    personId,
    kind: 'sign-on-rebinding-asked',
    at: requestedAt,
  })
  const rebinding = {
    rebindingId,
    providerId,
    personId,
    reason,
    requestedBy: clientId,
    requestedAt,
    usableFrom,
  }
  const facts = { rebindingId, providerId, personId, reason, usableFrom, by: clientId }
  await appendEntries(platform, trx, organisationId, [
    { entryId, kind: 'sign-on-rebinding-asked', at: requestedAt, facts },
  ])
  await insertRebinding(trx, organisationId, { ...rebinding, entryId })
  return rebinding
}

/** Ends a request that waits, because the person or the organisation says so. An entry in the ledger. */
export async function cancelRebinding(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  wanted: { readonly personId: PersonId; readonly providerId?: string; readonly by: string },
): Promise<void> {
  const at = platform.clock()
  const waiting = await listWaiting(trx, organisationId, wanted.personId, wanted.providerId)
  if (waiting.length === 0) throw problem('sign-on-rebinding-not-found')
  const entries = waiting.map(({ rebindingId, providerId, personId }) => ({
    entryId: platform.newId() as EntryId,
    kind: 'sign-on-rebinding-cancelled',
    at,
    facts: { rebindingId, providerId, personId, by: wanted.by },
  }))
  for (const { rebindingId } of waiting) await endRebinding(trx, organisationId, rebindingId, 'cancelled', at)
  await appendEntries(platform, trx, organisationId, entries)
}
