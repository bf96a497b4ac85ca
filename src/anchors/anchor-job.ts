import type { Instant, OrganisationId } from '#core'
import { addMilliseconds } from '#core'
import type { Job } from '#jobs'
import type { AnchorDeps, AnchorSettings } from './anchor.ts'
import { decideAnchor, decideRenewal, endingAlgorithms, nextLook } from './anchor-decisions.ts'
import {
  anchoringKind,
  attemptAnchor,
  completeAnchor,
  recordAttempt,
  settingsOf,
  showAge,
  type AnchorAttempt,
} from './anchor-actions.ts'
import type { AnchorPicture } from './anchor-state-view.ts'
import { countLapsed, findChainEnds, readAnchorPicture } from './anchor-state-view.ts'
import { renewTimestamp } from './timestamp-actions.ts'

/** Longer than every authority and witness may take, and a round of renewals with them. */
const lease_ms = 15 * 60_000

/** Whatever is left of a lease, no renewal begins after this. */
const renewingTime_ms = 5 * 60_000

/**
 * The work of anchoring: takes a token and cosignatures for the newest checkpoint when they are due, and renews tokens
 * before they end. It reads and writes in short transactions, holds nothing while it waits, and never touches the head
 * of the ledger, so no act waits for it.
 */
export function anchoringJob(deps: AnchorDeps): Job {
  return { kind: anchoringKind, lease_ms, work: (organisationId) => anchoringRound(deps, organisationId) }
}

/** One round. Answers when to look again; null where there is no log. */
async function anchoringRound(deps: AnchorDeps, organisationId: OrganisationId): Promise<Instant | null> {
  const settings = settingsOf(deps)
  const picture = await deps.database.readInOrganisation(organisationId, (trx) =>
    readAnchorPicture(trx, organisationId),
  )
  if (picture === undefined) return null
  const failures = await anchorIfDue(deps, settings, picture)
  const isWorkLeft = await renewIfDue(deps, settings, organisationId)
  const now = deps.platform.clock()
  return isWorkLeft ? addMilliseconds(now, settings.firstRetry_ms) : nextLook(failures, now, settings)
}

/** Answers how many attempts in a row have failed by now. */
async function anchorIfDue(
  deps: AnchorDeps,
  settings: AnchorSettings,
  { place, state, anchored }: AnchorPicture,
): Promise<number> {
  const now = deps.platform.clock()
  const decision = decideAnchor(state, place.size, now, settings)
  if (decision.kind === 'due') {
    const attempt = await attemptAnchor(deps, place)
    if (isNothing(attempt)) return 0
    const record = { since: decision.since, startedAt: now, isFresh: true, isWish: false }
    return recordAttempt(deps, place, attempt, record)
  }
  // The last anchor has its token but not the cosignatures it needs: the witnesses are asked again, the authority not.
  if (state.failures > 0 && anchored !== null) {
    return (await completeAnchor(deps, anchored, { isWish: false })).failures
  }
  showAge(deps.platform, place.organisationId, state.anchoredAt ?? now, now)
  return 0
}

/** Neither an authority nor a witness is configured: there is nothing to wait for and nothing that fails. */
function isNothing({ timestamp, cosigned }: AnchorAttempt): boolean {
  return (
    timestamp === null &&
    cosigned.cosignatures === 0 &&
    cosigned.failures.length === 0 &&
    cosigned.quorum === 'none'
  )
}

/** Renews what is due, the most urgent first. True when some is left that could be renewed at once. */
async function renewIfDue(
  deps: AnchorDeps,
  settings: AnchorSettings,
  organisationId: OrganisationId,
): Promise<boolean> {
  if (deps.authorities.length === 0) return false
  const { clock, metrics, log } = deps.platform
  const now = clock()
  const limit = settings.renewalsPerRound
  const { ends, lapsed } = await deps.database.readInOrganisation(organisationId, async (trx) => ({
    ends: await findChainEnds(trx, organisationId, now, endingAlgorithms(now, settings), limit),
    lapsed: await countLapsed(trx, organisationId, now),
  }))
  metrics.set('beding_anchors_lapsed', lapsed, { organisation: organisationId })
  if (lapsed > 0)
    log.error({ organisationId, lapsed }, 'timestamps were not renewed before their certificates ended')
  const startedAt_ms = performance.now()
  for (const end of ends) {
    if (decideRenewal(end, clock(), settings) !== 'renew') continue
    if (performance.now() - startedAt_ms > renewingTime_ms) return true
    const outcome = await renewTimestamp(deps, settings, end)
    // One authority list serves them all: when it gives nothing now, it is asked again at the next look.
    if (outcome.kind === 'failed') return false
  }
  return ends.length === limit
}
