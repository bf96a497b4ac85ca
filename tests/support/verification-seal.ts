import { generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { digestOf } from './verification-log.ts'

/** One DER element out of its parts. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const length =
    content.length < 0x80
      ? Buffer.of(content.length)
      : content.length < 0x100
        ? Buffer.of(0x81, content.length)
        : Buffer.of(0x82, content.length >> 8, content.length & 0xff)
  return Buffer.concat([Buffer.of(tag), length, content])
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, ...[...parts].toSorted(Buffer.compare))
const text = (value: string): Buffer => Buffer.from(value, 'latin1')
export const integer = (value: number): Buffer => der(0x02, Buffer.of(value))

/** An object identifier from its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift(0x80 | (left & 0x7f))
    return groups
  })
  return der(0x06, Buffer.from(bytes))
}

const sha256Algorithm = sequence(oid('2.16.840.1.101.3.4.2.1'))
const ecdsaAlgorithm = sequence(oid('1.2.840.10045.4.3.2'))

export type KeyKind = 'P-256' | 'P-384' | 'RSA'

export type CertificateWishes = {
  readonly name: string
  /** The serialNumber attribute of the subject. */
  readonly serialNumber?: string
  readonly issuer?: TestCertificate
  readonly from?: string
  readonly until?: string
  readonly authority?: boolean
  readonly pathLength?: number
  /** The bits of key usage, from digitalSignature down. */
  readonly keyUsage?: readonly [unusedBits: number, bits: number]
  readonly purposes?: readonly string[]
  readonly purposesCritical?: boolean
  readonly keyKind?: KeyKind
  readonly extraExtensions?: readonly Buffer[]
}
export type TestCertificate = {
  readonly der: Buffer
  readonly key: KeyObject
  readonly subject: Buffer
  readonly serial: Buffer
}

const rsaParameters = der(0x05)

/** The hash that a key of this kind signs with here, and the AlgorithmIdentifier that says so. */
export function signingOf(key: KeyObject): { readonly hash: string; readonly algorithm: Buffer } {
  if (key.asymmetricKeyType === 'rsa') {
    return { hash: 'sha512', algorithm: sequence(oid('1.2.840.113549.1.1.13'), rsaParameters) }
  }
  if (key.asymmetricKeyDetails?.namedCurve === 'secp384r1') {
    return { hash: 'sha384', algorithm: sequence(oid('1.2.840.10045.4.3.3')) }
  }
  return { hash: 'sha256', algorithm: ecdsaAlgorithm }
}

function newKeys(kind: KeyKind): { privateKey: KeyObject; publicKey: KeyObject } {
  return kind === 'RSA'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: kind })
}

let serialNumber = 10

/** A certificate, issued by itself unless an issuer is given. Written by hand, so that it can also be wrong. */
export function aCertificate(wishes: CertificateWishes): TestCertificate {
  const { privateKey, publicKey } = newKeys(wishes.keyKind ?? 'P-256')
  const signing = signingOf(wishes.issuer?.key ?? privateKey)
  const owner = wishes.serialNumber
  const subject = sequence(
    set(sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(wishes.name, 'utf8')))),
    ...(owner === undefined ? [] : [set(sequence(oid('2.5.4.5'), der(0x13, text(owner))))]),
  )
  const serial = integer(serialNumber++ % 127)
  const extensions = [...extensionsOf(wishes), ...(wishes.extraExtensions ?? [])]
  const body = sequence(
    der(0xa0, integer(2)),
    serial,
    signing.algorithm,
    wishes.issuer?.subject ?? subject,
    sequence(
      der(0x17, text(wishes.from ?? '200101000000Z')),
      der(0x17, text(wishes.until ?? '400101000000Z')),
    ),
    subject,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(...extensions)),
  )
  const signature = sign(signing.hash, body, wishes.issuer?.key ?? privateKey)
  return {
    der: sequence(body, signing.algorithm, der(0x03, Buffer.of(0), signature)),
    key: privateKey,
    subject,
    serial,
  }
}

/** An X.509 extension. */
export function extension(name: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(name), ...(critical ? [der(0x01, Buffer.of(0xff))] : []), der(0x04, value))
}

function extensionsOf(wishes: CertificateWishes): Buffer[] {
  const authority = wishes.authority ?? false
  const [unused, bits] = wishes.keyUsage ?? (authority ? [1, 0x06] : [6, 0xc0])
  const constraints = authority
    ? [der(0x01, Buffer.of(0xff)), ...(wishes.pathLength === undefined ? [] : [integer(wishes.pathLength)])]
    : []
  const purposes = wishes.purposes ?? (authority ? [] : ['1.3.6.1.5.5.7.3.36'])
  return [
    extension('2.5.29.19', true, sequence(...constraints)),
    extension('2.5.29.15', true, der(0x03, Buffer.of(unused, bits))),
    ...(purposes.length === 0
      ? []
      : [extension('2.5.29.37', wishes.purposesCritical ?? false, sequence(...purposes.map(oid)))]),
  ]
}

export type SealKeys = {
  readonly root: TestCertificate
  /** The authority right above the leaf. */
  readonly middle: TestCertificate
  readonly chain: readonly TestCertificate[]
  readonly leaf: TestCertificate
}

/** A root, an authority below it, and the certificate of a seal below that. */
export function sealKeys(leafWishes: Partial<CertificateWishes> = {}): SealKeys {
  const root = aCertificate({ name: 'Test root', authority: true })
  const middle = aCertificate({ name: 'Test authority', authority: true, pathLength: 0, issuer: root })
  const leaf = aCertificate({ name: 'Voorbeeld B.V.', issuer: middle, ...leafWishes })
  return { root, middle, chain: [leaf, middle], leaf }
}

/** PEM text of a certificate. */
export function pemOf(certificate: Pick<TestCertificate, 'der'>): string {
  const lines = certificate.der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

export type CmsWishes = {
  readonly digest?: Buffer
  readonly extraAttributes?: readonly Buffer[]
  readonly leaveOut?: readonly string[]
  readonly certificates?: readonly Buffer[]
  readonly unsigned?: Buffer
  readonly namedCertificate?: Buffer
  readonly messageType?: string
}

/** A signed attribute. */
export function attribute(name: string, value: Buffer): Buffer {
  return sequence(oid(name), set(value))
}

/** A CMS over bytes, as PAdES B-B wants it, or with the wrong parts that are wished for. */
export function aCms(keys: SealKeys, signedBytes: Uint8Array, wishes: CmsWishes = {}): Buffer {
  const named = digestOf(wishes.namedCertificate ?? keys.leaf.der)
  const protection = sequence(sha256Algorithm, der(0xa1, oid('1.2.840.10045.4.3.2')))
  const all: Record<string, Buffer> = {
    '1.2.840.113549.1.9.3': oid(wishes.messageType ?? '1.2.840.113549.1.7.1'),
    '1.2.840.113549.1.9.4': der(0x04, wishes.digest ?? digestOf(signedBytes)),
    '1.2.840.113549.1.9.16.2.47': sequence(sequence(sequence(der(0x04, named)))),
    '1.2.840.113549.1.9.52': protection,
  }
  const attributes = Object.entries(all)
    .filter(([name]) => !(wishes.leaveOut ?? []).includes(name))
    .map(([name, value]) => attribute(name, value))
  const signed = set(...attributes, ...(wishes.extraAttributes ?? []))
  const signer = sequence(
    integer(1),
    sequence(issuerOf(keys), keys.leaf.serial),
    sha256Algorithm,
    Buffer.concat([Buffer.of(0xa0), signed.subarray(1)]),
    ecdsaAlgorithm,
    der(0x04, sign('sha256', signed, keys.leaf.key)),
    ...(wishes.unsigned === undefined ? [] : [wishes.unsigned]),
  )
  const certificates = [...(wishes.certificates ?? keys.chain.map((certificate) => certificate.der))]
  const content = sequence(
    integer(1),
    set(sha256Algorithm),
    sequence(oid('1.2.840.113549.1.7.1')),
    der(0xa0, ...certificates.toSorted(Buffer.compare)),
    set(signer),
  )
  return sequence(oid('1.2.840.113549.1.7.2'), der(0xa0, content))
}

function issuerOf(keys: SealKeys): Buffer {
  return keys.chain[1]?.subject ?? keys.root.subject
}
