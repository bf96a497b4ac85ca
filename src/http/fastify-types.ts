import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ProblemCode } from '#core'
import type { Access, Caller } from './access.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call this route. A route without it makes start-up fail. */
    access?: Access
    /** True where a request that changes something must come from a page of ours, although no session is asked for. */
    fromOwnPage?: boolean
    /** True where the handler answers through `runOnce`: the Idempotency-Key header is documented and demanded. */
    idempotent?: boolean
    /** True where the handler calls `requireMatch`: the If-Match header is documented and demanded. */
    conditional?: boolean
    /** Filled in at registration: the refusals this route may answer with. */
    problemCodes?: readonly ProblemCode[]
    /** Filled in at registration: the media types this route takes as a body. */
    mediaTypes?: readonly string[]
  }
  interface FastifyInstance {
    /** The origin that people use, where it was said; see `originOf`. */
    readonly publicOrigin: string | undefined
  }
  interface FastifyRequest {
    /** Who called. Throws on a route whose access is not a right: there nobody is known. */
    readonly caller: Caller
    /** The bytes of the body as they came, for fingerprints; undefined when there was none. */
    rawBody: Buffer | undefined
    /** Set by the key check of this room only. */
    knownCaller: Caller | undefined
  }
}

/** The server that rooms add their routes to. */
export type HttpServer = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** Any request and reply, whatever the schemas of its route are. */
// oxlint-disable-next-line typescript/no-explicit-any -- the generics of Fastify are invariant
export type AnyRequest = FastifyRequest<any, any, any, any, any, any, any, any>
// oxlint-disable-next-line typescript/no-explicit-any -- as above
export type AnyReply = FastifyReply<any, any, any, any, any, any, any, any>
