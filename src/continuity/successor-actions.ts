import type { OrganisationId } from '#core'
import { toBase64 } from '#core'
import type { LogStop, OpenedLog } from '#evidence'
import {
  endStop,
  findStop,
  formatOrigin,
  isSignedBy,
  listLogs,
  openSuccessorLog,
  parseOrigin,
  rootAt,
} from '#evidence'
import { parseHead } from '#platform'
import type { ContinuityDeps } from './guard-actions.ts'
import { guardLedger, headsOutside } from './guard-actions.ts'
import { successorNumber } from './guard-decisions.ts'
import type { KnownHead } from './known-head.ts'
import { OperatorRefusal } from './refusal.ts'

/** What an operator says when a log has to be succeeded. */
export type Succession = {
  /** What happened, for the ledger: 1 to 2,000 characters, no person in it. */
  readonly incident: string
  /** The newest checkpoint that the operator has of the log, as a signed note. */
  readonly checkpoint?: string
}

/**
 * Opens the log that takes over from a stopped one. Its first entry, `log-succeeded`, quotes the last checkpoint that is
 * known outside, the size and root that the database was left with, and the incident. The old log stays readable and its
 * key published; nothing is appended to it again. Throws an OperatorRefusal when the log is not stopped and nothing
 * known outside stops it, because then there is nothing to succeed. Decision 0067.
 */
export async function openSuccessor(
  deps: ContinuityDeps,
  organisationId: OrganisationId,
  succession: Succession,
): Promise<OpenedLog> {
  const { platform, database } = deps
  const incident = succession.incident.trim()
  if (incident.length < 1 || incident.length > 2_000 || !incident.isWellFormed()) {
    throw new OperatorRefusal('Say what happened in 1 to 2,000 characters.')
  }
  const brought = succession.checkpoint === undefined ? [] : [readCheckpointFile(organisationId, succession.checkpoint)] // prettier-ignore
  const outcome = await guardLedger(deps, organisationId, brought)
  if (outcome === 'no-log') throw new OperatorRefusal('This organisation has no ledger here.')
  if (outcome === 'sound') {
    throw new OperatorRefusal(
      'The ledger is not stopped, and nothing that is known outside contradicts it: there is nothing to succeed.',
    )
  }
  const outside = [...brought, ...(await headsOutside(deps, organisationId))]
  const opened = await database.inOrganisation(organisationId, async (trx) => {
    const logs = await listLogs(trx, organisationId)
    const old = logs.find((log) => log.open)!
    const stop = await findStop(trx, organisationId, old.logId)
    if (stop === undefined) throw new OperatorRefusal('The ledger is stopped, but why was not recorded.')
    const origins = [
      ...logs.map((log) => log.origin),
      ...outside.map((head) => head.origin),
      stop.knownOrigin,
    ]
    const number = successorNumber(organisationId, origins)
    const { host } = parseOrigin(old.origin, organisationId)!
    const believed = outside.filter((head) => head.note !== null && isBelieved(head, logs))
    const known = lastKnown(stop, believed)
    const facts = {
      incident,
      previousOrigin: old.origin,
      restoredSize: old.size,
      restoredRoot: toBase64(await rootAt(trx, organisationId, old.size, old.logId)),
      knownOrigin: known.origin,
      knownSize: known.size,
      knownCheckpoint: known.note,
      stoppedBecause: stop.reason,
    }
    const origin = formatOrigin({ host, number }, organisationId)
    const successor = await openSuccessorLog(platform, trx, organisationId, { origin, facts, now: platform.clock() }) // prettier-ignore
    await endStop(trx, organisationId)
    return successor
  })
  platform.metrics.set('beding_ledger_stopped', 0, { organisation: organisationId })
  platform.log.warn({ organisation: organisationId, origin: opened.origin }, 'a successor log was opened')
  return opened
}

function readCheckpointFile(organisationId: OrganisationId, note: string): KnownHead {
  try {
    const { origin, size, root } = parseHead(organisationId, note)
    return { source: 'operator', origin, size, root, note }
  } catch {
    throw new OperatorRefusal('The checkpoint file does not hold a signed checkpoint.')
  }
}

/** A note of a log that is here counts when that log signed it; one of a log that is not here is all there is of it. */
function isBelieved(head: KnownHead, logs: Parameters<typeof isSignedBy>[1][]): boolean {
  const log = logs.find((each) => each.origin === head.origin)
  return log === undefined || isSignedBy(head.note!, log)
}

type LastKnown = { readonly origin: string; readonly size: number; readonly note: string | null }

/** Of the log that contradicted this one, the largest head there is, best with its note. */
function lastKnown(stop: LogStop, outside: readonly KnownHead[]): LastKnown {
  const recorded: LastKnown = { origin: stop.knownOrigin, size: stop.knownSize, note: stop.knownNote }
  return outside
    .filter((head) => head.origin === stop.knownOrigin)
    .reduce<LastKnown>(
      (best, head) =>
        head.size > best.size || (head.size === best.size && best.note === null) ? head : best,
      recorded,
    )
}
