import { sql } from 'kysely'
import type { EntryId, Instant, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { contractOn } from './contract-decisions.ts'
import type { AsOf, Contract, Employment, EmploymentFact, EmploymentOn, OrganisationFactsOn } from './employment.ts' // prettier-ignore
import { valueOf } from './fact-decisions.ts'
import { contractJoins, contractJson, contractOf, contractsJson, factOf, factsOnJson, knownFact, organisationFactsJson, organisationFactsOf, type ContractJson, type FactJson } from './fact-statements.ts' // prettier-ignore

/** What the columns of an employment are called here. */
export const employmentColumns = sql`
  employment.employment_id as "employmentId", employment.person_id as "personId", employment.recorded_at as "recordedAt",
  employment.entry_id as "entryId"`

type EmploymentRow = Employment & {
  readonly facts: readonly FactJson[]
  readonly contracts: readonly ContractJson[]
  readonly organisationFacts: Readonly<Record<string, string>>
}

/**
 * An employment on a day, as it was known at a moment: facts, contracts and what was true of the organisation, in one query.
 * What was recorded after that moment is as if it were not there. Throws `employment-not-found`.
 */
export async function readEmployment(
  trx: Transaction,
  organisationId: OrganisationId,
  employmentId: string,
  asOf: AsOf,
): Promise<EmploymentOn> {
  const { rows } = await sql<EmploymentRow>`
    select ${employmentColumns}, ${factsOnJson(asOf)} as facts, ${contractsJson(asOf.knownAt)} as contracts,
           ${organisationFactsJson(asOf)} as "organisationFacts"
    from employment
    where employment.organisation_id = ${organisationId}::uuid
      and employment.employment_id = ${employmentId}::uuid`.execute(trx)
  const row = rows[0]
  if (row === undefined) throw problem('employment-not-found')
  return employmentOf(row, asOf)
}

/** The employments of a person on a day as they were known at a moment, in the order in which they were recorded. */
export async function readEmploymentsOf(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  asOf: AsOf,
): Promise<EmploymentOn[]> {
  const { rows } = await sql<EmploymentRow>`
    select ${employmentColumns}, ${factsOnJson(asOf)} as facts, ${contractsJson(asOf.knownAt)} as contracts,
           ${organisationFactsJson(asOf)} as "organisationFacts"
    from employment
    where employment.organisation_id = ${organisationId}::uuid and employment.person_id = ${personId}::uuid
    order by employment.employment_id`.execute(trx)
  return rows.map((row) => employmentOf(row, asOf))
}

/** An employment on a day with everything that was known of it. */
export type EmploymentState = { readonly state: EmploymentOn; readonly history: readonly EmploymentFact[] }

/** The same for many employments with what was known of each, in two queries; those that are not there are left out. */
export async function readEmploymentStates(
  trx: Transaction,
  organisationId: OrganisationId,
  employmentIds: readonly string[],
  asOf: AsOf,
): Promise<Map<string, EmploymentState>> {
  const ids = [...new Set(employmentIds)]
  const { rows } = await sql<EmploymentRow>`
    select ${employmentColumns}, ${factsOnJson(asOf)} as facts, ${contractsJson(asOf.knownAt)} as contracts,
           organisation_facts.facts as "organisationFacts"
    from employment cross join (select ${organisationFactsJson(asOf)} as facts) as organisation_facts
    where employment.organisation_id = ${organisationId}::uuid
      and employment.employment_id = any(${ids}::uuid[])`.execute(trx)
  const histories = Map.groupBy(
    await readKnownFacts(trx, organisationId, ids, asOf.knownAt),
    ({ employmentId }) => employmentId,
  )
  return new Map(
    rows.map((row) => [
      row.employmentId,
      {
        state: employmentOf(row, asOf),
        history: (histories.get(row.employmentId) ?? []).map(({ fact }) => fact),
      },
    ]),
  )
}

function employmentOf(
  { facts, contracts, organisationFacts, ...row }: EmploymentRow,
  asOf: AsOf,
): EmploymentOn {
  // prettier-ignore
  const known = facts.map(factOf)
  const all = contracts.map(contractOf)
  return {
    ...row,
    ...asOf,
    facts: known,
    contract: contractOn(all, asOf.on, valueOf(known, 'last-day')?.day ?? null),
    contracts: all,
    organisationFacts: organisationFactsOf(organisationFacts),
  }
}

/**
 * Every fact of an employment that was known at a moment and not retracted by then, by the day from which it holds and then as
 * recorded: what `jobHistoryOf`, `timelineOf` and `employmentFacts` read. Empty for an employment that is not there.
 */
export async function readHistory(
  trx: Transaction,
  organisationId: OrganisationId,
  employmentId: string,
  knownAt: Instant,
): Promise<EmploymentFact[]> {
  const known = await readKnownFacts(trx, organisationId, [employmentId], knownAt)
  return known.map(({ fact }) => fact)
}

async function readKnownFacts(
  trx: Transaction,
  organisationId: OrganisationId,
  employmentIds: readonly string[],
  knownAt: Instant,
): Promise<{ readonly employmentId: string; readonly fact: EmploymentFact }[]> {
  const { rows } = await sql<FactJson & { readonly employmentId: string }>`
    select fact.employment_id as "employmentId", fact.fact_id as "factId", fact.kind, fact.valid_from as "validFrom",
           fact.recorded_at as "recordedAt", fact.entry_id as "entryId", content.value
    from employment_fact as fact
    left join employment_fact_content as content
      on content.organisation_id = fact.organisation_id and content.fact_id = fact.fact_id
    where fact.organisation_id = ${organisationId}::uuid and fact.employment_id = any(${[...employmentIds]}::uuid[])
      and ${knownFact(sql`employment_fact`, knownAt)}
    order by fact.valid_from, fact.recorded_at, fact.fact_id`.execute(trx)
  return rows.map(({ employmentId, ...row }) => ({ employmentId, fact: factOf(row) }))
}

/** The contracts of an employment that were known at a moment and not retracted by then, by their first day. */
export async function readContracts(
  trx: Transaction,
  organisationId: OrganisationId,
  employmentId: string,
  knownAt: Instant,
): Promise<Contract[]> {
  const { rows } = await sql<{ contracts: ContractJson[] }>`
    select ${contractsJson(knownAt)} as contracts from employment
    where employment.organisation_id = ${organisationId}::uuid
      and employment.employment_id = ${employmentId}::uuid`.execute(trx)
  return rows[0]?.contracts.map(contractOf) ?? []
}

/** A contract, retracted ones too: `retractedAt` says so. Throws `contract-not-found`. */
export async function getContract(
  trx: Transaction,
  organisationId: OrganisationId,
  contractId: string,
): Promise<Contract> {
  const { rows } = await sql<{ contract: ContractJson }>`
    select ${contractJson} as contract from contract ${contractJoins}
    where contract.organisation_id = ${organisationId}::uuid and contract.contract_id = ${contractId}::uuid`.execute(
    trx,
  )
  if (rows[0] === undefined) throw problem('contract-not-found')
  return contractOf(rows[0].contract)
}

/** The employment, or the problem `employment-not-found`. */
export async function getEmployment(
  trx: Transaction,
  organisationId: OrganisationId,
  employmentId: string,
): Promise<Employment> {
  const { rows } = await sql<{
    employmentId: string
    personId: PersonId
    recordedAt: Instant
    entryId: EntryId
  }>`
    select ${employmentColumns} from employment
    where employment.organisation_id = ${organisationId}::uuid
      and employment.employment_id = ${employmentId}::uuid`.execute(trx)
  if (rows[0] === undefined) throw problem('employment-not-found')
  return rows[0]
}

/** What was true of the organisation on a day, as it was known at a moment. */
export async function readOrganisationFacts(trx: Transaction, asOf: AsOf): Promise<OrganisationFactsOn> {
  const { rows } = await sql<{ facts: Readonly<Record<string, string>> }>`
    select ${organisationFactsJson(asOf)} as facts`.execute(trx)
  return organisationFactsOf(rows[0]?.facts ?? {})
}
