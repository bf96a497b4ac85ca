import type { ClientId, Instant } from '#core'

export const endpointStates = ['enabled', 'disabled'] as const
export type EndpointState = (typeof endpointStates)[number]

/** Where events of an organisation go. Its URL never changes: another receiver is another endpoint. */
export type WebhookEndpoint = {
  readonly endpointId: string
  readonly url: string
  /** null: every type, also those that come later. */
  readonly eventTypes: readonly string[] | null
  readonly state: EndpointState
  readonly disabledBecause: 'asked' | 'gone' | null
  /** Failures in a row, and until when nothing is sent because of them. */
  readonly failures: number
  readonly pausedUntil: Instant | null
  /** Until when the secret before the present one signs as well. */
  readonly previousSecretUntil: Instant | null
  readonly createdBy: ClientId
  readonly createdAt: Instant
}

/** How many enabled endpoints an organisation may have: each event is sent to every one of them. */
export const enabledEndpointsMax = 10
