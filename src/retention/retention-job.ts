import type { AssignmentId, Instant, OrganisationId } from '#core'
import { addDays, addMilliseconds, civilDateIn } from '#core'
import type { Database, Transaction } from '#database'
import type { Job } from '#jobs'
import type { Platform } from '#platform'
import type { Candidate } from './candidate-view.ts'
import { findEndedContent, findEndedPersons, findOldTraces } from './candidate-view.ts'
import { listHolds } from './hold-store.ts'
import { nextNight } from './night.ts'
import { propose } from './proposal-actions.ts'
import { addMonths, coveringHold, isDue, monthsOn, traceFields } from './retention-decisions.ts'
import type { ErasureItem, ExecutedClass, LegalHold, RetentionRule } from './retention.ts'
import { executedClasses } from './retention.ts'
import { listRules } from './rule-store.ts'

export type RetentionDeps = { readonly platform: Platform; readonly database: Database }

/** The kind of background work that looks for terms that have run. */
export const retentionKind = 'retention'

/** Most items of one proposal; what is over waits for the next night. */
export const proposalSizeMax = 5_000
/** What was refused is proposed again after half a year. */
const refusedFor_ms = 183 * 86_400_000

/** The nightly work: proposes what may go, and erases nothing. Due at 02:30 in the Netherlands. */
export function retentionJob(deps: RetentionDeps): Job {
  return {
    kind: retentionKind,
    lease_ms: 600_000,
    async work(organisationId) {
      await proposeDue(deps, organisationId)
      return nextNight(deps.platform.clock())
    },
  }
}

/** Proposes for each class what may go today and is not under way. Answers how many items were proposed. */
export async function proposeDue(deps: RetentionDeps, organisationId: OrganisationId): Promise<number> {
  const { platform, database } = deps
  const { proposed, overdue } = await database.inOrganisation(organisationId, async (trx) => {
    const now = platform.clock()
    const rules = await listRules(trx, organisationId)
    const holds = await listHolds(trx, organisationId, { state: 'active' })
    let proposed = 0
    for (const each of executedClasses)
      proposed += await proposeClass(platform, trx, organisationId, each, { now, rules, holds })
    const today = civilDateIn(now)
    return { proposed, overdue: holds.filter(({ reviewOn }) => reviewOn < today).length }
  })
  platform.metrics.set('beding_legal_holds_overdue', overdue, { organisation: organisationId })
  platform.metrics.count('beding_retention_items_total', { outcome: 'proposed' }, proposed)
  return proposed
}

type Known = {
  readonly now: Instant
  readonly rules: readonly RetentionRule[]
  readonly holds: readonly LegalHold[]
}

async function proposeClass(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  retentionClass: ExecutedClass,
  known: Known,
): Promise<number> {
  const today = civilDateIn(known.now)
  const months = monthsOn(retentionClass, known.rules, today)
  if (months === null) return 0
  const found = await findCandidates(trx, organisationId, retentionClass, months, known)
  const items = found.filter((each) => isDue(each.from, months, today) && !isHeld(each, known.holds))
  const persons = retentionClass === 'R5' ? [] : await findPersons(trx, organisationId, items, known)
  const all = [...items, ...persons].map(toItem)
  if (all.length === 0) return 0
  const since = retentionClass === 'R5' ? 'after the event' : 'after the end of employment'
  await propose(
    platform,
    trx,
    organisationId,
    {
      proposalId: platform.newId(),
      retentionClass,
      ground: `${retentionClass}: ${months} months ${since}`,
      fields: retentionClass === 'R5' ? traceFields : [],
      personId: null,
      madeBy: null,
      madeAt: known.now,
    },
    all,
  )
  return all.length
}

function findCandidates(
  trx: Transaction,
  organisationId: OrganisationId,
  retentionClass: ExecutedClass,
  months: number,
  { now }: Known,
): Promise<Candidate[]> {
  const until = addMonths(civilDateIn(now), -months)
  const search = { until, refusedSince: addMilliseconds(now, -refusedFor_ms), limit: proposalSizeMax }
  // A day more than needed, because the day of an event is a day in the Netherlands; isDue decides.
  const before = `${addDays(until, 1)}T00:00:00.000Z` as Instant
  if (retentionClass === 'R5') return findOldTraces(trx, organisationId, before, search)
  return findEndedContent(trx, organisationId, retentionClass === 'R3', search)
}

/** A person's own row is kept as long as an acknowledgement is (R2), and as long as anything of the person is left. */
async function findPersons(
  trx: Transaction,
  organisationId: OrganisationId,
  items: readonly Candidate[],
  { now, rules, holds }: Known,
): Promise<Candidate[]> {
  const today = civilDateIn(now)
  const months = monthsOn('R2', rules, today)
  const limit = proposalSizeMax - items.length
  if (months === null || limit <= 0) return []
  const going = items.map((item) => item.assignmentId).filter((id): id is AssignmentId => id !== null)
  const search = {
    until: addMonths(today, -months),
    refusedSince: addMilliseconds(now, -refusedFor_ms),
    limit,
  }
  const found = await findEndedPersons(trx, organisationId, going, search)
  return found.filter((each) => isDue(each.from, months, today) && !isHeld(each, holds))
}

function isHeld(candidate: Candidate, holds: readonly LegalHold[]): boolean {
  const policyIds = candidate.policyId === null ? [] : [candidate.policyId]
  return coveringHold(holds, candidate.personId, policyIds) !== undefined
}

function toItem({ what, personId, assignmentId }: Candidate): ErasureItem {
  return { what, personId, assignmentId }
}
