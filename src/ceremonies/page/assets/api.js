/**
 * Talks to the link endpoints of this service. Every failure becomes a Failure with one of a few kinds, so that the
 * page has a sentence for each and never shows a raw error.
 *
 * @import { ActAnswer, ActRequest, Language, Presentation } from '../page-contract.ts'
 *
 * @typedef {'network' | 'busy' | 'invalid-link' | 'expired' | 'withdrawn' | 'already-acted' | 'changed' | 'refused' | 'failed'} FailureKind
 */

const patience_ms = 30_000

/** What went wrong, in a form the page can explain. */
export class Failure extends Error {
  /**
   * @param {FailureKind} kind
   * @param {{ code?: string, retryAfter_s?: number, messages?: string[] }} [details]
   */
  constructor(kind, { code = '', retryAfter_s = 0, messages = [] } = {}) {
    super(`${kind} ${code}`)
    this.kind = kind
    this.code = code
    this.retryAfter_s = retryAfter_s
    this.messages = messages
  }
}

/**
 * @param {string} link
 */
export function connect(link) {
  const authorization = `Bearer ${link}`

  return {
    /** @param {Language | null} language @returns {Promise<Presentation>} */
    open: (language) => json('/v1/openings', post(authorization, { language })),

    /** @param {Language} language @returns {Promise<ArrayBuffer>} the exact bytes of the edition in this language */
    document: (language) =>
      bytes(`/v1/openings/current/document?language=${language}`, { headers: { authorization } }),

    /**
     * Records an answer. The same key may be sent again after a failure: it is never recorded twice.
     *
     * @param {ActRequest} act @param {string} idempotencyKey @returns {Promise<ActAnswer>}
     */
    act: (act, idempotencyKey) =>
      json('/v1/acts', post(authorization, act, { 'idempotency-key': idempotencyKey })),

    /** @returns {Promise<ActAnswer>} */
    currentAct: () => json('/v1/acts/current', { headers: { authorization } }),

    /** @returns {Promise<ArrayBuffer>} the sealed PDF receipt */
    receipt: () => bytes('/v1/acts/current/receipt-document', { headers: { authorization } }),

    /** @returns {Promise<ArrayBuffer>} the proof file */
    proof: () => bytes('/v1/acts/current/tlog-proof', { headers: { authorization } }),

    /** @returns {Promise<ArrayBuffer>} the evidence bundle, once a timestamp from outside covers the act */
    bundle: () => bytes('/v1/acts/current/evidence-bundle', { headers: { authorization } }),

    /** @returns {Promise<{ items: { executedCopyId: string, madeAt: string }[] }>} signed copies with this act, newest first */
    signedCopies: () => json('/v1/acts/current/executed-copies', { headers: { authorization } }),

    /** @param {string} executedCopyId @returns {Promise<ArrayBuffer>} */
    signedCopy: (executedCopyId) =>
      bytes(`/v1/acts/current/executed-copies/${executedCopyId}/content`, { headers: { authorization } }),

    /** @returns {Promise<{ text: string, rows: string[] }>} the QR code of the receipt */
    code: () => json('/v1/acts/current/qr-code', { headers: { authorization } }),
  }
}

/** A key for one answer: 128 random bits. `crypto.randomUUID` is missing where the page is not on HTTPS. */
export function newIdempotencyKey() {
  const random = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @param {string} authorization @param {unknown} body @param {Record<string, string>} [headers] @returns {RequestInit} */
function post(authorization, body, headers = {}) {
  return {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
}

/** @template T @param {string} path @param {RequestInit} request @returns {Promise<T>} */
function json(path, request) {
  return send(path, request, (response) => response.json())
}

/** @param {string} path @param {RequestInit} request @returns {Promise<ArrayBuffer>} */
function bytes(path, request) {
  return send(path, request, (response) => response.arrayBuffer())
}

/**
 * One request. The time limit covers the body too, because a connection can die in the middle of it.
 *
 * @template T
 * @param {string} path @param {RequestInit} request @param {(response: Response) => Promise<T>} read
 * @returns {Promise<T>}
 */
async function send(path, request, read) {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), patience_ms)
  try {
    const response = await fetch(path, {
      ...request,
      signal: abort.signal,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
    })
    if (response.ok) return await read(response)
    throw failureOf(response, await response.json().catch(() => ({})))
  } catch (error) {
    throw error instanceof Failure ? error : new Failure('network')
  } finally {
    clearTimeout(timer)
  }
}

/** @type {Record<string, FailureKind>} */
const kindOfCode = {
  'already-acted': 'already-acted',
  'link-expired': 'expired',
  'version-withdrawn': 'withdrawn',
  'statement-changed': 'changed',
  'document-changed': 'changed',
  'not-opened': 'changed',
}

/** @type {Record<number, FailureKind>} */
const kindOfStatus = {
  400: 'refused',
  401: 'invalid-link',
  403: 'invalid-link',
  404: 'invalid-link',
  410: 'expired',
  422: 'refused',
  429: 'busy',
  503: 'busy',
}

/**
 * @param {Response} response
 * @param {{ type?: unknown, code?: unknown, detail?: unknown, errors?: unknown }} problem
 * @returns {Failure}
 */
function failureOf(response, problem) {
  const named = problem.code ?? problem.type
  const code = (typeof named === 'string' ? named : '').split(/[/#:]/).pop() ?? ''
  const errors = Array.isArray(problem.errors) ? problem.errors : []
  const messages = [...errors.map((one) => one?.message ?? one?.detail), problem.detail]
  return new Failure(kindOfCode[code] ?? kindOfStatus[response.status] ?? 'failed', {
    code,
    retryAfter_s: secondsOf(response.headers.get('retry-after')),
    messages: [...new Set(messages.filter((message) => typeof message === 'string'))],
  })
}

/** @param {string | null} header @returns {number} seconds, at most two minutes */
function secondsOf(header) {
  const seconds = Number(header ?? '')
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(Math.ceil(seconds), 120) : 5
}
