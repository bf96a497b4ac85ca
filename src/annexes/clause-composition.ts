import type { Instant, OrganisationId, ProblemDetail } from '#core'
import { problem } from '#core'
import { factsOfClause, factsOfPenalty, fillClause, getContent, getTemplate, valueDefectsOf } from '#clauses'
import type { ClauseContent, ClauseTemplate, ParameterValues } from '#clauses'
import type { Transaction } from '#database'
import { exemptionDefects } from './annex-decisions.ts'
import type { Annex, ComposedClause, CounselWord, ListReference } from './annex.ts'
import type { AnnexText, GivenClause } from './annex-command.ts'
import { composedMotivation, motivationValues, withMotivation } from './motivation.ts'
import { functionsWithSameText } from './motivation-view.ts'

/** What clauses are composed with besides their text: the moment, and the lists of the employment by their mark. */
export type ClauseContext = {
  readonly trx: Transaction
  readonly organisationId: OrganisationId
  readonly at: Instant
  /** Newest list under each mark; null where no employment is known and so no list can be. */
  readonly lists: ReadonlyMap<string, Annex> | null
}

/** What counsel says now of a version: the newest word, or that there is none. */
export function counselOn(template: ClauseTemplate, versionNumber: number): CounselWord {
  const version = template.versions.find((each) => each.versionNumber === versionNumber)
  const outcome = version?.reviews.at(-1)?.outcome
  return outcome === undefined ? 'not-reviewed' : outcome === 'approved' ? 'reviewed' : 'rejected'
}

/**
 * The clauses of an annex, filled, with what the rules of law may know of them. Throws `clause-template-not-found`,
 * `template-rejected`, `clause-values-unfit` with the place of each value, or `annex-unfit`.
 */
export async function composeClauses(context: ClauseContext, text: AnnexText): Promise<ComposedClause[]> {
  const composed: ComposedClause[] = []
  const unfitValues: ProblemDetail[] = []
  const defects: ProblemDetail[] = []
  const rejected: ProblemDetail[] = []
  for (const [at, given] of text.clauses.entries()) {
    const pointer = `/clauses/${at}`
    const template = await getTemplate(context.trx, context.organisationId, given.templateId)
    const { content, contentSha256 } = await getContent(context.trx, context.organisationId, given.templateId, given.versionNumber) // prettier-ignore
    const counsel = counselOn(template, given.versionNumber)
    if (counsel === 'rejected')
      rejected.push({ code: 'template-rejected', message: 'The newest word of counsel on this version is rejection.', pointer }) // prettier-ignore
    const parameters = new Set(content.parameters.map(({ name }) => name))
    const values = withMotivation(given.values, given.motivation, parameters)
    unfitValues.push(...strayMotivation(given, parameters, pointer))
    unfitValues.push(...valueDefectsOf(content, values).map((each) => ({ ...each, pointer: `${pointer}${each.pointer ?? ''}` }))) // prettier-ignore
    if (unfitValues.length > 0 || counsel === 'rejected') continue
    const list = listOf(context, text, values, pointer, defects)
    defects.push(...exemptionDefects(given.exemptions, content.kind, namedBy(context, values), pointer))
    const clauseId = `${text.mark}.${at + 1}`
    composed.push(
      await composeClause(context, text, given, {
        clauseId,
        position: at + 1,
        content,
        contentSha256,
        counsel,
        values,
        list,
      }),
    )
  }
  if (rejected.length > 0) throw problem('template-rejected', { errors: rejected })
  if (unfitValues.length > 0) throw problem('clause-values-unfit', { errors: unfitValues.slice(0, 50) })
  if (composed.filter(({ penalty }) => penalty !== null).length > 1)
    defects.push({ code: 'penalty-twice', message: 'An annex has one boetebeding.', pointer: '/clauses' })
  if (defects.length > 0) throw problem('annex-unfit', { errors: defects })
  return composed
}

/** A motivation that the text has no place for, or values that would go around the motivation. */
function strayMotivation(
  given: GivenClause,
  parameters: ReadonlySet<string>,
  pointer: string,
): ProblemDetail[] {
  const around = motivationValues
    .filter((name) => Object.hasOwn(given.values, name))
    .map((name) => ({
      code: 'value-unfit',
      message: 'This is given as a motivation beside the values.',
      pointer: `${pointer}/values/${name}`,
    }))
  const placeless = given.motivation !== null && !parameters.has('motivation')
  return placeless
    ? [
        ...around,
        {
          code: 'motivation-stray',
          message: 'A clause of this kind has no motivation.',
          pointer: `${pointer}/motivation`,
        },
      ]
    : around
}

/** The list that a clause refers to by its mark. Null when it refers to none, or none can be known. */
function listOf(
  { lists }: ClauseContext,
  text: AnnexText,
  values: ParameterValues,
  pointer: string,
  defects: ProblemDetail[],
): ListReference | null {
  const mark = values['relationList']
  if (typeof mark !== 'string' || lists === null) return null
  const list = lists.get(mark)
  if (list?.content == null || mark === text.mark) {
    const message = 'This employment has no list of relations under this mark: compose it first.'
    defects.push({ code: 'relation-list-missing', message, pointer: `${pointer}/values/relationList` })
    return null
  }
  return { mark, annexId: list.annexId, named: list.content.relations.length }
}

function namedBy({ lists }: ClauseContext, values: ParameterValues): readonly string[] | null {
  const mark = values['relationList']
  if (typeof mark === 'string') return lists?.get(mark)?.content?.relations.map(({ name }) => name) ?? null
  return Array.isArray(values['relations']) ? values['relations'] : []
}

type Source = Pick<ComposedClause, 'clauseId' | 'position' | 'contentSha256' | 'values'> & {
  readonly content: ClauseContent
  readonly counsel: ComposedClause['counsel']
  readonly list: ListReference | null
}

async function composeClause(
  { trx, organisationId, at }: ClauseContext,
  { language }: AnnexText,
  { templateId, versionNumber, motivation: given, exemptions }: GivenClause,
  { content, list, ...source }: Source,
): Promise<ComposedClause> {
  const { heading, paragraphs } = fillClause(content, source.values, language)
  const sameTextFor =
    given === null ? [] : await functionsWithSameText(trx, organisationId, given.text, given.functionRef)
  const motivation = given === null ? null : composedMotivation(given, at, paragraphs, sameTextFor)
  const place = { id: source.clauseId, language, locatedIn: 'annex' } as const
  const known = factsOfClause(content, source.values, place, list === null ? {} : { namedOnList: list.named })
  const facts =
    known.motivation == null || motivation === null
      ? known
      : { ...known, motivation: { ...known.motivation, writtenAt: at, sameTextFor } }
  return {
    ...source,
    kind: content.kind,
    templateId,
    versionNumber,
    heading,
    paragraphs,
    motivation,
    relationList: list,
    exemptions,
    facts,
    penalty: content.kind === 'boetebeding' ? factsOfPenalty(source.values) : null,
  }
}
