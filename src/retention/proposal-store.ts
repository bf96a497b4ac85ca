import { sql } from 'kysely'
import type { Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { ErasureItem, ErasureProposal, ErasureVerdict } from './retention.ts'

/** Writes a proposal with its items, numbered from 1 in the order given. */
export async function insertProposal(
  trx: Transaction,
  organisationId: OrganisationId,
  proposal: ErasureProposal,
  items: readonly ErasureItem[],
): Promise<void> {
  await sql`
    insert into erasure_proposal (organisation_id, proposal_id, retention_class, ground, fields, person_id, made_by, made_at)
    values (${organisationId}::uuid, ${proposal.proposalId}::uuid, ${proposal.retentionClass}, ${proposal.ground},
            ${[...proposal.fields]}::text[], ${proposal.personId}::uuid, ${proposal.madeBy}::uuid, ${proposal.madeAt}::timestamptz)`.execute(
    trx,
  )
  await sql`
    insert into erasure_item (organisation_id, proposal_id, item_number, what, person_id, assignment_id)
    select ${organisationId}::uuid, ${proposal.proposalId}::uuid, item.number, item.what, item.person_id, item.assignment_id
    from unnest(${items.map((item) => item.what)}::text[], ${items.map((item) => item.personId)}::uuid[],
                ${items.map((item) => item.assignmentId)}::uuid[])
      with ordinality as item (what, person_id, assignment_id, number)`.execute(trx)
}

/** Writes a decision. A second one fails on `erasure_decision_pk`. */
export async function insertDecision(
  trx: Transaction,
  organisationId: OrganisationId,
  proposalId: string,
  decision: ErasureVerdict,
): Promise<void> {
  await sql`
    insert into erasure_decision (organisation_id, proposal_id, verdict, reason, decided_by, decided_at)
    values (${organisationId}::uuid, ${proposalId}::uuid, ${decision.verdict}, ${decision.reason},
            ${decision.decidedBy}::uuid, ${decision.decidedAt}::timestamptz)`.execute(trx)
}

/** Everything of a person that an erasure on request takes: each assignment that is still there, then the person's row. */
export async function itemsOfPerson(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: ErasureItem['personId'],
): Promise<ErasureItem[]> {
  const { rows } = await sql<{ assignment_id: ErasureItem['assignmentId'] }>`
    select assignment.assignment_id from assignment
    where assignment.organisation_id = ${organisationId}::uuid and assignment.person_id = ${personId}::uuid
      and not exists (${contentResult}and erasure_result.outcome = 'erased')
    order by assignment.assignment_id`.execute(trx)
  return [
    ...rows.map(({ assignment_id: assignmentId }) => ({ what: 'content' as const, personId, assignmentId })),
    { what: 'person', personId, assignmentId: null },
  ]
}

/** What became of the content of `assignment`; a condition on `erasure_result` follows. */
export const contentResult = sql`
  select from erasure_item join erasure_result
    on erasure_result.organisation_id = erasure_item.organisation_id
   and erasure_result.proposal_id = erasure_item.proposal_id and erasure_result.item_number = erasure_item.item_number
  where erasure_item.organisation_id = assignment.organisation_id
    and erasure_item.assignment_id = assignment.assignment_id and erasure_item.what = 'content' `

/**
 * True where an item like this one needs no new proposal: it waits for a decision, is to be executed, or was refused after
 * `refusedSince`. A condition on `erasure_item` follows.
 */
export const itemUnderWay = (refusedSince: Instant) => sql`
  select from erasure_item
  left join erasure_decision on erasure_decision.organisation_id = erasure_item.organisation_id
                            and erasure_decision.proposal_id = erasure_item.proposal_id
  left join erasure_result on erasure_result.organisation_id = erasure_item.organisation_id
                          and erasure_result.proposal_id = erasure_item.proposal_id
                          and erasure_result.item_number = erasure_item.item_number
  where (erasure_decision.verdict is null
      or erasure_decision.verdict = 'confirm' and erasure_result.outcome is null
      or erasure_decision.verdict = 'reject' and erasure_decision.decided_at > ${refusedSince}::timestamptz) `
