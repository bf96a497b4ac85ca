import { endCeremonies } from '#acknowledgements'
import type { CivilDate, EntryId } from '#core'
import { civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { recordEvent } from '#webhooks'
import { agreementStateOn, isUnanswered } from './agreement-state.ts'
import { insertEnd, lockAgreement } from './agreement-store.ts'
import type { AgreementView } from './agreement-view.ts'
import { readAgreement } from './agreement-view.ts'
import { tellChanges } from './change-notice.ts'

/** From which day an agreement, or one annex of it, is no longer in force, and why. */
export type EndingCommand = {
  readonly agreementId: string
  readonly annexId: string | null
  readonly endedOn: CivilDate
  readonly how: 'ended' | 'exit'
  readonly reason: string
}

export type RecordedEnding = Omit<EndingCommand, 'reason'> & { readonly endId: string }

/**
 * Records from which day an agreement is no longer in force: what was concluded, or taken over. It changes nothing before that day, and
 * an end is never taken back: a new agreement comes after it. Throws `agreement-not-found`, `annex-not-found` and `end-unfit`.
 */
export async function endAgreement(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: EndingCommand,
): Promise<RecordedEnding> {
  const { organisationId, clientId } = caller
  const { agreementId, annexId, endedOn, how, reason } = command
  await lockAgreement(trx, organisationId, agreementId)
  const view = await readAgreement(trx, organisationId, agreementId)
  if (annexId !== null && view.annexes.every((annex) => annex.annexId !== annexId)) throw problem('annex-not-found') // prettier-ignore
  const defect = endDefect(view, command)
  if (defect !== undefined) throw problem('end-unfit', { detail: defect })
  const recordedAt = platform.clock()
  const entryId = platform.newId() as EntryId
  const end = { endId: platform.newId(), agreementId, annexId, endedOn, how, supersededBy: null }
  await appendEntries(platform, trx, organisationId, [
    { entryId, kind: 'agreement-ended', at: recordedAt, facts: { ...end, reason, endedBy: clientId } },
  ])
  await insertEnd(trx, organisationId, { ...end, endedBy: clientId, recordedAt, entryId, reason })
  await recordEvent(platform, trx, organisationId, {
    type: 'agreement.ended',
    subject: agreementId,
    data: { agreementId, annexId, endedOn, how, supersededBy: null },
  })
  await tellChanges(platform, trx, organisationId, view)
  return { endId: end.endId, agreementId, annexId, endedOn, how }
}

function endDefect(view: AgreementView, { annexId, endedOn }: EndingCommand): string | undefined {
  const { conclusion, ends } = view.history
  if (view.provenance === 'ceremony' && conclusion?.outcome !== 'concluded') return 'It was never in force.'
  const begun = conclusion === null ? view.signedOn : civilDateIn(conclusion.concludedAt)
  if (begun !== null && endedOn < begun) return `It was agreed on ${begun}.`
  const over = ends.some((end) => (end.annexId === null || end.annexId === annexId) && end.how !== 'superseded' && end.endedOn <= endedOn) // prettier-ignore
  return over ? 'It had ended by that day already.' : undefined
}

/**
 * Withdraws an agreement that is still being answered: the ceremonies that are open take no answer from then on. Throws
 * `agreement-not-found` and `agreement-not-open`.
 */
export async function withdrawAgreement(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  agreementId: string,
  reason: string,
): Promise<{ readonly agreementId: string; readonly withdrawnAt: string }> {
  const { organisationId, clientId } = caller
  await lockAgreement(trx, organisationId, agreementId)
  const view = await readAgreement(trx, organisationId, agreementId)
  const now = platform.clock()
  const today = civilDateIn(now)
  const state = agreementStateOn(view.history, today)
  if (view.parties === null || (state !== 'offered' && state !== 'half-signed')) throw problem('agreement-not-open') // prettier-ignore
  const open = [view.parties.employee, view.parties.representative].filter(isUnanswered)
  await endCeremonies(platform, trx, organisationId, {
    how: 'withdrawn',
    ends: open.map(({ assignmentId }) => ({ assignmentId, supersededBy: null })),
    reason,
    endedBy: clientId,
    endedAt: now,
    entryId: platform.newId() as EntryId,
  })
  return { agreementId, withdrawnAt: now }
}
