import { sql } from 'kysely'
import type { EntryId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { DossierDocument, DossierSubject } from './dossier.ts'
import { dossierActsMax } from './dossier.ts'

/** An entry that belongs to a subject, and the documents it speaks of. */
export type SubjectEntry = {
  readonly entryId: EntryId
  readonly index: number
  readonly kind: string
  readonly documentIds: readonly string[]
}

/**
 * The entries about a subject among the first `treeSize` of the ledger, in order: its acts, the assignments they answer
 * or that are still open, and the publication and withdrawal of the versions concerned. One more than the limit is
 * read at most, so that the caller can refuse instead of cutting off.
 */
export async function findSubjectEntries(
  trx: Transaction,
  organisationId: OrganisationId,
  subject: DossierSubject,
  treeSize: number,
): Promise<SubjectEntry[]> {
  const ofSubject =
    subject.kind === 'person'
      ? sql`assignment.person_id = ${subject.personId}::uuid`
      : sql`policy_version.policy_id = ${subject.policyId}::uuid`
  // A policy's own versions count even where nobody was asked about them.
  const versionsOfSubject =
    subject.kind === 'person'
      ? sql`select distinct assignment.version_id from assignment
            where assignment.organisation_id = ${organisationId}::uuid and ${ofSubject}`
      : sql`select policy_version.version_id from policy_version
            where policy_version.organisation_id = ${organisationId}::uuid and ${ofSubject}`
  const { rows } = await sql<{ entry_id: string; entry_index: number; kind: string; document_ids: string[] }>`
    with subject_version as (${versionsOfSubject}),
    subject_assignment as (
      select assignment.assignment_id, assignment.entry_id from assignment
      join policy_version using (organisation_id, version_id)
      where assignment.organisation_id = ${organisationId}::uuid and ${ofSubject}),
    subject_entry as (
      select act.entry_id, array[act.document_id] as document_ids from act
      where act.organisation_id = ${organisationId}::uuid
        and act.assignment_id in (select assignment_id from subject_assignment)
      union all
      select distinct entry_id, array[]::uuid[] from subject_assignment
      union all
      select policy_version.entry_id,
             array(select policy_edition.document_id from policy_edition
                   where policy_edition.organisation_id = policy_version.organisation_id
                     and policy_edition.version_id = policy_version.version_id
                   order by policy_edition.language)
      from policy_version
      where policy_version.organisation_id = ${organisationId}::uuid
        and policy_version.version_id in (select version_id from subject_version)
      union all
      select policy_withdrawal.entry_id, array[]::uuid[] from policy_withdrawal
      where policy_withdrawal.organisation_id = ${organisationId}::uuid
        and policy_withdrawal.version_id in (select version_id from subject_version))
    select ledger_entry.entry_id, ledger_entry.entry_index, ledger_entry.kind, subject_entry.document_ids
    from subject_entry
    join ledger_entry on ledger_entry.organisation_id = ${organisationId}::uuid
                     and ledger_entry.entry_id = subject_entry.entry_id
    where ledger_entry.entry_index < ${treeSize}
    order by ledger_entry.entry_index
    limit ${dossierActsMax + 1}`.execute(trx)
  return rows.map((row) => ({
    entryId: row.entry_id as EntryId,
    index: row.entry_index,
    kind: row.kind,
    documentIds: row.document_ids,
  }))
}

/** The documents with these ids, in order of hash. */
export async function loadDocuments(
  trx: Transaction,
  organisationId: OrganisationId,
  documentIds: readonly string[],
): Promise<(DossierDocument & { readonly documentId: string })[]> {
  const { rows } = await sql<{ document_id: string; sha256: Buffer; title: string; bytes: Buffer }>`
    select document.document_id, document.sha256, document.title, document.bytes
    from document
    where document.organisation_id = ${organisationId}::uuid and document.document_id = any(${documentIds}::uuid[])
    order by document.sha256`.execute(trx)
  return rows.map((row) => ({
    documentId: row.document_id,
    sha256: row.sha256.toString('hex'),
    title: row.title,
    bytes: row.bytes,
  }))
}
