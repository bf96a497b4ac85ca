import { deliveryJob, lapseJob } from '#acknowledgements'
import { conclusionJob, signedCopyJob } from '#agreements'
import type { DeliveryDeps } from '#acknowledgements'
import { anchoringJob, readAnchorMarks, readAnchors } from '#anchors'
import type { AuditDeps, LedgerGuard } from '#continuity'
import { auditSliceJob, completeAuditJob } from '#continuity'
import { employmentChangedJob, findingsReviewedJob, reEvaluationJob } from '#changes'
import { addMilliseconds, fromBase64 } from '#core'
import { dossierJob } from '#disputes'
import type { RenderPool } from '#documents'
import type { Job } from '#jobs'
import { noticeJob } from '#messages'
import { preservationJob } from '#preservation'
import { erasureJob, retentionJob } from '#retention'
import { obtainRevocation, type RevocationSources } from '#revocation'
import { listTimestampRoots, type TimestampAuthority } from '#timestamps'
import type { EgressRules } from '#webhooks'
import { webhookJob } from '#webhooks'

export type BackgroundDeps = DeliveryDeps & {
  readonly authorities: readonly TimestampAuthority[]
  readonly revocation: RevocationSources
  readonly egress: EgressRules
  readonly guard: LedgerGuard
  readonly pool: Pick<RenderPool, 'render'>
}

/** Everything that the service does without being asked: one list, so that nothing is forgotten where it is started. */
export function backgroundWork(deps: BackgroundDeps): Job[] {
  const { platform, database, authorities, egress, revocation } = deps
  const audit: AuditDeps = { platform, database, newestAnchor: newestAnchorOf(deps) }
  return [
    deliveryJob(deps),
    noticeJob(deps),
    anchoringJob({ platform, database, authorities }),
    dossierJob({ platform, database, authorities }),
    preservationJob({
      platform,
      database,
      authorities,
      timestampRoots: () => listTimestampRoots(database, authorities),
      revocationOf: (chain, at) => obtainRevocation(platform, revocation, chain, at),
    }),
    webhookJob({ platform, database, egress }),
    deps.guard.job,
    auditSliceJob(audit),
    completeAuditJob(audit),
    lapseJob({ platform, database }),
    conclusionJob({ platform, database }),
    signedCopyJob({ platform, database, pool: deps.pool }),
    employmentChangedJob({ platform, database }),
    findingsReviewedJob({ platform, database }),
    reEvaluationJob({ platform, database }),
    retentionJob({ platform, database }),
    erasureJob({ platform, database }),
  ]
}

/** The newest checkpoint of a log that somebody else has put a time to: size and root as they were stamped. */
function newestAnchorOf({ platform }: BackgroundDeps): NonNullable<AuditDeps['newestAnchor']> {
  return async (trx, organisationId, logId) => {
    const range = {
      upToSize: Number.MAX_SAFE_INTEGER,
      obtainedBefore: addMilliseconds(platform.clock(), 60_000),
    }
    const marks = await readAnchorMarks(trx, organisationId, logId, range)
    const newest = marks.findLast((mark) => mark.at !== null)
    if (newest === undefined) return undefined
    const [anchor] = await readAnchors(trx, organisationId, logId, range, [newest])
    const root = fromBase64(anchor?.note.split('\n')[2] ?? '')
    return root === undefined ? undefined : { size: newest.size, root }
  }
}
