import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { AssignmentId, ClientId, Instant, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type {
  ErasureItem,
  ErasureProposal,
  ErasureVerdict,
  ItemOutcome,
  ProposalStatus,
} from './retention.ts'

export const proposalStates = ['proposed', 'rejected', 'confirmed', 'executed'] as const
export type ProposalState = (typeof proposalStates)[number]

export type ProposalFilter = {
  readonly proposalId?: string
  readonly personId?: string
  readonly state?: ProposalState
  readonly after?: string
  readonly limit: number
}

type Row = {
  proposal_id: string
  retention_class: ErasureProposal['retentionClass']
  ground: string
  fields: string[]
  person_id: PersonId | null
  made_by: ClientId | null
  made_at: Instant
  verdict: ErasureVerdict['verdict'] | null
  reason: string
  decided_by: ClientId
  decided_at: Instant
  items: number
  erased: number
  held: number
  kept: number
}

const conditionOf: Record<ProposalState, RawBuilder<unknown>> = {
  proposed: sql`erasure_decision.verdict is null`,
  rejected: sql`erasure_decision.verdict = 'reject'`,
  confirmed: sql`erasure_decision.verdict = 'confirm' and done.n < counted.n`,
  executed: sql`erasure_decision.verdict = 'confirm' and done.n = counted.n`,
}

/** A page of proposals with what became of them, in order of id, which is the order in which they were made. */
export async function listProposals(
  trx: Transaction,
  organisationId: OrganisationId,
  filter: ProposalFilter,
): Promise<ProposalStatus[]> {
  const { proposalId, personId, state, after } = filter
  const conditions: RawBuilder<unknown>[] = [sql`erasure_proposal.organisation_id = ${organisationId}::uuid`]
  if (proposalId !== undefined) conditions.push(sql`erasure_proposal.proposal_id = ${proposalId}::uuid`)
  if (personId !== undefined) conditions.push(sql`erasure_proposal.person_id = ${personId}::uuid`)
  if (after !== undefined) conditions.push(sql`erasure_proposal.proposal_id > ${after}::uuid`)
  if (state !== undefined) conditions.push(conditionOf[state])
  const { rows } = await sql<Row>`
    select erasure_proposal.proposal_id, erasure_proposal.retention_class, erasure_proposal.ground, erasure_proposal.fields,
           erasure_proposal.person_id, erasure_proposal.made_by, erasure_proposal.made_at,
           erasure_decision.verdict, erasure_decision.reason, erasure_decision.decided_by, erasure_decision.decided_at,
           counted.n as items, done.erased, done.held, done.kept
    from erasure_proposal
    left join erasure_decision on erasure_decision.organisation_id = erasure_proposal.organisation_id
                              and erasure_decision.proposal_id = erasure_proposal.proposal_id
    cross join lateral (select count(*) as n from erasure_item
                        where erasure_item.organisation_id = erasure_proposal.organisation_id
                          and erasure_item.proposal_id = erasure_proposal.proposal_id) as counted
    cross join lateral (select count(*) as n, count(*) filter (where erasure_result.outcome = 'erased') as erased,
                               count(*) filter (where erasure_result.outcome = 'held') as held,
                               count(*) filter (where erasure_result.outcome = 'kept') as kept
                        from erasure_result
                        where erasure_result.organisation_id = erasure_proposal.organisation_id
                          and erasure_result.proposal_id = erasure_proposal.proposal_id) as done
    where ${sql.join(conditions, sql` and `)}
    order by erasure_proposal.proposal_id limit ${filter.limit}`.execute(trx)
  return rows.map(toStatus)
}

/** The proposal, or the problem `erasure-proposal-not-found`. */
export async function getProposal(
  trx: Transaction,
  organisationId: OrganisationId,
  proposalId: string,
): Promise<ProposalStatus> {
  const [proposal] = await listProposals(trx, organisationId, { proposalId, limit: 1 })
  if (proposal === undefined) throw problem('erasure-proposal-not-found')
  return proposal
}

/** Where a proposal stands. */
export function stateOfProposal({ decision, counts }: ProposalStatus): ProposalState {
  if (decision === null) return 'proposed'
  if (decision.verdict === 'reject') return 'rejected'
  return counts.erased + counts.held + counts.kept < counts.items ? 'confirmed' : 'executed'
}

export type NumberedItem = ErasureItem & { readonly number: number; readonly outcome: ItemOutcome | null }

/** A page of the items of a proposal after a number, each with what became of it. */
export async function listItems(
  trx: Transaction,
  organisationId: OrganisationId,
  proposalId: string,
  page: { readonly after: number; readonly limit: number },
): Promise<NumberedItem[]> {
  const { rows } = await sql<{
    item_number: number
    what: ErasureItem['what']
    person_id: PersonId
    assignment_id: AssignmentId | null
    outcome: ItemOutcome | null
  }>`
    select erasure_item.item_number, erasure_item.what, erasure_item.person_id, erasure_item.assignment_id, erasure_result.outcome
    from erasure_item
    left join erasure_result on erasure_result.organisation_id = erasure_item.organisation_id
                            and erasure_result.proposal_id = erasure_item.proposal_id
                            and erasure_result.item_number = erasure_item.item_number
    where erasure_item.organisation_id = ${organisationId}::uuid and erasure_item.proposal_id = ${proposalId}::uuid
      and erasure_item.item_number > ${page.after}
    order by erasure_item.item_number limit ${page.limit}`.execute(trx)
  return rows.map((row) => ({
    number: row.item_number,
    what: row.what,
    personId: row.person_id,
    assignmentId: row.assignment_id,
    outcome: row.outcome,
  }))
}

function toStatus(row: Row): ProposalStatus {
  return {
    proposalId: row.proposal_id,
    retentionClass: row.retention_class,
    ground: row.ground,
    fields: row.fields,
    personId: row.person_id,
    madeBy: row.made_by,
    madeAt: row.made_at,
    decision:
      row.verdict === null
        ? null
        : { verdict: row.verdict, reason: row.reason, decidedBy: row.decided_by, decidedAt: row.decided_at },
    counts: { items: row.items, erased: row.erased, held: row.held, kept: row.kept },
  }
}
