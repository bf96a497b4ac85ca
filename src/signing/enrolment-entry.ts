import { sha256Hex, toBase64Url } from '#core'
import type { EntryDraft } from '#evidence'
import type { AuthenticatorFlags } from '#verification'
import type { Credential } from './credential.ts'
import type { Requester } from './signing.ts'

/** What the browser answers to the creation of a credential, in base64url. */
export type EnrolmentAnswer = {
  readonly challengeId: string
  readonly credentialId: string
  readonly clientDataJson: string
  readonly attestationObject: string
  readonly transports: readonly string[]
}

/** An enrolment that was checked, with everything that it was checked from. */
export type EnrolmentRecord = {
  readonly credential: Credential
  readonly requester: Requester
  readonly clientDataJson: Buffer
  readonly attestationObject: Buffer
  readonly attestationFormat: string
  /** The root of a maker that the attestation leads to, DER; undefined where it leads to none that is configured. */
  readonly attestationRoot: Buffer | undefined
  readonly flags: AuthenticatorFlags
  readonly counter: number
  readonly origin: string
  readonly manifest: string
}

/**
 * What the ledger keeps of an enrolment: the complete record, byte for byte, so that it can be checked again in decades
 * without this service. The names of the facts are part of the format and never change. `enrolledBy` says how well the
 * person was known; it stays true of whatever the key signs.
 */
export function enrolmentEntry(record: EnrolmentRecord): EntryDraft {
  const { credential, requester, flags, attestationRoot } = record
  return {
    entryId: credential.entryId,
    kind: 'signing-credential-enrolled',
    at: credential.enrolledAt,
    facts: {
      organisationId: requester.organisationId,
      personId: credential.personId,
      personName: requester.personName,
      signingCredentialId: credential.signingCredentialId,
      credentialId: toBase64Url(credential.credentialId),
      algorithm: credential.algorithm,
      publicKeyCose: toBase64Url(credential.publicKeyCose),
      publicKeySpki: toBase64Url(credential.publicKeySpki),
      attestationFormat: record.attestationFormat,
      attestationObject: toBase64Url(record.attestationObject),
      attestationRoot: attestationRoot === undefined ? null : toBase64Url(attestationRoot),
      attestationRootSha256: attestationRoot === undefined ? null : sha256Hex(attestationRoot),
      attested: credential.attested,
      aaguid: credential.aaguid,
      clientDataJson: toBase64Url(record.clientDataJson),
      transports: credential.transports,
      userPresent: flags.userPresent,
      userVerified: flags.userVerified,
      backupEligible: flags.backupEligible,
      backupState: flags.backupState,
      counter: record.counter,
      manifest: record.manifest,
      rpId: credential.rpId,
      origin: record.origin,
      allowedOrigins: credential.allowedOrigins,
      enrolledBy: credential.enrolledBy,
      authentication: requester.authentication,
      userAgent: credential.userAgent,
      enrolledAt: credential.enrolledAt,
    },
  }
}
