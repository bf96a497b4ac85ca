import { createHash } from 'node:crypto'
import {
  addMilliseconds,
  certificateTime,
  der,
  derOid,
  derTags as tags,
  generalizedTime,
  type Instant,
} from '#core'
import { pkiExtension, signedBy, type PkiCertificate } from './revocation-pki.ts'

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const hour_ms = 3_600_000

/** A revocation: when, and the number of the reason (RFC 5280 section 5.3.1). */
export type Revocation = { readonly at: Instant; readonly reason?: number }

export type OcspAnswerWishes = {
  /** What it is about. */
  readonly certificate: PkiCertificate
  readonly issuer: PkiCertificate
  /** The issuer itself unless told otherwise. */
  readonly responder?: PkiCertificate
  /** The moment of the answer, and of the state unless told otherwise. */
  readonly at: Instant
  readonly producedAt?: Instant
  /** A day after `at` unless told otherwise; null: none. */
  readonly nextUpdate?: Instant | null
  readonly status?: 'good' | 'unknown' | Revocation
  readonly nonce?: Buffer | undefined
  readonly hash?: 'sha1' | 'sha256'
  readonly namedBy?: 'key' | 'name'
  /** Certificates brought along; the responder's unless told otherwise. */
  readonly certificates?: readonly PkiCertificate[]
  /** OCSPResponseStatus, when it is none of success. */
  readonly responseStatus?: number
  readonly breakSignature?: boolean
  readonly sha1?: boolean
  /** More single answers before this one. */
  readonly others?: readonly Buffer[]
  readonly singleExtensions?: readonly Buffer[]
  readonly extensions?: readonly Buffer[]
}

/** One SingleResponse. */
export function aSingleAnswer(wishes: OcspAnswerWishes): Buffer {
  const { certificate, issuer, at, hash = 'sha1', status = 'good', nextUpdate } = wishes
  const digest = (bytes: Buffer): Buffer => der(tags.octetString, createHash(hash).update(bytes).digest())
  const name = derOid(hash === 'sha1' ? '1.3.14.3.2.26' : '2.16.840.1.101.3.4.2.1')
  const id = sequence(
    sequence(name, der(tags.null)),
    digest(issuer.subject),
    digest(issuer.keyBits),
    certificate.serial,
  )
  const end = nextUpdate === undefined ? addMilliseconds(at, 24 * hour_ms) : nextUpdate
  return sequence(
    id,
    statusOf(status),
    generalizedTime(at),
    ...(end === null ? [] : [der(0xa0, generalizedTime(end))]),
    ...(wishes.singleExtensions === undefined ? [] : [der(0xa1, sequence(...wishes.singleExtensions))]),
  )
}

function statusOf(status: NonNullable<OcspAnswerWishes['status']>): Buffer {
  if (status === 'good') return der(0x80)
  if (status === 'unknown') return der(0x82)
  const reason =
    status.reason === undefined ? [] : [der(0xa0, der(tags.enumerated, Buffer.of(status.reason)))]
  return der(0xa1, generalizedTime(status.at), ...reason)
}

/** An OCSPResponse in DER, good unless wished otherwise. */
export function anOcspAnswer(wishes: OcspAnswerWishes): Buffer {
  const { issuer, at, responder = issuer, nonce } = wishes
  if (wishes.responseStatus !== undefined)
    return sequence(der(tags.enumerated, Buffer.of(wishes.responseStatus)))
  const named =
    wishes.namedBy === 'name'
      ? der(0xa1, responder.subject)
      : der(0xa2, der(tags.octetString, createHash('sha1').update(responder.keyBits).digest()))
  const extensions = [
    ...(nonce === undefined
      ? []
      : [pkiExtension('1.3.6.1.5.5.7.48.1.2', false, der(tags.octetString, nonce))]),
    ...(wishes.extensions ?? []),
  ]
  const body = sequence(
    named,
    generalizedTime(wishes.producedAt ?? at),
    sequence(...(wishes.others ?? []), aSingleAnswer(wishes)),
    ...(extensions.length === 0 ? [] : [der(0xa1, sequence(...extensions))]),
  )
  const signed = wishes.breakSignature === true ? Buffer.concat([body, Buffer.of(0)]) : body
  const { algorithm, signature } = signedBy(responder, signed, wishes.sha1)
  const brought = wishes.certificates ?? (responder === issuer ? [] : [responder])
  const certificates = brought.length === 0 ? [] : [der(0xa0, sequence(...brought.map((one) => one.der)))]
  const basic = sequence(body, algorithm, signature, ...certificates)
  const bytes = sequence(derOid('1.3.6.1.5.5.7.48.1.1'), der(tags.octetString, basic))
  return sequence(der(tags.enumerated, Buffer.of(0)), der(0xa0, bytes))
}

export type CrlWishes = {
  readonly issuer: PkiCertificate
  /** Its thisUpdate. */
  readonly at: Instant
  /** A week after `at` unless told otherwise; null: none. */
  readonly nextUpdate?: Instant | null
  readonly revoked?: readonly (Revocation & { readonly certificate: PkiCertificate })[]
  /** Entries as they are, besides. */
  readonly entries?: readonly Buffer[]
  /** Null: none. */
  readonly number?: number | null
  readonly version?: number | null
  readonly extensions?: readonly Buffer[]
  readonly breakSignature?: boolean
  readonly sha1?: boolean
}

/** A CertificateList in DER, empty and good unless wished otherwise. */
export function aCrl(wishes: CrlWishes): Buffer {
  const { issuer, at, number = 1, version = 1, nextUpdate } = wishes
  const { algorithm } = signedBy(issuer, Buffer.of(0), wishes.sha1)
  const end = nextUpdate === undefined ? addMilliseconds(at, 7 * 24 * hour_ms) : nextUpdate
  const entries = [
    ...(wishes.revoked ?? []).map(({ certificate, at: when, reason }) =>
      sequence(
        certificate.serial,
        certificateTime(when),
        ...(reason === undefined
          ? []
          : [sequence(pkiExtension('2.5.29.21', false, der(tags.enumerated, Buffer.of(reason))))]),
      ),
    ),
    ...(wishes.entries ?? []),
  ]
  const extensions = [
    ...(number === null ? [] : [pkiExtension('2.5.29.20', false, der(tags.integer, Buffer.of(number)))]),
    ...(wishes.extensions ?? []),
  ]
  const body = sequence(
    ...(version === null ? [] : [der(tags.integer, Buffer.of(version))]),
    algorithm,
    issuer.subject,
    certificateTime(at),
    ...(end === null ? [] : [certificateTime(end)]),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    ...(extensions.length === 0 ? [] : [der(0xa0, sequence(...extensions))]),
  )
  const signed = wishes.breakSignature === true ? Buffer.concat([body, Buffer.of(0)]) : body
  return sequence(body, algorithm, signedBy(issuer, signed, wishes.sha1).signature)
}
