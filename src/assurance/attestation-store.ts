import { sql } from 'kysely'
import type { AssignmentId, CivilDate, ClientId, EntryId, Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'

/** What the employer says happened without an own act. No rung of the ladder. */
export const attestationKinds = ['imported', 'paper', 'oral', 'workshop'] as const
export type AttestationKind = (typeof attestationKinds)[number]

export type Attestation = {
  readonly attestationId: string
  readonly personId: PersonId
  readonly assignmentId: AssignmentId | null
  readonly kind: AttestationKind
  readonly happenedOn: CivilDate
  /** Null once it was erased. */
  readonly what: string | null
  /** SHA-256 of a file that the employer keeps, in hex. */
  readonly evidenceSha256: string | null
  readonly attestedBy: ClientId
  readonly attestedAt: Instant
}

/** Whether a person is here, and whether an assignment is theirs; a question of one query. */
export async function findAttestable(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  assignmentId: AssignmentId | null,
): Promise<{ readonly personFound: boolean; readonly assignmentFound: boolean }> {
  const { rows } = await sql<{ person_found: boolean; assignment_found: boolean }>`
    select exists (select from person where person.organisation_id = ${organisationId}::uuid
                     and person.person_id = ${personId}::uuid and person.erased_at is null) as person_found,
           exists (select from assignment where assignment.organisation_id = ${organisationId}::uuid
                     and assignment.assignment_id = ${assignmentId}::uuid
                     and assignment.person_id = ${personId}::uuid) as assignment_found`.execute(trx)
  const row = rows[0]
  return {
    personFound: row?.person_found === true,
    assignmentFound: assignmentId === null || row?.assignment_found === true,
  }
}

/** Writes an attestation and, apart from it, its words. */
export async function insertAttestation(
  trx: Transaction,
  organisationId: OrganisationId,
  made: Attestation & { readonly what: string; readonly salt: Buffer; readonly entryId: EntryId },
): Promise<void> {
  const evidence = made.evidenceSha256 === null ? null : Buffer.from(made.evidenceSha256, 'hex')
  await sql`
    insert into attestation (organisation_id, attestation_id, person_id, assignment_id, kind, happened_on, evidence_sha256,
                             attested_by, attested_at, entry_id)
    values (${organisationId}::uuid, ${made.attestationId}::uuid, ${made.personId}::uuid, ${made.assignmentId}::uuid,
            ${made.kind}, ${made.happenedOn}::date, ${evidence}, ${made.attestedBy}::uuid,
            ${made.attestedAt}::timestamptz, ${made.entryId}::uuid)`.execute(trx)
  await sql`
    insert into attestation_text (organisation_id, attestation_id, person_id, what, salt)
    values (${organisationId}::uuid, ${made.attestationId}::uuid, ${made.personId}::uuid, ${made.what}, ${made.salt})`.execute(
    trx,
  )
}

/** What was attested about a person, oldest first; of one assignment where one is named. */
export async function listAttestations(
  trx: Transaction,
  organisationId: OrganisationId,
  about: { readonly personId: PersonId; readonly assignmentId?: AssignmentId | undefined },
): Promise<Attestation[]> {
  const assignmentId = about.assignmentId ?? null
  const { rows } = await sql<{
    attestation_id: string
    person_id: PersonId
    assignment_id: AssignmentId | null
    kind: AttestationKind
    happened_on: CivilDate
    what: string | null
    evidence_sha256: string | null
    attested_by: ClientId
    attested_at: Instant
  }>`
    select attestation.attestation_id, attestation.person_id, attestation.assignment_id, attestation.kind,
           attestation.happened_on, attestation_text.what, encode(attestation.evidence_sha256, 'hex') as evidence_sha256,
           attestation.attested_by, attestation.attested_at
    from attestation
    left join attestation_text on attestation_text.organisation_id = attestation.organisation_id
                              and attestation_text.attestation_id = attestation.attestation_id
    where attestation.organisation_id = ${organisationId}::uuid and attestation.person_id = ${about.personId}::uuid
      and (${assignmentId}::uuid is null or attestation.assignment_id = ${assignmentId}::uuid)
    order by attestation.attestation_id`.execute(trx)
  return rows.map((row) => ({
    attestationId: row.attestation_id,
    personId: row.person_id,
    assignmentId: row.assignment_id,
    kind: row.kind,
    happenedOn: row.happened_on,
    what: row.what,
    evidenceSha256: row.evidence_sha256,
    attestedBy: row.attested_by,
    attestedAt: row.attested_at,
  }))
}
