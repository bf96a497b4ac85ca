import { Type } from 'typebox'
import { InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { deliveryStates } from './delivery.ts'
import { urlLengthMax } from './egress-rules.ts'
import { endpointStates } from './endpoint.ts'
import { chosenEventTypes, eventCatalogue, eventTypes } from './event-catalogue.ts'

const ChosenTypes = Type.Array(oneOf(chosenEventTypes), {
  minItems: 1,
  maxItems: chosenEventTypes.length,
  uniqueItems: true,
})

export const EndpointParams = strictObject({ endpointId: Uuid })
export const DeliveryParams = strictObject({ endpointId: Uuid, eventId: Uuid })

export const EndpointRequest = strictObject(
  {
    url: Type.String({
      minLength: 1,
      maxLength: urlLengthMax,
      description:
        'https, a public host, port 443 or above 1024, no login, no fragment. Cannot change later.',
      examples: ['https://example.org/beding-events'],
    }),
    eventTypes: Type.Optional(orNull(ChosenTypes)),
  },
  { $id: 'WebhookEndpointRequest', description: 'Absent or null `eventTypes`: every type, also later ones.' },
)

export const EndpointChange = strictObject(
  { eventTypes: Type.Optional(orNull(ChosenTypes)), state: Type.Optional(oneOf(endpointStates)) },
  { $id: 'WebhookEndpointChange', minProperties: 1 },
)

export const EndpointShape = strictObject(
  {
    endpointId: Uuid,
    url: Type.String(),
    eventTypes: orNull(Type.Array(Type.String())),
    state: oneOf(endpointStates),
    disabledBecause: orNull(oneOf(['asked', 'gone'], { description: '`gone`: the receiver answered 410.' })),
    failures: Type.Integer({ description: 'Attempts in a row that failed.' }),
    pausedUntil: orNull(InstantText),
    previousSecretUntil: orNull(InstantText),
    publicKey: Type.String({
      description: '`whpk_` and base64: checks the `v1a` signatures, which a receiver cannot make.',
    }),
    createdBy: Uuid,
    createdAt: InstantText,
  },
  { $id: 'WebhookEndpoint', description: 'Where events are sent.' },
)

const Secret = orNull(
  Type.String({ description: '`whsec_` and base64. Shown once; null in a repeated answer.' }),
)

export const CreatedEndpoint = strictObject(
  { ...EndpointShape.properties, secret: Secret },
  { $id: 'CreatedWebhookEndpoint' },
)

export const SecretRequest = strictObject(
  {
    keepPreviousHours: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 168,
        description: 'How long the secret before signs as well. Absent: 24.',
      }),
    ),
  },
  { $id: 'WebhookSecretRequest' },
)

export const SecretShape = strictObject(
  { endpointId: Uuid, secret: Secret, previousSecretUntil: InstantText },
  { $id: 'WebhookSecret' },
)

export const QueuedEvent = strictObject(
  { endpointId: Uuid, eventId: Uuid, state: oneOf(['queued']) },
  { $id: 'QueuedWebhookDelivery', description: 'See the deliveries of the endpoint for what becomes of it.' },
)

export const DeliveryShape = strictObject(
  {
    eventId: Uuid,
    type: Type.String(),
    occurredAt: InstantText,
    state: oneOf(deliveryStates),
    attempts: Type.Integer(),
    nextAttemptAt: orNull(InstantText),
    lastAttemptAt: orNull(InstantText),
    lastStatus: orNull(Type.Integer()),
    lastDetail: orNull(Type.String()),
    deliveredAt: orNull(InstantText),
  },
  { $id: 'WebhookDelivery', description: 'One event on its way to one endpoint.' },
)

export const EventTypeList = strictObject(
  {
    items: Type.Array(
      strictObject(
        { type: oneOf(eventTypes), summary: Type.String(), data: Type.String() },
        { $id: 'WebhookEventType' },
      ),
    ),
  },
  { $id: 'WebhookEventTypeList' },
)

/** The catalogue as the interface shows it. */
export const eventTypeItems = eventTypes.map((type) => ({ type, ...eventCatalogue[type] }))
