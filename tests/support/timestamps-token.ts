import { createHash, sign } from 'node:crypto'
import { readDer, type Instant } from '#core'
import type { TsaKeys } from './timestamps-keys.ts'
import { der, integer, oid } from './verification-seal.ts'

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, ...[...parts].toSorted(Buffer.compare))

type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512'
const hashNames = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const
export const tokenNames = {
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  data: '1.2.840.113549.1.7.1',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

/** What may be otherwise than in a good token. */
export type TokenWishes = {
  readonly status?: number
  readonly statusText?: string
  /** Without a token, as with a rejection. */
  readonly noToken?: boolean
  /** The whole INTEGER; null: none. */
  readonly nonce?: Buffer | null
  readonly imprint?: Buffer
  /** The text of genTime. */
  readonly genTime?: string
  readonly infoVersion?: number
  readonly infoExtras?: readonly Buffer[]
  readonly hash?: Hash
  readonly signatureName?: string
  readonly contentName?: string
  readonly signedContentName?: string
  readonly digest?: Buffer
  /** Certificates that the signature names, and how. */
  readonly named?: readonly Buffer[]
  readonly namedBy?: 'v1' | 'v2' | 'both' | 'v2-sha512' | 'nothing'
  readonly issuerSerial?: Buffer
  readonly leaveOut?: string
  readonly twice?: string
  readonly unsorted?: boolean
  readonly certificates?: readonly Buffer[]
  readonly signers?: number
  readonly unsigned?: boolean
  readonly breakSignature?: boolean
  readonly version?: number
}

const digestOf = (hash: string, bytes: Uint8Array): Buffer => createHash(hash).update(bytes).digest()

/** A TimeStampResp that answers the request at that moment, or with the wrong parts that are wished for. */
export function aTimestampResponse(
  request: Buffer,
  keys: TsaKeys,
  at: Instant,
  wishes: TokenWishes = {},
): Buffer {
  const said = wishes.statusText === undefined ? [] : [sequence(der(0x0c, Buffer.from(wishes.statusText)))]
  const status = sequence(integer(wishes.status ?? 0), ...said)
  return sequence(
    status,
    ...(wishes.noToken === true ? [] : [aToken(aTokenInfo(request, at, wishes), keys, wishes)]),
  )
}

function aTokenInfo(request: Buffer, at: Instant, wishes: TokenWishes): Buffer {
  const [, imprint, nonce] = readDer(readDer(request)[0]!.body)
  const other = wishes.imprint && sequence(sequence(oid(hashNames.sha256)), der(0x04, wishes.imprint))
  return sequence(
    integer(wishes.infoVersion ?? 1),
    oid('1.2.3.4.1'),
    other ?? imprint!.whole,
    integer(77),
    der(0x18, Buffer.from(wishes.genTime ?? `${at.slice(0, 19).replace(/\D/g, '')}Z`)),
    ...(wishes.nonce === null ? [] : [wishes.nonce ?? nonce!.whole]),
    ...(wishes.infoExtras ?? []),
  )
}

function aToken(info: Buffer, keys: TsaKeys, wishes: TokenWishes): Buffer {
  const hash = wishes.hash ?? 'sha256'
  const algorithm = sequence(oid(hashNames[hash]))
  const signerInfo = aSignerInfo(info, keys, algorithm, wishes)
  const certificates = wishes.certificates ?? [keys.signer.der, keys.middle.der]
  const signers = Array.from({ length: wishes.signers ?? 1 }, () => signerInfo)
  const signed = sequence(
    integer(wishes.version ?? 3),
    set(algorithm),
    sequence(oid(wishes.contentName ?? tokenNames.tstInfo), der(0xa0, der(0x04, info))),
    ...(certificates.length === 0 ? [] : [der(0xa0, ...certificates)]),
    der(0x31, ...signers),
  )
  return sequence(oid('1.2.840.113549.1.7.2'), der(0xa0, signed))
}

function aSignerInfo(info: Buffer, keys: TsaKeys, algorithm: Buffer, wishes: TokenWishes): Buffer {
  const hash = wishes.hash ?? 'sha256'
  const attributes = attributesOf(info, keys, wishes)
  const ordered = attributes.toSorted((a, b) => Buffer.compare(a, b) * (wishes.unsorted === true ? -1 : 1))
  const signature = sign(hash, der(0x31, ...ordered), keys.signer.key)
  if (wishes.breakSignature === true) signature[signature.length - 1]! ^= 1
  const ecdsa = {
    sha1: '',
    sha256: '1.2.840.10045.4.3.2',
    sha384: '1.2.840.10045.4.3.3',
    sha512: '1.2.840.10045.4.3.4',
  }
  const name =
    wishes.signatureName ?? (keys.signer.kind.endsWith('rsa') ? '1.2.840.113549.1.1.1' : ecdsa[hash])
  return sequence(
    integer(1),
    sequence(keys.signer.issuer, keys.signer.serial),
    algorithm,
    der(0xa0, ...ordered),
    sequence(oid(name)),
    der(0x04, signature),
    ...(wishes.unsigned === true ? [der(0xa1, sequence(oid('1.2.3.4.2'), set(integer(1))))] : []),
  )
}

function attributesOf(info: Buffer, keys: TsaKeys, wishes: TokenWishes): Buffer[] {
  const digest = wishes.digest ?? digestOf(wishes.hash ?? 'sha256', info)
  const all: [name: string, value: Buffer][] = [
    [tokenNames.contentType, oid(wishes.signedContentName ?? tokenNames.tstInfo)],
    [tokenNames.messageDigest, der(0x04, digest)],
    ...certificateAttributes(wishes.named ?? [keys.signer.der], wishes),
  ]
  return all
    .filter(([name]) => name !== wishes.leaveOut)
    .flatMap(([name, value]) => {
      const attribute = sequence(oid(name), set(value))
      return name === wishes.twice
        ? [attribute, sequence(oid(name), set(der(0x04, Buffer.alloc(32))))]
        : [attribute]
    })
}

function certificateAttributes(named: readonly Buffer[], wishes: TokenWishes): [string, Buffer][] {
  const by = wishes.namedBy ?? 'v2'
  const issuer = wishes.issuerSerial === undefined ? [] : [wishes.issuerSerial]
  const list = (hash: string, ...algorithm: readonly Buffer[]): Buffer =>
    sequence(
      sequence(
        ...named.map((certificate) =>
          sequence(...algorithm, der(0x04, digestOf(hash, certificate)), ...issuer),
        ),
      ),
    )
  return [
    ...(by === 'v1' || by === 'both'
      ? [[tokenNames.signingCertificate, list('sha1')] as [string, Buffer]]
      : []),
    ...(by === 'v2' || by === 'both'
      ? [[tokenNames.signingCertificateV2, list('sha256')] as [string, Buffer]]
      : []),
    ...(by === 'v2-sha512'
      ? [
          [tokenNames.signingCertificateV2, list('sha512', sequence(oid(hashNames.sha512)))] as [
            string,
            Buffer,
          ],
        ]
      : []),
  ]
}

/** IssuerSerial of a certificate (RFC 5035 section 4). */
export function issuerSerialOf(certificate: { readonly issuer: Buffer; readonly serial: Buffer }): Buffer {
  return sequence(sequence(der(0xa4, certificate.issuer)), certificate.serial)
}
