import type { AgreementView } from '#agreements'
import { annexStateOn, readAgreementFacts, readAgreements } from '#agreements'
import type { Annex, AnnexContent, ComposedClause } from '#annexes'
import { listOnDay, readAnnexes } from '#annexes'
import type { CivilDate, Instant, OrganisationId } from '#core'
import { civilDateIn } from '#core'
import type { Transaction } from '#database'
import type { Facts, Standing } from '#jurisdictions'
import { previewCheck } from '#legal-checks'
import { frozenRelations } from './exit-letter.ts'
import type { ClaimedAct, ExitClause, ExitStatement, FrozenList, ImportedClause } from './exit.ts'

/** What an employment agreed to, as it stands at its end. */
export type ExitScene = {
  readonly clauses: readonly ExitClause[]
  readonly imported: readonly ImportedClause[]
  /** The signed lists by mark, as they were on the last day. */
  readonly lists: ReadonlyMap<string, FrozenList>
  /** Of each agreement, in order: the acts of its parties. */
  readonly acts: ReadonlyMap<string, readonly ClaimedAct[]>
}

/** What the rules may know of an end besides what is on record. */
export function exitFacts(statement: ExitStatement): Partial<Facts> {
  const { lastDay, seriousFault, noticeOn, compensationPaidOn } = statement
  return {
    employee: { lastDay },
    exit: { seriousFault, invocationNoticeOn: noticeOn, compensationPaidOn },
  }
}

/**
 * Reads every clause that was ever agreed to in an employment as it is known at a moment: where its annex stands on the later of that
 * day and the last day, and what the rules of the moment `exit` say of it. A denial that was made after the last day counts. Nothing is written.
 */
export async function readScene(
  trx: Transaction,
  organisationId: OrganisationId,
  employmentId: string,
  statement: ExitStatement,
  at: Instant,
): Promise<ExitScene> {
  const today = civilDateIn(at)
  const agreements = await readAgreements(trx, organisationId, { employmentId })
  const annexes = await readAnnexes(trx, organisationId, { employmentId })
  const on = today > statement.lastDay ? today : statement.lastDay
  const signed = annexes.filter((annex) => agreements.some((each) => stateOf(each, annex, on) === 'in-force'))
  const lists = frozenLists(signed, statement.lastDay, on)
  const clauses: ExitClause[] = []
  for (const agreement of agreements) {
    const own = annexes.filter((annex) => agreement.annexes.some((each) => each.annexId === annex.annexId))
    if (!own.some((annex) => (annex.content?.clauses.length ?? 0) > 0)) continue
    const standings = await standingsOf(trx, organisationId, agreement, { statement, at })
    for (const annex of own) clauses.push(...clausesOf(agreement, annex, on, lists, standings))
  }
  return {
    clauses,
    imported: agreements.flatMap(importedClauses),
    lists,
    acts: new Map(agreements.map((agreement) => [agreement.agreementId, actsOf(agreement)])),
  }
}

function stateOf(agreement: AgreementView, annex: Annex, on: CivilDate) {
  const agreed = agreement.annexes.find((each) => each.annexId === annex.annexId)
  return agreed === undefined ? undefined : annexStateOn(agreement.history, agreed, on)
}

/** The list of each mark on the last day; one that was signed after it as it was signed. */
function frozenLists(
  signed: readonly Annex[],
  lastDay: CivilDate,
  on: CivilDate,
): ReadonlyMap<string, FrozenList> {
  const marks = new Set(signed.filter(({ kind }) => kind === 'relation-list').map(({ mark }) => mark))
  const lists = [...marks].flatMap((mark) => {
    const list = listOnDay(signed, mark, lastDay) ?? listOnDay(signed, mark, on)
    return list?.content == null ? [] : [frozen(list, list.content, lastDay)]
  })
  return new Map(lists.map((list) => [list.mark, list]))
}

function frozen(
  { annexId, mark, documentSha256 }: Annex,
  content: AnnexContent,
  lastDay: CivilDate,
): FrozenList {
  const relations = frozenRelations(content.relations, lastDay)
  return { annexId, mark, title: content.title, documentSha256, relations }
}

async function standingsOf(
  trx: Transaction,
  organisationId: OrganisationId,
  { agreementId, personId }: AgreementView,
  { statement, at }: { readonly statement: ExitStatement; readonly at: Instant },
): Promise<readonly Standing[]> {
  const known = await readAgreementFacts(trx, organisationId, [agreementId], {
    on: statement.lastDay,
    knownAt: at,
  })
  const facts = withMore(known.get(agreementId)!, exitFacts(statement))
  const { standings } = await previewCheck(trx, organisationId, {
    jurisdiction: 'nl',
    moments: ['exit'],
    facts,
    personId,
  })
  return standings
}

/** Facts with others laid over them, one level deep, as `evaluateAgreement` does it. */
function withMore(facts: Facts, more: Partial<Facts>): Facts {
  return {
    ...facts,
    employee: { ...facts.employee, ...more.employee },
    exit: { ...facts.exit, ...more.exit },
  }
}

function clausesOf(
  agreement: AgreementView,
  annex: Annex,
  on: CivilDate,
  lists: ExitScene['lists'],
  standings: readonly Standing[],
): ExitClause[] {
  const { content } = annex
  const state = stateOf(agreement, annex, on)
  if (content === null || state === undefined) return []
  return content.clauses.map((clause) => ({
    clauseId: clause.clauseId,
    kind: clause.kind,
    title: clause.heading,
    paragraphs: wordsOf(clause),
    months: clause.facts.months ?? null,
    listMark: clause.relationList?.mark ?? null,
    listStands: clause.relationList === null || lists.has(clause.relationList.mark),
    penalty: penaltyOf(clause),
    annex: {
      annexId: annex.annexId,
      mark: annex.mark,
      title: content.title,
      documentSha256: annex.documentSha256,
    },
    agreementId: agreement.agreementId,
    state,
    standings: standings.filter(({ finding }) => finding.clauseId === clause.clauseId),
  }))
}

/** The text as it stands in the annex; reasons that are not part of the text stand below it there. */
function wordsOf({ paragraphs, motivation }: ComposedClause): readonly string[] {
  return motivation === null || motivation.inText ? paragraphs : [...paragraphs, motivation.text]
}

function penaltyOf({ penalty }: ComposedClause): ExitClause['penalty'] {
  if (penalty?.amountCents == null) return null
  const { coveredRules, amountCents, perDayCents } = penalty
  return { covers: coveredRules ?? [], amountCents, perDayCents: perDayCents ?? null }
}

function importedClauses({ agreementId, imported }: AgreementView): ImportedClause[] {
  return (imported?.clauses ?? []).map(({ id, kind }) => ({ clauseId: id, kind, agreementId }))
}

function actsOf({ parties, personId, representativeId }: AgreementView): ClaimedAct[] {
  if (parties === null || representativeId === null) return []
  return [
    ...parties.employee.acts.map(({ actId }) => ({ actId, personId })),
    ...parties.representative.acts.map(({ actId }) => ({ actId, personId: representativeId })),
  ]
}
