import type { ClauseFacts, CoverageClause, PenaltyFacts, PenaltyTerms } from '#jurisdictions'
import type { AnnexContent, ComposedClause } from './annex.ts'

/** Where an annex stands in a bundle: its file, once there is one, and whether it is the main document of it. */
export type AnnexPlace = {
  readonly documentSha256?: string
  readonly locatedIn: 'main' | 'annex'
}

/** Lists of relations by their mark, as they are in the bundle or on the day that is asked about. */
export type ListsByMark = ReadonlyMap<string, AnnexContent>

/**
 * What the rules of law may know of the clauses of an annex. A relatiebeding whose relations stand in an annex of their own
 * counts those of the list that is given under its mark; without one, those of the list it was composed with.
 */
export function annexFacts(
  content: AnnexContent,
  place: AnnexPlace,
  lists: ListsByMark = new Map(),
): { readonly clauses: readonly ClauseFacts[]; readonly penalty: PenaltyFacts | null } {
  const clauses = content.clauses.map((clause): ClauseFacts => {
    const facts = { ...clause.facts, ...place }
    const list = clause.relationList === null ? undefined : lists.get(clause.relationList.mark)
    if (facts.relation === undefined || list === undefined) return facts
    return { ...facts, relation: { ...facts.relation, named: list.relations.length } }
  })
  return { clauses, penalty: content.clauses.find(({ penalty }) => penalty !== null)?.penalty ?? null }
}

/**
 * What decides whether a contact falls under the relatiebeding of an annex; null when it has none, or not under this
 * identifier. The relations are those of the list that is given (the one of the last day, for whom it asks), or those that the
 * clause itself names, which stand there from the day it holds. Null also when the clause refers to a list and none is given:
 * without it nobody is named, and a definition alone would cover more than was agreed.
 */
export function coverageClauseOf(
  content: AnnexContent,
  list: AnnexContent | null,
  clauseId?: string,
): CoverageClause | null {
  const clause = content.clauses.find(
    (each) => each.kind === 'relatiebeding' && (clauseId === undefined || each.clauseId === clauseId),
  )
  if (clause === undefined) return null
  const { values, facts } = clause
  if (typeof values['relationList'] === 'string' && list === null) return null
  const counts = (name: string): boolean => values[name] === 'in'
  return {
    months: facts.months ?? null,
    answers: facts.relation?.answers ?? [],
    covers: {
      suppliers: counts('suppliers'),
      prospects: counts('prospects'),
      initiativeOfOther: counts('initiative'),
      onlineContact: counts('online'),
    },
    listed: list === null ? namedIn(content, clause) : list.relations.map(daysOf),
    exemptions: clause.exemptions.map(daysOf),
  }
}

function namedIn(content: AnnexContent, clause: ComposedClause): CoverageClause['listed'] {
  const named = clause.values['relations']
  return Array.isArray(named)
    ? named.map((name: string) => ({ name, from: content.effectiveFrom, until: content.effectiveUntil }))
    : []
}

function daysOf({ name, from, until }: CoverageClause['listed'][number]): CoverageClause['listed'][number] {
  return { name, from, until }
}

/**
 * The amounts of the boetebeding of an annex; null when it has none, or one without an amount. The amount for each day runs
 * from the day after the breach began unless the words say otherwise: what the words leave open counts against whoever wrote them.
 */
export function penaltyTermsOf(content: AnnexContent): PenaltyTerms | null {
  const clause = content.clauses.find(({ penalty }) => penalty !== null)
  const amountCents = clause?.penalty?.amountCents ?? null
  if (clause === undefined || amountCents === null) return null
  const { maximum, perDayFrom } = clause.values
  return {
    amountCents,
    perDayCents: clause.penalty?.perDayCents ?? null,
    perDayFrom: perDayFrom === 'first-day' ? 'first-day' : 'day-after',
    maximumCents: typeof maximum === 'number' ? maximum : null,
    currency: 'EUR',
  }
}
