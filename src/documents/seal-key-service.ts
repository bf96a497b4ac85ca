import { setTimeout as wait } from 'node:timers/promises'
import { fromBase64, parseStrictJson, sha256 } from '#core'
import type { SealAlgorithm } from './seal-algorithm.ts'
import type { SealKeyLocation } from './seal-key-location.ts'
import { SealKeyFailure } from './seal-key.ts'
import { readSecretLine } from './secret-file.ts'

type ServiceLocation = SealKeyLocation & { readonly kind: 'service' }

const attemptsMax = 3
const attemptLimit_ms = 4_000
const limit_ms = 10_000
const pause_ms = 250
const answerLengthMax = 16_384
/** What may pass by itself. Everything else, a refused token above all, is for the operator to mend. */
const passing: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

/** A failure that another attempt may not meet. */
class PassingFailure extends SealKeyFailure {}

/**
 * A signature by a service over HTTP, of a shape that every key management service has (decision 0090):
 *
 *     POST <url>   authorization: Bearer <token>   content-type: application/json
 *     {"key":"<name>","algorithm":"ecdsa-p256-sha256"|"rsa-pkcs1-sha256","digest":"<SHA-256 in base64>"}
 *     200 {"signature":"<base64>"}     an ECDSA-Sig-Value in DER, or the bytes of an RSA PKCS #1 v1.5 signature
 *
 * The caller verifies the answer under the certificate. Asked at most three times within ten seconds: to ask again is
 * safe, because a signature that was made and lost changes nothing. No redirect is followed and no more than 16 KB are
 * taken in. Throws a SealKeyFailure.
 */
export async function signWithService(
  location: ServiceLocation,
  alg: SealAlgorithm,
  tbs: Buffer,
): Promise<Buffer> {
  const token = readSecretLine(location.tokenFile, 'the token file')
  const body = JSON.stringify({ key: location.key, algorithm: alg, digest: sha256(tbs).toString('base64') })
  const end = AbortSignal.timeout(limit_ms)
  for (let attempt = 1; ; attempt += 1)
    try {
      return await ask(location, token, body, AbortSignal.any([end, AbortSignal.timeout(attemptLimit_ms)]))
    } catch (error) {
      if (!(error instanceof PassingFailure) || attempt === attemptsMax || end.aborted) throw error
      await wait(pause_ms * attempt)
    }
}

/** The address of a service, or a SealKeyFailure: a bearer token goes over TLS, or stays on this machine. */
export function serviceAddress(url: string): URL {
  const address = URL.parse(url)
  if (address === null) throw new SealKeyFailure('the address of the key service is no URL')
  const local = ['127.0.0.1', '[::1]', 'localhost'].includes(address.hostname)
  if (address.protocol !== 'https:' && !(address.protocol === 'http:' && local))
    throw new SealKeyFailure('the address of the key service must begin with https://')
  if (address.username !== '' || address.password !== '' || address.hash !== '')
    throw new SealKeyFailure('the address of the key service has a login or a fragment in it')
  return address
}

async function ask(
  location: ServiceLocation,
  token: string,
  body: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const response = await post(serviceAddress(location.url), token, body, signal)
  try {
    if (response.status === 200) return readSignature(await readBounded(response))
    const said = `the key service answered with HTTP status ${response.status}`
    if (!passing.has(response.status)) throw new SealKeyFailure(said)
    throw new PassingFailure(said, retryAfterOf(response))
  } finally {
    // Hangs up on whatever was not read.
    await response.body?.cancel().catch(() => undefined)
  }
}

async function post(address: URL, token: string, body: string, signal: AbortSignal): Promise<Response> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    accept: 'application/json',
    'accept-encoding': 'identity',
  }
  try {
    return await fetch(address, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      credentials: 'omit',
      signal,
    })
  } catch (error) {
    throw new PassingFailure(`the key service cannot be reached: ${reasonOf(error)}`)
  }
}

/** The body, taken in piece by piece; the piece that goes beyond the limit ends it. */
async function readBounded(response: Response): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for await (const piece of response.body ?? []) {
      length += piece.length
      if (length > answerLengthMax) throw new SealKeyFailure(`the key service answered with more than ${answerLengthMax} bytes`) // prettier-ignore
      pieces.push(piece)
    }
  } catch (error) {
    if (error instanceof SealKeyFailure) throw error
    throw new PassingFailure(`the key service broke off: ${reasonOf(error)}`)
  }
  return Buffer.concat(pieces)
}

function readSignature(answer: Buffer): Buffer {
  try {
    const { signature } = parseStrictJson(answer.toString('utf8')) as { readonly signature?: unknown }
    const bytes = typeof signature === 'string' ? fromBase64(signature) : undefined
    if (bytes !== undefined && bytes.length > 0) return bytes
  } catch {
    // Said below: what a stranger answered does not belong in a log.
  }
  throw new SealKeyFailure('the key service answered without a signature')
}

function retryAfterOf(response: Response): { retryAfter_s?: number } {
  const text = response.headers.get('retry-after') ?? ''
  return /^\d{1,3}$/.test(text) ? { retryAfter_s: Math.max(1, Number(text)) } : {}
}

/** The name or code of what went wrong: texts of `fetch` may hold the address, never the token, but are of no use. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return 'unknown'
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}
