import type { AssuranceRule } from '#assurance'
import type { Statement } from '#database'
import { byteaArray } from '#database'
import { assuranceRules } from './act-batch-statements.ts'
import type { LinkRow, LinkView } from './ceremony-view.ts'
import { actsText, openingsText, toLinkView } from './ceremony-view.ts'

/** A link with what its organisation asks of each purpose beyond the built-in matrix. */
export type RuledLinkView = LinkView & { readonly assuranceRules: readonly AssuranceRule[] }

/** What stands behind each token with one of these hashes, by position, in one query. */
export function linkViewsStatement(organisationId: string, tokensSha256: readonly Buffer[]): Statement {
  return { text: linkViewsText, values: [organisationId, byteaArray(tokensSha256)] }
}

/** The answer of `linkViewsStatement`, by position; a link that is not here has none. */
export function linkViewsIn(rows: readonly object[]): Map<number, RuledLinkView> {
  return new Map(
    (rows as Row[]).map((row) => [
      row.position - 1,
      { ...toLinkView(row), assuranceRules: row.assurance_rules ?? [] },
    ]),
  )
}

type Row = LinkRow & { readonly position: number; readonly assurance_rules: readonly AssuranceRule[] | null }

// By whole keys, each in a subquery of its own, like the look-ups of acts; see there.
const linkViewsText = `
select asked.position::int as position, link.expires_at, closed.reported_at is not null as closed,
       assignment.assignment_id, assignment.version_id, assignment.bundle_id, assignment.person_id,
       person.given_name || ' ' || person.family_name as person_name, person.language as person_language,
       person.erased_at is not null as person_erased, organisation.name as organisation_name,
       assignment.created_at, assignment.due_date, withdrawal.withdrawn_from,
       ended.how as ended_how, ended.ended_at, ended.superseded_by,
       ${actsText} as acts, ${openingsText} as openings, (${assuranceRules}) as assurance_rules
from unnest($2::bytea[]) with ordinality as asked (token_sha256, position)
cross join lateral (
  select link.organisation_id, link.token_sha256, link.assignment_id, link.expires_at from link
  where link.organisation_id = $1::uuid and link.token_sha256 = asked.token_sha256 limit 1) as link
cross join lateral (
  select assignment.organisation_id, assignment.assignment_id, assignment.version_id, assignment.bundle_id,
         assignment.person_id, assignment.created_at, assignment.due_date
  from assignment
  where assignment.organisation_id = $1::uuid and assignment.assignment_id = link.assignment_id limit 1) as assignment
cross join lateral (
  select person.given_name, person.family_name, person.language, person.erased_at from person
  where person.organisation_id = $1::uuid and person.person_id = assignment.person_id limit 1) as person
cross join lateral (
  select organisation.name from organisation where organisation.organisation_id = $1::uuid limit 1) as organisation
left join lateral (
  select policy_withdrawal.withdrawn_from from policy_withdrawal
  where policy_withdrawal.organisation_id = $1::uuid
    and policy_withdrawal.version_id = assignment.version_id limit 1) as withdrawal on true
left join lateral (
  select ceremony_end.how, ceremony_end.ended_at, ceremony_end.superseded_by from ceremony_end
  where ceremony_end.organisation_id = $1::uuid
    and ceremony_end.assignment_id = link.assignment_id limit 1) as ended on true
left join lateral (
  select misdelivery.reported_at from misdelivery
  where misdelivery.organisation_id = $1::uuid
    and misdelivery.token_sha256 = asked.token_sha256 limit 1) as closed on true`
