import type { OrganisationId } from '#core'
import { addMilliseconds } from '#core'
import type { Database } from '#database'
import { insertLink, makeLink } from '#ceremonies'
import type { Platform } from '#platform'
import type { DeliveryChannel } from './delivery-channel.ts'
import type { ClaimedDelivery } from './delivery-store.ts'
import { claimDeliveries, dueOrganisations, recordOutcome, rescheduleWork } from './delivery-store.ts'

export type DeliveryDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly channel: DeliveryChannel
  /** Where the employee page stands, without a trailing slash. */
  readonly publicUrl: string
}

const lease_ms = 120_000
const batchSize = 50
const idlePoll_ms = 1_000
const attemptsMax = 10
const firstRetry_ms = 30_000
const linkLife_ms = 60 * 86_400_000

/**
 * Hands over every message that is due, once through. The token of a link is made here, at the moment of handing over;
 * its hash is committed first, so a message never holds a link that does not work, and no row ever holds a link.
 * Safe to run in several processes at once. Answers how many messages were tried.
 */
export async function relayDeliveries(deps: DeliveryDeps): Promise<number> {
  let tried = 0
  for (const organisationId of await dueOrganisations(deps.database, deps.platform.clock())) {
    tried += await relayForOrganisation(deps, organisationId)
  }
  return tried
}

async function relayForOrganisation(deps: DeliveryDeps, organisationId: OrganisationId): Promise<number> {
  let tried = 0
  for (;;) {
    const claimed = await claim(deps, organisationId)
    for (const { delivery, link } of claimed) await handOver(deps, organisationId, delivery, link)
    tried += claimed.length
    if (claimed.length < batchSize) break
  }
  await deps.database.inOrganisation(organisationId, (trx) => rescheduleWork(trx, organisationId))
  return tried
}

async function claim(
  deps: DeliveryDeps,
  organisationId: OrganisationId,
): Promise<{ readonly delivery: ClaimedDelivery; readonly link: string }[]> {
  const { clock, randomBytes } = deps.platform
  return deps.database.inOrganisation(organisationId, async (trx) => {
    const now = clock()
    const deliveries = await claimDeliveries(
      trx,
      organisationId,
      now,
      addMilliseconds(now, lease_ms),
      batchSize,
    )
    const made = deliveries.map((delivery) => ({ delivery, link: makeLink(organisationId, randomBytes) }))
    for (const { delivery, link } of made) {
      await insertLink(trx, organisationId, {
        tokenSha256: link.tokenSha256,
        assignmentId: delivery.assignmentId,
        deliveryId: delivery.deliveryId,
        issuedAt: now,
        expiresAt: addMilliseconds(now, linkLife_ms),
      })
    }
    return made.map(({ delivery, link }) => ({ delivery, link: link.text }))
  })
}

async function handOver(
  deps: DeliveryDeps,
  organisationId: OrganisationId,
  delivery: ClaimedDelivery,
  link: string,
): Promise<void> {
  const { clock, newId, log } = deps.platform
  let kind: 'handed-over' | 'refused' = 'handed-over'
  let detail: string
  try {
    detail = await deps.channel.handOver({
      ...delivery,
      to: delivery.address,
      link: `${deps.publicUrl}/c#${link}`,
    })
  } catch (error) {
    kind = 'refused'
    detail = describe(error)
    log.warn(
      { deliveryId: delivery.deliveryId, attempts: delivery.attempts },
      'a message was refused by the channel',
    )
  }
  const occurredAt = clock()
  const nextAttemptAt = kind === 'refused' && delivery.attempts < attemptsMax ? addMilliseconds(occurredAt, firstRetry_ms * 2 ** (delivery.attempts - 1)) : null // prettier-ignore
  await deps.database.inOrganisation(
    organisationId,
    (trx) =>
    recordOutcome(trx, organisationId, { eventId: newId(), delivery, kind, channel: deps.channel.name, detail, occurredAt, nextAttemptAt }), // prettier-ignore
  )
}

/** The channel's own words without the message: a mail server's refusal can quote the address, which stands beside it. */
function describe(error: unknown): string {
  return error instanceof Error ? error.message : 'refused without a reason'
}

export type DeliveryWorker = { wake(): void; stop(): Promise<void> }

/** Runs the relay until stopped: at once when woken, otherwise every second. A failed round is logged and repeated. */
export function startDeliveryWorker(deps: DeliveryDeps): DeliveryWorker {
  let stopped = false
  let wakeUp: () => void = () => undefined
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, idlePoll_ms)
      wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const running = (async () => {
    while (!stopped) {
      try {
        await relayDeliveries(deps)
      } catch (error) {
        deps.platform.log.error({ err: error }, 'a round of deliveries failed and will be repeated')
      }
      if (!stopped) await pause()
    }
  })()
  return {
    wake: () => wakeUp(),
    async stop() {
      stopped = true
      wakeUp()
      await running
    },
  }
}
