import type { OrganisationId } from '#core'
import { addMilliseconds } from '#core'
import type { Database } from '#database'
import { insertLink, makeLink } from '#ceremonies'
import type { Job } from '#jobs'
import { runDueJobs } from '#jobs'
import type { MailChannel } from '#messages'
import type { Platform } from '#platform'
import { messageText } from './delivery-message.ts'
import type { ClaimedDelivery } from './delivery-store.ts'
import { claimDeliveries, nextDelivery, recordOutcome } from './delivery-store.ts'
import { deliveryJobKind } from './assignment-store.ts'

export type DeliveryDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly channel: MailChannel
  /** Where the employee page stands, without a trailing slash. */
  readonly publicUrl: string
}

const lease_ms = 120_000
/** Few enough to be handed over one after the other before the lease ends, also by a slow mail server. */
const batchSize = 5
const roundBudget_ms = 30_000
const attemptsMax = 10
const firstRetry_ms = 30_000
const linkLife_ms = 60 * 86_400_000

/**
 * Hands over the messages of an organisation that are due. The token of a link is made here, at the moment of handing
 * over; its hash is committed first, so a message never holds a link that does not work, and no row ever holds a link.
 * A round stops after half a minute and goes on in its next turn; the next moment is the one that the messages say.
 */
export function deliveryJob(deps: DeliveryDeps): Job {
  return jobThatTells(deps, () => undefined)
}

function jobThatTells(deps: DeliveryDeps, tell: (count: number) => void): Job {
  return {
    kind: deliveryJobKind,
    lease_ms,
    roundsAtOnce: 4,
    async work(organisationId) {
      const until = performance.now() + roundBudget_ms
      for (;;) {
        const claimed = await claim(deps, organisationId)
        for (const { delivery, link } of claimed) await handOver(deps, organisationId, delivery, link)
        tell(claimed.length)
        if (claimed.length < batchSize || performance.now() > until) break
      }
      return deps.database.readInOrganisation(organisationId, (trx) => nextDelivery(trx, organisationId))
    },
  }
}

/** Does every round of deliveries that is due, now. Answers how many messages were tried. */
export async function relayDeliveries(deps: DeliveryDeps): Promise<number> {
  let tried = 0
  await runDueJobs(deps, [jobThatTells(deps, (count) => (tried += count))])
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
    const text = messageText({ ...delivery, link: `${deps.publicUrl}/c#${link}` })
    detail = await deps.channel.handOver({ to: delivery.address, ...text })
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
