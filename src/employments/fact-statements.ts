import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { CivilDate, DocumentId, EntryId, Instant } from '#core'
import type { AsOf, Contract, EmploymentFact, FactKind, OrganisationFactsOn } from './employment.ts'
import { isBackDated } from './fact-decisions.ts'

/** A moment in JSON as we write it. */
export function instantJson(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** What was known at a moment: recorded by then, stating something, and not taken back by then. `fact` is the table's alias. */
export function knownFact(table: RawBuilder<unknown>, knownAt: Instant): RawBuilder<boolean> {
  return sql`fact.retracts is null and fact.recorded_at <= ${knownAt}::timestamptz
    and not exists (select from ${table} as taken
      where taken.organisation_id = fact.organisation_id and taken.retracts = fact.fact_id
        and taken.recorded_at <= ${knownAt}::timestamptz)`
}

/** Of each kind the fact that was true on a day, as an array in JSON, of the employment in scope. */
export function factsOnJson({ on, knownAt }: AsOf): RawBuilder<FactJson[]> {
  return sql`(select coalesce(json_agg(json_build_object(
      'factId', true_fact.fact_id, 'kind', true_fact.kind, 'validFrom', true_fact.valid_from,
      'recordedAt', ${instantJson(sql`true_fact.recorded_at`)}, 'entryId', true_fact.entry_id, 'value', true_fact.value)
      order by true_fact.kind collate "C"), '[]'::json)
    from (
      select distinct on (fact.kind) fact.fact_id, fact.kind, fact.valid_from, fact.recorded_at, fact.entry_id, content.value
      from employment_fact as fact
      left join employment_fact_content as content
        on content.organisation_id = fact.organisation_id and content.fact_id = fact.fact_id
      where fact.organisation_id = employment.organisation_id and fact.employment_id = employment.employment_id
        and fact.valid_from <= ${on}::date and ${knownFact(sql`employment_fact`, knownAt)}
      order by fact.kind, fact.valid_from desc, fact.recorded_at desc, fact.fact_id desc) as true_fact)`
}

/** Of each kind what was true of the organisation on a day: an object in JSON with the values as text. */
export function organisationFactsJson({ on, knownAt }: AsOf): RawBuilder<Record<string, string>> {
  return sql`(select coalesce(json_object_agg(true_fact.kind, true_fact.value), '{}'::json)
    from (
      select distinct on (fact.kind) fact.kind, fact.value
      from organisation_fact as fact
      where fact.organisation_id = current_organisation() and fact.valid_from <= ${on}::date
        and ${knownFact(sql`organisation_fact`, knownAt)}
      order by fact.kind, fact.valid_from desc, fact.recorded_at desc, fact.fact_id desc) as true_fact)`
}

/** The contracts that were known at a moment, as an array in JSON, of the employment in scope. */
export function contractsJson(knownAt: Instant): RawBuilder<ContractJson[]> {
  return sql`(select coalesce(json_agg(${contractJson} order by contract.starts_on, contract.recorded_at, contract.contract_id), '[]'::json)
    from contract ${contractJoins}
    where contract.organisation_id = employment.organisation_id and contract.employment_id = employment.employment_id
      and contract.recorded_at <= ${knownAt}::timestamptz
      and (contract_retraction.retracted_at is null or contract_retraction.retracted_at > ${knownAt}::timestamptz))`
}

export const contractJoins = sql`
  left join contract_content using (organisation_id, contract_id)
  left join contract_retraction using (organisation_id, contract_id)`

export const contractJson = sql<ContractJson>`json_build_object(
  'contractId', contract.contract_id, 'employmentId', contract.employment_id, 'kind', contract.kind,
  'startsOn', contract.starts_on, 'endsOn', contract.ends_on, 'documentId', contract.document_id,
  'documentSha256', encode(contract.document_sha256, 'hex'), 'follows', contract.follows,
  'followKind', contract.follow_kind, 'changedMore', contract.changed_more, 'provenance', contract.provenance,
  'value', contract_content.value, 'recordedAt', ${instantJson(sql`contract.recorded_at`)},
  'retractedAt', ${instantJson(sql`contract_retraction.retracted_at`)}, 'entryId', contract.entry_id)`

export type FactJson = {
  readonly factId: string
  readonly kind: FactKind
  readonly validFrom: CivilDate
  readonly recordedAt: Instant
  readonly entryId: EntryId
  readonly value: string | null
}

export type ContractJson = Omit<Contract, 'existingDispute'> & {
  readonly documentId: DocumentId | null
  readonly value: string | null
}

export function factOf({ value, ...row }: FactJson): EmploymentFact {
  return {
    ...row,
    value: value === null ? null : (JSON.parse(value) as unknown),
    backDated: isBackDated(row.kind, row.validFrom, row.recordedAt),
  } as EmploymentFact
}

export function contractOf({ value, ...row }: ContractJson): Contract {
  const content = value === null ? null : (JSON.parse(value) as { existingDispute: string })
  return { ...row, existingDispute: content?.existingDispute ?? null }
}

export function organisationFactsOf(values: Readonly<Record<string, string>>): OrganisationFactsOn {
  const said = (kind: string): unknown => (values[kind] === undefined ? undefined : JSON.parse(values[kind]))
  const headcount = said('headcount') as { count: number } | undefined
  const body = said('employee-body') as { body: 'none' | 'pvt' | 'or' } | undefined
  return {
    ...(headcount === undefined ? {} : { headcount: headcount.count }),
    ...(body === undefined ? {} : { employeeBody: body.body }),
  }
}
