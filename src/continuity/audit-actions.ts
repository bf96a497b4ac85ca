import type { LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { auditBeginning, auditedRoot, auditSlice, listLogs, rootAt } from '#evidence'
import type { AuditSlice } from '#evidence'
import type { Platform } from '#platform'
import { recordEvent } from '#webhooks'
import type { AuditScope, AuditState, Finding } from './audit.ts'
import { clearAuditState, insertFindings, insertRun, lockAuditState, saveAuditState } from './audit-store.ts'
import type { ContinuityDeps } from './guard-actions.ts'

/** The newest checkpoint of a log that somebody outside put a time or a cosignature on. */
export type AnchoredCheckpoint = { readonly size: number; readonly root: Buffer }

export type AuditDeps = Pick<ContinuityDeps, 'platform' | 'database'> & {
  /** Asks for the newest anchored checkpoint of a log; undefined when it has none. */
  readonly newestAnchor?: (
    trx: Transaction,
    organisationId: OrganisationId,
    logId: LogId,
  ) => Promise<AnchoredCheckpoint | undefined>
}

/** Most entries that one slice recomputes. */
export const sliceSizeMax = 2_000
/** Findings that an event lists; the rest is counted. */
const toldMax = 20

/**
 * Recomputes the next slice of an organisation's logs, oldest log first, in one transaction. Answers `more` while the
 * audit is under way and `ended` when the last log was done. A finding stops nothing: it is kept, once, with an error
 * in the log, a metric and the event `ledger.audit-failed`. Decision 0068.
 */
export async function auditStep(
  deps: AuditDeps,
  organisationId: OrganisationId,
  scope: AuditScope,
  entriesMax = sliceSizeMax,
): Promise<'more' | 'ended'> {
  const { platform, database } = deps
  const step = await database.inOrganisation(organisationId, async (trx) => {
    const logs = await listLogs(trx, organisationId)
    const [first] = logs
    if (first === undefined) return undefined
    const state = (await lockAuditState(trx, organisationId, scope)) ?? beginning(platform, first.logId)
    const slice = await auditSlice(trx, organisationId, state.progress, entriesMax, state.logId)
    const anchored = slice.ended ? await holdAgainstAnchor(deps, trx, organisationId, slice) : undefined
    const found = [...slice.findings, ...(anchored?.findings ?? [])]
    const fresh = await insertFindings(trx, organisationId, state.logId, found, platform.clock())
    if (fresh.length > 0) await tell(platform, trx, organisationId, state.logId, fresh)
    const findings = state.findings + found.length + slice.findingsOmitted
    const next = logs[logs.findIndex((log) => log.logId === state.logId) + 1]
    if (!slice.ended) {
      await saveAuditState(trx, organisationId, scope, { ...state, progress: slice.progress, findings })
    } else if (scope === 'complete') {
      await insertRun(trx, organisationId, { ...runOf(platform, state, slice), anchoredSize: anchored?.size ?? null, findings }) // prettier-ignore
    }
    if (slice.ended && next !== undefined) {
      await saveAuditState(trx, organisationId, scope, beginning(platform, next.logId))
    }
    const ended = slice.ended && next === undefined
    if (ended) await clearAuditState(trx, organisationId, scope)
    return { ended, fresh, findings }
  })
  if (step === undefined) return 'ended'
  const organisation = organisationId
  if (step.fresh.length > 0) {
    platform.log.error({ organisation, findings: step.fresh.slice(0, toldMax), count: step.fresh.length }, 'the audit of a ledger found records that contradict each other') // prettier-ignore
  }
  if (step.findings > 0 || (step.ended && scope === 'complete')) {
    platform.metrics.set('beding_ledger_audit_findings', step.findings, { organisation })
  }
  return step.ended ? 'ended' : 'more'
}

function beginning({ clock }: Pick<Platform, 'clock'>, logId: LogId): AuditState {
  return { logId, progress: auditBeginning, findings: 0, startedAt: clock() }
}

function runOf({ clock, newId }: Pick<Platform, 'clock' | 'newId'>, state: AuditState, slice: AuditSlice) {
  return {
    runId: newId(),
    logId: slice.logId,
    startedAt: state.startedAt,
    endedAt: clock(),
    entries: slice.progress.range.size,
    root: auditedRoot(slice.progress),
  }
}

/** The anchored root was put outside when it was made, so it is the one thing that a rewritten log cannot lead to. */
async function holdAgainstAnchor(
  { newestAnchor }: AuditDeps,
  trx: Transaction,
  organisationId: OrganisationId,
  slice: AuditSlice,
): Promise<{ readonly size: number; readonly findings: readonly Finding[] } | undefined> {
  const anchor = await newestAnchor?.(trx, organisationId, slice.logId)
  if (anchor === undefined) return undefined
  const { size } = anchor
  const subject = `anchor ${size}`
  if (size > slice.progress.range.size) return { size, findings: [{ name: 'anchor-beyond-head', subject }] }
  const root = await rootAt(trx, organisationId, size, slice.logId)
  return { size, findings: root.equals(anchor.root) ? [] : [{ name: 'anchor-root-differs', subject }] }
}

async function tell(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
  fresh: readonly Finding[],
): Promise<void> {
  const findings = fresh.slice(0, toldMax).map(({ name, subject }) => ({ name, subject }))
  const data = { logId, findings, count: fresh.length }
  await recordEvent(platform, trx, organisationId, { type: 'ledger.audit-failed', subject: logId, data })
}
