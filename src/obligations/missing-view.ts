import { sql } from 'kysely'
import { annexStateOn, readAgreements } from '#agreements'
import type { CivilDate, OrganisationId, PersonId } from '#core'
import { civilDateIn } from '#core'
import type { Transaction } from '#database'
import type { Page, PageRequest } from '#http'
import type { ClauseKind, Finding } from '#jurisdictions'
import type { ClauseHolder, MissingReason } from './missing-decisions.ts'
import { missingBecause } from './missing-decisions.ts'

/** Somebody without a valid clause of the kind. */
export type MissingClause = {
  readonly personId: PersonId
  readonly reasons: readonly MissingReason[]
  readonly failedRules: readonly string[]
  readonly agreementIds: readonly string[]
}

/** How many persons one page looks at, whatever it finds: what a page costs has a bound. */
export const personsLookedAt = 200

type Held = { readonly personId: PersonId; readonly agreementId: string; readonly annexId: string; readonly clauseId: string; readonly findings: string | null } // prettier-ignore

/** The last day of an employment as it is known now; without one it goes on. */
const lastDay = sql`coalesce((
  select (content.value::jsonb ->> 'day')::date
  from employment_fact as fact
  join employment_fact_content as content on content.organisation_id = fact.organisation_id and content.fact_id = fact.fact_id
  where fact.organisation_id = employment.organisation_id and fact.employment_id = employment.employment_id
    and fact.kind = 'last-day' and fact.retracts is null
    and not exists (select from employment_fact as back where back.organisation_id = fact.organisation_id and back.retracts = fact.fact_id)
  order by fact.valid_from desc, fact.recorded_at desc limit 1), 'infinity'::date)`

/**
 * Who of those employed on a day, as the HR system says and as the last day of the employment was stated, has no valid clause of a kind, and why, by person. Read from what is kept: conclusions, denials
 * and the last evaluation of each agreement; nothing is evaluated anew. A page looks at 200 persons and can hold fewer than asked,
 * or none, and still have a next one.
 */
export async function missingClauses(
  trx: Transaction,
  organisationId: OrganisationId,
  { kind, on }: { readonly kind: ClauseKind; readonly on: CivilDate },
  page: PageRequest,
): Promise<Page<MissingClause>> {
  const size = Math.min(page.size, personsLookedAt)
  const { rows: persons } = await sql<{ personId: PersonId }>`
    select person.person_id as "personId" from person
    where person.organisation_id = ${organisationId}::uuid and person.erased_at is null
      and (person.employed_until is null or person.employed_until >= ${on}::date)
      and (not exists (select from employment where employment.organisation_id = person.organisation_id
                         and employment.person_id = person.person_id)
           or exists (select from employment where employment.organisation_id = person.organisation_id
                        and employment.person_id = person.person_id and ${lastDay} >= ${on}::date))
      and (${page.after?.[0] ?? null}::uuid is null or person.person_id > ${page.after?.[0] ?? null}::uuid)
    order by person.person_id limit ${size + 1}`.execute(trx)
  const looked = persons.slice(0, size).map(({ personId }) => personId)
  const { rows: held } = await sql<Held>`
    select agreement.person_id as "personId", agreement.agreement_id as "agreementId", annex_clause.annex_id as "annexId",
           annex_clause.clause_id as "clauseId", legal_check_content.findings
    from agreement
    join agreement_annex using (organisation_id, agreement_id)
    join annex_clause using (organisation_id, annex_id)
    left join agreement_watch using (organisation_id, agreement_id)
    left join agreement_conclusion using (organisation_id, agreement_id)
    left join legal_check_content on legal_check_content.organisation_id = agreement.organisation_id
      and legal_check_content.legal_check_id = coalesce(agreement_watch.legal_check_id, agreement_conclusion.legal_check_id)
    where agreement.organisation_id = ${organisationId}::uuid and agreement.person_id = any(${looked}::uuid[])
      and annex_clause.kind = ${kind}`.execute(trx)
  const { rows: taken } = await sql<{ personId: PersonId; agreementId: string }>`
    select agreement.person_id as "personId", agreement.agreement_id as "agreementId" from agreement
    where agreement.organisation_id = ${organisationId}::uuid and agreement.person_id = any(${looked}::uuid[])
      and agreement.provenance = 'imported'`.execute(trx)
  const ids = [...new Set([...held, ...taken].map(({ agreementId }) => agreementId))]
  const views = new Map(
    ids.length === 0 ? [] : (await readAgreements(trx, organisationId, { agreementIds: ids })).map((view) => [view.agreementId, view]), // prettier-ignore
  )
  const items = looked.flatMap((personId): MissingClause[] => {
    const own = held.filter((each) => each.personId === personId)
    const holders = own.flatMap(({ agreementId, annexId, clauseId, findings }): ClauseHolder[] => {
      const { history, annexes } = views.get(agreementId)!
      if (civilDateIn(history.createdAt) > on) return []
      const state = annexStateOn(
        history,
        annexes.find((annex) => annex.annexId === annexId)!,
        on,
      )
      const last = new Map(history.denials.map((step) => [step.actId, step.status]))
      const contested = [...last.values()].some((status) => status === 'denied' || status === 'not-attributed-by-court') // prettier-ignore
      return [{ state, contested, failedRules: failedOf(findings, clauseId) }]
    })
    const imported = taken.filter((each) => each.personId === personId && views.get(each.agreementId)?.imported?.clauses.some((clause) => clause.kind === kind)) // prettier-ignore
    const all = [...holders, ...imported.map(() => ({ state: 'imported' as const, contested: false, failedRules: [] }))] // prettier-ignore
    const reasons = missingBecause(all)
    if (reasons.length === 0) return []
    return [
      {
        personId,
        reasons,
        failedRules: [...new Set(holders.flatMap(({ failedRules }) => failedRules))],
        agreementIds: [...new Set([...own, ...imported].map(({ agreementId }) => agreementId))],
      },
    ]
  })
  const last = looked.at(-1)
  return { items, next: persons.length > size && last !== undefined ? [last] : undefined }
}

/** The rules that failed for the clause itself in an evaluation that is kept. What is said of the whole case is not about it. */
function failedOf(findings: string | null, clauseId: string): string[] {
  if (findings === null) return []
  return (JSON.parse(findings) as Finding[])
    .filter((each) => each.result === 'fail' && ['blocker', 'major'].includes(each.severity))
    .filter((each) => each.clauseId === clauseId)
    .map(({ ruleId }) => ruleId)
}
