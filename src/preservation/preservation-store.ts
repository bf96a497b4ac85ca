import { sql } from 'kysely'
import type { ClientId, DocumentId, Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { PadesLevel } from '#documents'
import type { NextStep } from './preservation-decisions.ts'
import type { PreservationState, PreservationStep, StepFailure, WaitingReason } from './preservation.ts'

/** The documents that are due, longest first: at most `limit`. Looks at no others, however many there are. */
export async function findDueDocuments(
  trx: Transaction,
  organisationId: OrganisationId,
  now: Instant,
  limit: number,
): Promise<DocumentId[]> {
  const { rows } = await sql<{ document_id: string }>`
    select document_preservation.document_id from document_preservation
    where document_preservation.organisation_id = ${organisationId}::uuid
      and document_preservation.due_at <= ${now}::timestamptz
    order by document_preservation.due_at limit ${limit}`.execute(trx)
  return rows.map((row) => row.document_id as DocumentId)
}

/** When the next document is due; null without documents. */
export async function findNextDue(trx: Transaction, organisationId: OrganisationId): Promise<Instant | null> {
  const { rows } = await sql<{ due_at: string | null }>`
    select document_preservation.due_at from document_preservation
    where document_preservation.organisation_id = ${organisationId}::uuid
    order by document_preservation.due_at limit 1`.execute(trx)
  return (rows[0]?.due_at ?? null) as Instant | null
}

/** How a document stands; undefined when it is not there (any more). Locked for an action that changes it. */
export async function findState(
  trx: Transaction,
  organisationId: OrganisationId,
  documentId: DocumentId,
  lock: 'lock' | 'read' = 'read',
): Promise<PreservationState | undefined> {
  const { rows } = await sql<{
    level: PadesLevel
    step: PreservationStep
    due_at: Instant
    failures: number
    waiting_because: WaitingReason | null
    waiting_since: Instant | null
    requested_at: Instant | null
  }>`
    select document_preservation.level, document_preservation.step, document_preservation.due_at,
           document_preservation.failures, document_preservation.waiting_because, document_preservation.waiting_since,
           document_preservation.requested_at
    from document_preservation
    where document_preservation.organisation_id = ${organisationId}::uuid
      and document_preservation.document_id = ${documentId}::uuid
    ${lock === 'lock' ? sql`for update` : sql``}`.execute(trx)
  const [row] = rows
  if (row === undefined) return undefined
  const { level, step, failures, waiting_because: because, waiting_since: since } = row
  return {
    documentId,
    level,
    step,
    dueAt: row.due_at,
    failures,
    waiting: because === null || since === null ? null : { because, since },
    requestedAt: row.requested_at,
  }
}

/**
 * Puts down that a step was done: the level that the file has now, and what comes next. False, and nothing put down, when
 * another worker has changed the state since it was read.
 */
export async function saveProgress(
  trx: Transaction,
  organisationId: OrganisationId,
  state: PreservationState,
  level: PadesLevel,
  next: NextStep,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update document_preservation
    set level = ${level}, step = ${next.step}, due_at = ${next.dueAt}::timestamptz, failures = 0,
        waiting_because = null, waiting_detail = null, waiting_since = null,
        -- what was asked for is there once the step is another one
        requested_at = case when ${next.step} = 'renewal' then document_preservation.requested_at end
    where document_preservation.organisation_id = ${organisationId}::uuid
      and document_preservation.document_id = ${state.documentId}::uuid
      and document_preservation.step = ${state.step} and document_preservation.level = ${state.level}
      and document_preservation.due_at = ${state.dueAt}::timestamptz`.execute(trx)
  return numAffectedRows === 1n
}

/**
 * Puts down that a step failed, unless another worker has done it meanwhile. Answers whether it was put down and whether
 * another document of the organisation was waiting for the same reason.
 */
export async function saveFailure(
  trx: Transaction,
  organisationId: OrganisationId,
  state: PreservationState,
  failure: StepFailure,
  now: Instant,
  retry: Instant,
): Promise<{ readonly isKept: boolean; readonly isAlone: boolean }> {
  // Several may fail at once for one cause; one of them is the first.
  await sql`select pg_advisory_xact_lock(hashtextextended('beding/preservation ' || ${organisationId}::text, 0))`.execute(
    trx,
  )
  const { rows } = await sql<{ is_alone: boolean }>`
    update document_preservation
    set failures = document_preservation.failures + 1, due_at = ${retry}::timestamptz,
        waiting_because = ${failure.because}, waiting_detail = ${failure.detail.slice(0, detailLengthMax)},
        waiting_since = coalesce(document_preservation.waiting_since, ${now}::timestamptz)
    where document_preservation.organisation_id = ${organisationId}::uuid
      and document_preservation.document_id = ${state.documentId}::uuid
      and document_preservation.step = ${state.step} and document_preservation.level = ${state.level}
      and document_preservation.failures = ${state.failures}
    returning not exists (
      select from document_preservation as other
      where other.organisation_id = ${organisationId}::uuid and other.failures > 0
        and other.waiting_because = ${failure.because}
        and other.document_id <> ${state.documentId}::uuid) as is_alone`.execute(trx)
  return { isKept: rows.length > 0, isAlone: rows[0]?.is_alone ?? false }
}

const detailLengthMax = 500

/** How many documents wait for something that failed. */
export async function countWaiting(trx: Transaction, organisationId: OrganisationId): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::integer as waiting from document_preservation
    where document_preservation.organisation_id = ${organisationId}::uuid and document_preservation.failures > 0`.execute(
    trx,
  )
  return rows[0]!.waiting
}

/** Keeps that somebody asked for a renewal, and why, and makes it due. */
export async function saveRequest(
  trx: Transaction,
  organisationId: OrganisationId,
  documentId: DocumentId,
  request: {
    readonly requestId: string
    readonly by: ClientId
    readonly reason: string
    readonly at: Instant
  },
): Promise<void> {
  const { requestId, by, reason, at } = request
  await sql`
    insert into document_renewal_request (organisation_id, request_id, document_id, requested_by, reason, requested_at)
    values (${organisationId}::uuid, ${requestId}::uuid, ${documentId}::uuid, ${by}::uuid, ${reason}, ${at}::timestamptz)`.execute(
    trx,
  )
  await sql`
    update document_preservation set requested_at = ${at}::timestamptz, due_at = ${at}::timestamptz
    where document_preservation.organisation_id = ${organisationId}::uuid
      and document_preservation.document_id = ${documentId}::uuid`.execute(trx)
}
