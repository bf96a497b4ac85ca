import { sql } from 'kysely'
import type { ClientId, EntryId, Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'
import type { Credential } from './credential.ts'

/** Writes a credential. False when one with the same identifier is enrolled in this organisation; then nothing was written. */
export async function insertCredential(
  trx: Transaction,
  organisationId: OrganisationId,
  credential: Credential,
): Promise<boolean> {
  const { rows } = await sql`
    insert into signing_credential (organisation_id, signing_credential_id, person_id, credential_id, algorithm,
      public_key_cose, public_key_spki, backup_eligible, attested, aaguid, transports, rp_id, allowed_origins,
      enrolled_by, user_agent, challenge, enrolled_at, entry_id)
    values (${organisationId}::uuid, ${credential.signingCredentialId}::uuid, ${credential.personId}::uuid,
      ${credential.credentialId}::bytea, ${credential.algorithm}, ${credential.publicKeyCose}::bytea,
      ${credential.publicKeySpki}::bytea, ${credential.backupEligible}, ${credential.attested},
      ${credential.aaguid}::uuid, ${[...credential.transports]}::text[], ${credential.rpId},
      ${[...credential.allowedOrigins]}::text[], ${credential.enrolledBy}, ${credential.userAgent},
      ${credential.challenge}::bytea, ${credential.enrolledAt}::timestamptz, ${credential.entryId}::uuid)
    on conflict on constraint signing_credential_once do nothing
    returning signing_credential.signing_credential_id`.execute(trx)
  return rows.length === 1
}

/** Writes down the counter that a key showed, and for which challenge. Never called with 0. */
export async function saveCounter(
  trx: Transaction,
  organisationId: OrganisationId,
  signingCredentialId: string,
  counter: number,
  challenge: Buffer,
): Promise<void> {
  await sql`
    insert into signing_counter (organisation_id, signing_credential_id, counter, challenge)
    values (${organisationId}::uuid, ${signingCredentialId}::uuid, ${counter}::bigint, ${challenge}::bytea)
    on conflict on constraint signing_counter_pk do update
    set counter = excluded.counter, challenge = excluded.challenge`.execute(trx)
}

/** Makes whoever else enrols, revokes or resets for this person wait until the transaction ends. */
export async function lockPerson(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('beding.signing ' || ${organisationId} || ${personId}, 0))`.execute(trx) // prettier-ignore
}

export type NewRevocation = {
  readonly signingCredentialId: string
  readonly revokedAt: Instant
  readonly resetId: string | null
  readonly entryId: EntryId
}

export async function insertRevocation(
  trx: Transaction,
  organisationId: OrganisationId,
  revocation: NewRevocation,
): Promise<void> {
  await sql`
    insert into signing_revocation (organisation_id, signing_credential_id, revoked_at, reset_id, entry_id)
    values (${organisationId}::uuid, ${revocation.signingCredentialId}::uuid, ${revocation.revokedAt}::timestamptz,
            ${revocation.resetId}::uuid, ${revocation.entryId}::uuid)`.execute(trx)
}

export type NewReset = {
  readonly resetId: string
  readonly personId: PersonId
  readonly reason: string
  readonly resetBy: ClientId
  readonly resetAt: Instant
  readonly coolingUntil: Instant
  readonly entryId: EntryId
}

export async function insertReset(
  trx: Transaction,
  organisationId: OrganisationId,
  reset: NewReset,
): Promise<void> {
  await sql`
    insert into signing_reset (organisation_id, reset_id, person_id, reason, reset_by, reset_at, cooling_until, entry_id)
    values (${organisationId}::uuid, ${reset.resetId}::uuid, ${reset.personId}::uuid, ${reset.reason},
            ${reset.resetBy}::uuid, ${reset.resetAt}::timestamptz, ${reset.coolingUntil}::timestamptz,
            ${reset.entryId}::uuid)`.execute(trx)
}
