import { sql } from 'kysely'
import type { CivilDate, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { Cause } from './task.ts'
import type { ToldCause } from './task-words.ts'

type Row = {
  readonly id: string
  readonly what: string
  readonly on: CivilDate
  readonly retracted: boolean
}

/** What is known of these causes, by id: which fact or contract, from when, whether it was taken back. In one query. */
export async function tellCauses(
  trx: Transaction,
  organisationId: OrganisationId,
  causes: readonly Cause[],
): Promise<Map<string, ToldCause>> {
  if (causes.length === 0) return new Map()
  const ids = (subject: Cause['subject']) => causes.filter((cause) => cause.subject === subject).map((cause) => cause.subjectId) // prettier-ignore
  const { rows } = await sql<Row>`
    select fact_id as id, kind as what, valid_from as "on", exists (
             select from employment_fact as back where back.organisation_id = fact.organisation_id
               and back.retracts = fact.fact_id) as retracted
    from employment_fact as fact
    where fact.organisation_id = ${organisationId}::uuid and fact.fact_id = any(${ids('fact')}::uuid[])
    union all
    select contract_id, coalesce(follow_kind, 'contract'), starts_on, exists (
             select from contract_retraction where contract_retraction.organisation_id = contract.organisation_id
               and contract_retraction.contract_id = contract.contract_id)
    from contract
    where contract.organisation_id = ${organisationId}::uuid and contract.contract_id = any(${ids('contract')}::uuid[])
    union all
    select fact_id, kind, valid_from, exists (
             select from organisation_fact as back where back.organisation_id = fact.organisation_id
               and back.retracts = fact.fact_id)
    from organisation_fact as fact
    where fact.organisation_id = ${organisationId}::uuid and fact.fact_id = any(${ids('organisation-fact')}::uuid[])`.execute(
    trx,
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return new Map(
    causes.map((cause) => {
      const row = byId.get(cause.subjectId)
      const told = { what: row?.what ?? null, on: row?.on ?? null, retracted: row?.retracted ?? false }
      return [cause.subjectId, { ...cause, ...told }]
    }),
  )
}
