import swagger from '@fastify/swagger'
import type { FastifySchema, RouteOptions } from 'fastify'
import { isDeepStrictEqual } from 'node:util'
import type { HttpServer } from './fastify-types.ts'
import { componentKey } from './route-rules.ts'
import { Problem, problemDocumentation } from './schemas.ts'

type Json = Record<string, unknown>
type RouteSchema = { response?: Record<string, Json>; hide?: boolean; security?: Json[] } & Json

/** The part of each URL that says the major version; the server URL of the document. */
export const apiPrefix = '/v1'

export type OpenapiOptions = {
  readonly apiVersion: string
  readonly contact: { readonly name: string; readonly email: string; readonly url: string }
  /** What this service sends to others, by name: path items as OpenAPI 3.1 has them. */
  readonly webhooks?: Readonly<Record<string, object>>
}

const description = `Policies as immutable versions, acknowledgements and consents as evidence, receipts and dossiers
that can be checked offline.

Bodies are refused rather than repaired. Refusals are problem details (RFC 9457) with a \`code\` that is never reused.
A POST that records something demands an \`Idempotency-Key\`: sent again with the same body it gives the first answer.`

/** Makes the OpenAPI 3.1 document out of the routes that are registered after this under /v1. */
export function useOpenapi(server: HttpServer, options: OpenapiOptions): void {
  server.register(swagger, {
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.1',
      info: { title: 'Beding', version: options.apiVersion, description, contact: options.contact },
      ...(options.webhooks === undefined ? {} : { webhooks: { ...options.webhooks } }),
      servers: [{ url: apiPrefix, description: 'This server.' }],
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `beding_<keyId>_<secret>`.' },
          link: { type: 'http', scheme: 'bearer', description: 'The token of a personal link.' },
          personSession: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-beding',
            description:
              'The session of a person. A request that changes something must come from a page of this service.',
          },
        },
      },
    },
    transform: ({ schema, url, route }) => ({
      schema: documentRoute(schema as RouteSchema, url, route) as FastifySchema,
      url,
    }),
    transformObject: (document) =>
      'openapiObject' in document ? hoistComponents(document.openapiObject) : document.swaggerObject,
  })
}

function documentRoute(schema: RouteSchema, url: string, route: RouteOptions): RouteSchema {
  if (!url.startsWith(`${apiPrefix}/`)) return { ...schema, hide: true }
  const config = route.config ?? {}
  const answers = Object.entries(schema.response ?? {}).map(([status, answer]) => [
    status,
    withHeaders(answer, status),
  ])
  return {
    ...schema,
    headers: parametersOf(config),
    security: securityOf(config.access),
    response: { ...Object.fromEntries(answers), ...problemDocumentation(config.problemCodes ?? []) },
    ...(typeof config.access === 'object' ? { 'x-right': config.access.right } : {}),
  }
}

function securityOf(access: unknown): Json[] {
  if (access === 'public') return []
  if (access === 'person') return [{ personSession: [] }]
  if (access === 'link-or-person') return [{ link: [] }, { personSession: [] }]
  return access === 'link' ? [{ link: [] }] : [{ apiKey: [] }]
}

/** The request headers that matter beyond HTTP's own. They are read by this room's helpers, not by a validator. */
function parametersOf(config: NonNullable<RouteOptions['config']>): Json {
  const properties: Json = {}
  if (config.idempotent === true) {
    properties['Idempotency-Key'] = {
      type: 'string',
      description: '16 to 255 visible ASCII characters, quoted or bare. One key for one intention.',
    }
  }
  if (config.conditional === true) {
    properties['If-Match'] = { type: 'string', description: 'The ETag of the state that you saw.' }
  }
  return { type: 'object', properties, required: Object.keys(properties) }
}

const answerDescription = 'x-response-description'
const outcomes: Readonly<Record<string, string>> = {
  '200': 'As asked.',
  '201': 'Made and recorded.',
  '202': 'Taken on; the rest follows.',
}

function withHeaders(answer: Json, status: string): Json {
  const headers: Json = {
    'API-Version': { type: 'string', description: 'The full version of the interface that answered.' },
  }
  if (status === '201') headers['Location'] = { type: 'string', description: 'Where the new resource is.' }
  const described =
    typeof answer['description'] === 'string' ? {} : { [answerDescription]: outcomes[status] ?? 'Done.' }
  return { ...answer, ...described, headers: { ...headers, ...(answer['headers'] as Json | undefined) } }
}

/** Moves every schema that carries a component name to `components.schemas` and leaves a reference in its place. */
function hoistComponents<Document extends object>(document: Document): Document {
  const schemas: Json = {}
  const hoisted = hoist(document, schemas) as Document & { components?: { schemas?: Json } }
  hoist({ ...Problem, [componentKey]: 'Problem' }, schemas)
  const sorted = Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return { ...hoisted, components: { ...hoisted.components, schemas: sorted } }
}

function hoist(value: unknown, schemas: Json): unknown {
  if (Array.isArray(value)) return value.map((child) => hoist(child, schemas))
  if (typeof value !== 'object' || value === null) return value
  const { [componentKey]: name, $id: _id, ...rest } = value as Json
  const copy = Object.fromEntries(Object.entries(rest).map(([key, child]) => [key, hoist(child, schemas)]))
  if (typeof name !== 'string') return copy
  if (schemas[name] !== undefined && !isDeepStrictEqual(schemas[name], copy)) {
    throw new Error(`two different schemas call themselves ${name}`)
  }
  schemas[name] = copy
  return { $ref: `#/components/schemas/${name}` }
}
