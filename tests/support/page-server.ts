import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { problem, type ProblemCode, type ProblemOptions } from '#core'
import { bearerOf, fileResponse, type AnyReply, type AnyRequest, type HttpServer } from '#http'
import {
  ActRequest,
  ActShape,
  DocumentQuery,
  OpeningRequest,
  PresentationShape,
  QrCodeShape,
} from '../../src/ceremonies/ceremony-schemas.ts'
import { ExecutedCopyParams, OwnExecutedCopies } from '../../src/annexes/executed-copy-schemas.ts'
import { receiptCode } from '../../src/ceremonies/receipt-code.ts'
import { ceremonyPageRoutes } from '../../src/ceremonies/page/ceremony-page-routes.ts'
import type { ActAnswer, Language, Presentation } from '../../src/ceremonies/page/page-contract.ts'
import { aServer } from './http-server.ts'
import { anActAnswer, samplePdf } from './page-samples.ts'

/** What a link endpoint does when it is called. `hang` never answers; `drop` breaks the connection. */
export type Step<Body> = Body | 'hang' | 'drop' | ({ readonly problem: ProblemCode } & ProblemOptions)

/**
 * What the service does for one link. A list is played one step for a call; its last step stays.
 */
export type Script = {
  readonly openings: (asked: Language | null) => readonly Step<Presentation>[]
  readonly acts?: readonly Step<'record'>[]
  /** The identifiers of signed copies that were made. */
  readonly copies?: readonly string[]
  /** What stands already, or stands after an answer was lost on its way back. */
  readonly standing?: readonly Step<ActAnswer>[]
  readonly document?: (language: Language) => Buffer | 'drop'
}

/** A request that the page made, as far as tests ask about it. */
export type SeenRequest = {
  readonly method: string
  readonly url: string
  readonly idempotencyKey: string | undefined
  readonly body: unknown
}

export type PageServer = {
  readonly url: string
  /** The address that a person of this script would get in the mail. */
  readonly linkFor: (script: Script) => string
  /** What came in for that address, in order. */
  readonly seenBy: (link: string) => readonly SeenRequest[]
  readonly close: () => Promise<void>
}

type Visit = { readonly script: Script; readonly seen: SeenRequest[]; readonly calls: Map<string, number> }

/**
 * The page on the real HTTP plumbing, in front of link endpoints that do as they are told. It is the way to the rare
 * states: a broken connection, a busy service, a document that changed. Requests and answers go through the real
 * schemas, so a drift between page and service shows here.
 */
export async function startPageServer(): Promise<PageServer> {
  const visits = new Map<string, Visit>()
  const server = aServer((scope) => {
    ceremonyPageRoutes(scope)
    linkRoutes(scope, visits)
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  return {
    url,
    linkFor(script) {
      const token = `${'0'.repeat(32)}.${String(visits.size).padStart(43, 'A')}`
      visits.set(token, { script, seen: [], calls: new Map() })
      return `${url}/c#${token}`
    },
    seenBy: (link) => visits.get(link.split('#')[1] ?? '')?.seen ?? [],
    async close() {
      server.server.closeAllConnections()
      await server.close()
    },
  }
}

const config = { access: 'public' } as const

function linkRoutes(server: HttpServer, visits: ReadonlyMap<string, Visit>): void {
  const visitOf = (request: AnyRequest): Visit => {
    const visit = visits.get(bearerOf(request.headers.authorization) ?? '')
    if (visit === undefined) throw problem('credentials-missing')
    const key = request.headers['idempotency-key']
    visit.seen.push({
      method: request.method,
      url: request.url,
      idempotencyKey: typeof key === 'string' ? key : undefined,
      body: request.body,
    })
    return visit
  }
  server.post(
    '/v1/openings',
    { config, schema: { body: OpeningRequest, response: { 200: PresentationShape } } },
    async (request, reply) => {
      const visit = visitOf(request)
      return play(reply, next(visit, 'openings', visit.script.openings(request.body.language)))
    },
  )
  server.get(
    '/v1/openings/current/document',
    { config, schema: { querystring: DocumentQuery } },
    async (request, reply) => {
      const { script } = visitOf(request)
      const { language } = request.query
      const bytes = script.document?.(language) ?? samplePdf(language)
      return bytes === 'drop' ? play(reply, 'drop') : reply.type('application/pdf').send(bytes)
    },
  )
  server.post(
    '/v1/acts',
    { config, schema: { body: ActRequest, response: { 201: ActShape } } },
    async (request, reply) => {
      const visit = visitOf(request)
      const step = next(visit, 'acts', visit.script.acts ?? ['record'])
      const answer = step === 'record' ? anActAnswer(request.body.language, request.body.choice) : step
      return play(reply, answer, 201)
    },
  )
  server.get(
    '/v1/acts/current',
    { config, schema: { response: { 200: ActShape } } },
    async (request, reply) => {
      const visit = visitOf(request)
      return play(reply, next(visit, 'standing', visit.script.standing ?? [{ problem: 'no-act-yet' }]))
    },
  )
  fileRoutes(server, visitOf)
}

function fileRoutes(server: HttpServer, visitOf: (request: AnyRequest) => Visit): void {
  server.get(
    '/v1/acts/current/qr-code',
    { config, schema: { response: { 200: QrCodeShape } } },
    async () => receiptCode({ entryIndex: 41, tlogProof: `c2sp.org/tlog-proof@v1\n\nbeding.local/log/x\n42\n${'A'.repeat(43)}=\n` }), // prettier-ignore
  )
  server.get(
    '/v1/acts/current/receipt-document',
    { config, schema: { response: { 200: fileResponse('application/pdf', 'The receipt.') } } },
    async (request, reply) => {
      visitOf(request)
      return reply.type('application/pdf').send(Buffer.from('%PDF-1.7\n% the receipt\n%%EOF\n'))
    },
  )
  server.get(
    '/v1/acts/current/executed-copies',
    { config, schema: { response: { 200: OwnExecutedCopies } } },
    async (request) => ({
      items: (visitOf(request).script.copies ?? []).map((executedCopyId) => ({
        executedCopyId,
        madeAt: '2026-11-22T10:30:00.000Z',
        documentSha256: '0'.repeat(64),
        byteLength: 90_000,
      })),
    }),
  )
  server.get(
    '/v1/acts/current/executed-copies/:executedCopyId/content',
    { config, schema: { params: ExecutedCopyParams } },
    async (request, reply) => {
      visitOf(request)
      return reply.type('application/pdf').send(Buffer.from('%PDF-1.7\n% the signed copy\n%%EOF\n'))
    },
  )
  server.get('/v1/acts/current/tlog-proof', { config }, async (request, reply) => {
    visitOf(request)
    return reply.type('text/plain; charset=utf-8').send('c2sp.org/tlog-proof@v1\nindex 1207\n')
  })
}

/** The step of this call. */
function next<Body>(visit: Visit, endpoint: string, steps: readonly Step<Body>[]): Step<Body> {
  const call = visit.calls.get(endpoint) ?? 0
  visit.calls.set(endpoint, call + 1)
  const step = steps[Math.min(call, steps.length - 1)]
  if (step === undefined) throw new Error(`the script of ${endpoint} has no step`)
  return step
}

async function play<Body>(reply: AnyReply, step: Step<Body>, status = 200): Promise<AnyReply> {
  if (step === 'hang' || step === 'drop') {
    reply.hijack()
    if (step === 'drop') reply.raw.socket?.destroy()
    else await sleep(60_000, undefined, { ref: false })
    return reply
  }
  if (typeof step === 'object' && step !== null && 'problem' in step) {
    const { problem: code, ...options } = step
    throw problem(code, options)
  }
  return reply.code(status).send(step)
}
