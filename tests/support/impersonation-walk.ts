import { randomUUID } from 'node:crypto'
import type { RouteSummary } from '#http'
import type { Caller, Recorder } from './impersonation-recorder.ts'
import { nameOf } from './impersonation-recorder.ts'
import { sampleOf, type Schema } from './schema-samples.ts'

type Parameter = {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema: Schema
}
type Operation = {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

/** The operations of the running service as its own OpenAPI document describes them. */
export type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const isSafe = ({ method }: RouteSummary): boolean => method === 'GET' || method === 'HEAD'
const isDestructive = ({ method, url }: RouteSummary): boolean =>
  method === 'DELETE' || /revocations|resets|sign-out|withdrawals$/.test(url)

/**
 * Sends to every route of the service, as every caller, what its schema takes: first what only reads, then what changes something, and what ends
 * something last. Bodies are made of what is known of the case, with and without what may be left out.
 */
export async function walk(
  recorder: Recorder,
  callers: readonly Caller[],
  document: Document,
): Promise<void> {
  const routes = recorder.routes.filter(
    ({ method, url }) =>
      !(method === 'HEAD' && recorder.routes.some((each) => each.method === 'GET' && each.url === url)),
  )
  const rank = (route: RouteSummary) => (isSafe(route) ? 0 : isDestructive(route) ? 2 : 1)
  for (const route of routes.toSorted((a, b) => rank(a) - rank(b)))
    for (const caller of callers) for (const request of requestsFor(recorder, route, document)) await tryRoute(recorder, route, caller, request) // prettier-ignore
}

/** What single routes take that no schema tells. */
const particulars: Readonly<
  Record<string, Readonly<Record<string, unknown>> & { readonly samples?: readonly unknown[] }>
> = {
  'GET /problems/:code': { code: 'act-denied' },
  'GET /v1/ledger/brackets/:entryIndex': { entryIndex: '0' },
  'GET /v1/ledgers/:ledgerId/tile/*': { '*': 'entries/000.p/1' },
  'GET /v1/policies/:policyId/version-comparisons': { from: 1, to: 1 },
  'POST /v1/legal-checks': {
    samples: [{ jurisdiction: 'nl', moments: ['sign'], facts: { asOf: '2026-12-05' } }],
  },
  'POST /v1/legal-checks/previews': {
    samples: [{ jurisdiction: 'nl', moments: ['sign'], facts: { asOf: '2026-12-05' } }],
  },
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

type Attempt = { readonly url: string; readonly body?: unknown; readonly mediaType?: string }

function requestsFor(recorder: Recorder, route: RouteSummary, document: Document): Attempt[] {
  const asset = recorder.assets.get(route.url)
  if (asset !== undefined) return [{ url: asset }]
  const { samples = [], ...overrides } = particulars[nameOf(route)] ?? {}
  const known = { ...recorder.known, ...overrides }
  const path = route.url.replaceAll(/:([A-Za-z]+)|\*/g, (_all, name?: string) => textOf(known[name ?? '*'] ?? known['*']) ?? randomUUID()) // prettier-ignore
  const operation = operationOf(route, document)
  const resolve = (ref: string) => document.components.schemas[ref.split('/').at(-1)!] ?? {}
  const query = (all: boolean): string => {
    const asked = (operation?.parameters ?? []).filter((each) => each.in === 'query' && each.name !== 'cursor' && (all || each.required)) // prettier-ignore
    const text = new URLSearchParams(asked.map(({ name, schema }) => [name, String(sampleOf(schema, { known, resolve, onlyRequired: true }, name))])) // prettier-ignore
    return asked.length === 0 ? path : `${path}?${text}`
  }
  const [mediaType, body] = Object.entries(operation?.requestBody?.content ?? {})[0] ?? []
  if (body === undefined) return [...new Set([query(false), query(true)])].map((url) => ({ url }))
  return [
    ...[true, false].map((onlyRequired) => sampleOf(body.schema, { known, resolve, onlyRequired })),
    ...samples,
  ].map((sample) => ({ url: query(false), body: sample, mediaType: mediaType! }))
}

function operationOf({ method, url }: RouteSummary, { paths }: Document): Operation | undefined {
  const path = url.replace(/^\/v1(?=\/)/, '').replaceAll(/:([A-Za-z]+)/g, '{$1}')
  return (paths[path] ?? paths[url.replaceAll(/:([A-Za-z]+)/g, '{$1}')])?.[method.toLowerCase()]
}

async function tryRoute(
  recorder: Recorder,
  route: RouteSummary,
  caller: Caller,
  attempt: Attempt,
): Promise<void> {
  const { body, mediaType } = attempt
  const answer = await recorder.send(route.method, attempt.url, {
    ...(caller.bearer === undefined ? {} : { as: caller.bearer }),
    key: route.method === 'POST' ? randomUUID() : null,
    headers: {
      host: 'localhost:80',
      origin: 'http://localhost:80',
      'sec-fetch-site': 'same-origin',
      ...(caller.cookie === undefined ? {} : { cookie: caller.cookie }),
      ...(route.conditional ? { 'if-match': '"1"' } : {}),
      ...(route.method !== 'POST' && route.idempotent ? { 'idempotency-key': randomUUID() } : {}),
      ...(mediaType === undefined ? {} : { 'content-type': mediaType }),
    },
    ...(body === undefined ? {} : { body: mediaType === 'application/json' ? body : (textOf(body) ?? '') }),
  })
  if (answer.status === 500) recorder.broken.push(`${nameOf(route)} as ${caller.name}`)
}
