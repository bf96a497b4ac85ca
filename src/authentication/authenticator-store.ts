import { sql } from 'kysely'
import type { Assurance } from '#assurance'
import type { EntryId, Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'

/** An authenticator app of a person, with what is needed to check its codes. */
export type Authenticator = {
  readonly authenticatorId: string
  readonly state: 'pending' | 'active'
  readonly secretSealed: Buffer
  readonly madeAt: Instant
  readonly confirmedAt: Instant | null
  readonly knownBy: Assurance
  readonly coolingUntil: Instant | null
  readonly lastStep: number | null
  readonly failures: number
  readonly lockedUntil: Instant | null
}

type AuthenticatorRow = {
  authenticator_id: string
  state: Authenticator['state']
  secret_sealed: Buffer
  made_at: Instant
  confirmed_at: Instant | null
  known_by: Assurance
  cooling_until: Instant | null
  last_step: number | null
  failures: number
  locked_until: Instant | null
}

/** The authenticators of a person that were not removed, at most one active. */
export async function listAuthenticators(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<Authenticator[]> {
  return read(trx, organisationId, personId, false)
}

/** The same, held until the transaction ends: of two codes at once the second sees what became of the first. */
export async function lockAuthenticators(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<Authenticator[]> {
  return read(trx, organisationId, personId, true)
}

async function read(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  locked: boolean,
): Promise<Authenticator[]> {
  const { rows } = await sql<AuthenticatorRow>`
    select totp_authenticator.authenticator_id, totp_authenticator.state, totp_authenticator.secret_sealed,
           totp_authenticator.made_at, totp_authenticator.confirmed_at, totp_authenticator.known_by,
           totp_authenticator.cooling_until, totp_authenticator.last_step, totp_authenticator.failures,
           totp_authenticator.locked_until
    from totp_authenticator
    where totp_authenticator.organisation_id = ${organisationId}::uuid
      and totp_authenticator.person_id = ${personId}::uuid and totp_authenticator.state <> 'removed'
    order by totp_authenticator.made_at ${locked ? sql`for update` : sql``}`.execute(trx)
  return rows.map((row) => ({
    authenticatorId: row.authenticator_id,
    state: row.state,
    secretSealed: row.secret_sealed,
    madeAt: row.made_at,
    confirmedAt: row.confirmed_at,
    knownBy: row.known_by,
    coolingUntil: row.cooling_until,
    lastStep: row.last_step,
    failures: row.failures,
    lockedUntil: row.locked_until,
  }))
}

/** Writes an authenticator that waits for its first code, in the place of another that waited. */
export async function insertPending(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  made: Pick<Authenticator, 'authenticatorId' | 'secretSealed' | 'madeAt' | 'knownBy'>,
): Promise<void> {
  await sql`
    delete from totp_authenticator
    where totp_authenticator.organisation_id = ${organisationId}::uuid
      and totp_authenticator.person_id = ${personId}::uuid and totp_authenticator.state = 'pending'`.execute(
    trx,
  )
  await sql`
    insert into totp_authenticator (organisation_id, authenticator_id, person_id, secret_sealed, state, made_at, known_by)
    values (${organisationId}::uuid, ${made.authenticatorId}::uuid, ${personId}::uuid, ${made.secretSealed}, 'pending',
            ${made.madeAt}::timestamptz, ${made.knownBy})`.execute(trx)
}

/** Makes a waiting authenticator count, from the step of its first code on. */
export async function activate(
  trx: Transaction,
  organisationId: OrganisationId,
  authenticatorId: string,
  confirmed: {
    readonly at: Instant
    readonly knownBy: Assurance
    readonly coolingUntil: Instant | null
    readonly step: number
    readonly entryId: EntryId
  },
): Promise<void> {
  await sql`
    update totp_authenticator
    set state = 'active', confirmed_at = ${confirmed.at}::timestamptz, known_by = ${confirmed.knownBy},
        cooling_until = ${confirmed.coolingUntil}::timestamptz, last_step = ${confirmed.step}, failures = 0,
        locked_until = null, entry_id = ${confirmed.entryId}::uuid
    where totp_authenticator.organisation_id = ${organisationId}::uuid
      and totp_authenticator.authenticator_id = ${authenticatorId}::uuid`.execute(trx)
}

/** Keeps what a code that was tried changes: the step that is used up, or a failure and the pause that follows. */
export async function saveTry(
  trx: Transaction,
  organisationId: OrganisationId,
  authenticatorId: string,
  tried: Pick<Authenticator, 'lastStep' | 'failures' | 'lockedUntil'>,
): Promise<void> {
  await sql`
    update totp_authenticator set last_step = ${tried.lastStep}, failures = ${tried.failures},
                                  locked_until = ${tried.lockedUntil}::timestamptz
    where totp_authenticator.organisation_id = ${organisationId}::uuid
      and totp_authenticator.authenticator_id = ${authenticatorId}::uuid`.execute(trx)
}

/** Removes an authenticator: its secret goes, that it was there stays. */
export async function removeAuthenticatorRow(
  trx: Transaction,
  organisationId: OrganisationId,
  authenticatorId: string,
): Promise<void> {
  await sql`
    update totp_authenticator set state = 'removed', secret_sealed = null
    where totp_authenticator.organisation_id = ${organisationId}::uuid
      and totp_authenticator.authenticator_id = ${authenticatorId}::uuid`.execute(trx)
}
