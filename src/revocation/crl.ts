import {
  certificateTimeOf,
  childrenOf,
  derTags as tags,
  expectCanonical,
  expectTag,
  integerOf,
  onlyElement,
  readDer,
  takeTag,
  type DerElement,
  type Instant,
} from '#core'
import { urlsOfPointName } from './distribution-points.ts'
import { readExtensions, refuseUnknownCritical, type Extensions } from './extensions.ts'
import { oids } from './names.ts'
import { reasonWord } from './revocation.ts'
import { readSignedBytes, type SignedBytes } from './signed-bytes.ts'

/** A CertificateList taken apart (RFC 5280 section 5), nothing of it checked but its form. */
export type RevocationList = {
  readonly signature: SignedBytes
  /** The Name as it stands. */
  readonly issuer: Buffer
  readonly thisUpdate: Instant
  readonly nextUpdate: Instant
  /** The bytes of the CRL number's INTEGER. */
  readonly number: Buffer
  /** keyIdentifier of the authority, where one is given. */
  readonly issuerKeyId: Buffer | undefined
  readonly scope: ListScope
  /** The entry about a serial number (the bytes of its INTEGER), if it is on the list. */
  readonly find: (serialNumber: Buffer) => ListEntry | undefined
}

/** What the list is about when it is not about every certificate of its issuer (RFC 5280 section 5.2.5). */
export type ListScope = {
  /** Where this part of the list is had; undefined: it is the whole list. */
  readonly urls: readonly string[] | undefined
  readonly only: 'users' | 'authorities' | undefined
}

export type ListEntry = { readonly revokedAt: Instant; readonly reason: string | null }

const known = [oids.crlNumber, oids.authorityKeyIdentifier, oids.issuingDistributionPoint]
const removed = 'removeFromCRL'

/**
 * Takes a CRL apart. Throws a RangeError for another form: not DER throughout, no version 2, no nextUpdate, no number, a
 * delta or indirect list, one of some reasons only, an unknown critical extension of the list or of any entry.
 */
export function readCrl(bytes: Buffer): RevocationList {
  const whole = onlyElement(bytes, tags.sequence, 'the list')
  expectCanonical(whole)
  const [body, algorithm, signature, more] = childrenOf(whole, tags.sequence, 'the list')
  const fields = childrenOf(body, tags.sequence, 'the list')
  if (fields.shift()?.whole.toString('hex') !== '020101') throw new RangeError('the list is not of version 2')
  if (more !== undefined || algorithm === undefined || fields.shift()?.whole.equals(algorithm.whole) !== true)
    throw new RangeError('the list names two signature algorithms or has parts too many')
  const issuer = expectTag(fields.shift(), tags.sequence, 'the issuer of the list').whole
  const thisUpdate = timeOf(fields.shift(), 'thisUpdate')
  const nextUpdate = timeOf(fields.shift(), 'nextUpdate')
  const entries = readEntries(takeTag(fields, tags.sequence))
  const extensions = readExtensions(
    childrenOf(fields.shift(), 0xa0, 'the extensions of the list')[0],
    'the list',
  )
  if (fields.length > 0) throw new RangeError('the list has parts too many')
  refuseUnknownCritical(extensions, known, 'the list')
  const number = extensions.get(oids.crlNumber)
  if (number === undefined) throw new RangeError('the list has no number')
  return {
    signature: readSignedBytes(body!, algorithm, signature, 'the list'),
    issuer,
    thisUpdate,
    nextUpdate,
    number: integerOf(onlyElement(number.value, tags.integer, 'the number of the list'), 'the number'),
    issuerKeyId: issuerKeyIdOf(extensions),
    scope: readScope(extensions),
    find: (serialNumber) => entries.get(serialNumber.toString('hex')),
  }
}

function readEntries(list: DerElement | undefined): ReadonlyMap<string, ListEntry> {
  const entries = new Map<string, ListEntry>()
  for (const entry of list === undefined ? [] : readDer(list.body)) {
    const [serialNumber, time, extensions, more] = childrenOf(entry, tags.sequence, 'an entry of the list')
    const key = integerOf(serialNumber, 'a serial number on the list').toString('hex')
    if (more !== undefined || entries.has(key))
      throw new RangeError('an entry of the list stands twice or has parts too many')
    entries.set(key, {
      revokedAt: timeOf(time, 'the time of a revocation'),
      reason: extensions === undefined ? null : reasonOf(readExtensions(extensions, 'an entry of the list')),
    })
  }
  return entries
}

/** An entry of another issuer (certificateIssuer) is marked critical, and so refused: the list would be indirect. */
function reasonOf(extensions: Extensions): string | null {
  refuseUnknownCritical(extensions, [oids.reasonCode], 'an entry of the list')
  const found = extensions.get(oids.reasonCode)
  if (found === undefined) return null
  const { body } = onlyElement(found.value, tags.enumerated, 'the reason')
  if (body.length !== 1) throw new RangeError('the reason is out of range')
  const word = reasonWord(body[0]!)
  if (word === removed) throw new RangeError('the list removes an entry, as only a delta may')
  return word
}

function issuerKeyIdOf(extensions: Extensions): Buffer | undefined {
  const found = extensions.get(oids.authorityKeyIdentifier)
  if (found === undefined) return undefined
  const parts = childrenOf(
    onlyElement(found.value, tags.sequence, 'the key of the issuer'),
    tags.sequence,
    'the key of the issuer',
  )
  return parts.find(({ tag }) => tag === 0x80)?.body
}

function readScope(extensions: Extensions): ListScope {
  const found = extensions.get(oids.issuingDistributionPoint)
  if (found === undefined) return { urls: undefined, only: undefined }
  const what = 'the scope of the list'
  const parts = childrenOf(onlyElement(found.value, tags.sequence, what), tags.sequence, what)
  const name = takeTag(parts, 0xa0)
  const users = takeTag(parts, 0x81)
  const authorities = takeTag(parts, 0x82)
  for (const flag of [users, authorities])
    if (flag !== undefined && flag.body.toString('hex') !== 'ff')
      throw new RangeError('the scope of the list states its default or has another form')
  // What may be left: some reasons only [3], indirect [4], attribute certificates only [5].
  if (parts.length > 0 || (users !== undefined && authorities !== undefined))
    throw new RangeError('the list is indirect, of some reasons only, or not about such certificates')
  return {
    urls: name === undefined ? undefined : urlsOfPointName(name),
    only: users !== undefined ? 'users' : authorities !== undefined ? 'authorities' : undefined,
  }
}

function timeOf(element: DerElement | undefined, what: string): Instant {
  if (element === undefined || (element.tag !== tags.utcTime && element.tag !== tags.generalizedTime))
    throw new RangeError(`the list has no ${what}`)
  return certificateTimeOf(element)
}
