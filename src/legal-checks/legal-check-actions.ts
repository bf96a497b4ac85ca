import type { EntryId, OrganisationId } from '#core'
import { sha256Hex } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import { mayGoOn, standingOf } from '#jurisdictions'
import type { Evaluation, Standing } from '#jurisdictions'
import { getPerson } from '#people'
import type { Platform } from '#platform'
import { findingsText, replayOf, reviewedFinding, runCheck } from './legal-check-decisions.ts'
import { getLegalCheck, insertLegalCheck, insertReview, listReviews } from './legal-check-store.ts'
import type { CheckCommand, KeptReview, LegalCheck, Replay, ReviewCommand } from './legal-check.ts'

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
  const evaluation = runCheck(command)
  const { jurisdiction, ruleSetVersion, regime, asOf, moments, findings, factsSha256 } = evaluation
  const check = {
    legalCheckId: platform.newId(),
    personId: command.personId,
    jurisdiction,
    ruleSetVersion,
    regime,
    asOf,
    moments,
    factsSha256,
    findingsSha256: sha256Hex(findingsText(findings)),
    madeAt: platform.clock(),
    entryId: platform.newId() as EntryId,
    content: { facts: command.facts, findings },
  }
  await appendEntries(platform, trx, organisationId, [
    {
      entryId: check.entryId,
      kind: 'legal-check-made',
      at: check.madeAt,
      facts: {
        legalCheckId: check.legalCheckId,
        personId: check.personId,
        jurisdiction,
        ruleSetVersion,
        regime,
        asOf,
        moments,
        factsSha256,
        findingsSha256: check.findingsSha256,
        results: findings.map((each) => `${each.ruleId}:${each.clauseId ?? ''}:${each.result}`),
        madeBy: clientId,
      },
    },
  ])
  await insertLegalCheck(trx, organisationId, check, clientId)
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
