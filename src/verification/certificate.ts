import { childrenOf, expectTag, oidOf, readDer, smallIntegerOf, tags } from './der.ts'
import type { Der } from './der.ts'
import { publicKeyOf, signatureAlgorithmOf } from './signature-algorithm.ts'
import type { PublicKey, SignatureAlgorithm } from './signature-algorithm.ts'
import { demand, refuse } from './refusal.ts'
import { decodeUtf8 } from './strict-text.ts'

/** An X.509 version 3 certificate (RFC 5280) with an ECDSA P-256, P-384 or RSA key, signed with one of those and SHA-2. */
export type Certificate = {
  readonly der: Buffer
  readonly signedBytes: Buffer
  readonly signature: Buffer
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly serialNumber: Buffer
  readonly issuer: Buffer
  readonly subject: Buffer
  /** The subject for a reader: `CN=…, O=…`. */
  readonly subjectText: string
  /** The subject's serialNumber attribute: here the id of the organisation that seals. */
  readonly subjectSerialNumber: string | undefined
  readonly subjectOrganisation: string | undefined
  readonly subjectUnit: string | undefined
  readonly subjectCountry: string | undefined
  readonly subjectCommonName: string
  readonly validFrom: string
  readonly validUntil: string
  readonly publicKey: PublicKey
  /** The bits of the public key without their frame: what OCSP hashes. */
  readonly publicKeyBits: Buffer
  /** Whether nobody need ask if this certificate of an OCSP responder was revoked (RFC 6960 section 4.2.2.2.1). */
  readonly noRevocationCheck: boolean
  readonly authority: boolean
  readonly pathLengthMax: number | undefined
  readonly keyUsage: ReadonlySet<KeyUsage>
  readonly extendedKeyUsage: readonly string[]
  readonly extendedKeyUsageCritical: boolean
  readonly subjectKeyId: Buffer | undefined
  readonly authorityKeyId: Buffer | undefined
  /** The values of extensions that no rule for seals looks at, by their identifiers. */
  readonly otherExtensions: ReadonlyMap<string, Buffer>
}

const keyUsageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const
export type KeyUsage = (typeof keyUsageNames)[number]

/**
 * Reads the certificate of a seal's signer: of the keys this verifier knows, ECDSA P-256 or RSA may seal (decision 0082).
 * Those of authorities above it may have any.
 */
export function demandSealKey({ publicKey }: Certificate): void {
  const may = publicKey.kind === 'RSA' || publicKey.curve === 'P-256'
  demand(may, 'the certificate of the seal has a key that is not ECDSA P-256 or RSA')
}

/** Reads a certificate from its DER. Refuses other algorithms, unknown critical extensions and doubled extensions. */
export function parseCertificate(der: Uint8Array): Certificate {
  const outer = childrenOf(expectTag(readDer(der), tags.sequence, 'a certificate'))
  demand(outer.length === 3, 'a certificate does not have three parts')
  const [body, algorithm, signature] = outer as [Der, Der, Der]
  const fields = childrenOf(expectTag(body, tags.sequence, 'the body of a certificate'))
  demand(fields.length === 8, 'a certificate does not have version, names, times, key and extensions')
  const [version, serial, innerAlgorithm, issuer, validity, subject, publicKey, extensions] =
    fields as FieldTuple
  demand(version.whole.equals(Buffer.from('a003020102', 'hex')), 'a certificate is not of version 3')
  const signatureAlgorithm = signatureAlgorithmOf(algorithm)
  demand(innerAlgorithm.whole.equals(algorithm.whole), 'a certificate names two signature algorithms')
  const [validFrom, validUntil] = parseValidity(validity)
  const names = nameParts(subject)
  return {
    der: Buffer.from(der),
    signedBytes: body.whole,
    signature: bitsOf(signature, 'the signature of a certificate'),
    signatureAlgorithm,
    serialNumber: expectTag(serial, tags.integer, 'the serial number').whole,
    issuer: expectTag(issuer, tags.sequence, 'the issuer').whole,
    subject: expectTag(subject, tags.sequence, 'the subject').whole,
    subjectText: names.map(([name, text]) => `${name}=${text}`).join(', '),
    subjectSerialNumber: names.find(([name]) => name === 'serialNumber')?.[1],
    subjectOrganisation: names.find(([name]) => name === 'O')?.[1],
    subjectUnit: names.find(([name]) => name === 'OU')?.[1],
    subjectCountry: names.find(([name]) => name === 'C')?.[1],
    subjectCommonName: names.find(([name]) => name === 'CN')?.[1] ?? '',
    validFrom,
    validUntil,
    publicKey: publicKeyOf(publicKey),
    publicKeyBits: bitsOf(childrenOf(publicKey)[1], 'a public key'),
    ...parseExtensions(extensions),
  }
}

type FieldTuple = [Der, Der, Der, Der, Der, Der, Der, Der]

/** The bytes of a bit string that has no unused bits. */
export function bitsOf(element: Der | undefined, what: string): Buffer {
  const { content } = expectTag(element, tags.bitString, what)
  demand(content[0] === 0, `${what} is not a whole number of bytes`)
  return content.subarray(1)
}

function parseValidity(element: Der): [string, string] {
  const times = childrenOf(expectTag(element, tags.sequence, 'the validity'))
  demand(times.length === 2, 'the validity of a certificate is not two times')
  return [timeOf(times[0] as Der), timeOf(times[1] as Der)]
}

/**
 * RFC 5280 section 4.1.2.5: two-digit years through 2049, four-digit years from 2050, seconds, Zulu. Where the form of
 * four digits is for any year, as in OCSP, it is said.
 */
export function timeOf({ tag, content }: Der, longForm: 'from 2050' | 'any year' = 'from 2050'): string {
  const text = content.toString('latin1')
  const short = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  const long = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  const parts = (tag === tags.utcTime ? short : tag === tags.generalizedTime ? long : null) ?? undefined
  if (parts === undefined) return refuse('a time in a certificate has the wrong form')
  const [, yearText = '', month, day, hour, minute, second] = parts
  const year =
    tag === tags.utcTime ? Number(yearText) + (Number(yearText) < 50 ? 2000 : 1900) : Number(yearText)
  const fits = tag === tags.utcTime || year >= 2050 || longForm === 'any year'
  demand(fits, 'a time in a certificate has the wrong form')
  const instant = `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  demand(!Number.isNaN(Date.parse(instant)), 'a time in a certificate does not exist')
  return instant
}

type Extensions = Pick<
  Certificate,
  | 'authority'
  | 'noRevocationCheck'
  | 'pathLengthMax'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'extendedKeyUsageCritical'
  | 'subjectKeyId'
  | 'authorityKeyId'
  | 'otherExtensions'
>

function parseExtensions(element: Der): Extensions {
  const [list, more] = childrenOf(expectTag(element, 0xa3, 'the extensions of a certificate'))
  demand(more === undefined, 'a certificate has two lists of extensions')
  const found = new Map<string, Der>()
  const otherExtensions = new Map<string, Buffer>()
  const criticals = new Set<string>()
  for (const extension of childrenOf(expectTag(list, tags.sequence, 'the extensions of a certificate'))) {
    const parts = childrenOf(expectTag(extension, tags.sequence, 'an extension'))
    const oid = oidOf(parts[0], 'the name of an extension')
    const critical = parts.length === 3
    if (critical) expectTag(parts[1], tags.boolean, 'the flag of an extension')
    demand(parts.length === 2 || critical, 'an extension of a certificate has the wrong form')
    if (critical) criticals.add(oid)
    demand(!found.has(oid) && !otherExtensions.has(oid), 'a certificate has an extension twice')
    demand(!critical || understood.has(oid), `a certificate has a critical extension not known here (${oid})`)
    const value = expectTag(parts.at(-1), tags.octetString, 'the value of an extension')
    if (understood.has(oid)) found.set(oid, readDer(value.content))
    else otherExtensions.set(oid, value.content)
  }
  return {
    noRevocationCheck: otherExtensions.has(noRevocationCheck),
    ...parseBasicConstraints(found.get('2.5.29.19')),
    keyUsage: parseKeyUsage(found.get('2.5.29.15')),
    extendedKeyUsage: parseExtendedKeyUsage(found.get('2.5.29.37')),
    extendedKeyUsageCritical: criticals.has('2.5.29.37'),
    subjectKeyId: found.get('2.5.29.14')?.content,
    authorityKeyId: parseAuthorityKeyId(found.get('2.5.29.35')),
    otherExtensions,
  }
}

const noRevocationCheck = '1.3.6.1.5.5.7.48.1.5'
const understood = new Set(['2.5.29.19', '2.5.29.15', '2.5.29.37', '2.5.29.14', '2.5.29.35'])

function parseBasicConstraints(element: Der | undefined): Pick<Certificate, 'authority' | 'pathLengthMax'> {
  if (element === undefined) return { authority: false, pathLengthMax: undefined }
  const [authority, length, more] = childrenOf(expectTag(element, tags.sequence, 'the basic constraints'))
  demand(more === undefined, 'the basic constraints of a certificate have the wrong form')
  if (authority === undefined) return { authority: false, pathLengthMax: undefined }
  expectTag(authority, tags.boolean, 'the authority flag of a certificate')
  const pathLengthMax = length === undefined ? undefined : smallIntegerOf(length, 'the path length')
  return { authority: true, pathLengthMax }
}

function parseKeyUsage(element: Der | undefined): ReadonlySet<KeyUsage> {
  if (element === undefined) return new Set()
  const { content } = expectTag(element, tags.bitString, 'the key usage')
  const bits = content.subarray(1)
  return new Set(keyUsageNames.filter((_, bit) => (((bits[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1))
}

function parseExtendedKeyUsage(element: Der | undefined): string[] {
  if (element === undefined) return []
  const purposes = childrenOf(expectTag(element, tags.sequence, 'the extended key usage'))
  return purposes.map((purpose) => oidOf(purpose, 'a purpose of a certificate'))
}

/** Only the key identifier counts; issuer and serial number in this extension are not used by anybody here. */
function parseAuthorityKeyId(element: Der | undefined): Buffer | undefined {
  if (element === undefined) return undefined
  const [first] = childrenOf(expectTag(element, tags.sequence, 'the authority key identifier'))
  return first?.tag === 0x80 ? first.content : undefined
}

const attributeNames: Record<string, string> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.97': 'organizationIdentifier',
}

function nameParts(name: Der): [name: string, text: string][] {
  return childrenOf(name)
    .flatMap((set) => childrenOf(expectTag(set, tags.set, 'a part of a name')))
    .map((attribute) => {
      const [type, value] = childrenOf(attribute)
      const oid = oidOf(type, 'the kind of a name')
      demand(value !== undefined && [0x0c, 0x13, 0x16].includes(value.tag), 'a name is not plain text')
      return [attributeNames[oid] ?? oid, decodeUtf8(value.content)]
    })
}
