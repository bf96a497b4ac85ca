import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ActId, EntryId, LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { DossierSubject } from './dossier.ts'
import { dossierActsMax } from './dossier.ts'
import { agreementEntries } from './agreement-entries-view.ts'
import { pageEntries, signingEntries } from './signing-entries-view.ts'

/** An entry that belongs to a subject, and the documents it speaks of. */
export type SubjectEntry = {
  readonly entryId: EntryId
  readonly index: number
  readonly kind: string
  readonly documentIds: readonly string[]
}

/**
 * The entries about a subject among the first `treeSize` of a log, in order: its acts and the signed copies made of them,
 * what was said against them, the assignments they answer or that are still open, the publication and withdrawal of the versions concerned, letters,
 * legal holds, and the erasures of its content. One more than the limit is read at most, so that the caller can refuse
 * instead of cutting off.
 */
export async function findSubjectEntries(
  trx: Transaction,
  organisationId: OrganisationId,
  subject: DossierSubject,
  { logId, treeSize }: { readonly logId: LogId; readonly treeSize: number },
): Promise<SubjectEntry[]> {
  const ofSubject =
    subject.kind === 'person'
      ? sql`assignment.person_id = ${subject.personId}::uuid`
      : sql`policy_version.policy_id = ${subject.policyId}::uuid`
  const heldSubject =
    subject.kind === 'person'
      ? sql`legal_hold.person_id = ${subject.personId}::uuid`
      : sql`legal_hold.policy_id = ${subject.policyId}::uuid`
  // Of a policy only those that speak of it would belong; which do stands in their facts alone.
  const lettersOfSubject =
    subject.kind === 'person'
      ? sql`select letter.entry_id, array(select letter_document.document_id from letter_document
                     where letter_document.organisation_id = letter.organisation_id
                       and letter_document.letter_id = letter.letter_id)
            from letter where letter.organisation_id = ${organisationId}::uuid and letter.person_id = ${subject.personId}::uuid`
      : sql`select null::uuid, array[]::uuid[] where false`
  // A policy's own versions count even where nobody was asked about them.
  const versionsOfSubject =
    subject.kind === 'person'
      ? sql`select distinct assignment.version_id from assignment
            where assignment.organisation_id = ${organisationId}::uuid and ${ofSubject}`
      : sql`select policy_version.version_id from policy_version
            where policy_version.organisation_id = ${organisationId}::uuid and ${ofSubject}`
  const signedActs = sql`
      select assignment.person_id, act.acted_at from act
      join assignment using (organisation_id, assignment_id)
      where act.organisation_id = ${organisationId}::uuid and act.challenge_sha256 is not null
        and act.assignment_id in (select assignment_id from subject_assignment)`
  const persons =
    subject.kind === 'person'
      ? sql`select ${subject.personId}::uuid`
      : sql`select signed.person_id from (${signedActs}) as signed`
  const { rows } = await sql<{ entry_id: string; entry_index: number; kind: string; document_ids: string[] }>`
    with subject_version as (${versionsOfSubject}),
    subject_assignment as (
      select assignment.assignment_id, assignment.entry_id from assignment
      left join policy_version using (organisation_id, version_id)
      where assignment.organisation_id = ${organisationId}::uuid and ${ofSubject}),
    subject_entry as (
      select act.entry_id, ${documentsOfAct(sql`act`)} as document_ids from act
      where act.organisation_id = ${organisationId}::uuid
        and act.assignment_id in (select assignment_id from subject_assignment)
      union all
      select denial_step.entry_id, array[]::uuid[] from act
      join denial_step using (organisation_id, act_id)
      where act.organisation_id = ${organisationId}::uuid
        and act.assignment_id in (select assignment_id from subject_assignment)
      union all
      ${signingEntries(organisationId, persons)}
      union all
      ${pageEntries(organisationId, signedActs)}
      union all
      select distinct ceremony_end.entry_id, array[]::uuid[] from ceremony_end
      where ceremony_end.organisation_id = ${organisationId}::uuid
        and ceremony_end.assignment_id in (select assignment_id from subject_assignment)
      union all
      select misdelivery.entry_id, array[]::uuid[] from misdelivery
      where misdelivery.organisation_id = ${organisationId}::uuid
        and misdelivery.assignment_id in (select assignment_id from subject_assignment)
      union all
      select delivery_event.entry_id, array[]::uuid[] from delivery_event
      where delivery_event.organisation_id = ${organisationId}::uuid and delivery_event.entry_id is not null
        and delivery_event.assignment_id in (select assignment_id from subject_assignment)
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
      ${lettersOfSubject}
      union all
      select executed_copy.entry_id,
             array(select executed_copy_document.document_id from executed_copy_document
                   where executed_copy_document.organisation_id = executed_copy.organisation_id
                     and executed_copy_document.executed_copy_id = executed_copy.executed_copy_id)
      from executed_copy
      where executed_copy.organisation_id = ${organisationId}::uuid and executed_copy.executed_copy_id in (
        select executed_copy_party.executed_copy_id from executed_copy_party
        join act using (organisation_id, act_id)
        where executed_copy_party.organisation_id = ${organisationId}::uuid
          and act.assignment_id in (select assignment_id from subject_assignment))
      union all
      ${agreementEntries(organisationId, subject)}
      union all
      select policy_withdrawal.entry_id, array[]::uuid[] from policy_withdrawal
      where policy_withdrawal.organisation_id = ${organisationId}::uuid
        and policy_withdrawal.version_id in (select version_id from subject_version)
      union all
      select unnest(array[legal_hold.entry_id, legal_hold_release.entry_id]), array[]::uuid[] from legal_hold
      left join legal_hold_release using (organisation_id, hold_id)
      where legal_hold.organisation_id = ${organisationId}::uuid and ${heldSubject}),
    with_erasures as (
      select subject_entry.entry_id, subject_entry.document_ids from subject_entry
      union all
      select distinct entry_erasure.erasure_entry_id, array[]::uuid[] from subject_entry
      join entry_erasure on entry_erasure.organisation_id = ${organisationId}::uuid
                        and entry_erasure.entry_id = subject_entry.entry_id)
    select ledger_entry.entry_id, ledger_entry.entry_index, ledger_entry.kind, with_erasures.document_ids
    from with_erasures
    join ledger_entry on ledger_entry.organisation_id = ${organisationId}::uuid
                     and ledger_entry.entry_id = with_erasures.entry_id
    where ledger_entry.log_id = ${logId}::uuid and ledger_entry.entry_index < ${treeSize}
    order by ledger_entry.entry_index
    limit ${dossierActsMax + 1}`.execute(trx)
  return rows.map(toSubjectEntry)
}

/** The entries about one act in the log that holds it, in order: its own, the publication of its text, what was said against it, its erasure. */
export async function findActEntries(
  trx: Transaction,
  organisationId: OrganisationId,
  actId: ActId,
): Promise<{ readonly logId: LogId; readonly act: SubjectEntry; readonly entries: readonly SubjectEntry[] }> {
  const { rows } = await sql<{
    entry_id: string
    entry_index: number
    log_id: string
    kind: string
    document_ids: string[]
  }>`
    with asked as (
      select act.act_id, act.entry_id, act.version_id, act.bundle_id, act.document_id, act.organisation_id,
             act.acted_at, act.challenge_sha256, assignment.person_id
      from act join assignment using (organisation_id, assignment_id)
      where act.organisation_id = ${organisationId}::uuid and act.act_id = ${actId}::uuid),
    found as (
      select asked.entry_id, ${documentsOfAct(sql`asked`)} as document_ids from asked
      union all
      ${signingEntries(organisationId, sql`select asked.person_id from asked where asked.challenge_sha256 is not null`)}
      union all
      ${pageEntries(organisationId, sql`select asked.acted_at from asked where asked.challenge_sha256 is not null`)}
      union all
      select policy_version.entry_id,
             array(select policy_edition.document_id from policy_edition
                   where policy_edition.organisation_id = policy_version.organisation_id
                     and policy_edition.version_id = policy_version.version_id
                   order by policy_edition.language)
      from asked join policy_version on policy_version.organisation_id = ${organisationId}::uuid
                                    and policy_version.version_id = asked.version_id
      union all
      select denial_step.entry_id, array[]::uuid[]
      from asked join denial_step on denial_step.organisation_id = ${organisationId}::uuid
                                 and denial_step.act_id = asked.act_id
      union all
      select entry_erasure.erasure_entry_id, array[]::uuid[]
      from asked join entry_erasure on entry_erasure.organisation_id = ${organisationId}::uuid
                                   and entry_erasure.entry_id = asked.entry_id)
    select ledger_entry.entry_id, ledger_entry.entry_index, ledger_entry.log_id, ledger_entry.kind, found.document_ids
    from found
    join ledger_entry on ledger_entry.organisation_id = ${organisationId}::uuid and ledger_entry.entry_id = found.entry_id
    order by ledger_entry.entry_index`.execute(trx)
  const own = rows.find((row) => row.kind === 'act')!
  const entries = rows.filter((row) => row.log_id === own.log_id).map(toSubjectEntry)
  return { logId: own.log_id as LogId, act: toSubjectEntry(own), entries }
}

/** The documents that an act was about: the edition of a version, or every one of a bundle. */
function documentsOfAct(act: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when ${act}.bundle_id is null then array[${act}.document_id]
                  else array(select bundle_document.document_id from bundle_document
                             where bundle_document.organisation_id = ${act}.organisation_id
                               and bundle_document.bundle_id = ${act}.bundle_id
                             order by bundle_document.position) end`
}

function toSubjectEntry(row: {
  entry_id: string
  entry_index: number
  kind: string
  document_ids: string[]
}): SubjectEntry {
  return {
    entryId: row.entry_id as EntryId,
    index: row.entry_index,
    kind: row.kind,
    documentIds: row.document_ids,
  }
}
