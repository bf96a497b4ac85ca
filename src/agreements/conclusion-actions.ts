import { endCeremonies } from '#acknowledgements'
import { readAnnexes } from '#annexes'
import type { CivilDate, ClientId, EntryId, Instant, OrganisationId } from '#core'
import { civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import { findMandate } from '#employments'
import { appendEntries, indexesInOpenLog } from '#evidence'
import { scheduleJob } from '#jobs'
import type { Facts, Moment } from '#jurisdictions'
import type { DrawnCheck } from '#legal-checks'
import { checkEntry, drawUpCheck, insertLegalChecks } from '#legal-checks'
import type { Platform } from '#platform'
import { recordEvent } from '#webhooks'
import { blocks } from './agreement-gate.ts'
import { agreementStateOn, answerOn, isUnanswered, signedAtOf } from './agreement-state.ts'
import { insertConclusion, insertEnd, lockAgreement } from './agreement-store.ts'
import type { AgreementView, PartyView } from './agreement-view.ts'
import { readAgreement, readAgreements } from './agreement-view.ts'
import type { Conclusion } from './agreement.ts'
import { readAgreementFacts } from './facts-view.ts'
import { jurisdiction } from './offer-actions.ts'
import { tellChanges } from './change-notice.ts'

/** The kind of the work that makes the signed copies of what was concluded. */
export const signedCopyJobKind = 'signed-copy'

/** Which agreement is evaluated, when it matters, for which day, by whom; `more` comes over what is on record. */
export type EvaluationRequest = {
  readonly agreementId: string
  readonly moments: readonly Moment[]
  readonly asOf: CivilDate
  /** null: the service itself. */
  readonly madeBy: ClientId | null
  readonly more?: Partial<Facts>
}

/**
 * Evaluates an agreement on what is on record of it, keeps the evaluation with its entry and gives it. A re-run is another one. Throws
 * `agreement-not-found` and `jurisdiction-not-found`.
 */
export async function evaluateAgreement(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  { agreementId, moments, asOf, madeBy, more }: EvaluationRequest,
): Promise<DrawnCheck> {
  const { personId } = await readAgreement(trx, organisationId, agreementId)
  const known = { on: asOf, knownAt: platform.clock() }
  const facts = (await readAgreementFacts(trx, organisationId, [agreementId], known)).get(agreementId)!
  const check = drawUpCheck(platform, { jurisdiction, moments, facts: overlaid(facts, more ?? {}), personId }, madeBy) // prettier-ignore
  await appendEntries(platform, trx, organisationId, [checkEntry(check)])
  await insertLegalChecks(trx, organisationId, [check])
  return check
}

/** The facts with others over them, member by member. */
function overlaid(facts: Facts, more: Partial<Facts>): Facts {
  const members = Object.entries(more).map(([name, value]) => {
    const below = (facts as Readonly<Record<string, unknown>>)[name]
    const both = isRecord(below) && isRecord(value)
    return [name, both ? { ...below, ...value } : value] as const
  })
  return { ...facts, ...Object.fromEntries(members) }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Says what both acts came to, once: the rules of signing are run on what really happened, for the day of the second act. A blocker that
 * fails or lacks an input, or an employer's side without authority on the day it signed, makes it `blocked`: it never comes into force.
 * What it replaces has ended with its first day. Throws `agreement-not-found`, and `agreement-not-concluded` while a party has not
 * answered, or has not agreed.
 */
export async function concludeAgreement(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  agreementId: string,
  madeBy: ClientId | null,
): Promise<AgreementView> {
  await lockAgreement(trx, organisationId, agreementId)
  const view = await readAgreement(trx, organisationId, agreementId)
  if (view.history.conclusion !== null) return view
  const recordedAt = platform.clock()
  const signedAt = view.parties === null ? undefined : signedAtOf(view.parties)
  if (view.parties === null || signedAt === undefined || !bothAgreed(view.parties, recordedAt))
    throw problem('agreement-not-concluded', { detail: `It is ${agreementStateOn(view.history, civilDateIn(recordedAt))}.` }) // prettier-ignore
  const check = await evaluateAgreement(platform, trx, organisationId, {
    agreementId,
    moments: ['draft', 'sign'],
    asOf: civilDateIn(signedAt),
    madeBy,
  })
  const rules = check.content.findings.filter(blocks).map(({ ruleId, clauseId }) => clauseId === null ? ruleId : `${ruleId} ${clauseId}`) // prettier-ignore
  const blockedBy = [...new Set(rules), ...((await hadAuthority(trx, organisationId, view)) ? [] : ['mandate-missing'])] // prettier-ignore
  const conclusion: Conclusion & { readonly recordedAt: Instant } = {
    outcome: blockedBy.length > 0 ? 'blocked' : 'concluded',
    concludedAt: signedAt,
    legalCheckId: check.legalCheckId,
    blockedBy,
    recordedAt,
    entryId: platform.newId() as EntryId,
  }
  await record(platform, trx, organisationId, view, conclusion)
  if (conclusion.outcome === 'concluded') {
    await supersede(platform, trx, organisationId, view, conclusion)
    await scheduleJob(trx, organisationId, signedCopyJobKind, recordedAt)
  }
  await tellChanges(platform, trx, organisationId, view)
  return readAgreement(trx, organisationId, agreementId)
}

function bothAgreed(parties: NonNullable<AgreementView['parties']>, now: Instant): boolean {
  const today = civilDateIn(now)
  return (
    answerOn(parties.employee, today) === 'agreed' && answerOn(parties.representative, today) === 'agreed'
  )
}

/** Whether the representative had authority on each day on which they acted. */
async function hadAuthority(
  trx: Transaction,
  organisationId: OrganisationId,
  { representativeId, parties, annexes }: AgreementView,
): Promise<boolean> {
  const covers = annexes.some(({ role }) => role === 'main') ? 'annex' : 'contract'
  const days = new Set(parties!.representative.acts.map(({ actedAt }) => civilDateIn(actedAt)))
  for (const day of days)
    if ((await findMandate(trx, organisationId, representativeId!, covers, day)) === undefined) return false
  return true
}

async function record(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  view: AgreementView,
  conclusion: Conclusion & { readonly recordedAt: Instant },
): Promise<void> {
  const { agreementId, bundleSha256 } = view
  const { outcome, concludedAt, legalCheckId, blockedBy, recordedAt, entryId } = conclusion
  const acts = partiesOf(view).flatMap((party) => party.acts)
  const refs = await indexesInOpenLog(trx, organisationId, acts.map((act) => act.entryId)) // prettier-ignore
  await appendEntries(platform, trx, organisationId, [
    {
      entryId,
      kind: 'agreement-concluded',
      at: recordedAt,
      refs,
      facts: { agreementId, bundleSha256, outcome, concludedAt, legalCheckId, blockedBy, actIds: acts.map(({ actId }) => actId) }, // prettier-ignore
    },
  ])
  await insertConclusion(trx, organisationId, agreementId, conclusion)
  await recordEvent(platform, trx, organisationId, {
    type: 'agreement.concluded',
    subject: agreementId,
    data: { agreementId, outcome, concludedAt, legalCheckId, blockedBy },
  })
}

function partiesOf({ parties }: AgreementView): readonly PartyView[] {
  return parties === null ? [] : [parties.employee, parties.representative]
}

/** Ends, from the first day of each annex, the version that it replaces, and the same annex where it was agreed to before. */
async function supersede(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  view: AgreementView,
  { concludedAt, recordedAt }: Conclusion & { readonly recordedAt: Instant },
): Promise<void> {
  const earlier = (await readAgreements(trx, organisationId, { employmentId: view.employmentId })).filter(
    (other) => other.agreementId !== view.agreementId && other.history.conclusion?.outcome === 'concluded',
  )
  const ids = view.annexes.map(({ annexId }) => annexId)
  const composed = ids.length === 0 ? [] : await readAnnexes(trx, organisationId, { annexIds: ids })
  for (const annex of composed) {
    const concludedOn = civilDateIn(concludedAt)
    const endedOn = annex.effectiveFrom > concludedOn ? annex.effectiveFrom : concludedOn
    for (const other of earlier)
      for (const old of other.annexes) {
        if (old.annexId !== annex.replaces && old.annexId !== annex.annexId) continue
        if (other.history.ends.some((end) => end.supersededBy === null && (end.annexId === null || end.annexId === old.annexId))) continue // prettier-ignore
        const entryId = platform.newId() as EntryId
        const end = { endId: platform.newId(), agreementId: other.agreementId, annexId: old.annexId, endedOn, how: 'superseded', supersededBy: view.agreementId } as const // prettier-ignore
        await appendEntries(platform, trx, organisationId, [
          {
            entryId,
            kind: 'agreement-ended',
            at: recordedAt,
            facts: { ...end, reason: null, endedBy: null },
          },
        ])
        await insertEnd(trx, organisationId, { ...end, endedBy: null, recordedAt, entryId, reason: null })
      }
  }
}

/**
 * Ends what is left to answer once one party will not agree any more, so that nobody signs what cannot come to anything. Does nothing
 * where both ceremonies are over.
 */
export async function closeOther(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  view: AgreementView,
): Promise<void> {
  const open = partiesOf(view).filter(isUnanswered)
  if (open.length === 0) return
  await endCeremonies(platform, trx, organisationId, {
    how: 'withdrawn',
    ends: open.map(({ assignmentId }) => ({ assignmentId, supersededBy: null })),
    reason: 'the other party did not agree, or was not asked any more',
    endedBy: view.createdBy,
    endedAt: platform.clock(),
    entryId: platform.newId() as EntryId,
  })
}
