import type { AnnexState } from '#agreements'
import type { CivilDate } from '#core'
import type { ExitClaimRefusal } from '#documents'
import { addMonths, type ClauseKind } from '#jurisdictions'
import type { Claim, Claims, ExitClause, ExitStatement, ImportedClause, NotClaimed } from './exit.ts'

/** Kinds that hold somebody back after the end: they fall under art. 7:653 BW or are judged along it. */
export const covenants: readonly ClauseKind[] = ['relatiebeding', 'concurrentiebeding', 'ronselbeding']

/** Kinds that are about the work itself and end with it, unless they name months. */
const withTheWork: readonly ClauseKind[] = [
  'nevenwerkzaamhedenbeding',
  'wijzigingsbeding',
  'social-mediabeding',
]

/** Why nothing is claimed under an annex that stands like this; undefined for one that binds; null for one not to speak of. */
const byState: Readonly<Record<AnnexState, ExitClaimRefusal | null | undefined>> = {
  'in-force': undefined,
  imported: 'imported',
  denied: 'denied',
  blocked: 'blocked',
  composed: null,
  offered: 'not-signed',
  'half-signed': 'not-signed',
  signed: 'not-certain',
  declined: 'not-signed',
  lapsed: 'not-signed',
  withdrawn: 'not-signed',
  superseded: null,
  ended: null,
}

/**
 * Under which clauses an exit letter makes a claim, until which day, and under which it makes none and why. Nothing is claimed
 * that is not in force, that a rule stops or leaves to a lawyer, or that the employer's own serious fault forbids (art. 7:653
 * lid 4 BW). A covenant is claimed only when the employer invokes it. The months of a term run from the last day, which is
 * what was stated: the last day of a term is the same day of a later month, or the last of a month that has no such day.
 */
export function decideClaims(
  clauses: readonly ExitClause[],
  statement: ExitStatement,
  imported: readonly ImportedClause[] = [],
): Claims {
  const decided = clauses
    .filter(({ kind, state }) => kind !== 'boetebeding' && byState[state] !== null)
    .map((clause) => decideClause(clause, statement))
  const claimed = decided.filter((each): each is Claim => 'until' in each)
  const penalties = clauses
    .filter(({ kind, state }) => kind === 'boetebeding' && byState[state] !== null)
    .map((clause) => decidePenalty(clause, claimed))
  const all = inOrder(clauses, [...decided, ...penalties])
  return {
    claimed: all.filter((each): each is Claim => 'until' in each),
    notClaimed: [
      ...all.filter((each): each is NotClaimed => 'why' in each),
      ...imported.map((clause) => ({
        ...clause,
        title: `${clause.kind.charAt(0).toUpperCase()}${clause.kind.slice(1)}`,
        annexId: null,
        why: 'imported' as const,
      })),
    ],
  }
}

type Decided = Claim | NotClaimed

function inOrder(clauses: readonly ExitClause[], decided: readonly Decided[]): Decided[] {
  return clauses.flatMap(
    ({ clauseId, annex }) =>
      decided.find((each) => each.clauseId === clauseId && each.annexId === annex.annexId) ?? [],
  )
}

function decideClause(clause: ExitClause, statement: ExitStatement): Decided {
  const refusal = refusalOf(clause, statement)
  if (refusal !== undefined) return refuse(clause, refusal)
  return { ...named(clause), until: endOf(statement.lastDay, clause.months) }
}

function refusalOf(clause: ExitClause, statement: ExitStatement): ExitClaimRefusal | undefined {
  const { kind, months, state } = clause
  const standing = byState[state]
  if (standing !== undefined && standing !== null) return standing
  if (!covenants.includes(kind))
    return withTheWork.includes(kind) && months === null ? 'ends-with-work' : stopOf(clause)
  if (statement.seriousFault === 'employer') return 'employer-fault'
  const stop = stopOf(clause)
  if (stop !== undefined) return statement.seriousFault === 'disputed' ? 'fault-disputed' : stop
  if (!statement.invokes.includes(clause.clauseId)) return 'not-invoked'
  return months === null || !clause.listStands ? 'not-certain' : undefined
}

/** What of the rules stands in the way: a defect they see, or something that they leave to a lawyer. */
function stopOf({ standings }: ExitClause): ExitClaimRefusal | undefined {
  const stopping = standings.filter((standing) => standing.stops)
  if (stopping.some(({ result }) => result === 'fail')) return 'blocked'
  return stopping.length > 0 ? 'not-certain' : undefined
}

/** A penalty goes on as long as anything that it is about. */
function decidePenalty(clause: ExitClause, claimed: readonly Claim[]): Decided {
  const standing = byState[clause.state]
  if (standing !== undefined && standing !== null) return refuse(clause, standing)
  const stop = stopOf(clause)
  if (stop !== undefined) return refuse(clause, stop)
  const covered = claimed.filter(({ clauseId }) => clause.penalty?.covers.includes(clauseId) === true)
  if (covered.length === 0) return refuse(clause, 'covers-nothing')
  const ends = covered.map(({ until }) => until)
  return {
    ...named(clause),
    until: ends.includes(null) ? null : ends.toSorted().at(-1)!,
  }
}

function refuse(clause: ExitClause, why: ExitClaimRefusal): NotClaimed {
  return { ...named(clause), why }
}

function named({ clauseId, kind, title, agreementId, annex }: ExitClause) {
  return { clauseId, kind, title, agreementId, annexId: annex.annexId }
}

function endOf(lastDay: CivilDate, months: number | null): CivilDate | null {
  return months === null ? null : addMonths(lastDay, months)
}
