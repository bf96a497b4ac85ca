import { sql } from 'kysely'
import type { ActId, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'
import type { DenialStep } from './denial.ts'

/**
 * Keeps every other step about acts of these persons waiting until this transaction ends, and with `shared` only the steps:
 * what rests on an act is made while nothing can be said against it, or after it was said.
 */
export async function lockDenials(
  trx: Transaction,
  organisationId: OrganisationId,
  personIds: readonly PersonId[],
  how: 'exclusive' | 'shared',
): Promise<void> {
  // In one order, so that two never wait for each other.
  for (const personId of [...new Set(personIds)].toSorted()) {
    const name = `beding.denial ${organisationId} ${personId}`
    await (how === 'exclusive'
      ? sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx)
      : sql`select pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`.execute(trx))
  }
}

/** Writes a step. Its entry must be there; a second one of the same number fails on `denial_step_pk`. */
export async function insertStep(
  trx: Transaction,
  organisationId: OrganisationId,
  actId: ActId,
  step: DenialStep,
): Promise<void> {
  await sql`
    insert into denial_step (organisation_id, act_id, step_number, kind, ground, assurance, recorded_by, finding, final,
                             status, recorded_at, entry_id)
    values (${organisationId}::uuid, ${actId}::uuid, ${step.stepNumber}, ${step.kind}, ${step.ground}, ${step.assurance},
            ${step.recordedBy}::uuid, ${step.finding}, ${step.final}, ${step.status}, ${step.recordedAt}::timestamptz,
            ${step.entryId}::uuid)`.execute(trx)
}
