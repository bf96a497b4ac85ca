import { sql } from 'kysely'
import type { ClientId, DossierId, EntryId, Instant, LogId, OrganisationId, PersonId, PolicyId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { Dossier, DossierSubject } from './dossier.ts'

/** Writes a dossier. Its checkpoint and its entry must already be there. */
export async function insertDossier(
  trx: Transaction,
  organisationId: OrganisationId,
  dossier: Dossier,
): Promise<void> {
  const { subject } = dossier
  await sql`
    insert into dossier (organisation_id, dossier_id, person_id, policy_id, purpose, log_id, tree_size, created_by, created_at, entry_id)
    values (${organisationId}::uuid, ${dossier.dossierId}::uuid,
            ${subject.kind === 'person' ? subject.personId : null}::uuid,
            ${subject.kind === 'policy' ? subject.policyId : null}::uuid,
            ${dossier.purpose}, ${dossier.logId}::uuid, ${dossier.treeSize}, ${dossier.createdBy}::uuid,
            ${dossier.createdAt}::timestamptz, ${dossier.entryId}::uuid)`.execute(trx)
}

/** The dossier, or the problem `dossier-not-found`. */
export async function getDossier(
  trx: Transaction,
  organisationId: OrganisationId,
  dossierId: DossierId,
): Promise<Dossier> {
  const { rows } = await sql<{
    person_id: string | null
    policy_id: string | null
    purpose: string
    log_id: string
    tree_size: number
    created_by: string
    created_at: string
    entry_id: string
  }>`
    select dossier.person_id, dossier.policy_id, dossier.purpose, dossier.log_id, dossier.tree_size,
           dossier.created_by, dossier.created_at, dossier.entry_id
    from dossier
    where dossier.organisation_id = ${organisationId}::uuid and dossier.dossier_id = ${dossierId}::uuid`.execute(
    trx,
  )
  const row = rows[0]
  if (row === undefined) throw problem('dossier-not-found')
  return {
    dossierId,
    subject:
      row.person_id === null
        ? { kind: 'policy', policyId: row.policy_id as PolicyId }
        : { kind: 'person', personId: row.person_id as PersonId },
    purpose: row.purpose,
    logId: row.log_id as LogId,
    treeSize: row.tree_size,
    createdBy: row.created_by as ClientId,
    createdAt: row.created_at as Instant,
    entryId: row.entry_id as EntryId,
  }
}

/** Says whether the subject exists here; throws its not-found problem otherwise. */
export async function requireSubject(
  trx: Transaction,
  organisationId: OrganisationId,
  subject: DossierSubject,
): Promise<void> {
  const { rows } =
    subject.kind === 'person'
      ? await sql`select from person where person.organisation_id = ${organisationId}::uuid and person.person_id = ${subject.personId}::uuid`.execute(
          trx,
        )
      : await sql`select from policy where policy.organisation_id = ${organisationId}::uuid and policy.policy_id = ${subject.policyId}::uuid`.execute(
          trx,
        )
  if (rows.length === 0) throw problem(subject.kind === 'person' ? 'person-not-found' : 'policy-not-found')
}
