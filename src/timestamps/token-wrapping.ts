import { der, readDer } from '#core'
import { tags } from './token-names.ts'

/**
 * The TimeStampToken (a CMS ContentInfo) out of a TimeStampResp: what stands in a file that carries its own time-stamp.
 * The response must have passed `validateTimestamp`; another one gives a RangeError at most.
 */
export function timestampTokenOf(response: Buffer): Buffer {
  const [, token] = readDer(readDer(response)[0]?.body ?? Buffer.alloc(0))
  if (token === undefined) throw new RangeError('the response brings no token')
  return token.whole
}

/** A TimeStampResp that says granted, around a token: the form in which `validateTimestamp` takes one. */
export function timestampResponseOf(token: Buffer): Buffer {
  return der(tags.sequence, der(tags.sequence, der(tags.integer, Buffer.of(0))), token)
}
