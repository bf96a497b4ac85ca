import type { CivilDate, DocumentId, Instant, OrganisationId, ProblemDetail } from '#core'
import { civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import type { AnnexInput } from '#documents'
import type { Facts } from '#jurisdictions'
import { getOrganisation } from '#organisations'
import { displayName, getPerson } from '#people'
import { replacementDefects, textDefects } from './annex-decisions.ts'
import { annexFacts } from './annex-facts.ts'
import { annexInput } from './annex-input.ts'
import { readSubject, type ComposeSubject } from './annex-subject.ts'
import type { Annex, AnnexContent } from './annex.ts'
import type { PreviewCommand } from './annex-command.ts'
import { composeClauses } from './clause-composition.ts'
import { composePolicies } from './policy-composition.ts'

/** An annex as it would be: what it is composed of, what its file is made from, and what the rules may know of the draft. */
export type Composition = {
  readonly subject: ComposeSubject
  readonly replaced: Annex | null
  readonly content: AnnexContent
  readonly input: AnnexInput
  readonly facts: Facts
}

/** When it is composed, and what its file is called. */
export type ComposeMoment = { readonly documentId: DocumentId; readonly at: Instant }

/**
 * Composes an annex from what was asked and what is known at this moment; writes nothing. The same command, moment and database
 * give the same composition. Throws `annex-unfit`, `clause-values-unfit`, `template-rejected`, `clause-template-not-found`,
 * `policy-version-not-found`, `annex-not-found` (of the one it would replace), `employment-not-found` or `person-not-found`.
 */
export async function composition(
  trx: Transaction,
  organisationId: OrganisationId,
  command: PreviewCommand,
  moment: ComposeMoment,
): Promise<Composition> {
  const { text } = command
  refuse(textDefects(text))
  const { at } = moment
  const today = civilDateIn(at)
  const subject = await readSubject(trx, organisationId, command.subject, { at, today })
  const replaced = requireReplaced(subject, text.replaces)
  if (subject.kept !== null) {
    const { annexes, contractId, employmentId } = subject.kept
    const underMark = annexes.filter((each) => each.contractId === contractId && each.mark === text.mark)
    refuse(replacementDefects(text, employmentId, underMark, replaced))
  }
  const clauses = await composeClauses({ trx, organisationId, at, lists: listsOf(subject) }, text)
  const content: AnnexContent = {
    kind: text.kind,
    mark: text.mark,
    title: text.title,
    language: text.language,
    effectiveFrom: text.effectiveFrom,
    effectiveUntil: text.effectiveUntil,
    clauses,
    policies: await composePolicies(trx, organisationId, text),
    relations: text.relations,
  }
  const { name } = await getOrganisation(trx, organisationId)
  const { representedBy } = text.employer
  const representative =
    representedBy === null || 'name' in representedBy
      ? representedBy
      : {
          name: displayName(await getPerson(trx, organisationId, representedBy.personId)),
          role: representedBy.role,
        }
  const input = annexInput({ text, content, subject, replaced, moment, organisationName: name, representative }) // prettier-ignore
  return { subject, replaced, content, input, facts: draftFacts(subject, content, today) }
}

function refuse(errors: readonly ProblemDetail[]): void {
  if (errors.length > 0) throw problem('annex-unfit', { errors: errors.slice(0, 50) })
}

/** The annex that is replaced is one of this employment; another one is as if it were not there. */
function requireReplaced({ kept }: ComposeSubject, replaces: string | null): Annex | null {
  if (replaces === null) return null
  const replaced = kept?.annexes.find((annex) => annex.annexId === replaces)
  if (replaced === undefined) throw problem('annex-not-found')
  return replaced
}

function listsOf({ kept }: ComposeSubject): ReadonlyMap<string, Annex> | null {
  if (kept === null) return null
  const newest = kept.annexes.filter((each) => each.kind === 'relation-list' && each.replacedBy === null)
  return new Map(newest.map((list) => [list.mark, list]))
}

/**
 * What the rules may know of a draft: the employment as it is known, and the clauses as they would stand in an annex. Nothing
 * of how it will be agreed, which is not known yet. `documentSha256` is there once there is a file.
 */
export function draftFacts(
  subject: ComposeSubject,
  content: AnnexContent,
  asOf: CivilDate,
  documentSha256?: string,
): Facts {
  const { clauses, penalty } = annexFacts(content, {
    locatedIn: 'annex',
    ...(documentSha256 === undefined ? {} : { documentSha256 }),
  })
  // What is kept of an annex is kept to carry out the contract that it is a part of (art. 6 lid 1 sub b AVG).
  const privacy = { legalBasis: 'contract', processing: 'covenant-evidence' } as const
  return { asOf, ...subject.facts, clauses, penalty, privacy }
}
