import type { CivilDate, DocumentId, Instant } from '#core'
import { civilDateIn } from '#core'
import type { ExitLetterInput, ExitObligation } from '#documents'
import { displayName, type Person } from '#people'
import type { Claim, Claims, ExitClause, ExitStatement, FrozenList } from './exit.ts'

/** What is asked for the letter itself. */
export type LetterWishes = {
  readonly language: 'nl' | 'en'
  /** In what capacity its giver gives it. */
  readonly role: string
  readonly contact: { readonly name: string; readonly reach: string; readonly how: string | null }
}

export type LetterParts = {
  readonly documentId: DocumentId
  readonly at: Instant
  readonly organisationName: string
  readonly person: Person
  readonly giver: Person
  readonly wishes: LetterWishes
  readonly statement: ExitStatement
  /** The document of the exit that this one corrects. */
  readonly replacesDocument: DocumentId | null
  readonly clauses: readonly ExitClause[]
  readonly claims: Claims
  readonly lists: readonly FrozenList[]
}

/**
 * What an exit letter is made from. It quotes what was signed and adds no claim of its own; a clause that is not claimed stands
 * in it by its title alone, with why. Pure.
 */
export function exitLetterInput(parts: LetterParts): ExitLetterInput {
  const { person, giver, wishes, statement, claims, clauses, lists } = parts
  return {
    kind: 'exit-letter',
    language: wishes.language,
    organisationName: parts.organisationName,
    reference: parts.documentId,
    person: { name: displayName(person), externalId: person.externalId, jobTitle: person.jobTitle },
    createdAt: parts.at,
    givenOn: civilDateIn(parts.at),
    givenBy: { name: displayName(giver), role: wishes.role },
    lastDay: statement.lastDay,
    endedBy: statement.endedBy,
    replaces: parts.replacesDocument,
    obligations: claims.claimed.map((claim) => obligationOf(claim, clauses, claims)),
    lists: lists.map((list) => ({
      mark: list.mark,
      title: list.title,
      documentSha256: list.documentSha256,
      relations: list.relations.map(({ name, kind, from, reason }) => ({ name, kind, from, reason })),
    })),
    notClaimed: claims.notClaimed.map(({ title, why }) => ({ title, why })),
    contact: wishes.contact,
  }
}

function obligationOf(claim: Claim, clauses: readonly ExitClause[], claims: Claims): ExitObligation {
  const clause = clauses.find(
    (each) => each.clauseId === claim.clauseId && each.annex.annexId === claim.annexId,
  )!
  const { annex, penalty } = clause
  return {
    clauseId: clause.clauseId,
    kind: clause.kind,
    title: clause.title,
    text: clause.paragraphs,
    annex: { mark: annex.mark, title: annex.title, documentSha256: annex.documentSha256 },
    until: claim.until,
    listMark: clause.listMark,
    penalty: penalty === null ? penaltyOn(clause, clauses, claims) : null,
  }
}

/** The amounts of the boetebeding that is about a clause, where that is claimed itself. */
function penaltyOn(
  { clauseId }: ExitClause,
  clauses: readonly ExitClause[],
  { claimed }: Claims,
): ExitObligation['penalty'] {
  const fine = clauses.find(
    (each) =>
      each.penalty?.covers.includes(clauseId) === true &&
      claimed.some((claim) => claim.clauseId === each.clauseId && claim.annexId === each.annex.annexId),
  )?.penalty
  return fine == null ? null : { amountCents: fine.amountCents, perDayCents: fine.perDayCents }
}

/** The relations that stood on a list on a day. What was taken off before, or came later, is not among them. */
export function frozenRelations(relations: FrozenList['relations'], day: CivilDate): FrozenList['relations'] {
  return relations.filter(({ from, until }) => from <= day && (until === null || day <= until))
}
