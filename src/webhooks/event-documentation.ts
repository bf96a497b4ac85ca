import { eventCatalogue, eventTypes } from './event-catalogue.ts'

/** Every event as the OpenAPI document shows it under `webhooks` (OpenAPI 3.1.1 section 4.8.1): what a receiver gets. */
export const eventDocumentation: Readonly<Record<string, object>> = Object.fromEntries(
  eventTypes.map((type) => [type, { post: operationOf(type) }]),
)

function operationOf(type: keyof typeof eventCatalogue): object {
  const { summary, data } = eventCatalogue[type]
  return {
    summary,
    description: 'Signed as in Standard Webhooks 1.0.0; at least once, in any order, always the same bytes.',
    tags: ['webhooks'],
    requestBody: {
      required: true,
      content: { 'application/cloudevents+json': { schema: envelopeOf(type, data) } },
    },
    responses: { '2XX': { description: 'Taken. Any other answer is tried again; 410 ends the endpoint.' } },
  }
}

function envelopeOf(type: string, data: string): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['specversion', 'id', 'source', 'type', 'time', 'datacontenttype', 'data'],
    properties: {
      specversion: { const: '1.0' },
      id: { type: 'string', format: 'uuid', description: 'The same at every attempt, also in webhook-id.' },
      source: { type: 'string', description: 'urn:uuid of the organisation.' },
      type: { const: type },
      subject: { type: 'string' },
      time: { type: 'string', format: 'date-time' },
      datacontenttype: { const: 'application/json' },
      data: { description: data },
    },
  }
}
