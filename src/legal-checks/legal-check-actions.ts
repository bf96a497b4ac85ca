import type { EntryId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import { scheduleJob } from '#jobs'
import { mayGoOn, standingOf } from '#jurisdictions'
import type { Evaluation, Standing } from '#jurisdictions'
import { getPerson } from '#people'
import type { Platform } from '#platform'
import { replayOf, reviewedFinding, runCheck } from './legal-check-decisions.ts'
import { checkEntry, drawUpCheck } from './legal-check-drawing.ts'
import { getLegalCheck, insertLegalChecks, insertReview, listReviews } from './legal-check-store.ts'
import type { CheckCommand, KeptReview, LegalCheck, Replay, ReviewCommand } from './legal-check.ts'

/** The kind of background work that sees what a decision about a finding settles. */
export const findingsReviewedKind = 'findings-reviewed'

/** An evaluation with what people decided about its findings. */
export type CheckView = {
  readonly check: LegalCheck
  readonly standings: readonly Standing<KeptReview>[]
  readonly mayGoOn: boolean
  readonly replay: Replay
}

/**
 * Evaluates and keeps it: facts, findings, rule set, regime, day, and an entry in the ledger with the hashes and results. A
 * re-run is another row. Throws `jurisdiction-not-found` or `person-not-found`.
 */
export async function makeCheck(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: CheckCommand,
): Promise<CheckView> {
  const { organisationId, clientId } = caller
  if (command.personId !== null) await getPerson(trx, organisationId, command.personId)
  const check = drawUpCheck(platform, command, clientId)
  await appendEntries(platform, trx, organisationId, [checkEntry(check)])
  await insertLegalChecks(trx, organisationId, [check])
  return view(trx, organisationId, check)
}

/**
 * Evaluates and keeps nothing. What people decided about the same inputs before stands with each finding. Throws
 * `jurisdiction-not-found`.
 */
export async function previewCheck(
  trx: Transaction,
  organisationId: OrganisationId,
  command: CheckCommand,
): Promise<{ readonly evaluation: Evaluation; readonly standings: readonly Standing<KeptReview>[] }> {
  const evaluation = runCheck(command)
  const reviews = await listReviews(trx, organisationId, evaluation.findings)
  return { evaluation, standings: evaluation.findings.map((finding) => standingOf(finding, reviews)) }
}

/** An evaluation as it stands today, with every decision that is bound to its inputs. */
export async function readCheck(
  trx: Transaction,
  organisationId: OrganisationId,
  legalCheckId: string,
): Promise<CheckView> {
  return view(trx, organisationId, await getLegalCheck(trx, organisationId, legalCheckId))
}

/**
 * Keeps what a named person decided about a finding, with an entry in the ledger. It holds for these inputs only. Throws what
 * `reviewedFinding` throws.
 */
export async function recordReview(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: ReviewCommand,
): Promise<KeptReview> {
  const { organisationId, clientId } = caller
  const check = await getLegalCheck(trx, organisationId, command.legalCheckId)
  const { inputSha256 } = reviewedFinding(check, command)
  const review: KeptReview = {
    ...command,
    inputSha256,
    legalReviewId: platform.newId(),
    madeAt: platform.clock(),
    entryId: platform.newId() as EntryId,
  }
  const { entryId, madeAt, ...facts } = review
  await appendEntries(platform, trx, organisationId, [
    { entryId, kind: 'legal-review-recorded', at: madeAt, facts: { ...facts, madeBy: clientId } },
  ])
  await insertReview(trx, organisationId, review, clientId)
  await scheduleJob(trx, organisationId, findingsReviewedKind, madeAt)
  return review
}

async function view(trx: Transaction, organisationId: OrganisationId, check: LegalCheck): Promise<CheckView> {
  const findings = check.content?.findings ?? []
  const reviews = await listReviews(trx, organisationId, findings)
  const standings = findings.map((finding) => standingOf(finding, reviews))
  return {
    check,
    standings,
    mayGoOn: check.content !== null && mayGoOn(standings),
    replay: replayOf(check),
  }
}
