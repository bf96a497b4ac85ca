import { sql } from 'kysely'
import type { ClientId, DossierId, EntryId, Instant, LogId, OrganisationId, PersonId, PolicyId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { Dossier, DossierSubject, FrozenDossier } from './dossier.ts'

/** Writes a dossier. Its checkpoint and its entry must already be there. */
export async function insertDossier(
  trx: Transaction,
  organisationId: OrganisationId,
  dossier: Dossier,
): Promise<void> {
  const { subject } = dossier
  await sql`
    insert into dossier (organisation_id, dossier_id, person_id, policy_id, purpose, log_id, tree_size, created_by, created_at, entry_id, exported_by)
    values (${organisationId}::uuid, ${dossier.dossierId}::uuid,
            ${subject.kind === 'person' ? subject.personId : null}::uuid,
            ${subject.kind === 'policy' ? subject.policyId : null}::uuid,
            ${dossier.purpose}, ${dossier.logId}::uuid, ${dossier.treeSize}, ${dossier.createdBy}::uuid,
            ${dossier.createdAt}::timestamptz, ${dossier.entryId}::uuid, ${dossier.exportedBy})`.execute(trx)
}

/** The dossier and what it was frozen with, or the problem `dossier-not-found`. */
export async function getDossier(
  trx: Transaction,
  organisationId: OrganisationId,
  dossierId: DossierId,
): Promise<Dossier & { readonly frozen: FrozenDossier | null }> {
  const { rows } = await sql<{
    person_id: string | null
    policy_id: string | null
    purpose: string
    log_id: string
    tree_size: number
    created_by: string
    created_at: string
    entry_id: string
    exported_by: string | null
    frozen_at: string | null
    unanchored_because: string | null
  }>`
    select dossier.person_id, dossier.policy_id, dossier.purpose, dossier.log_id, dossier.tree_size,
           dossier.created_by, dossier.created_at, dossier.entry_id, dossier.exported_by,
           dossier_freeze.frozen_at, dossier_freeze.unanchored_because
    from dossier
    left join dossier_freeze using (organisation_id, dossier_id)
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
    exportedBy: row.exported_by,
    frozen:
      row.frozen_at === null
        ? null
        : { frozenAt: row.frozen_at as Instant, unanchoredBecause: row.unanchored_because },
  }
}

/** A dossier that has not been frozen. */
export type WaitingDossier = {
  readonly dossierId: DossierId
  readonly logId: LogId
  readonly treeSize: number
}

const waitingMax = 20

/** Dossiers that wait for their anchor, longest first; at most 20, and whether there are more. */
export async function unfrozenDossiers(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<{ readonly dossiers: WaitingDossier[]; readonly more: boolean }> {
  const { rows } = await sql<{ dossier_id: string; log_id: string; tree_size: number }>`
    select dossier.dossier_id, dossier.log_id, dossier.tree_size from dossier
    where dossier.organisation_id = ${organisationId}::uuid and not exists (
      select from dossier_freeze
      where dossier_freeze.organisation_id = dossier.organisation_id
        and dossier_freeze.dossier_id = dossier.dossier_id)
    order by dossier.created_at limit ${waitingMax + 1}`.execute(trx)
  const dossiers = rows.map((row) => ({
    dossierId: row.dossier_id as DossierId,
    logId: row.log_id as LogId,
    treeSize: row.tree_size,
  }))
  return { dossiers: dossiers.slice(0, waitingMax), more: dossiers.length > waitingMax }
}

/** Freezes what a dossier holds. Done again it changes nothing. Answers whether it was this time. */
export async function freezeDossier(
  trx: Transaction,
  organisationId: OrganisationId,
  dossierId: DossierId,
  frozen: FrozenDossier,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into dossier_freeze (organisation_id, dossier_id, frozen_at, unanchored_because)
    values (${organisationId}::uuid, ${dossierId}::uuid, ${frozen.frozenAt}::timestamptz, ${frozen.unanchoredBecause})
    on conflict on constraint dossier_freeze_pk do nothing`.execute(trx)
  return numAffectedRows === 1n
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

/** What people call the subject; after an erasure a person has no name any more. */
export async function subjectName(
  trx: Transaction,
  organisationId: OrganisationId,
  subject: DossierSubject,
): Promise<string> {
  const { rows } =
    subject.kind === 'person'
      ? await sql<{ name: string }>`
          select person.given_name || ' ' || person.family_name as name from person
          where person.organisation_id = ${organisationId}::uuid and person.person_id = ${subject.personId}::uuid`.execute(
          trx,
        )
      : await sql<{ name: string }>`
          select policy.name from policy
          where policy.organisation_id = ${organisationId}::uuid and policy.policy_id = ${subject.policyId}::uuid`.execute(
          trx,
        )
  return rows[0]?.name ?? ''
}
