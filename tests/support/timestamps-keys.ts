import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { der, extension, integer, oid } from './verification-seal.ts'

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const set = (...parts: readonly Uint8Array[]): Buffer => der(0x31, ...parts)

export type KeyKind = 'p256' | 'p384' | 'p521' | 'rsa' | 'short-rsa'

export const timeStamping = '1.3.6.1.5.5.7.3.8'
export const documentSigning = '1.3.6.1.5.5.7.3.36'

export type TsaCertificateWishes = {
  readonly name: string
  readonly issuer?: TsaCertificate
  readonly kind?: KeyKind
  /** UTCTime: `YYMMDDhhmmssZ`. */
  readonly from?: string
  readonly until?: string
  readonly authority?: boolean
  readonly pathLength?: number
  /** Unused bits and bits; null: no such extension. */
  readonly keyUsage?: readonly [number, number] | null
  readonly purposes?: readonly string[]
  readonly purposesCritical?: boolean
  readonly extraExtensions?: readonly Buffer[]
  readonly sha1?: boolean
}

export type TsaCertificate = {
  readonly der: Buffer
  readonly key: KeyObject
  readonly kind: KeyKind
  readonly issuer: Buffer
  readonly subject: Buffer
  readonly serial: Buffer
}

let serialNumber = 0

/** A certificate written by hand, so that it can also be wrong: of a TSA unless an authority is wished for. */
export function aTsaCertificate(wishes: TsaCertificateWishes): TsaCertificate {
  const kind = wishes.kind ?? 'p256'
  const { privateKey, publicKey } = keyPair(kind)
  const subject = sequence(set(sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(wishes.name, 'utf8')))))
  const issuer = wishes.issuer?.subject ?? subject
  const serial = integer((serialNumber = (serialNumber % 126) + 1))
  const issuerIsRsa = (wishes.issuer?.kind ?? kind).endsWith('rsa')
  const algorithm = issuerIsRsa
    ? sequence(oid(wishes.sha1 === true ? '1.2.840.113549.1.1.5' : '1.2.840.113549.1.1.11'), der(0x05))
    : sequence(oid(wishes.sha1 === true ? '1.2.840.10045.4.1' : '1.2.840.10045.4.3.2'))
  const body = sequence(
    der(0xa0, integer(2)),
    serial,
    algorithm,
    issuer,
    sequence(
      der(0x17, Buffer.from(wishes.from ?? '200101000000Z')),
      der(0x17, Buffer.from(wishes.until ?? '400101000000Z')),
    ),
    subject,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(...extensionsOf(wishes), ...(wishes.extraExtensions ?? []))),
  )
  const signature = sign(wishes.sha1 === true ? 'sha1' : 'sha256', body, wishes.issuer?.key ?? privateKey)
  const whole = sequence(body, algorithm, der(0x03, Buffer.of(0), signature))
  return { der: whole, key: privateKey, kind, issuer, subject, serial }
}

function keyPair(kind: KeyKind): { privateKey: KeyObject; publicKey: KeyObject } {
  if (kind === 'rsa') return generateKeyPairSync('rsa', { modulusLength: 2_048 })
  if (kind === 'short-rsa') return generateKeyPairSync('rsa', { modulusLength: 1_024 })
  return generateKeyPairSync('ec', { namedCurve: { p256: 'P-256', p384: 'P-384', p521: 'P-521' }[kind] })
}

function extensionsOf(wishes: TsaCertificateWishes): Buffer[] {
  const authority = wishes.authority ?? false
  const usage = wishes.keyUsage === undefined ? (authority ? [1, 0x06] : [6, 0xc0]) : wishes.keyUsage
  const length = wishes.pathLength === undefined ? [] : [integer(wishes.pathLength)]
  const constraints = authority ? [der(0x01, Buffer.of(0xff)), ...length] : []
  const purposes = wishes.purposes ?? (authority ? [] : [timeStamping])
  return [
    extension('2.5.29.19', true, sequence(...constraints)),
    ...(usage === null ? [] : [extension('2.5.29.15', true, der(0x03, Buffer.from(usage)))]),
    ...(purposes.length === 0
      ? []
      : [extension('2.5.29.37', wishes.purposesCritical ?? true, sequence(...purposes.map(oid)))]),
  ]
}

/** A TSA somewhere: a root, an authority below it, and the certificate that signs. */
export type TsaKeys = {
  readonly root: TsaCertificate
  readonly middle: TsaCertificate
  readonly signer: TsaCertificate
}

/** The keys of a TSA whose signing certificate is as wished. */
export function tsaKeys(
  signer: Partial<TsaCertificateWishes> = {},
  middle: Partial<TsaCertificateWishes> = {},
  root: Partial<TsaCertificateWishes> = {},
): TsaKeys {
  const top = aTsaCertificate({ name: 'Test TSA root', authority: true, ...root })
  const below = aTsaCertificate({
    name: 'Test TSA authority',
    authority: true,
    pathLength: 0,
    issuer: top,
    ...middle,
  })
  return {
    root: top,
    middle: below,
    signer: aTsaCertificate({ name: 'Test TSA', issuer: below, ...signer }),
  }
}
