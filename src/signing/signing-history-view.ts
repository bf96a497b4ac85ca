import { sql } from 'kysely'
import type { Assurance } from '#assurance'
import type { Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'

/** What is held about how a person could sign, as it is given to them. */
export type SigningHistory = {
  readonly credentials: readonly {
    readonly enrolledAt: Instant
    readonly enrolledBy: Assurance
    readonly userAgent: string
    readonly transports: string[]
    readonly backupEligible: boolean
    readonly attested: boolean
    readonly aaguid: string
    readonly publicKeySpki: string
    readonly revokedAt: Instant | null
  }[]
  readonly resets: readonly {
    readonly resetAt: Instant
    readonly coolingUntil: Instant
    readonly reason: string
  }[]
}

type CredentialRow = {
  readonly enrolled_at: Instant
  readonly enrolled_by: Assurance
  readonly user_agent: string
  readonly transports: string[]
  readonly backup_eligible: boolean
  readonly attested: boolean
  readonly aaguid: string
  readonly public_key_spki: string
  readonly revoked_at: Instant | null
}

/** Credentials and resets of a person, oldest first. The complete record of each stands in its entry. */
export async function readSigningHistory(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<SigningHistory> {
  const { rows } = await sql<CredentialRow>`
    select signing_credential.enrolled_at, signing_credential.enrolled_by, signing_credential.user_agent,
           signing_credential.transports, signing_credential.backup_eligible, signing_credential.attested,
           signing_credential.aaguid, encode(signing_credential.public_key_spki, 'base64') as public_key_spki,
           signing_revocation.revoked_at
    from signing_credential
    left join signing_revocation using (organisation_id, signing_credential_id)
    where signing_credential.organisation_id = ${organisationId}::uuid
      and signing_credential.person_id = ${personId}::uuid
    order by signing_credential.signing_credential_id`.execute(trx)
  const resets = await sql<{ reset_at: Instant; cooling_until: Instant; reason: string }>`
    select signing_reset.reset_at, signing_reset.cooling_until, signing_reset.reason from signing_reset
    where signing_reset.organisation_id = ${organisationId}::uuid and signing_reset.person_id = ${personId}::uuid
    order by signing_reset.reset_at, signing_reset.reset_id`.execute(trx)
  return {
    credentials: rows.map((row) => ({
      enrolledAt: row.enrolled_at,
      enrolledBy: row.enrolled_by,
      userAgent: row.user_agent,
      transports: row.transports,
      backupEligible: row.backup_eligible,
      attested: row.attested,
      aaguid: row.aaguid,
      publicKeySpki: row.public_key_spki.replaceAll('\n', ''),
      revokedAt: row.revoked_at,
    })),
    resets: resets.rows.map((row) => ({ resetAt: row.reset_at, coolingUntil: row.cooling_until, reason: row.reason })), // prettier-ignore
  }
}
