import type { CivilDate, ProblemDetail } from '#core'
import { unprintableIn } from '#core'
import type { Annex, ComposedClause, Exemption, Relation } from './annex.ts'
import type { AnnexText, GivenMotivation } from './annex-command.ts'

/**
 * What of an annex cannot be, whatever its clauses say: parts of the other kind, days in the wrong order, a relation that stands
 * twice on one day, words that are empty. Empty when nothing is wrong.
 */
export function textDefects(text: AnnexText): ProblemDetail[] {
  return [
    ...partDefects(text),
    ...emptyWords('/title', text.title),
    ...text.introduction.flatMap((paragraph, at) => emptyWords(`/introduction/${at}`, paragraph)),
    ...dayDefects(text.effectiveFrom, text.effectiveUntil, '/effectiveUntil'),
    ...relationDefects(text.relations),
    ...text.clauses.flatMap(({ motivation, exemptions }, at) => [
      ...(motivation === null ? [] : motivationDefects(motivation, `/clauses/${at}/motivation`)),
      ...exemptions.flatMap((each, place) => rowDefects(each, `/clauses/${at}/exemptions/${place}`)),
    ]),
    ...text.policies.flatMap(({ policyId }, at) =>
      text.policies.findIndex((each) => each.policyId === policyId) < at
        ? [detail('policy-twice', 'One version of a policy is part of an annex.', `/policies/${at}/policyId`)]
        : [],
    ),
  ]
}

function detail(code: string, message: string, pointer: string): ProblemDetail {
  return { code, message, pointer }
}

function partDefects({ kind, clauses, policies, relations }: AnnexText): ProblemDetail[] {
  if (kind === 'clauses') {
    const stray = relations.length > 0
    const empty = clauses.length + policies.length === 0
    return [
      ...(stray
        ? [detail('part-stray', 'Relations stand on a list, which is an annex of its own.', '/relations')]
        : []),
      ...(empty ? [detail('part-missing', 'An annex has a clause or a policy.', '/clauses')] : []),
    ]
  }
  return [
    ...(clauses.length > 0 ? [detail('part-stray', 'A list of relations has no clauses.', '/clauses')] : []),
    ...(policies.length > 0
      ? [detail('part-stray', 'A list of relations has no policies.', '/policies')]
      : []),
    ...(relations.length === 0
      ? [detail('part-missing', 'A list names a relation at least.', '/relations')]
      : []),
  ]
}

function emptyWords(pointer: string, words: string): ProblemDetail[] {
  if (words.trim() === '') return [detail('empty', 'It is empty.', pointer)]
  const hidden = unprintableIn(words)
  return hidden === undefined
    ? []
    : [detail('unprintable-character', `Contains ${hidden.codePoint}.`, pointer)]
}

function motivationDefects(motivation: GivenMotivation, pointer: string): ProblemDetail[] {
  return [
    ...(['text', 'functionRef', 'author'] as const).flatMap((name) =>
      emptyWords(`${pointer}/${name}`, motivation[name]),
    ),
    ...motivation.interests.flatMap((interest, at) => emptyWords(`${pointer}/interests/${at}`, interest)),
  ]
}

function dayDefects(from: CivilDate, until: CivilDate | null, pointer: string): ProblemDetail[] {
  return until !== null && until < from
    ? [detail('ends-before-it-begins', 'This day is before the first.', pointer)]
    : []
}

function rowDefects({ name, from, until }: Exemption, pointer: string): ProblemDetail[] {
  return [...emptyWords(`${pointer}/name`, name), ...dayDefects(from, until, `${pointer}/until`)]
}

function relationDefects(relations: readonly Relation[]): ProblemDetail[] {
  const byName = new Map<string, Relation[]>()
  return relations.flatMap((relation, at) => {
    const before = byName.get(relation.name) ?? []
    byName.set(relation.name, [...before, relation])
    return [
      ...rowDefects(relation, `/relations/${at}`),
      ...emptyWords(`/relations/${at}/reason`, relation.reason),
      ...(before.some((each) => overlap(each, relation))
        ? [
            detail(
              'relation-twice',
              'This relation stands on the list for one of these days already.',
              `/relations/${at}/name`,
            ),
          ]
        : []),
    ]
  })
}

function overlap(one: Exemption, other: Exemption): boolean {
  return (one.until === null || other.from <= one.until) && (other.until === null || one.from <= other.until)
}

/**
 * Leave is given for relations that the clause names; leave for somebody who is on no list would say that the clause covers
 * them. `named` is null when the list is not known.
 */
export function exemptionDefects(
  exemptions: readonly Exemption[],
  kind: ComposedClause['kind'],
  named: readonly string[] | null,
  pointer: string,
): ProblemDetail[] {
  return exemptions.flatMap(({ name }, at) => {
    const place = `${pointer}/exemptions/${at}/name`
    if (kind !== 'relatiebeding')
      return [detail('exemption-stray', 'Leave for a relation is given in a relatiebeding.', place)]
    return named === null || named.includes(name)
      ? []
      : [detail('relation-unlisted', 'This relation is not on the list of the clause.', place)]
  })
}

/** What an annex may come in the place of: the newest under its mark, of the same kind and employment, and not before its day. */
export function replacementDefects(
  text: AnnexText,
  employmentId: string,
  underMark: readonly Annex[],
  replaced: Annex | null,
): ProblemDetail[] {
  if (replaced === null) {
    const taken = underMark.some((annex) => annex.replacedBy === null)
    return taken
      ? [detail('mark-taken', 'Another annex of this contract bears this mark: say that it is replaced.', '/mark')] // prettier-ignore
      : []
  }
  const same =
    replaced.employmentId === employmentId && replaced.mark === text.mark && replaced.kind === text.kind
  if (!same)
    return [detail('replaces-unfit', 'An annex replaces one of the same employment, mark and kind.', '/replaces')] // prettier-ignore
  if (replaced.replacedBy !== null)
    return [detail('replaces-unfit', 'Another annex came in the place of that one.', '/replaces')]
  return text.effectiveFrom < replaced.effectiveFrom
    ? [detail('replaces-unfit', 'It would hold before the annex that it replaces.', '/effectiveFrom')]
    : []
}
