import type { Instant, OrganisationId } from '#core'
import type { EventType } from './event-catalogue.ts'

/** What JSON can say. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [member: string]: JsonValue }

/** Something that happened and that other systems may be told. Ids only: no names, addresses or reasons of persons. */
export type EventDraft = {
  readonly type: EventType
  /** The id of what it is about, where there is one such thing. */
  readonly subject?: string
  readonly data: Readonly<Record<string, JsonValue>>
}

/** An event with the text that every receiver gets. */
export type WebhookEvent = {
  readonly eventId: string
  readonly type: EventType
  readonly subject: string | null
  readonly body: string
  readonly occurredAt: Instant
}

/** The longest body that is sent; receivers are promised small ones (Standard Webhooks 1.0.0, "Payload size"). */
export const eventBodyMax_bytes = 20_000

/**
 * The event as a CloudEvent 1.0 in structured JSON, its members in a fixed order. Written once and kept: the signature of
 * every attempt is over these bytes. What looks like an e-mail address is taken out, as it is from the log, because an
 * event that was recorded can never be taken back. Throws a RangeError when the text is too long.
 */
export function drawUpEvent(
  organisationId: OrganisationId,
  eventId: string,
  occurredAt: Instant,
  draft: EventDraft,
): WebhookEvent {
  const envelope = {
    specversion: '1.0',
    id: eventId,
    source: `urn:uuid:${organisationId}`,
    type: draft.type,
    ...(draft.subject === undefined ? {} : { subject: draft.subject }),
    time: occurredAt,
    datacontenttype: 'application/json',
    data: draft.data,
  }
  const body = JSON.stringify(envelope, (_name, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(addressPattern, '[e-mail]') : value,
  )
  if (Buffer.byteLength(body) > eventBodyMax_bytes)
    throw new RangeError(`an event of type ${draft.type} is longer than ${eventBodyMax_bytes} bytes`)
  return { eventId, type: draft.type, subject: draft.subject ?? null, body, occurredAt }
}

const addressPattern = /[^\s"'<>()[\]{}:;,=\\/?&]+@[^\s"'<>()[\]{}:;,=\\/?&]+/g
