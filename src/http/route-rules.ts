import type { RouteOptions } from 'fastify'
import type { ProblemCode } from '#core'
import { looseEnds } from './schema-rules.ts'
import { problemsKey } from './schemas.ts'

type Schema = Record<string, unknown>
type RouteSchema = {
  operationId?: string
  body?: Schema
  querystring?: Schema
  params?: Schema
  response?: Record<string, Schema>
}

/** The mark that an inline schema becomes a component of the OpenAPI document under this name. */
export const componentKey = 'x-component'

const noQuery = { type: 'object', properties: {}, additionalProperties: false }

/**
 * Holds a route against the house rules when it is registered, and completes it: the refusals that follow from what
 * it is, an empty query where none is declared, names of components. Throws when a rule is broken, so that a server
 * with such a route never starts.
 */
export function settleRoute(route: RouteOptions): void {
  // A copy: what follows from one route must not reach another that was given the same object.
  const config = (route.config = { ...route.config })
  const name = `${String(route.method)} ${route.url}`
  if (config.access === undefined) throw new Error(`${name} does not say who may call it (config.access)`)
  const schema = { ...(route.schema as RouteSchema | undefined) }
  if (route.url.includes(':') && schema.params === undefined)
    throw new Error(`${name} does not describe its path`)
  schema.querystring ??= noQuery
  const bodies = bodySchemas(schema.body)
  const loose = [schema.querystring, ...Object.values(bodies)].flatMap((part) => looseEnds(part))
  if (loose.length > 0) throw new Error(`${name} has a loose schema: ${loose.join('; ')}`)
  config.mediaTypes = Object.keys(bodies)
  config.problemCodes = problemCodesOf(route, schema)
  if (schema.response !== undefined) {
    const { [problemsKey]: _own, ...answers } = schema.response
    schema.response = answers
  }
  route.schema = markComponents(schema) as RouteSchema
}

/** The schemas of a body by media type. */
function bodySchemas(body: Schema | undefined): Record<string, Schema> {
  if (body === undefined) return {}
  const content = body['content'] as Record<string, { schema: Schema }> | undefined
  if (content === undefined) return { 'application/json': body }
  return Object.fromEntries(Object.entries(content).map(([mediaType, media]) => [mediaType, media.schema]))
}

function problemCodesOf(route: RouteOptions, schema: RouteSchema): ProblemCode[] {
  const own = (schema.response?.[problemsKey] ?? []) as unknown as ProblemCode[]
  const codes = new Set<ProblemCode>([
    ...own,
    'input-invalid',
    'internal-error',
    'service-busy',
    'service-closing',
  ])
  if (route.config?.access !== 'public') codes.add('credentials-missing')
  if (typeof route.config?.access === 'object') codes.add('access-denied')
  const { access } = route.config ?? {}
  const byCookie = access === 'person' || access === 'link-or-person'
  const fromOwnPage = byCookie || route.config?.fromOwnPage === true
  if (fromOwnPage && route.method !== 'GET' && route.method !== 'HEAD') codes.add('origin-refused')
  for (const code of bodyProblems) if (route.method !== 'GET' && route.method !== 'HEAD') codes.add(code)
  if (schema.body !== undefined) codes.add('body-malformed')
  if (route.config?.idempotent === true) for (const code of idempotencyProblems) codes.add(code)
  if (route.config?.conditional === true) codes.add('if-match-missing').add('edit-conflict')
  if (Object.hasOwn(schema.querystring?.['properties'] ?? {}, 'cursor')) codes.add('cursor-invalid')
  return [...codes].toSorted()
}

const bodyProblems = ['body-too-large', 'body-incomplete', 'media-type-unsupported'] as const
/** What has to be done once is what the ledger takes, so it is refused while the ledger is stopped. */
const idempotencyProblems = [
  'idempotency-key-missing',
  'idempotency-key-malformed',
  'idempotency-key-reused',
  'ledger-stopped',
] as const

/** A copy in which `$id` has become a mark: validators then see plain inline schemas, the document sees names. */
function markComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(markComponents)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) =>
      key === '$id' ? [componentKey, child] : [key, markComponents(child)],
    ),
  )
}

/** Under which the page about the interface lives. Its assets come with the page's plugin, so no room declares them. */
export const documentationPath = '/documentation'

/** Completes a route of the documentation page; true when it is one. */
export function isDocumentationAsset(route: RouteOptions): boolean {
  if (route.url !== documentationPath && !route.url.startsWith(`${documentationPath}/`)) return false
  route.config = { ...route.config, access: 'public' }
  return true
}
