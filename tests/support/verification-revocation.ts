import { createHash, createPublicKey, sign } from 'node:crypto'
import { digestOf } from './verification-log.ts'
import { aCertificate, der, extension, oid, signingOf } from './verification-seal.ts'
import type { CertificateWishes, TestCertificate } from './verification-seal.ts'

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const generalized = (time: string): Buffer => der(0x18, Buffer.from(time))
const enumerated = (value: number): Buffer => der(0x0a, Buffer.of(value))

export type OcspWishes = {
  readonly status?: 'good' | 'unknown' | { readonly revokedAt: string; readonly reason?: number }
  readonly producedAt?: string
  readonly thisUpdate?: string
  /** Null for none. */
  readonly nextUpdate?: string | null
  /** Who signs, if not the issuer itself. */
  readonly responder?: TestCertificate
  readonly namedBy?: 'name' | 'key'
  readonly hash?: 'sha1' | 'sha256'
  readonly certificates?: readonly Buffer[]
  readonly serial?: Buffer
  readonly responseStatus?: number
  readonly type?: string
  readonly signature?: (honest: Buffer) => Buffer
  readonly extensions?: readonly Buffer[]
  /** How often the one answer stands there. */
  readonly answers?: number
}

/** An OCSP response about a certificate, written from RFC 6960, or with the wrong parts that are wished for. */
export function anOcspResponse(
  certificate: TestCertificate,
  issuer: TestCertificate,
  wishes: OcspWishes = {},
): Buffer {
  const responder = wishes.responder ?? issuer
  const { hash, algorithm } = signingOf(responder.key)
  const producedAt = wishes.producedAt ?? wishes.thisUpdate ?? '20261121080100Z'
  const named =
    wishes.namedBy === 'name'
      ? der(0xa1, responder.subject)
      : der(0xa2, der(0x04, sha1(publicKeyBits(responder))))
  const body = sequence(
    named,
    generalized(producedAt),
    sequence(...Array.from({ length: wishes.answers ?? 1 }, () => anAnswer(certificate, issuer, wishes))),
    ...(wishes.extensions === undefined ? [] : [der(0xa1, sequence(...wishes.extensions))]),
  )
  const signature = sign(hash, body, responder.key)
  const brought = wishes.certificates ?? (wishes.responder === undefined ? [] : [wishes.responder.der])
  const basic = sequence(
    body,
    algorithm,
    der(0x03, Buffer.of(0), wishes.signature?.(signature) ?? signature),
    ...(brought.length === 0 ? [] : [der(0xa0, sequence(...brought))]),
  )
  const typed = sequence(oid(wishes.type ?? '1.3.6.1.5.5.7.48.1.1'), der(0x04, basic))
  return sequence(enumerated(wishes.responseStatus ?? 0), der(0xa0, typed))
}

function anAnswer(certificate: TestCertificate, issuer: TestCertificate, wishes: OcspWishes): Buffer {
  const { status = 'good' } = wishes
  const hash = wishes.hash ?? 'sha1'
  const hashed = (bytes: Uint8Array): Buffer => der(0x04, createHash(hash).update(bytes).digest())
  const name = oid(hash === 'sha1' ? '1.3.14.3.2.26' : '2.16.840.1.101.3.4.2.1')
  const next = wishes.nextUpdate === undefined ? '20261128080100Z' : wishes.nextUpdate
  return sequence(
    sequence(
      sequence(name, der(0x05)),
      hashed(issuer.subject),
      hashed(publicKeyBits(issuer)),
      wishes.serial ?? certificate.serial,
    ),
    statusOf(status),
    generalized(wishes.thisUpdate ?? '20261121080100Z'),
    ...(next === null ? [] : [der(0xa0, generalized(next))]),
  )
}

function statusOf(status: NonNullable<OcspWishes['status']>): Buffer {
  if (status === 'good') return der(0x80)
  if (status === 'unknown') return der(0x82)
  const reason = status.reason === undefined ? [] : [der(0xa0, enumerated(status.reason))]
  return der(0xa1, generalized(status.revokedAt), ...reason)
}

export type ListWishes = {
  readonly revoked?: readonly { readonly serial: Buffer; readonly at: string; readonly reason?: number }[]
  readonly thisUpdate?: string
  readonly nextUpdate?: string
  readonly signature?: (honest: Buffer) => Buffer
  readonly extensions?: readonly Buffer[]
  readonly signer?: TestCertificate
}

/** A revocation list of an authority, written from RFC 5280. Times as UTCTime. */
export function aRevocationList(issuer: TestCertificate, wishes: ListWishes = {}): Buffer {
  const { key } = wishes.signer ?? issuer
  const { hash, algorithm } = signingOf(key)
  const entries = (wishes.revoked ?? []).map(({ serial, at, reason }) =>
    sequence(
      serial,
      der(0x17, Buffer.from(at)),
      ...(reason === undefined ? [] : [sequence(extension('2.5.29.21', false, enumerated(reason)))]),
    ),
  )
  const number = extension('2.5.29.20', false, der(0x02, Buffer.of(7)))
  const body = sequence(
    der(0x02, Buffer.of(1)),
    algorithm,
    issuer.subject,
    der(0x17, Buffer.from(wishes.thisUpdate ?? '261121080100Z')),
    der(0x17, Buffer.from(wishes.nextUpdate ?? '261128080100Z')),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    der(0xa0, sequence(number, ...(wishes.extensions ?? []))),
  )
  const signature = sign(hash, body, key)
  return sequence(body, algorithm, der(0x03, Buffer.of(0), wishes.signature?.(signature) ?? signature))
}

const noCheck = extension('1.3.6.1.5.5.7.48.1.5', false, der(0x05))

/** The certificate of an OCSP responder; unless wished otherwise nobody need ask about it. */
export function aResponder(
  issuer: TestCertificate,
  { asked = false, ...wishes }: Partial<CertificateWishes> & { readonly asked?: boolean } = {},
): TestCertificate {
  return aCertificate({
    name: 'Test responder',
    issuer,
    purposes: ['1.3.6.1.5.5.7.3.9'],
    extraExtensions: asked ? [] : [noCheck],
    ...wishes,
  })
}

/** The bits of a public key without their frame: of the two elements inside, the second one's content but its first byte. */
function publicKeyBits({ key }: TestCertificate): Buffer {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  const algorithm = contentAt(spki, 0).start
  return spki.subarray(contentAt(spki, contentAt(spki, algorithm).end).start + 1)
}

function contentAt(bytes: Buffer, at: number): { start: number; end: number } {
  const first = bytes[at + 1] as number
  const more = first < 0x80 ? 0 : first & 0x7f
  const length = more === 0 ? first : bytes.readUIntBE(at + 2, more)
  return { start: at + 2 + more, end: at + 2 + more + length }
}

function sha1(bytes: Uint8Array): Buffer {
  return createHash('sha1').update(bytes).digest()
}

/** The SHA-256 of something, in hex as a report has it. */
export function hexDigest(bytes: Uint8Array): string {
  return digestOf(bytes).toString('hex')
}
