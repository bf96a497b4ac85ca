import { problem, type DocumentId } from '#core'
import type { Transaction } from '#database'
import { preservationJobKind } from '#documents'
import type { Caller } from '#http'
import { scheduleJob } from '#jobs'
import type { Platform } from '#platform'
import { decideRequest } from './preservation-decisions.ts'
import { findState, saveRequest } from './preservation-store.ts'

/**
 * Asks for the next time-stamp of a document now instead of when it is due, such as because an authority was broken into. Who asked
 * and why is kept. Throws `document-not-found`, `document-not-renewable` or `document-renewal-under-way`.
 */
export async function requestRenewal(
  platform: Pick<Platform, 'clock' | 'newId'>,
  trx: Transaction,
  { organisationId, clientId }: Pick<Caller, 'organisationId' | 'clientId'>,
  documentId: DocumentId,
  reason: string,
): Promise<{ readonly requestId: string; readonly requestedAt: string }> {
  const now = platform.clock()
  const state = await findState(trx, organisationId, documentId, 'lock')
  if (state === undefined) throw problem('document-not-found')
  const decision = decideRequest(state, now)
  if (decision !== 'accepted') throw problem(decision)
  const requestId = platform.newId()
  await saveRequest(trx, organisationId, documentId, { requestId, by: clientId, reason, at: now })
  await scheduleJob(trx, organisationId, preservationJobKind, now)
  return { requestId, requestedAt: now }
}
