import { sql } from 'kysely'
import type { ClientId, EntryId, Instant, OrganisationId } from '#core'
import { canonicalJson } from '#core'
import type { Transaction } from '#database'
import type { AgreedAnnex, Agreement, Conclusion, EndEvent } from './agreement.ts'
import type { ImportedContent } from './imported.ts'

/** Writes an agreement with the annexes of its bundle. Ceremonies, check and entry must be there already. */
export async function insertAgreement(
  trx: Transaction,
  organisationId: OrganisationId,
  agreement: Omit<Agreement, 'annexes'> & {
    readonly annexes: readonly Pick<AgreedAnnex, 'annexId' | 'role'>[]
  },
): Promise<void> {
  await sql`
    insert into agreement (organisation_id, agreement_id, employment_id, person_id, contract_id, provenance, representative_id,
                           mandate_id, bundle_sha256, employee_assignment_id, representative_assignment_id, sign_check_id,
                           signed_on, created_by, created_at, entry_id)
    values (${organisationId}::uuid, ${agreement.agreementId}::uuid, ${agreement.employmentId}::uuid,
            ${agreement.personId}::uuid, ${agreement.contractId}::uuid, ${agreement.provenance},
            ${agreement.representativeId}::uuid, ${agreement.mandateId}::uuid, decode(${agreement.bundleSha256}, 'hex'),
            ${agreement.employeeAssignmentId}::uuid, ${agreement.representativeAssignmentId}::uuid,
            ${agreement.signCheckId}::uuid, ${agreement.signedOn}::date, ${agreement.createdBy}::uuid,
            ${agreement.createdAt}::timestamptz, ${agreement.entryId}::uuid)`.execute(trx)
  await sql`
    insert into agreement_annex (organisation_id, agreement_id, position, annex_id, role)
    select ${organisationId}::uuid, ${agreement.agreementId}::uuid, one.position, one.annex_id, one.role
    from unnest(${agreement.annexes.map(({ annexId }) => annexId)}::uuid[], ${agreement.annexes.map(({ role }) => role)}::text[])
      with ordinality as one (annex_id, role, position)`.execute(trx)
}

/** Writes what was said of a record that was taken over. */
export async function insertImportedContent(
  trx: Transaction,
  organisationId: OrganisationId,
  agreementId: string,
  content: ImportedContent,
): Promise<void> {
  await sql`
    insert into agreement_content (organisation_id, agreement_id, content)
    values (${organisationId}::uuid, ${agreementId}::uuid, ${canonicalJson(content)})`.execute(trx)
}

export async function insertConclusion(
  trx: Transaction,
  organisationId: OrganisationId,
  agreementId: string,
  conclusion: Conclusion & { readonly recordedAt: Instant },
): Promise<void> {
  await sql`
    insert into agreement_conclusion (organisation_id, agreement_id, outcome, concluded_at, legal_check_id, blocked_by,
                                      recorded_at, entry_id)
    values (${organisationId}::uuid, ${agreementId}::uuid, ${conclusion.outcome}, ${conclusion.concludedAt}::timestamptz,
            ${conclusion.legalCheckId}::uuid, ${[...conclusion.blockedBy]}::text[], ${conclusion.recordedAt}::timestamptz,
            ${conclusion.entryId}::uuid)`.execute(trx)
}

/** An end of an agreement or of one of its annexes, as it is written. */
export type NewEnd = Omit<EndEvent, 'successorDenials'> & {
  readonly agreementId: string
  readonly endedBy: ClientId | null
  readonly recordedAt: Instant
  readonly entryId: EntryId
  readonly reason: string | null
}

export async function insertEnd(
  trx: Transaction,
  organisationId: OrganisationId,
  end: NewEnd,
): Promise<void> {
  await sql`
    insert into agreement_end (organisation_id, end_id, agreement_id, annex_id, ended_on, how, superseded_by, ended_by,
                               recorded_at, entry_id)
    values (${organisationId}::uuid, ${end.endId}::uuid, ${end.agreementId}::uuid, ${end.annexId}::uuid,
            ${end.endedOn}::date, ${end.how}, ${end.supersededBy}::uuid, ${end.endedBy}::uuid,
            ${end.recordedAt}::timestamptz, ${end.entryId}::uuid)`.execute(trx)
  if (end.reason === null) return
  await sql`
    insert into agreement_end_content (organisation_id, end_id, reason)
    values (${organisationId}::uuid, ${end.endId}::uuid, ${end.reason})`.execute(trx)
}

/** Waits until nobody else concludes, ends or withdraws this agreement, and keeps others waiting until the transaction ends. */
export async function lockAgreement(
  trx: Transaction,
  organisationId: OrganisationId,
  agreementId: string,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('beding.agreement ' || ${organisationId}::uuid || ${agreementId}::uuid, 0))`.execute(
    trx,
  )
}

/** Agreements that wait for something that the service can do: both have answered, or one of them will never need to. */
export async function findDueAgreements(
  trx: Transaction,
  organisationId: OrganisationId,
  limit: number,
): Promise<string[]> {
  const isOpen = (side: string) => sql`
    (not ceremony_answered(agreement.${sql.raw(side)}) and not exists (
       select from ceremony_end where ceremony_end.organisation_id = agreement.organisation_id
         and ceremony_end.assignment_id = agreement.${sql.raw(side)}))`
  const { rows } = await sql<{ agreement_id: string }>`
    select agreement.agreement_id
    from agreement
    cross join lateral (
      select exists (select from act where act.organisation_id = agreement.organisation_id
               and act.assignment_id in (agreement.employee_assignment_id, agreement.representative_assignment_id)
               and act.choice not in ('agreed', 'agreed-conditionally'))
          or exists (select from ceremony_end where ceremony_end.organisation_id = agreement.organisation_id
               and ceremony_end.assignment_id in (agreement.employee_assignment_id, agreement.representative_assignment_id)) as over,
             ${isOpen('employee_assignment_id')} as employee_open, ${isOpen('representative_assignment_id')} as other_open) as side
    where agreement.organisation_id = ${organisationId}::uuid and agreement.provenance = 'ceremony'
      and not exists (select from agreement_conclusion where agreement_conclusion.organisation_id = agreement.organisation_id
                      and agreement_conclusion.agreement_id = agreement.agreement_id)
      and (side.over and (side.employee_open or side.other_open)
           or not side.over and not side.employee_open and not side.other_open)
    order by agreement.agreement_id limit ${limit}`.execute(trx)
  return rows.map((row) => row.agreement_id)
}

/** Whether any agreement waits for an answer still. */
export async function anyAgreementOpen(trx: Transaction, organisationId: OrganisationId): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from agreement
      where agreement.organisation_id = ${organisationId}::uuid and agreement.provenance = 'ceremony'
        and not exists (select from agreement_conclusion where agreement_conclusion.organisation_id = agreement.organisation_id
                        and agreement_conclusion.agreement_id = agreement.agreement_id)
        and not exists (select from ceremony_end where ceremony_end.organisation_id = agreement.organisation_id
                        and ceremony_end.assignment_id in (agreement.employee_assignment_id, agreement.representative_assignment_id))
        and (not ceremony_answered(agreement.employee_assignment_id)
             or not ceremony_answered(agreement.representative_assignment_id))) as found`.execute(trx)
  return rows[0]!.found
}
