import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { AssignmentId, CivilDate, Instant, OrganisationId, PersonId, PolicyId } from '#core'
import { civilDateIn } from '#core'
import type { Transaction } from '#database'
import { agreementPurposes } from './retention-decisions.ts'
import { contentResult, itemUnderWay } from './proposal-store.ts'
import type { ErasureItem } from './retention.ts'

/** Something that could go: what it is, under which policy, and from which day its term runs. */
export type Candidate = ErasureItem & { readonly policyId: PolicyId | null; readonly from: CivilDate }

/** What is looked for: terms that began on or before `until`, not refused since, at most `limit`. */
export type Search = {
  readonly until: CivilDate
  readonly refusedSince: Instant
  readonly limit: number
}

/**
 * Assignments of persons whose employment ended, about contract terms or about the rest, longest ago first. What was
 * agreed in a signed copy is left alone as long as the term of another party of that copy has not begun: the copy is
 * theirs too, and would go with it (decision 0105).
 */
export async function findEndedContent(
  trx: Transaction,
  organisationId: OrganisationId,
  contractTerms: boolean,
  search: Search,
): Promise<Candidate[]> {
  const { rows } = await sql<{
    assignment_id: AssignmentId
    person_id: PersonId
    policy_id: PolicyId | null
    employed_until: CivilDate
  }>`
    select assignment.assignment_id, assignment.person_id, policy.policy_id, person.employed_until
    from person
    join assignment on assignment.organisation_id = person.organisation_id and assignment.person_id = person.person_id
    left join policy_version on policy_version.organisation_id = assignment.organisation_id
                            and policy_version.version_id = assignment.version_id
    left join policy on policy.organisation_id = policy_version.organisation_id and policy.policy_id = policy_version.policy_id
    left join bundle on bundle.organisation_id = assignment.organisation_id and bundle.bundle_id = assignment.bundle_id
    where person.organisation_id = ${organisationId}::uuid and person.employed_until <= ${search.until}::date
      and (coalesce(bundle.purpose, policy.legal_nature) = any(${agreementPurposes}::text[])) = ${contractTerms}
      and active_hold(person.person_id, assignment.assignment_id) is null
      and not exists (${contentResult}and erasure_result.outcome = 'erased')
      and not exists (${itemUnderWay(search.refusedSince)}and erasure_item.organisation_id = assignment.organisation_id
                      and erasure_item.assignment_id = assignment.assignment_id and erasure_item.what = 'content')
      and not exists (${copySharedWithOthers(search.until)})
    order by person.employed_until, assignment.assignment_id limit ${search.limit}`.execute(trx)
  return rows.map((row) => ({
    what: 'content',
    personId: row.person_id,
    assignmentId: row.assignment_id,
    policyId: row.policy_id,
    from: row.employed_until,
  }))
}

/** A signed copy of what the assignment was answered with, one party of which is still employed, or was until later. */
function copySharedWithOthers(until: CivilDate): RawBuilder<unknown> {
  return sql`
    select from act
    join executed_copy_party as own on own.organisation_id = act.organisation_id and own.act_id = act.act_id
    join executed_copy_document as kept on kept.organisation_id = own.organisation_id
                                       and kept.executed_copy_id = own.executed_copy_id
    join executed_copy_party as theirs on theirs.organisation_id = own.organisation_id
                                      and theirs.executed_copy_id = own.executed_copy_id
    join act as other on other.organisation_id = theirs.organisation_id and other.act_id = theirs.act_id
    join person as party on party.organisation_id = other.organisation_id and party.person_id = other.person_id
    where act.organisation_id = assignment.organisation_id and act.assignment_id = assignment.assignment_id
      and (party.employed_until is null or party.employed_until > ${until}::date)`
}

/** Persons whose employment ended and of whom nothing would be left once these assignments are gone. */
export async function findEndedPersons(
  trx: Transaction,
  organisationId: OrganisationId,
  going: readonly AssignmentId[],
  search: Search,
): Promise<Candidate[]> {
  const { rows } = await sql<{ person_id: PersonId; employed_until: CivilDate }>`
    select person.person_id, person.employed_until from person
    where person.organisation_id = ${organisationId}::uuid and person.employed_until <= ${search.until}::date
      and active_hold(person.person_id, null) is null
      and not exists (select from assignment
                      where assignment.organisation_id = person.organisation_id and assignment.person_id = person.person_id
                        and assignment.assignment_id <> all(${[...going]}::uuid[])
                        and not exists (${contentResult}and erasure_result.outcome = 'erased'))
      and not exists (${itemUnderWay(search.refusedSince)}and erasure_item.organisation_id = person.organisation_id
                      and erasure_item.person_id = person.person_id and erasure_item.what = 'person')
    order by person.employed_until, person.person_id limit ${search.limit}`.execute(trx)
  return rows.map((row) => ({
    what: 'person',
    personId: row.person_id,
    assignmentId: null,
    policyId: null,
    from: row.employed_until,
  }))
}

/** Assignments that still have technical traces, the newest of which is older than `before`. */
export async function findOldTraces(
  trx: Transaction,
  organisationId: OrganisationId,
  before: Instant,
  search: Omit<Search, 'until'>,
): Promise<Candidate[]> {
  const { rows } = await sql<{
    assignment_id: AssignmentId
    person_id: PersonId
    policy_id: PolicyId | null
    newest: Instant
  }>`
    select assignment.assignment_id, assignment.person_id, policy_version.policy_id, traces.newest
    from assignment
    left join policy_version on policy_version.organisation_id = assignment.organisation_id
                            and policy_version.version_id = assignment.version_id
    cross join lateral (
      select max(trace.at) as newest from (
        select opening.opened_at as at from opening
          where opening.organisation_id = assignment.organisation_id and opening.assignment_id = assignment.assignment_id
        union all select delivery_event.occurred_at from delivery_event
          where delivery_event.organisation_id = assignment.organisation_id
            and delivery_event.assignment_id = assignment.assignment_id
        union all select act.acted_at from act
          where act.organisation_id = assignment.organisation_id and act.assignment_id = assignment.assignment_id
      ) as trace) as traces
    where assignment.organisation_id = ${organisationId}::uuid and assignment.created_at < ${before}::timestamptz
      and traces.newest < ${before}::timestamptz
      and active_hold(assignment.person_id, assignment.assignment_id) is null
      and not exists (select from erasure_item join erasure_result
                        on erasure_result.organisation_id = erasure_item.organisation_id
                       and erasure_result.proposal_id = erasure_item.proposal_id
                       and erasure_result.item_number = erasure_item.item_number
                      where erasure_item.organisation_id = assignment.organisation_id
                        and erasure_item.assignment_id = assignment.assignment_id
                        and erasure_result.outcome = 'erased' and erasure_result.executed_at >= traces.newest)
      and not exists (${itemUnderWay(search.refusedSince)}and erasure_item.organisation_id = assignment.organisation_id
                      and erasure_item.assignment_id = assignment.assignment_id)
    order by assignment.assignment_id limit ${search.limit}`.execute(trx)
  return rows.map((row) => ({
    what: 'traces',
    personId: row.person_id,
    assignmentId: row.assignment_id,
    policyId: row.policy_id,
    from: civilDateIn(row.newest),
  }))
}
