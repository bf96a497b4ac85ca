import { sql } from 'kysely'
import type {
  ActId,
  ClientId,
  DocumentId,
  EntryId,
  Instant,
  OrganisationId,
  PersonId,
  VersionId,
} from '#core'
import { problem } from '#core'
import type { Assurance } from '#assurance'
import type { Transaction } from '#database'
import { readEntries, remainingFacts } from '#evidence'
import type { FactValue } from '#evidence'
import type { DeniableAct, DenialStep } from './denial.ts'

/** The act, or the problem `act-not-found`; so is one of another person where one is given. */
export async function getDeniableAct(
  trx: Transaction,
  organisationId: OrganisationId,
  actId: ActId,
  personId: PersonId | 'holder-of-link',
): Promise<DeniableAct> {
  const { rows } = await sql<{ person_id: PersonId; entry_id: EntryId }>`
    select act.person_id, act.entry_id from act
    where act.organisation_id = ${organisationId}::uuid and act.act_id = ${actId}::uuid`.execute(trx)
  const row = rows[0]
  if (row === undefined || (personId !== 'holder-of-link' && row.person_id !== personId))
    throw problem('act-not-found')
  return { actId, personId: row.person_id, entryId: row.entry_id }
}

/** The steps about an act, oldest first. */
export async function listSteps(
  trx: Transaction,
  organisationId: OrganisationId,
  actId: ActId,
): Promise<DenialStep[]> {
  const { rows } = await sql<{
    step_number: number
    kind: DenialStep['kind']
    ground: DenialStep['ground']
    assurance: Assurance | null
    recorded_by: ClientId | null
    finding: DenialStep['finding']
    final: boolean | null
    status: DenialStep['status']
    recorded_at: Instant
    entry_id: EntryId
  }>`
    select denial_step.step_number, denial_step.kind, denial_step.ground, denial_step.assurance, denial_step.recorded_by,
           denial_step.finding, denial_step.final, denial_step.status, denial_step.recorded_at, denial_step.entry_id
    from denial_step
    where denial_step.organisation_id = ${organisationId}::uuid and denial_step.act_id = ${actId}::uuid
    order by denial_step.step_number`.execute(trx)
  return rows.map((row) => ({
    stepNumber: row.step_number,
    kind: row.kind,
    ground: row.ground,
    assurance: row.assurance,
    recordedBy: row.recorded_by,
    finding: row.finding,
    final: row.final,
    status: row.status,
    recordedAt: row.recorded_at,
    entryId: row.entry_id,
  }))
}

/** A step with what is left of the facts of its entry, and where that stands. */
export type ToldStep = DenialStep & {
  readonly entryIndex: number
  readonly facts: Readonly<Record<string, FactValue>>
}

/** The steps about an act with what was said, oldest first. */
export async function listDenialSteps(
  trx: Transaction,
  organisationId: OrganisationId,
  actId: ActId,
): Promise<ToldStep[]> {
  const steps = await listSteps(trx, organisationId, actId)
  const entries = await readEntries(trx, organisationId, steps.map((step) => step.entryId)) // prettier-ignore
  const byId = new Map(entries.map((entry) => [entry.entryId, entry]))
  return steps.map((step) => {
    const entry = byId.get(step.entryId)!
    return { ...step, entryIndex: entry.entryIndex, facts: remainingFacts(entry.disclosures) }
  })
}

/** Those of these acts on which nothing may rest. */
export async function blockedActs(
  trx: Transaction,
  organisationId: OrganisationId,
  actIds: readonly ActId[],
): Promise<Set<ActId>> {
  const { rows } = await sql<{ act_id: ActId }>`
    select act.act_id from act
    where act.organisation_id = ${organisationId}::uuid and act.act_id = any(${[...actIds]}::uuid[])
      and act_status(act.act_id) in ('denied', 'not-attributed-by-court')`.execute(trx)
  return new Set(rows.map((row) => row.act_id))
}

/** An act of a person on which nothing may rest, and what it is about. */
export type BlockedAct = { readonly actId: ActId; readonly versionId: VersionId | null; readonly documentId: DocumentId } // prettier-ignore

/** The acts of a person on which nothing may rest. */
export async function blockedActsOf(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<BlockedAct[]> {
  const { rows } = await sql<{ act_id: ActId; version_id: VersionId | null; document_id: DocumentId }>`
    select act.act_id, act.version_id, act.document_id from act
    where act.organisation_id = ${organisationId}::uuid and act.person_id = ${personId}::uuid
      and act_status(act.act_id) in ('denied', 'not-attributed-by-court')
    order by act.acted_at, act.act_id`.execute(trx)
  return rows.map((row) => ({ actId: row.act_id, versionId: row.version_id, documentId: row.document_id }))
}
