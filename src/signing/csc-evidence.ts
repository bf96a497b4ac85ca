import { canonicalJson, toBase64Url, type Instant } from '#core'
import type { RevocationEvidence } from '#revocation'
import type { QualifiedSigner } from '#verification'
import type { CscService } from './csc-answers.ts'
import type { NameComparison } from './csc-name-decisions.ts'
import { nameOf } from './csc-name-decisions.ts'

/** A signature of a provider that was checked, with everything that it was checked from. */
export type CscRecord = {
  readonly manifest: string
  readonly personName: string
  readonly comparison: Exclude<NameComparison, 'different'>
  readonly signer: QualifiedSigner
  /** DER, leaf first, without the root. */
  readonly certificates: readonly Buffer[]
  readonly signature: Buffer
  readonly revocation: readonly RevocationEvidence[]
  readonly provider: {
    readonly name: string
    readonly baseUrl: string
    readonly service: CscService
    readonly credentialId: string
    readonly soleControl: string
  }
  readonly signedAt: Instant
}

/**
 * The fact `signing` of an act: canonical JSON with the signature, the chain and what authorities said about it, byte for
 * byte, and what the provider says of itself. The names are part of the format and never change.
 */
export function cscEvidence(record: CscRecord): string {
  const { signer, provider } = record
  const { service } = provider
  return canonicalJson({
    v: 1,
    method: 'csc',
    manifest: record.manifest,
    algorithm: signer.kind === 'RSA' ? 'rsa-sha256' : 'ecdsa-sha256',
    signature: toBase64Url(record.signature),
    certificates: record.certificates.map(toBase64Url),
    root: toBase64Url(signer.root),
    revocation: record.revocation.map(({ kind, der }) => ({ kind, der: toBase64Url(der) })),
    signer: {
      name: nameOf(signer.signer),
      commonName: signer.signer.commonName ?? null,
      serialNumber: signer.signer.serialNumber ?? null,
      country: signer.signer.country ?? null,
    },
    nameComparison: { known: record.personName, outcome: record.comparison },
    provider: {
      name: provider.name,
      baseUrl: provider.baseUrl,
      service: service.name,
      specs: service.specs,
      region: service.region,
      credentialId: provider.credentialId,
      soleControl: provider.soleControl,
    },
    signedAt: record.signedAt,
  })
}
