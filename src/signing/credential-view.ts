import { sql } from 'kysely'
import type { Assurance } from '#assurance'
import type { EntryId, Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'
import type { StandingCredential } from './credential.ts'

export type CredentialRow = {
  readonly signing_credential_id: string
  readonly person_id: PersonId
  readonly credential_id: Buffer
  readonly algorithm: number
  readonly public_key_cose: Buffer
  readonly public_key_spki: Buffer
  readonly backup_eligible: boolean
  readonly attested: boolean
  readonly aaguid: string
  readonly transports: string[]
  readonly rp_id: string
  readonly allowed_origins: string[]
  readonly enrolled_by: Assurance
  readonly user_agent: string
  readonly challenge: Buffer
  readonly enrolled_at: Instant
  readonly entry_id: EntryId
  readonly entry_index: number
  readonly origin: string
  readonly leaf_hash: Buffer
  readonly anchored: boolean
  readonly revoked_at: Instant | null
  readonly reset_id: string | null
  readonly cools_until: Instant | null
}

/** What is read of `signing_credential` and of what stands beside it. `anchored`: see `listCredentials`. */
const columnsText = `
  signing_credential.signing_credential_id, signing_credential.person_id, signing_credential.credential_id,
  signing_credential.algorithm, signing_credential.public_key_cose, signing_credential.public_key_spki,
  signing_credential.backup_eligible, signing_credential.attested, signing_credential.aaguid,
  signing_credential.transports, signing_credential.rp_id, signing_credential.allowed_origins,
  signing_credential.enrolled_by, signing_credential.user_agent, signing_credential.challenge,
  signing_credential.enrolled_at, signing_credential.entry_id, enrolment.entry_index, log.origin, enrolment.leaf_hash,
  exists (select from ledger_anchor
    where ledger_anchor.organisation_id = signing_credential.organisation_id
      and ledger_anchor.log_id = enrolment.log_id and ledger_anchor.kind = 'timestamp'
      and ledger_anchor.settled_size is not null and ledger_anchor.size > enrolment.entry_index) as anchored,
  revocation.revoked_at, revocation.reset_id,
  (select max(signing_reset.cooling_until) from signing_reset
    where signing_reset.organisation_id = signing_credential.organisation_id
      and signing_reset.person_id = signing_credential.person_id) as cools_until`

// Each by its whole key in a subquery of its own, so that no plan joins by a part of one (decision 0107).
const besideText = `
  cross join lateral (
    select ledger_entry.log_id, ledger_entry.entry_index, ledger_entry.leaf_hash from ledger_entry
    where ledger_entry.organisation_id = signing_credential.organisation_id
      and ledger_entry.entry_id = signing_credential.entry_id limit 1) as enrolment
  cross join lateral (
    select ledger_log.origin from ledger_log
    where ledger_log.organisation_id = signing_credential.organisation_id
      and ledger_log.log_id = enrolment.log_id limit 1) as log
  left join lateral (
    select signing_revocation.revoked_at, signing_revocation.reset_id from signing_revocation
    where signing_revocation.organisation_id = signing_credential.organisation_id
      and signing_revocation.signing_credential_id = signing_credential.signing_credential_id limit 1) as revocation on true`

/** The credentials under a condition on `signing_credential`. For statements of this room only. */
export const credentialsText = (condition: string): string =>
  `select ${columnsText} from signing_credential ${besideText} where ${condition}`

/**
 * The credentials of a person, oldest first, revoked ones too. `anchored` says whether a first token of an authority
 * stands over a checkpoint that holds the enrolment (anchors A2).
 */
export async function listCredentials(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<StandingCredential[]> {
  const { rows } = await sql<CredentialRow>`
    select ${sql.raw(columnsText)} from signing_credential ${sql.raw(besideText)}
    where signing_credential.organisation_id = ${organisationId}::uuid
      and signing_credential.person_id = ${personId}::uuid
    order by signing_credential.signing_credential_id`.execute(trx)
  return rows.map(toCredential)
}

export function toCredential(row: CredentialRow): StandingCredential {
  return {
    signingCredentialId: row.signing_credential_id,
    personId: row.person_id,
    credentialId: row.credential_id,
    algorithm: row.algorithm,
    publicKeyCose: row.public_key_cose,
    publicKeySpki: row.public_key_spki,
    backupEligible: row.backup_eligible,
    attested: row.attested,
    aaguid: row.aaguid,
    transports: row.transports,
    rpId: row.rp_id,
    allowedOrigins: row.allowed_origins,
    enrolledBy: row.enrolled_by,
    userAgent: row.user_agent,
    challenge: row.challenge,
    enrolledAt: row.enrolled_at,
    entryId: row.entry_id,
    place: {
      entryIndex: row.entry_index,
      logOrigin: row.origin,
      leafSha256: row.leaf_hash.toString('hex'),
      anchored: row.anchored,
    },
    revokedAt: row.revoked_at,
    revokedByReset: row.reset_id !== null,
    resetCoolsUntil: row.cools_until,
  }
}
