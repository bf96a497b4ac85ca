import { offerBundle } from '#acknowledgements'
import type { EntryId } from '#core'
import { addMilliseconds, problem } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import { scheduleJob } from '#jobs'
import type { CheckView } from '#legal-checks'
import { drawUpCheck, makeCheck } from '#legal-checks'
import type { Platform } from '#platform'
import { recordEvent } from '#webhooks'
import { stopDetails, stopsOf, type Stop } from './agreement-gate.ts'
import { insertAgreement } from './agreement-store.ts'
import type { OfferAgreement } from './offer-command.ts'
import { prepareOffer, type PreparedOffer } from './offer-preparation.ts'

/** Under which the rounds of concluding stand in the calendar. */
export const conclusionJobKind = 'agreement-conclusion'
/** How long after an answer the outcome is written at the latest, when nobody asks for it sooner. */
export const conclusionEvery_ms = 60_000

/** The law by which agreements are judged. */
export const jurisdiction = 'nl'

/** An evaluation that was kept, and what of it stops an offer. */
export type OfferEvaluation = { readonly check: CheckView; readonly stops: readonly Stop[] }

export type OfferedAgreement = {
  readonly agreementId: string
  readonly bundleSha256: string
  readonly employeeAssignmentId: string
  readonly representativeAssignmentId: string
  readonly signCheckId: string
  readonly purpose: string
  readonly requiredAssurance: string
  readonly minReadingSeconds: number
}

/**
 * Evaluates an offer and keeps the evaluation, so that findings can be reviewed and overridden before anything is offered. Nobody is
 * asked anything. Throws what `prepareOffer` throws.
 */
export async function evaluateOffer(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: OfferAgreement,
): Promise<OfferEvaluation> {
  const prepared = await prepareOffer(trx, caller.organisationId, command, platform.clock())
  return judge(platform, trx, caller, prepared)
}

async function judge(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  { employment, facts, onceSigned }: PreparedOffer,
): Promise<OfferEvaluation> {
  const asked = { jurisdiction, moments: ['draft', 'sign'] as const, personId: employment.personId }
  const check = await makeCheck(platform, trx, caller, { ...asked, facts })
  const { content } = drawUpCheck(platform, { ...asked, facts: onceSigned }, null)
  return { check, stops: stopsOf(check.standings, content.findings) }
}

/**
 * Offers one frozen bundle to the employee and to whoever signs for the employer, each in a ceremony of their own: the same manifest,
 * so that both act on the same hash. Throws what `prepareOffer` throws, `agreement-blocked` with every finding that stops it, and what
 * `offerBundle` throws. Nothing is left behind by a refusal.
 */
export async function offerAgreement(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: OfferAgreement,
): Promise<OfferedAgreement> {
  const { organisationId, clientId } = caller
  const createdAt = platform.clock()
  const prepared = await prepareOffer(trx, organisationId, command, createdAt)
  const { employment, contract, mandate, annexes, bundle } = prepared
  const { check, stops } = await judge(platform, trx, caller, prepared)
  if (stops.length > 0) throw problem('agreement-blocked', { errors: stopDetails(stops) })
  const { personId, employmentId } = employment
  const employee = await offerBundle(platform, trx, caller, { ...bundle, personId })
  const other = await offerBundle(platform, trx, caller, { ...bundle, personId: command.representativeId }, personId) // prettier-ignore
  if (employee.bundleSha256 !== other.bundleSha256)
    throw new Error('two parties were offered different bundles')
  const agreement = {
    agreementId: platform.newId(),
    employmentId,
    personId,
    contractId: contract.contractId,
    representativeId: command.representativeId,
    mandateId: mandate.mandateId,
    bundleSha256: employee.bundleSha256,
    employeeAssignmentId: employee.assignmentId,
    representativeAssignmentId: other.assignmentId,
    signCheckId: check.check.legalCheckId,
    createdBy: clientId,
  }
  const entryId = platform.newId() as EntryId
  const annexIds = annexes.map(({ annex }) => annex.annexId)
  await appendEntries(platform, trx, organisationId, [
    { entryId, kind: 'agreement-offered', at: createdAt, facts: { ...agreement, annexIds } },
  ])
  await insertAgreement(trx, organisationId, {
    ...agreement,
    provenance: 'ceremony',
    signedOn: null,
    createdAt,
    entryId,
    annexes: annexes.map(({ annex, role }) => ({ annexId: annex.annexId, role })),
  })
  await recordEvent(platform, trx, organisationId, {
    type: 'agreement.offered',
    subject: agreement.agreementId,
    data: {
      agreementId: agreement.agreementId,
      employmentId,
      bundleSha256: agreement.bundleSha256,
      annexIds,
    },
  })
  await scheduleJob(trx, organisationId, conclusionJobKind, addMilliseconds(createdAt, conclusionEvery_ms))
  return {
    agreementId: agreement.agreementId,
    bundleSha256: agreement.bundleSha256,
    employeeAssignmentId: agreement.employeeAssignmentId,
    representativeAssignmentId: agreement.representativeAssignmentId,
    signCheckId: agreement.signCheckId,
    purpose: bundle.purpose,
    requiredAssurance: employee.requiredAssurance,
    minReadingSeconds: employee.minReadingSeconds,
  }
}
