import {
  algorithmOf,
  childrenOf,
  expectTag,
  expectTrue,
  integerOf,
  oidOf,
  onlyElement,
  smallNumberOf,
  takeTag,
  type DerElement,
  type Instant,
} from '#core'
import { tokenTimeOf } from './der-time.ts'
import { tags } from './token-names.ts'

/** What a token says (TSTInfo, RFC 3161 section 2.4.2). */
export type TokenInfo = {
  readonly policy: string
  readonly imprint: { readonly algorithm: string; readonly value: Buffer }
  /** In hexadecimal. */
  readonly serial: string
  readonly at: Instant
  /** The bytes of the INTEGER. */
  readonly nonce: Buffer | undefined
}

/** Reads a TSTInfo. Throws a RangeError for another form, another version, or a critical extension. */
export function readTokenInfo(bytes: Buffer): TokenInfo {
  const fields = childrenOf(onlyElement(bytes, tags.sequence, 'the TSTInfo'), tags.sequence, 'the TSTInfo')
  if (smallNumberOf(fields.shift(), 'the version of the TSTInfo') !== 1)
    throw new RangeError('the TSTInfo is not of version 1')
  const policy = oidOf(fields.shift(), 'the policy')
  const imprint = readImprint(fields.shift())
  const serial = integerOf(fields.shift(), 'the serial number of the token').toString('hex')
  const at = tokenTimeOf(expectTag(fields.shift(), tags.generalizedTime, 'genTime'))
  takeTag(fields, tags.sequence) // accuracy: what the authority says of itself; nothing here depends on it
  const ordering = takeTag(fields, tags.boolean)
  if (ordering !== undefined) expectTrue(ordering, 'the ordering')
  const nonce = takeTag(fields, tags.integer)
  takeTag(fields, 0xa0) // tsa: a hint; the signing certificate says who it was
  const extensions = takeTag(fields, 0xa1)
  if (extensions !== undefined) refuseCriticalExtensions(extensions)
  if (fields.length > 0) throw new RangeError('the TSTInfo has parts too many or out of order')
  return { policy, imprint, serial, at, nonce: nonce && integerOf(nonce, 'the nonce') }
}

function readImprint(element: DerElement | undefined): TokenInfo['imprint'] {
  const [algorithm, value, more] = childrenOf(element, tags.sequence, 'the message imprint')
  if (more !== undefined) throw new RangeError('the message imprint has parts too many')
  return {
    algorithm: algorithmOf(algorithm, 'the algorithm of the imprint'),
    value: expectTag(value, tags.octetString, 'the value of the imprint').body,
  }
}

function refuseCriticalExtensions(extensions: DerElement): void {
  for (const extension of childrenOf(extensions, 0xa1, 'the extensions of the token')) {
    const [, flag] = childrenOf(extension, tags.sequence, 'an extension of the token')
    if (flag?.tag === tags.boolean)
      throw new RangeError('the token has a critical extension, and none is known here')
  }
}
