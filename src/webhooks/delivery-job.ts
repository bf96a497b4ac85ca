import type { Instant, OrganisationId } from '#core'
import { addMilliseconds } from '#core'
import type { Database } from '#database'
import type { Job } from '#jobs'
import type { Platform } from '#platform'
import type { ClaimedDelivery } from './delivery.ts'
import { judgeAttempt, type Verdict } from './delivery-decisions.ts'
import { claimDeliveries, nextDue, openRound, recordVerdict } from './delivery-store.ts'
import type { EgressOptions, EgressResult } from './egress.ts'
import { post } from './egress.ts'
import { webhookJobKind } from './event-store.ts'
import { privateKeyOf, secretOf, signedHeaders } from './signature.ts'

export type WebhookJobDeps = {
  readonly platform: Pick<Platform, 'clock' | 'randomBytes' | 'secrets' | 'metrics'>
  readonly database: Database
  readonly egress: EgressOptions
  /** How long a round goes on taking deliveries, in real time. Default 5 000. */
  readonly roundBudget_ms?: number
}

/** Longer than an attempt can take, with its statements. */
const lease_ms = 60_000
const roundBudgetDefault_ms = 5_000
/** How many deliveries are under way to one endpoint at a time. */
const perEndpoint = 4
/** How many organisations are sent for at a time, in one process. */
const roundsAtOnce = 8

/**
 * Sends what is due. Each endpoint of an organisation has its own turn, each organisation its own round, and several
 * rounds run at a time, so a receiver that takes its time delays nobody else for long. A round stops taking deliveries
 * after a few seconds and puts down when it is to go on. At least once: between the receiver's answer and the row that
 * says so lies a moment in which a worker can die; the next attempt then sends the same id and the same bytes.
 */
export function webhookJob(deps: WebhookJobDeps): Job {
  return {
    kind: webhookJobKind,
    lease_ms,
    roundsAtOnce,
    async work(organisationId) {
      const until = performance.now() + (deps.roundBudget_ms ?? roundBudgetDefault_ms)
      const endpointIds = await deps.database.inOrganisation(organisationId, (trx) =>
        openRound(trx, organisationId, deps.platform.clock()),
      )
      await Promise.all(endpointIds.map((id) => drainEndpoint(deps, organisationId, id, until)))
      return deps.database.readInOrganisation(organisationId, (trx) => nextDue(trx, organisationId))
    },
  }
}

async function drainEndpoint(
  deps: WebhookJobDeps,
  organisationId: OrganisationId,
  endpointId: string,
  until: number,
): Promise<void> {
  do {
    const claimed = await deps.database.inOrganisation(organisationId, (trx) => {
      const now = deps.platform.clock()
      const times = { now, leaseUntil: addMilliseconds(now, lease_ms) }
      return claimDeliveries(trx, organisationId, endpointId, times, perEndpoint)
    })
    if (claimed.length === 0) return
    await Promise.all(claimed.map((delivery) => attempt(deps, organisationId, delivery)))
  } while (performance.now() < until)
}

async function attempt(
  deps: WebhookJobDeps,
  organisationId: OrganisationId,
  delivery: ClaimedDelivery,
): Promise<void> {
  const { platform, database } = deps
  const result = await post(
    delivery.url,
    headersOf(deps, delivery, platform.clock()),
    delivery.body,
    deps.egress,
  )
  const now = platform.clock()
  const chance = platform.randomBytes(2).readUInt16BE() / 65_536
  const { attempts, failures } = delivery
  const verdict = judgeAttempt(result, { attempts, failures, now, chance })
  platform.metrics.count('beding_webhook_deliveries_total', { outcome: outcomeOf(result, verdict) })
  await database.inOrganisation(organisationId, (trx) =>
    recordVerdict(trx, organisationId, delivery, verdict, now),
  )
}

function headersOf(deps: WebhookJobDeps, delivery: ClaimedDelivery, at: Instant): Record<string, string> {
  const { secrets } = deps.platform
  const keys = {
    secrets: delivery.secretIds.map((id) => secretOf(secrets, id)),
    privateKey: privateKeyOf(secrets, delivery.endpointId),
  }
  return {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'Beding-Webhooks',
    accept: '*/*',
    ...signedHeaders(keys, delivery.eventId, at, delivery.body),
  }
}

/** A word for the operator's counters: how it ended, not where. */
function outcomeOf(result: EgressResult, verdict: Verdict): string {
  if (verdict.kind === 'delivered' || verdict.kind === 'gone' || verdict.kind === 'given-up')
    return verdict.kind
  if (result.kind === 'answered') return 'refused-by-receiver'
  return result.kind === 'refused' ? 'address-refused' : `unreachable-${result.reason}`
}
