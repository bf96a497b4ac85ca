import type { LogId, OrganisationId } from '#core'
import type { Database, Transaction } from '#database'
import type { LogOfOrganisation, StopReason } from '#evidence'
import { isSignedBy, listLogs, readCheckpoint, rootAt, stopLog } from '#evidence'
import type { Platform } from '#platform'
import { recordEvent } from '#webhooks'
import { judgeHead } from './guard-decisions.ts'
import type { HeadSource, KnownHead } from './known-head.ts'

export type ContinuityDeps = {
  readonly platform: Platform
  readonly database: Database
  /** Witnesses, anchors and whoever else knows heads; the files are always asked. */
  readonly sources?: readonly HeadSource[]
}

/** What a look at one organisation's ledger came to. */
export type GuardOutcome = 'sound' | 'no-log' | 'stopped-now' | 'stopped-before' | 'broken'

type Contradiction = { readonly known: KnownHead; readonly reason: StopReason }
type Checked = { readonly outcome: GuardOutcome; readonly log?: LogOfOrganisation; readonly contradiction?: Contradiction } // prettier-ignore

/**
 * Holds the head of an organisation's open log against everything that is known of it outside the database. When the log
 * is behind, has another root, or a later log is known, it is stopped in the database for every process, with an error
 * in the log, a metric and the event `ledger.stopped`. When it is sound its newest checkpoint is kept outside as well.
 * Costs a few reads: roots come from stored subtrees, never from the whole log. Decision 0066.
 */
export async function guardLedger(
  deps: ContinuityDeps,
  organisationId: OrganisationId,
  alsoKnown: readonly KnownHead[] = [],
): Promise<GuardOutcome> {
  const { platform, database } = deps
  // First what is outside, then the database: a log that grows meanwhile is not behind.
  const known = [...alsoKnown, ...(await headsOutside(deps, organisationId))]
  const { outcome, log, contradiction } = await database.inOrganisation(organisationId, (trx) =>
    checkHeads(deps, trx, organisationId, known),
  )
  const organisation = organisationId
  if (outcome !== 'no-log') platform.metrics.set('beding_ledger_stopped', outcome === 'sound' ? 0 : 1, { organisation }) // prettier-ignore
  if (contradiction !== undefined) {
    const { reason, known: seen } = contradiction
    const found = { reason, source: seen.source, origin: seen.origin, knownSize: seen.size, size: log?.size }
    platform.log.error({ organisation, ...found }, 'a ledger is stopped: the database is not where the ledger was; see RESTORE.md') // prettier-ignore
  }
  if (outcome === 'no-log' && known.length > 0) {
    platform.log.error(
      { organisation },
      'heads are known of an organisation that this database does not have',
    )
  }
  if (outcome === 'sound' && log !== undefined) await keepNewest(deps, organisationId, log)
  return outcome
}

/** Everything that is known outside: the files, and whoever of the sources answers. */
export async function headsOutside(
  { platform, sources = [] }: ContinuityDeps,
  organisationId: OrganisationId,
): Promise<KnownHead[]> {
  const { heads, unreadable } = await platform.outsideHeads.read(organisationId)
  if (unreadable.length > 0) {
    platform.log.warn({ files: unreadable }, 'files with heads of ledgers cannot be read')
  }
  const known: KnownHead[] = heads.map(({ origin, size, root, note }) => ({ source: 'file', origin, size, root, note })) // prettier-ignore
  for (const source of sources) {
    try {
      known.push(...(await source(organisationId)))
    } catch (error) {
      platform.log.warn({ err: error }, 'somebody who knows heads of ledgers did not answer')
    }
  }
  return known
}

async function checkHeads(
  { platform }: ContinuityDeps,
  trx: Transaction,
  organisationId: OrganisationId,
  known: readonly KnownHead[],
): Promise<Checked> {
  const logs = await listLogs(trx, organisationId)
  const log = logs.find((each) => each.open)
  if (log === undefined) return { outcome: 'no-log' }
  if (log.stoppedAt !== null) return { outcome: 'stopped-before', log }
  const contradiction = await findContradiction({ platform }, trx, organisationId, logs, known)
  if (contradiction === undefined) return { outcome: 'sound', log }
  const { known: seen, reason } = contradiction
  const stopped = await stopLog(trx, organisationId, {
    logId: log.logId,
    reason,
    source: seen.source,
    knownOrigin: seen.origin,
    knownSize: seen.size,
    knownNote: seen.note,
    headSize: log.size,
    headRoot: await rootAt(trx, organisationId, log.size, log.logId),
    stoppedAt: platform.clock(),
  })
  if (!stopped) return { outcome: 'stopped-before', log }
  const data = { logId: log.logId, reason, size: log.size, knownOrigin: seen.origin, knownSize: seen.size }
  await recordEvent(platform, trx, organisationId, { type: 'ledger.stopped', subject: log.logId, data })
  return { outcome: 'stopped-now', log, contradiction }
}

async function findContradiction(
  { platform }: Pick<ContinuityDeps, 'platform'>,
  trx: Transaction,
  organisationId: OrganisationId,
  logs: readonly LogOfOrganisation[],
  heads: readonly KnownHead[],
): Promise<Contradiction | undefined> {
  for (const known of heads) {
    const log = logs.find((each) => each.origin === known.origin)
    if (log !== undefined && known.note !== null && !isSignedBy(known.note, log)) {
      platform.log.warn({ organisation: organisationId, source: known.source }, 'a head that the log did not sign is passed over') // prettier-ignore
      continue
    }
    const verdict = judgeHead(organisationId, logs, known)
    if (verdict.kind === 'contradicted') return { known, reason: verdict.reason }
    if (verdict.kind !== 'compare' || verdict.root === null) continue
    const root = await rootAt(trx, organisationId, verdict.size, log!.logId)
    if (!root.equals(verdict.root)) return { known, reason: 'root-differs' }
  }
  return undefined
}

/** Covers commits whose process died before it could keep their checkpoint, and clears away files that say less. */
async function keepNewest(
  { platform, database }: ContinuityDeps,
  organisationId: OrganisationId,
  log: { readonly logId: LogId; readonly origin: string },
): Promise<void> {
  const newest = await database.readInOrganisation(organisationId, (trx) =>
    readCheckpoint(trx, organisationId, undefined, log.logId),
  )
  if (newest === undefined) return
  await platform.outsideHeads.keep(organisationId, newest.note)
  await platform.outsideHeads.tidy(log.origin)
}
