import { createHash } from 'node:crypto'
import { problem, type Clock } from '#core'
import type { Database, Transaction } from '#database'
import type { AnyReply, AnyRequest } from './fastify-types.ts'
import { findKeptAnswer, keepAnswer, type KeptAnswer, type Slot } from './idempotency-store.ts'

/** What an operation answers. Only success is kept: a refusal may turn out differently the next time. */
export type Answer = {
  readonly status: 200 | 201 | 202
  readonly body: unknown
  readonly location?: string
  readonly etag?: string
  /** What a repetition is answered instead of `body`, where the body holds a secret that is shown once. */
  readonly bodyAfterwards?: unknown
  /** Of whom the answer says something that goes when they are erased; then the kept answer goes as well. */
  readonly personId?: string
}

export type IdempotencyDeps = { readonly database: Database; readonly platform: { readonly clock: Clock } }

/**
 * Does `work` and answers, once for each Idempotency-Key. The answer is written in the transaction of the effect: no
 * row, no effect. The same key with the same request gets the same answer with `Idempotent-Replayed: true`; with
 * another request it is refused as `idempotency-key-reused`. Of two at once one does the work, the other is rolled
 * back and gets the first one's answer. When the database's answer to COMMIT is lost, success is said only if the row
 * is there, read on another connection; otherwise the error goes on and becomes `service-busy`, and the client asks
 * again with the same key (decision 0026).
 *
 * draft-ietf-httpapi-idempotency-key-header-08, a working draft.
 */
export async function runOnce(
  deps: IdempotencyDeps,
  request: AnyRequest,
  reply: AnyReply,
  work: (trx: Transaction) => Promise<Answer>,
): Promise<AnyReply> {
  if (request.routeOptions.config.idempotent !== true) {
    throw new Error('a route that uses runOnce says so: config.idempotent')
  }
  const slot = slotOf(request)
  const fingerprint = fingerprintOf(request)
  const look = () => deps.database.readInOrganisation(slot.organisationId, (trx) => findKeptAnswer(trx, slot))
  const earlier = await look()
  if (earlier !== undefined) return replay(reply, earlier, fingerprint)
  try {
    const text = await deps.database.inOrganisation(slot.organisationId, async (trx) => {
      const answer = await work(trx)
      const body = serialize(reply, answer.status, answer.body)
      const later =
        answer.bodyAfterwards === undefined ? body : serialize(reply, answer.status, answer.bodyAfterwards)
      const kept = {
        fingerprint,
        status: answer.status,
        location: answer.location ?? null,
        etag: answer.etag ?? null,
        body: later,
        personId: answer.personId ?? null,
      }
      await keepAnswer(trx, slot, kept, deps.platform.clock())
      return { ...kept, body }
    })
    return send(reply, text)
  } catch (error) {
    // Whatever went wrong, another request with this key may have been first, or our own commit may have been heard.
    const found = await look().catch(() => undefined)
    if (found !== undefined) return replay(reply, found, fingerprint)
    throw error
  }
}

function slotOf(request: AnyRequest): Slot {
  const { organisationId, clientId } = request.caller
  const operation = `${request.method} ${request.routeOptions.url}`
  return { organisationId, clientId, operation, key: readIdempotencyKey(request) }
}

/**
 * The Idempotency-Key in one form: 16 to 255 visible ASCII characters, without the quotes of a structured-field string
 * (RFC 9651 section 3.3.3), which real clients leave out. Throws `idempotency-key-missing` or `-malformed`.
 */
export function readIdempotencyKey(request: AnyRequest): string {
  const header = request.headers['idempotency-key']
  if (header === undefined) throw problem('idempotency-key-missing')
  const text = String(header).trim()
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(text)?.[1]
  const key = quoted === undefined ? text : quoted.replaceAll(/\\(["\\])/g, '$1')
  if (!/^[\x21-\x7e]{16,255}$/.test(key) || (quoted === undefined && /["\\,]/.test(key))) {
    throw problem('idempotency-key-malformed')
  }
  return key
}

/** SHA-256 over method, path with its parameters, the bytes of the body and the query if there is one, each with its length before it. */
export function fingerprintOf(request: AnyRequest): Buffer {
  const [path = '', query = ''] = request.url.split('?', 2)
  const digest = createHash('sha256')
  const parts = [Buffer.from(request.method), Buffer.from(path), request.rawBody ?? Buffer.alloc(0)]
  if (query !== '') parts.push(Buffer.from(query))
  for (const part of parts) {
    digest.update(`${part.length}:`).update(part)
  }
  return digest.digest()
}

/** The body as it goes over the wire, made once, so that a repetition is the same to the byte. */
function serialize(reply: AnyReply, status: number, body: unknown): string {
  const made = reply.getSerializationFunction(String(status))
  return made === undefined ? JSON.stringify(body) : made(body as Record<string, unknown>)
}

function replay(reply: AnyReply, kept: KeptAnswer, fingerprint: Buffer): AnyReply {
  if (!kept.fingerprint.equals(fingerprint)) throw problem('idempotency-key-reused')
  reply.header('idempotent-replayed', 'true')
  return send(reply, kept)
}

function send(reply: AnyReply, kept: KeptAnswer): AnyReply {
  if (kept.location !== null) reply.header('location', kept.location)
  if (kept.etag !== null) reply.header('etag', kept.etag)
  return reply.code(kept.status).header('content-type', 'application/json; charset=utf-8').send(kept.body)
}
