import type { Instant, OrganisationId } from '#core'
import { addMilliseconds } from '#core'
import type { Transaction } from '#database'
import type { Job } from '#jobs'
import { scheduleJob } from '#jobs'
import type { AuditDeps } from './audit-actions.ts'
import { auditStep } from './audit-actions.ts'
import { auditAge_s, nextNight } from './audit-decisions.ts'
import { listRuns } from './audit-store.ts'
import { completeKind, guardKind, sliceKind } from './guard-kinds.ts'

const minute_ms = 60_000
/** Between the end of one audit in small pieces and the beginning of the next. */
const pause_ms = 60 * minute_ms
/** Slices that one round of the complete audit does: seconds, so that a round never outlives its lease. */
const slicesPerRound = 10

/** The audit in small pieces: a slice each minute, and an hour's pause when it has been through. */
export function auditSliceJob(deps: AuditDeps): Job {
  const { platform, database } = deps
  return {
    kind: sliceKind,
    lease_ms: 5 * minute_ms,
    async work(organisationId) {
      const came = await auditStep(deps, organisationId, 'slice')
      const now = platform.clock()
      const runs = await database.readInOrganisation(organisationId, (trx) =>
        listRuns(trx, organisationId, 1),
      )
      const age = auditAge_s(runs, now)
      if (age !== undefined) platform.metrics.set('beding_ledger_audit_age_seconds', age, { organisation: organisationId }) // prettier-ignore
      return addMilliseconds(now, came === 'more' ? minute_ms : pause_ms)
    },
  }
}

/** The complete audit of each night at 03:30 in the Netherlands. Its slices follow each other without a pause. */
export function completeAuditJob(deps: AuditDeps): Job {
  const { platform } = deps
  return {
    kind: completeKind,
    lease_ms: 10 * minute_ms,
    async work(organisationId) {
      for (let slice = 0; slice < slicesPerRound; slice += 1) {
        const came = await auditStep(deps, organisationId, 'complete')
        if (came === 'ended') return nextNight(platform.clock())
      }
      return platform.clock()
    },
  }
}

/** Gives a new organisation the work of this room: the guard and the audits. In the transaction that makes its log. */
export async function scheduleContinuity(
  trx: Transaction,
  organisationId: OrganisationId,
  now: Instant,
): Promise<void> {
  await scheduleJob(trx, organisationId, guardKind, now)
  await scheduleJob(trx, organisationId, sliceKind, addMilliseconds(now, minute_ms))
  await scheduleJob(trx, organisationId, completeKind, nextNight(now))
}
