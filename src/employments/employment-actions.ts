import type { ClientId, EntryId, Instant, OrganisationId, PersonId, ProblemDetail } from '#core'
import { canonicalJson, civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import type { EntryDraft } from '#evidence'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { queueChanges } from './change-store.ts'
import type { FactStatement, Period } from './employment-decisions.ts'
import { employmentDefects, overlapping, periodOf, statementDefects, validFromOf } from './employment-decisions.ts' // prettier-ignore
import { insertEmployment, insertFacts, listFacts, lockPerson, type NewFact } from './employment-store.ts'
import { getEmployment, readContracts, readEmployment, readEmploymentsOf, readHistory } from './employment-view.ts' // prettier-ignore
import type { Employment, EmploymentFact, EmploymentOn, RecordedFact } from './employment.ts'
import { isBackDated } from './fact-decisions.ts'

/** A fact that is taken back, and why. */
export type Retraction = { readonly factId: string; readonly reason: string }

type Context = {
  readonly platform: Platform
  readonly trx: Transaction
  readonly caller: Caller
  readonly now: Instant
}

/**
 * Records an employment with what is known of it from the start, each an entry in the ledger, and queues the questions of law that
 * follow. Throws `person-not-found`, `employment-fact-unfit` or `employment-overlaps`.
 */
export async function openEmployment(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: { readonly personId: PersonId; readonly facts: readonly FactStatement[] },
): Promise<EmploymentOn> {
  const { organisationId, clientId } = caller
  const { personId, facts } = command
  const context = { platform, trx, caller, now: platform.clock() }
  await lockPerson(trx, organisationId, personId)
  const employment: Employment = {
    employmentId: platform.newId(),
    personId,
    recordedAt: context.now,
    entryId: platform.newId() as EntryId,
  }
  const rows = facts.map((statement) => newFact(context, statement))
  const defects = [
    ...statementDefects(facts, civilDateIn(context.now)),
    ...employmentDefects(rows.map(asKnown), []),
  ]
  if (defects.length > 0) throw problem('employment-fact-unfit', { errors: defects })
  await requireFree(context, employment, periodOf(rows.map(asKnown))!)
  const { employmentId, recordedAt, entryId } = employment
  await appendEntries(platform, trx, organisationId, [
    {
      entryId,
      kind: 'employment-recorded',
      at: recordedAt,
      facts: { employmentId, personId, recordedBy: clientId },
    },
    ...rows.map((row) => factEntry(employment, row, clientId)),
  ])
  await insertEmployment(trx, organisationId, employment, clientId)
  await keepFacts(context, employment, rows)
  return readEmployment(trx, organisationId, employmentId, { on: civilDateIn(recordedAt), knownAt: recordedAt }) // prettier-ignore
}

/**
 * Records facts of an employment and takes others back, all or nothing: a correction is both at once. What was known before
 * stays known as of then. Throws `employment-not-found`, `person-not-found` (erased), `employment-fact-not-found`,
 * `employment-fact-retracted`, `employment-fact-unfit` or `employment-overlaps`.
 */
export async function recordFacts(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  employmentId: string,
  command: { readonly facts: readonly FactStatement[]; readonly retractions: readonly Retraction[] },
): Promise<{ readonly personId: PersonId; readonly facts: readonly RecordedFact[] }> {
  const { organisationId } = caller
  const context = { platform, trx, caller, now: platform.clock() }
  if (command.facts.length + command.retractions.length === 0)
    throw problem('employment-fact-unfit', { errors: [nothingStated] })
  const employment = await getEmployment(trx, organisationId, employmentId)
  await lockPerson(trx, organisationId, employment.personId)
  const recorded = await listFacts(trx, organisationId, employmentId)
  const taken = retractedBy(command.retractions, recorded)
  const rows = command.facts.map((statement) => newFact(context, statement))
  const left = recorded.filter((fact) => fact.retraction === null && !taken.includes(fact))
  const known = [...left, ...rows.map(asKnown)]
  const contracts = await readContracts(trx, organisationId, employmentId, context.now)
  const defects = [
    ...statementDefects(command.facts, civilDateIn(context.now)),
    ...employmentDefects(known, contracts),
  ]
  if (defects.length > 0) throw problem('employment-fact-unfit', { errors: defects })
  await requireFree(context, employment, periodOf(known)!)
  const retractions = taken.map((fact, at) => ({
    ...fact,
    factId: platform.newId(),
    retracts: fact.factId,
    value: { reason: command.retractions[at]!.reason },
    recordedAt: context.now,
    entryId: platform.newId() as EntryId,
  }))
  const all = [...retractions, ...rows]
  await appendEntries(
    platform,
    trx,
    organisationId,
    all.map((row) => factEntry(employment, row, caller.clientId)),
  )
  await keepFacts(context, employment, all)
  const ids = new Set([...taken.map(({ factId }) => factId), ...rows.map(({ factId }) => factId)])
  const facts = (await listFacts(trx, organisationId, employmentId)).filter(({ factId }) => ids.has(factId))
  return { personId: employment.personId, facts }
}

const nothingStated: ProblemDetail = {
  code: 'nothing-stated',
  message: 'State a fact, or name one that is taken back.',
  pointer: '/facts',
}

/** The facts that retractions name, in their order, or why one cannot be taken back. */
function retractedBy(retractions: readonly Retraction[], recorded: readonly RecordedFact[]): RecordedFact[] {
  return retractions.map(({ factId }, at) => {
    const errors: ProblemDetail[] = [
      { code: 'fact', message: 'This one.', pointer: `/retractions/${at}/factId` },
    ]
    const fact = recorded.find((each) => each.factId === factId)
    if (fact === undefined) throw problem('employment-fact-not-found', { errors })
    const earlier = retractions.findIndex((each) => each.factId === factId) < at
    if (fact.retraction !== null || earlier) throw problem('employment-fact-retracted', { errors })
    return fact
  })
}

/** Refuses a period that has a day in common with another employment of the person, as far as both are known now. */
async function requireFree(
  { trx, caller, now }: Context,
  { employmentId, personId }: Pick<Employment, 'employmentId' | 'personId'>,
  period: Period,
): Promise<void> {
  const { organisationId } = caller
  const all = await readEmploymentsOf(trx, organisationId, personId, { on: civilDateIn(now), knownAt: now })
  const others = []
  for (const other of all)
    if (other.employmentId !== employmentId)
      others.push({
        employmentId: other.employmentId,
        facts: await readHistory(trx, organisationId, other.employmentId, now),
      })
  const other = overlapping(period, others)
  if (other === undefined) return
  throw problem('employment-overlaps', {
    errors: [{ code: 'employment', message: `Employment ${other} has a day in common.`, pointer: '/facts' }],
  })
}

function newFact({ platform, now }: Context, statement: FactStatement): NewFact {
  return {
    factId: platform.newId(),
    kind: statement.kind,
    validFrom: validFromOf(statement),
    retracts: null,
    value: statement.value,
    recordedAt: now,
    entryId: platform.newId() as EntryId,
  }
}

/** A row that is about to be written, as it will be read. */
function asKnown({ retracts: _retracts, ...row }: NewFact): EmploymentFact {
  return {
    ...row,
    backDated: isBackDated(row.kind, row.validFrom, row.recordedAt),
  } as unknown as EmploymentFact
}

/** What the ledger keeps of a fact or its retraction. The names of the facts are part of the format and never change. */
function factEntry(
  { employmentId, personId }: Pick<Employment, 'employmentId' | 'personId'>,
  row: NewFact,
  recordedBy: ClientId,
): EntryDraft {
  const { factId, kind, validFrom, retracts, value, recordedAt, entryId } = row
  const common = { factId, employmentId, personId, factKind: kind, validFrom, value: canonicalJson(value), recordedBy } // prettier-ignore
  return retracts === null
    ? {
        entryId,
        kind: 'employment-fact-recorded',
        at: recordedAt,
        facts: { ...common, backDated: isBackDated(kind, validFrom, recordedAt) },
      }
    : {
        entryId,
        kind: 'employment-fact-retracted',
        at: recordedAt,
        facts: { ...common, retracts },
      }
}

async function keepFacts(
  { platform, trx, caller, now }: Context,
  { employmentId }: Pick<Employment, 'employmentId'>,
  rows: readonly NewFact[],
): Promise<void> {
  const { organisationId, clientId } = caller
  await insertFacts(trx, organisationId, employmentId, rows, clientId)
  await queueChanges(
    trx,
    organisationId,
    rows.map((row) => ({
      changeId: platform.newId(),
      employmentId,
      subject: 'fact',
      subjectId: row.retracts ?? row.factId,
      recordedBy: clientId,
      recordedAt: now,
    })),
  )
}

/** Everything recorded of an employment, retracted or not. Throws `employment-not-found`. */
export async function readFacts(
  trx: Transaction,
  organisationId: OrganisationId,
  employmentId: string,
): Promise<RecordedFact[]> {
  await getEmployment(trx, organisationId, employmentId)
  return listFacts(trx, organisationId, employmentId)
}
