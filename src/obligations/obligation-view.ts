import type { AssignmentId, CivilDate, OrganisationId, PersonId } from '#core'
import { civilDateIn, instantFromDate, problem } from '#core'
import type { Transaction } from '#database'
import type { Details } from './detail-view.ts'
import { readDetails } from './detail-view.ts'
import type { ActRow, AgreedRow, AskedRow } from './obligation-statements.ts'
import { runObligationQuery } from './obligation-statements.ts'
import type { AskedBundle, AskedPolicy, GivenAct, HeldAgreement, HeldParty } from './obligation.ts'

/** Everything that was put before a person or agreed with them, as far as it bears on one day. */
export type Holdings = {
  readonly policies: readonly AskedPolicy[]
  readonly bundles: readonly AskedBundle[]
  readonly agreements: readonly HeldAgreement[]
}

/**
 * What there is about a person for a day: one query, whose cost does not grow with the organisation, and more only where
 * something is not answered, not concluded, replaced or taken over. The transaction is one of the organisation of the person. Throws
 * `person-not-found`, also for a person of another organisation and one who was erased.
 */
export async function readHoldings(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  on: CivilDate,
): Promise<Holdings> {
  const found = await runObligationQuery(trx, personId, on)
  if (found === undefined) throw problem('person-not-found')
  const asked = Map.groupBy(found.asked.map(ours), (row) => row.assignmentId)
  const agreed = Map.groupBy(found.agreed.map(ours), (row) => row.agreementId)
  const heads = [...agreed.values()].map((rows) => rows[0]!)
  const open = heads.filter(
    ({ conclusion }) => conclusion === null || civilDateIn(conclusion.concludedAt) > on,
  )
  const inAgreements = new Set(heads.flatMap(ceremoniesOf))
  const unusual = [...asked.values()].flatMap(([row]) => {
    const { assignmentId, bundleId, act } = row!
    return act === null || (bundleId !== null && !inAgreements.has(assignmentId)) ? [assignmentId] : []
  })
  const details = await readDetails(trx, organisationId, {
    assignmentIds: [...unusual, ...open.flatMap(ceremoniesOf)],
    successorIds: heads.flatMap(({ ends }) => (ends ?? []).flatMap(({ supersededBy }) => supersededBy ?? [])),
    importedIds: heads.flatMap(({ provenance, agreementId }) =>
      provenance === 'imported' ? [agreementId] : [],
    ),
  })
  const outside = [...asked.values()].filter(([row]) => !inAgreements.has(row!.assignmentId))
  return {
    policies: outside.filter(([row]) => row!.bundleId === null).map((rows) => policyOf(rows, details)),
    bundles: outside
      .filter(
        ([row]) => row!.bundleId !== null && details.ceremonies.get(row!.assignmentId)?.forEmployer !== true,
      )
      .map(bundleOf),
    agreements: [...agreed.values()].map((rows) => agreementOf(rows, asked, details)),
  }
}

function ceremoniesOf({ employeeAssignmentId, representativeAssignmentId }: AgreedRow): AssignmentId[] {
  return [employeeAssignmentId, representativeAssignmentId].filter((id) => id !== null)
}

/** The acts of rows that each hold one act and one step against it, oldest first, with what holds for each today. */
function actsOf(rows: readonly ActRow[]): { acts: GivenAct[]; denials: HeldAgreement['denials'] } {
  const given = rows.filter((row) => row.act !== null)
  const acts = [...Map.groupBy(given, (row) => row.act!.actId).values()].map((ofAct): GivenAct => {
    const last = ofAct.reduce<ActRow['step']>((newest, { step }) => (step !== null && step.number > (newest?.number ?? 0) ? step : newest), null) // prettier-ignore
    return {
      ...ofAct[0]!.act!,
      status: last?.status ?? 'undisputed',
      statusSince: last === null ? null : last.at,
    }
  })
  const denials = given
    .filter(({ step }) => step !== null)
    .map(({ act, step }) => ({ actId: act!.actId, at: step!.at, status: step!.status, number: step!.number }))
    .toSorted((a, b) => (a.at === b.at ? a.number - b.number : a.at < b.at ? -1 : 1))
  return {
    acts: acts.toSorted((a, b) => (a.actedAt === b.actedAt ? 0 : a.actedAt < b.actedAt ? -1 : 1)),
    denials: denials.map(({ actId, at, status }) => ({ actId, at, status })),
  }
}

function policyOf(rows: readonly AskedRow[], details: Details): AskedPolicy {
  const { act: _act, step: _step, bundleId: _bundle, purpose: _purpose, manifestSha256: _manifest, ...policy } = rows[0]! // prettier-ignore
  const detail = details.ceremonies.get(policy.assignmentId)
  return {
    ...policy,
    act: actsOf(rows).acts[0] ?? null,
    openedAt: detail?.openedAt ?? null,
    endedHow: detail?.end?.how ?? null,
  }
}

function bundleOf(rows: readonly AskedRow[]): AskedBundle {
  const { assignmentId, purpose, manifestSha256, documentSha256 } = rows[0]!
  return { assignmentId, purpose, manifestSha256, documentSha256, acts: actsOf(rows).acts }
}

function agreementOf(
  rows: readonly AgreedRow[],
  asked: ReadonlyMap<AssignmentId, readonly AskedRow[]>,
  details: Details,
): HeldAgreement {
  const { annex: _annex, employeeAssignmentId, representativeAssignmentId, representativeActs, ends, ...head } = rows[0]! // prettier-ignore
  const own = actsOf(employeeAssignmentId === null ? [] : (asked.get(employeeAssignmentId) ?? []))
  const theirs = actsOf(representativeActs ?? [])
  const party = (assignmentId: AssignmentId | null, acts: readonly GivenAct[]): HeldParty | null => {
    if (assignmentId === null) return null
    const detail = details.ceremonies.get(assignmentId)
    // Of what was concluded every statement was answered.
    const statementIds = detail?.statementIds ?? acts.map(({ statementId }) => statementId)
    return { assignmentId, statementIds, acts, end: detail?.end ?? null }
  }
  return {
    ...head,
    annexes: rows
      .flatMap(({ annex }) => annex ?? [])
      .map(({ position, clauses, policies, ...annex }) => ({
        position,
        annex: {
          ...annex,
          clauses: (clauses ?? []).toSorted((a, b) => a.position - b.position).map(({ position: _position, ...clause }) => clause), // prettier-ignore
          policies: policies ?? [],
        },
      }))
      .toSorted((a, b) => a.position - b.position)
      .map(({ annex }) => annex),
    mainDocument: mainDocumentOf(
      employeeAssignmentId === null ? [] : (asked.get(employeeAssignmentId) ?? []),
    ),
    imported: details.imported.get(head.agreementId) ?? null,
    employee: party(employeeAssignmentId, own.acts),
    representative: party(representativeAssignmentId, theirs.acts),
    ends: (ends ?? []).map((end) => ({
      ...end,
      successorDenials: end.supersededBy === null ? [] : (details.denials.get(end.supersededBy) ?? []),
    })),
    denials: [...own.denials, ...theirs.denials].toSorted((a, b) => (a.at < b.at ? -1 : 1)),
  }
}

/** The document next to which the statements of a ceremony stand. */
function mainDocumentOf([row]: readonly AskedRow[]): HeldAgreement['mainDocument'] {
  if (row?.act == null || row.documentSha256 === null) return null
  return { documentId: row.act.documentId, sha256: row.documentSha256 }
}

/** Names of members that hold a moment; PostgreSQL writes those with an offset and without needless zeros. */
const moments = new Set(['actedAt', 'createdAt', 'concludedAt', 'at'])

/** The same value with every moment in our form. */
function ours<Value>(value: Value): Value {
  if (Array.isArray(value)) for (const each of value as unknown[]) ours(each)
  else if (typeof value === 'object' && value !== null) {
    const record = value as Record<string, unknown>
    for (const name of Object.keys(record)) {
      const member = record[name]
      if (typeof member === 'string' && moments.has(name)) record[name] = instantFromDate(new Date(member))
      else if (typeof member === 'object') ours(member)
    }
  }
  return value
}
