import type { Instant } from '#core'
import { addMilliseconds, toBase64 } from '#core'
import type { Cosignature } from './cosignature.ts'
import { CosignatureError, verifyCosignature } from './cosignature.ts'
import { hashLength } from './merkle-hash.ts'
import { isTreeSize } from './merkle-proof.ts'
import type { WitnessKey } from './witness-key.ts'

/** What is asked of a witness: to cosign this checkpoint, which continues the tree of `oldSize`. */
export type CosignatureRequest = {
  readonly witness: WitnessKey
  /** The witness's submission prefix: `/add-checkpoint` is put behind it. */
  readonly url: string
  /** The checkpoint as the log signed it, byte for byte. */
  readonly note: string
  /** The newest size that this witness is thought to have; 0 when nothing is known. */
  readonly oldSize: number
  /** The consistency proof from `oldSize` to the note's size (RFC 9162 order); empty from 0 and for equal sizes. */
  readonly proof: readonly Uint8Array[]
  /** Our own moment: a cosignature from later than five minutes after it is refused. */
  readonly now: Instant
}

/** Why there is no cosignature, in one word for logs and metrics. */
export type WitnessRefusalReason =
  | 'unreachable'
  | 'timeout'
  | 'aborted'
  | 'answer-too-large'
  | 'answer-malformed'
  | 'status'
  | 'no-cosignature'
  | 'wrong-cosignature'
  | 'time-in-future'

/**
 * What came of it. `conflict`: the witness has another size, so the proof must start there; a size above that of the
 * note means that the witness has seen a larger log than is shown to it.
 */
export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly cosignature: Cosignature }
  | { readonly kind: 'conflict'; readonly size: number }
  | {
      readonly kind: 'refused'
      readonly reason: WitnessRefusalReason
      /** The HTTP status, where there was one. 422 says that the witness saw no continuation of what it had. */
      readonly status: number | undefined
      readonly detail: string
    }

/** Most bytes of an answer that are read. */
export const witnessAnswerMax = 16 * 1024

/** Most hashes of a consistency proof that may be sent (C2SP tlog-witness). */
const proofLengthMax = 63

const timeout_ms = 10_000
const clockSkew_ms = 300_000

/**
 * Asks a witness for its cosignature (C2SP tlog-witness v1.0.0, add-checkpoint). What is returned as cosigned has been
 * verified against the witness's key. Whatever the witness or the network does ends in an answer, after ten seconds at
 * the latest: no redirect is followed, and at most 16 KiB are read. Throws a RangeError for a request that cannot be
 * written.
 */
export async function requestCosignature(
  request: CosignatureRequest,
  signal?: AbortSignal,
): Promise<WitnessAnswer> {
  const body = formatRequest(request)
  const timeout = AbortSignal.timeout(timeout_ms)
  try {
    const response = await fetch(`${request.url.replace(/\/$/, '')}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8', accept: 'text/plain' },
      body,
      redirect: 'manual',
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    })
    const text = await readAnswer(response)
    if (text === undefined) return refusal('answer-too-large', response.status, 'the answer exceeds 16 KiB')
    return judgeAnswer(request, response, text)
  } catch (error) {
    if (signal?.aborted === true) return refusal('aborted', undefined, 'the request was given up')
    if (timeout.aborted) return refusal('timeout', undefined, `no answer within ${timeout_ms} ms`)
    return refusal('unreachable', undefined, describe(error))
  }
}

function formatRequest({ note, oldSize, proof }: CosignatureRequest): string {
  if (!isTreeSize(oldSize) || proof.length > proofLengthMax) throw new RangeError('no request has this form')
  if (proof.some((hash) => hash.length !== hashLength))
    throw new RangeError('a proof is made of hashes of 32 bytes')
  return `old ${oldSize}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`
}

/** The text of an answer; undefined when it is longer than may be. What is not UTF-8 becomes what no answer holds. */
async function readAnswer(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    length += chunk.length
    // Leaving the loop cancels the rest of the answer.
    if (length > witnessAnswerMax) return undefined
  }
  return Buffer.concat(chunks).toString('utf8')
}

function judgeAnswer(request: CosignatureRequest, response: Response, text: string): WitnessAnswer {
  const { status } = response
  if (status === 200) return judgeCosignatures(request, text)
  if (status !== 409) return refusal('status', status, `the witness answered ${status}: ${firstLine(text)}`)
  const size = Number(/^(0|[1-9][0-9]{0,15})\n$/.exec(text)?.[1] ?? NaN)
  const mediaType = response.headers.get('content-type')?.split(';', 1)[0]
  if (mediaType !== 'text/x.tlog.size' || !isTreeSize(size) || size === request.oldSize) {
    return refusal('answer-malformed', status, 'the conflict does not name another size')
  }
  return { kind: 'conflict', size }
}

/** Lines of other keys are ignored (C2SP tlog-witness); two lines of this witness, or a wrong one, are not. */
function judgeCosignatures(request: CosignatureRequest, text: string): WitnessAnswer {
  if (!text.endsWith('\n')) return refusal('answer-malformed', 200, 'the answer is not made of lines')
  const found: Cosignature[] = []
  for (const line of text.slice(0, -1).split('\n')) {
    try {
      found.push(verifyCosignature(line, request.note, request.witness))
    } catch (error) {
      if (!(error instanceof CosignatureError)) throw error
      if (error.reason === 'malformed') return refusal('answer-malformed', 200, error.message)
      if (error.reason !== 'other-key') return refusal('wrong-cosignature', 200, error.message)
    }
  }
  const [cosignature, ...more] = found
  if (cosignature === undefined)
    return refusal('no-cosignature', 200, 'no line is by the key of this witness')
  if (more.length > 0) return refusal('answer-malformed', 200, 'the witness signed twice')
  if (cosignature.at > addMilliseconds(request.now, clockSkew_ms)) {
    return refusal('time-in-future', 200, `the witness signed as of ${cosignature.at}, which is yet to come`)
  }
  return { kind: 'cosigned', cosignature }
}

function refusal(
  reason: WitnessRefusalReason,
  status: number | undefined,
  detail: string,
): Extract<WitnessAnswer, { kind: 'refused' }> {
  return { kind: 'refused', reason, status, detail }
}

/** The beginning of what a stranger wrote, fit for a log line. */
function firstLine(text: string): string {
  return JSON.stringify(text.split('\n', 1)[0]!.slice(0, 200))
}

function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return 'the witness cannot be reached'
  return 'code' in cause ? String(cause.code) : cause.message
}
