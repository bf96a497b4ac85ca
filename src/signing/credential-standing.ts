import type { ClientBase } from 'pg'
import type { OrganisationId } from '#core'
import { isUuid } from '#core'
import { byteaArray, uuidArray } from '#database'
import type { SeenCounter } from './signing-decisions.ts'

/** What can have changed about a credential since its answer was checked. */
export type CredentialStandingNow = {
  readonly isRevoked: boolean
  /** The counter that it was last seen with; undefined for one that has always said 0. */
  readonly seen: SeenCounter | undefined
}

type Row = {
  readonly signing_credential_id: string
  readonly is_revoked: boolean
  readonly counter: number | null
  readonly challenge: Buffer | null
}

const standingText = `
select asked.id as signing_credential_id, signing_counter.counter, signing_counter.challenge,
       exists (select from signing_revocation where signing_revocation.organisation_id = $1::uuid
                 and signing_revocation.signing_credential_id = asked.id) as is_revoked
from unnest($2::uuid[]) as asked (id)
left join lateral (
  select signing_counter.counter, signing_counter.challenge from signing_counter
  where signing_counter.organisation_id = $1::uuid and signing_counter.signing_credential_id = asked.id
  limit 1) as signing_counter on true`

/**
 * How these credentials stand, by their id; those of a provider are not known here. For the recorder of acts, under the lock
 * of the ledger: one query for a batch that holds a signed act, on its own connection.
 */
export async function standingCredentials(
  client: Pick<ClientBase, 'query'>,
  organisationId: OrganisationId,
  signingCredentialIds: readonly string[],
): Promise<ReadonlyMap<string, CredentialStandingNow>> {
  const own = signingCredentialIds.filter(isUuid)
  if (own.length === 0) return new Map()
  const { rows } = await client.query<Row>(standingText, [organisationId, uuidArray(own)])
  return new Map(
    rows.map(({ signing_credential_id, is_revoked, counter, challenge }) => [
      signing_credential_id,
      {
        isRevoked: is_revoked,
        seen: counter === null || challenge === null ? undefined : { counter, challenge },
      },
    ]),
  )
}

/** The counter that a key showed with an act, and for which challenge. */
export type ShownCounter = SeenCounter & { readonly signingCredentialId: string }

/** The parameters of `savingCountersText`. A key that says 0 is not written down. */
export function counterValues(shown: readonly ShownCounter[]): unknown[] {
  const counting = shown.filter(({ counter }) => counter > 0)
  return [
    uuidArray(counting.map((each) => each.signingCredentialId)),
    counting.map((each) => each.counter),
    byteaArray(counting.map((each) => each.challenge)),
  ]
}

/**
 * Writes down the counters of keys whose acts are recorded, as a part of the statement that records them: of two acts of one
 * key the higher. `guard` is a part with a row exactly where something is recorded; the parameters begin at `first`.
 */
export const savingCountersText = (guard: string, first: number): string => `
  insert into signing_counter (organisation_id, signing_credential_id, counter, challenge)
  select distinct on (one.id) ${guard}.organisation_id, one.id, one.counter, one.challenge
  from ${guard}
  cross join unnest($${first}::uuid[], $${first + 1}::bigint[], $${first + 2}::bytea[]) as one (id, counter, challenge)
  order by one.id, one.counter desc
  on conflict on constraint signing_counter_pk do update
  set counter = excluded.counter, challenge = excluded.challenge`
