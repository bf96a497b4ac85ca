import { generateKeyPairSync, sign, X509Certificate, type KeyObject } from 'node:crypto'
import { der, extension, integer, oid } from './verification-seal.ts'

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const set = (...parts: readonly Uint8Array[]): Buffer => der(0x31, ...parts)

export type TestKeyKind = 'p256' | 'p384' | 'rsa-2048' | 'rsa-3072'

export type SealCertificateWishes = {
  readonly name?: string
  readonly issuer?: SealTestCertificate
  readonly kind?: TestKeyKind
  /** The public half of a key that lives elsewhere; then there is no private one. */
  readonly publicKey?: KeyObject
  /** UTCTime: `YYMMDDhhmmssZ`. */
  readonly from?: string
  readonly until?: string
  readonly authority?: boolean
  readonly pathLength?: number
  /** Unused bits and bits; null: no such extension. */
  readonly keyUsage?: readonly [number, number] | null
  /** Null: no such extension. */
  readonly purposes?: readonly string[] | null
  readonly extraExtensions?: readonly Buffer[]
  readonly sha1?: boolean
}

export type SealTestCertificate = {
  readonly der: Buffer
  readonly key: KeyObject
  readonly subject: Buffer
}

let serialNumber = 0

/** A certificate written by hand, so that it can also be wrong: of a seal unless an authority is wished for. */
export function aSealCertificate(wishes: SealCertificateWishes = {}): SealTestCertificate {
  const { privateKey, publicKey } = pairOf(wishes.kind ?? 'p256')
  const subject = sequence(set(sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(wishes.name ?? 'Voorbeeld B.V.', 'utf8'))))) // prettier-ignore
  const signingKey = wishes.issuer?.key ?? privateKey
  const algorithm = algorithmOf(signingKey, wishes.sha1 === true)
  const body = sequence(
    der(0xa0, integer(2)),
    integer((serialNumber = (serialNumber % 126) + 1)),
    algorithm,
    wishes.issuer?.subject ?? subject,
    sequence(
      der(0x17, Buffer.from(wishes.from ?? '200101000000Z')),
      der(0x17, Buffer.from(wishes.until ?? '400101000000Z')),
    ),
    subject,
    (wishes.publicKey ?? publicKey).export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(...extensionsOf(wishes), ...(wishes.extraExtensions ?? []))),
  )
  const signature = sign(wishes.sha1 === true ? 'sha1' : 'sha256', body, signingKey)
  const whole = sequence(body, algorithm, der(0x03, Buffer.of(0), signature))
  return { der: whole, key: privateKey, subject }
}

function pairOf(kind: TestKeyKind): { privateKey: KeyObject; publicKey: KeyObject } {
  if (kind === 'rsa-2048') return generateKeyPairSync('rsa', { modulusLength: 2_048 })
  if (kind === 'rsa-3072') return generateKeyPairSync('rsa', { modulusLength: 3_072 })
  return generateKeyPairSync('ec', { namedCurve: kind === 'p256' ? 'P-256' : 'P-384' })
}

function algorithmOf(key: KeyObject, sha1: boolean): Buffer {
  if (key.asymmetricKeyType === 'rsa')
    return sequence(oid(sha1 ? '1.2.840.113549.1.1.5' : '1.2.840.113549.1.1.11'), der(0x05))
  return sequence(oid(sha1 ? '1.2.840.10045.4.1' : '1.2.840.10045.4.3.2'))
}

function extensionsOf(wishes: SealCertificateWishes): Buffer[] {
  const authority = wishes.authority ?? false
  const usage = wishes.keyUsage === undefined ? (authority ? [1, 0x06] : [6, 0xc0]) : wishes.keyUsage
  const length = wishes.pathLength === undefined ? [] : [integer(wishes.pathLength)]
  const purposes =
    wishes.purposes === undefined ? (authority ? null : ['1.3.6.1.5.5.7.3.36']) : wishes.purposes
  return [
    extension('2.5.29.19', true, sequence(...(authority ? [der(0x01, Buffer.of(0xff)), ...length] : []))),
    ...(usage === null ? [] : [extension('2.5.29.15', true, der(0x03, Buffer.from(usage)))]),
    ...(purposes === null ? [] : [extension('2.5.29.37', false, sequence(...purposes.map(oid)))]),
  ]
}

/** A chain of three: the certificate of a seal, an authority, and the root. */
export type SealTestChain = {
  readonly leaf: SealTestCertificate
  readonly middle: SealTestCertificate
  readonly root: SealTestCertificate
  /** DER, leaf first. */
  readonly certificates: readonly Buffer[]
  readonly pem: string
}

/** A chain whose certificates are as wished. */
export function aSealChain(
  leafWishes: SealCertificateWishes = {},
  middleWishes: SealCertificateWishes = {},
  rootWishes: SealCertificateWishes = {},
): SealTestChain {
  const root = aSealCertificate({ name: 'Test seal root', authority: true, ...rootWishes })
  const middle = aSealCertificate({ name: 'Test seal authority', authority: true, pathLength: 0, issuer: root, ...middleWishes }) // prettier-ignore
  const leaf = aSealCertificate({ issuer: middle, ...leafWishes })
  const certificates = [leaf.der, middle.der, root.der]
  return { leaf, middle, root, certificates, pem: certificates.map(pemText).join('') }
}

/** A certificate as text. */
export function pemText(certificate: Buffer): string {
  return new X509Certificate(certificate).toString()
}
