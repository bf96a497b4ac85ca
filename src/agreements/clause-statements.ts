import type { AnnexContent } from '#annexes'
import type { Purpose } from '#assurance'
import type { ClauseKind } from '#jurisdictions'

/** A clause that is agreed to by itself, besides the whole. */
export type ClauseStatement = {
  readonly statementId: string
  readonly clauseId: string
  readonly subject: string
}

const covenants: readonly ClauseKind[] = ['relatiebeding', 'concurrentiebeding', 'ronselbeding']
const subjectLengthMax = 200

/**
 * The clauses of a bundle that each have a statement of their own: covenants and fines, in the order in which they stand. A court asks
 * whether the employee weighed the covenant itself (ECLI:NL:HR:2008:BC0384, route c; art. 7:650 lid 2 BW). The same annexes give
 * the same statements, so that an act can be read back.
 */
export function clauseStatements(contents: readonly AnnexContent[]): ClauseStatement[] {
  const clauses = contents.flatMap((content) =>
    content.clauses
      .filter(({ kind }) => covenants.includes(kind) || kind === 'boetebeding')
      .map(({ clauseId, heading }) => ({
        clauseId,
        subject: `${heading} (${content.language === 'nl' ? 'bijlage' : 'annex'} ${content.mark}, ${clauseId})`,
      })),
  )
  return clauses.map(({ clauseId, subject }, index) => ({
    statementId: `clause-${index + 1}`,
    clauseId,
    subject: subject.length > subjectLengthMax ? `${subject.slice(0, subjectLengthMax - 1)}…` : subject,
  }))
}

/** What the acts are for: as heavy as the heaviest part of the bundle. */
export function purposeOfBundle(contractKind: string, contents: readonly AnnexContent[]): Purpose {
  if (contractKind === 'settlement') return 'settlement'
  const kinds = contents.flatMap((content) => content.clauses.map(({ kind }) => kind))
  if (kinds.some((kind) => covenants.includes(kind))) return 'covenant'
  return kinds.includes('boetebeding') ? 'penalty' : 'contract-term'
}
