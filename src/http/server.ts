import fastify, { LogController, type FastifyHttpOptions, type RawServerDefault } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { problem } from '#core'
import type { Metrics } from '#platform'
import type { KeyAuthenticator, StaffAuthority } from './access.ts'
import { jsonBodyMax_bytes, useStrictJson } from './body-parser.ts'
import { addDocumentation } from './documentation.ts'
import type { AnyRequest, HttpServer } from './fastify-types.ts'
import { standardHeaders } from './headers.ts'
import { useOpenapi } from './openapi.ts'
import { refuseOnSocket, sendProblem } from './problem-answer.ts'
import { gate, type LinkAuthenticator, type PersonAuthenticator } from './request-gate.ts'
import { frameworkLog, logRequest, routeOf, type Log } from './request-log.ts'
import { isDocumentationAsset, settleRoute } from './route-rules.ts'
import { RouteTable, type RouteSummary } from './route-table.ts'
import { validationProblem } from './validation-problem.ts'
import { schemaCompilers, type SchemaCompilers } from './validators.ts'

export type ServerDeps = {
  readonly log: Log
  /** Without it requests are not counted. */
  readonly metrics?: Metrics
  /** Request ids; a UUID each. */
  readonly newId: () => string
  readonly authenticateKey: KeyAuthenticator
  /** Without it every route for link holders answers 401. */
  readonly authenticateLink?: LinkAuthenticator
  /** Without it every route for persons answers 401. */
  readonly authenticatePerson?: PersonAuthenticator
  /** Without it only programs with keys are callers. */
  readonly staff?: StaffAuthority
}

export type ServerOptions = {
  /** The version of the interface (semver), sent with every answer. */
  readonly apiVersion: string
  readonly contact: { readonly name: string; readonly email: string; readonly url: string }
  /** What this service sends to others, for the OpenAPI document. */
  readonly webhooks?: Readonly<Record<string, object>>
  /** After how long an unfinished request is given up. Default 30 000. */
  readonly requestTimeout_ms?: number
  /** Proxies whose X-Forwarded-For is believed. Without them the address of a request is that of its connection. */
  readonly trustedProxies?: readonly string[]
  /** The address that people use. Without it a request's own address is taken for that. */
  readonly publicUrl?: string | undefined
}

const tables = new WeakMap<object, RouteTable>()
const compilers = new WeakMap<object, SchemaCompilers>()

/** Every route of a server that `buildServer` made, complete once it is ready. */
export function listRoutes(server: HttpServer): readonly RouteSummary[] {
  return tables.get(server)?.all() ?? []
}

/** Compiles every schema of a server that is ready, where they else wait for their first value. Throws for a bad one. */
export function compileSchemas(server: HttpServer): void {
  compilers.get(server)?.compileAll()
}

/**
 * A server with all the plumbing and no subject: strict input, refusals as problems on every surface, security
 * headers, one log line for a request, the OpenAPI document and its page. Rooms register their routes as plugins; a
 * route that breaks a house rule makes `ready()` fail. After `close()` new requests get 503, running ones finish.
 */
export function buildServer(deps: ServerDeps, options: ServerOptions): HttpServer {
  const routes = new RouteTable()
  let closing = false
  const schemas = schemaCompilers()
  const settings = fastifyOptions(deps, options, schemas)
  const server: HttpServer = fastify(settings).withTypeProvider<TypeBoxTypeProvider>()
  tables.set(server, routes)
  compilers.set(server, schemas)
  useStrictJson(server)
  server.setSchemaErrorFormatter((errors, part) => validationProblem(errors, part))
  server.setErrorHandler((error, request, reply) => sendProblem(deps.log, error, request, reply))
  server.setNotFoundHandler(() => {
    throw problem('route-not-found')
  })
  server.decorate('publicOrigin', options.publicUrl)
  decorateRequests(server)
  server.addHook('onRoute', (route) => {
    if (!isDocumentationAsset(route)) settleRoute(route)
    routes.add(route)
  })
  const gateOptions = {
    routes,
    authenticateKey: deps.authenticateKey,
    authenticateLink: deps.authenticateLink,
    authenticatePerson: deps.authenticatePerson,
    staff: deps.staff,
    isClosing: () => closing,
  }
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(standardHeaders(options.apiVersion, request.id))
    const answered = await gate(gateOptions, request, reply)
    return answered ? reply : undefined
  })
  server.addHook('preHandler', async (request) => {
    if (request.knownCaller?.staff !== undefined) await deps.staff?.admitRead(request, request.knownCaller)
  })
  server.addHook('onResponse', async (request, reply) => {
    logRequest(deps.log, request, reply)
    deps.metrics?.count('beding_http_requests_total', {
      route: routeOf(request) ?? 'none',
      status: reply.statusCode,
    })
  })
  server.addHook('preClose', async () => {
    closing = true
  })
  server.server.on('checkExpectation', (request, response) => server.routing(request, response))
  useOpenapi(server, options)
  addDocumentation(server)
  return server
}

function fastifyOptions(
  deps: ServerDeps,
  options: ServerOptions,
  { validator, serializer }: SchemaCompilers,
): FastifyHttpOptions<RawServerDefault> {
  const requestTimeout = options.requestTimeout_ms ?? 30_000
  return {
    loggerInstance: frameworkLog(deps.log),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: deps.newId,
    requestIdHeader: false,
    bodyLimit: jsonBodyMax_bytes,
    requestTimeout,
    ...(options.trustedProxies?.length ? { trustProxy: [...options.trustedProxies] } : {}),
    connectionTimeout: requestTimeout * 4,
    keepAliveTimeout: 65_000,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    http: {
      requireHostHeader: false,
      maxHeaderSize: 16 * 1024,
      headersTimeout: Math.min(requestTimeout, 20_000),
      connectionsCheckingInterval: Math.ceil(requestTimeout / 4),
    },
    schemaController: {
      compilersFactory: { buildValidator: (() => validator) as never, buildSerializer: serializer as never },
    },
    frameworkErrors: (error, request, reply) => {
      reply.headers(standardHeaders(options.apiVersion, request.id))
      sendProblem(deps.log, error, request, reply)
    },
    clientErrorHandler: (error, socket) => refuseOnSocket(error, socket, options.apiVersion, deps.newId()),
  }
}

/** `caller` throws where nobody is known: a handler that asks for it on a public route is wrong, not anonymous. */
function decorateRequests(server: HttpServer): void {
  server.decorateRequest('rawBody', undefined)
  server.decorateRequest('knownCaller', undefined)
  server.decorateRequest('caller', {
    getter(this: AnyRequest) {
      if (this.knownCaller === undefined) throw new Error('nobody is known on this route')
      return this.knownCaller
    },
  })
}
