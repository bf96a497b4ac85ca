import type { Instant } from '#core'

export const deliveryStates = ['queued', 'delivered', 'failed', 'cancelled'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** One event on its way to one endpoint, as a client sees it. */
export type WebhookDelivery = {
  readonly eventId: string
  readonly type: string
  readonly occurredAt: Instant
  readonly state: DeliveryState
  readonly attempts: number
  /** null unless it is queued. */
  readonly nextAttemptAt: Instant | null
  readonly lastAttemptAt: Instant | null
  readonly lastStatus: number | null
  readonly lastDetail: string | null
  readonly deliveredAt: Instant | null
}

/** A delivery whose turn has come, claimed by this worker until its lease ends, with what is needed to send it. */
export type ClaimedDelivery = {
  readonly endpointId: string
  readonly eventId: string
  readonly url: string
  readonly body: string
  /** The one that is about to be made included. */
  readonly attempts: number
  /** Failures in a row at the endpoint before this attempt. */
  readonly failures: number
  /** The newest first. */
  readonly secretIds: readonly string[]
}
