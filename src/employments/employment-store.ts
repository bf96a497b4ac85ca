import { sql } from 'kysely'
import type { CivilDate, ClientId, EntryId, Instant, OrganisationId, PersonId } from '#core'
import { canonicalJson, problem } from '#core'
import type { CanonicalValue } from '#core'
import type { Transaction } from '#database'
import type { Employment, FactKind, OrganisationFactKind, RecordedFact } from './employment.ts'
import { factOf, instantJson, type FactJson } from './fact-statements.ts'

/**
 * Locks a person, so that of two statements about their employments the second sees the first. Throws `person-not-found`, also
 * for one who was erased.
 */
export async function lockPerson(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<void> {
  const { rows } = await sql`
    select person.person_id from person
    where person.organisation_id = ${organisationId}::uuid and person.person_id = ${personId}::uuid
      and person.erased_at is null
    for update`.execute(trx)
  if (rows.length === 0) throw problem('person-not-found')
}

/** Writes an employment. The entry must be there already. */
export async function insertEmployment(
  trx: Transaction,
  organisationId: OrganisationId,
  employment: Employment,
  madeBy: ClientId,
): Promise<void> {
  await sql`
    insert into employment (organisation_id, employment_id, person_id, recorded_by, recorded_at, entry_id)
    values (${organisationId}::uuid, ${employment.employmentId}::uuid, ${employment.personId}::uuid, ${madeBy}::uuid,
            ${employment.recordedAt}::timestamptz, ${employment.entryId}::uuid)`.execute(trx)
}

/** A row of facts: one that states something, or one that takes another back with a reason. */
export type NewFact<Kind extends string = FactKind> = {
  readonly factId: string
  readonly kind: Kind
  readonly validFrom: CivilDate
  readonly retracts: string | null
  readonly value: CanonicalValue
  readonly recordedAt: Instant
  readonly entryId: EntryId
}

/** Writes facts of an employment with their content. The entries must be there already. */
export async function insertFacts(
  trx: Transaction,
  organisationId: OrganisationId,
  employmentId: string,
  facts: readonly NewFact[],
  madeBy: ClientId,
): Promise<void> {
  for (const fact of facts) {
    await sql`
      insert into employment_fact (organisation_id, fact_id, employment_id, kind, valid_from, recorded_by, recorded_at, retracts,
                                   entry_id)
      values (${organisationId}::uuid, ${fact.factId}::uuid, ${employmentId}::uuid, ${fact.kind}, ${fact.validFrom}::date,
              ${madeBy}::uuid, ${fact.recordedAt}::timestamptz, ${fact.retracts}::uuid, ${fact.entryId}::uuid)`.execute(
      trx,
    )
    await sql`
      insert into employment_fact_content (organisation_id, fact_id, value)
      values (${organisationId}::uuid, ${fact.factId}::uuid, ${canonicalJson(fact.value)})`.execute(trx)
  }
}

/** Writes facts of the organisation. The entries must be there already. */
export async function insertOrganisationFacts(
  trx: Transaction,
  organisationId: OrganisationId,
  facts: readonly NewFact<OrganisationFactKind>[],
  madeBy: ClientId,
): Promise<void> {
  for (const fact of facts)
    await sql`
      insert into organisation_fact (organisation_id, fact_id, kind, valid_from, recorded_by, recorded_at, retracts, value,
                                     entry_id)
      values (${organisationId}::uuid, ${fact.factId}::uuid, ${fact.kind}, ${fact.validFrom}::date, ${madeBy}::uuid,
              ${fact.recordedAt}::timestamptz, ${fact.retracts}::uuid, ${canonicalJson(fact.value)},
              ${fact.entryId}::uuid)`.execute(trx)
}

type RetractionJson = Omit<NonNullable<RecordedFact['retraction']>, 'reason'> & {
  readonly value: string | null
}

/** Everything that was ever recorded of an employment, as it was recorded, with what was retracted and why. */
export async function listFacts(
  trx: Transaction,
  organisationId: OrganisationId,
  employmentId: string,
): Promise<RecordedFact[]> {
  const { rows } = await sql<
    FactJson & { readonly recordedBy: ClientId; readonly retraction: RetractionJson | null }
  >`
    select fact.fact_id as "factId", fact.kind, fact.valid_from as "validFrom", fact.recorded_at as "recordedAt",
           fact.recorded_by as "recordedBy", fact.entry_id as "entryId", content.value,
           case when taken.fact_id is not null then json_build_object(
             'factId', taken.fact_id, 'recordedAt', ${instantJson(sql`taken.recorded_at`)}, 'recordedBy', taken.recorded_by,
             'value', reason.value, 'entryId', taken.entry_id) end as retraction
    from employment_fact as fact
    left join employment_fact_content as content
      on content.organisation_id = fact.organisation_id and content.fact_id = fact.fact_id
    left join employment_fact as taken
      on taken.organisation_id = fact.organisation_id and taken.retracts = fact.fact_id
    left join employment_fact_content as reason
      on reason.organisation_id = taken.organisation_id and reason.fact_id = taken.fact_id
    where fact.organisation_id = ${organisationId}::uuid and fact.employment_id = ${employmentId}::uuid
      and fact.retracts is null
    order by fact.recorded_at, fact.fact_id`.execute(trx)
  return rows.map(({ retraction, recordedBy, ...row }) => ({
    ...factOf(row),
    recordedBy,
    retraction: retraction === null ? null : retractionOf(retraction),
  }))
}

function retractionOf({ value, ...row }: RetractionJson): NonNullable<RecordedFact['retraction']> {
  return { ...row, reason: value === null ? null : (JSON.parse(value) as { reason: string }).reason }
}
