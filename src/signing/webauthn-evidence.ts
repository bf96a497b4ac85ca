import { canonicalJson, toBase64Url } from '#core'
import type { Assertion } from '#verification'
import type { StandingCredential } from './credential.ts'
import { readActManifest } from './manifest.ts'
import type { SignatureWorth } from './signing-decisions.ts'
import type { PageRelease, SigningAnswer } from './signing.ts'

/**
 * The fact `signing` of an act: canonical JSON with everything that is needed to check the signature again, verbatim, and
 * where in the ledger the enrolment of the key stands. It repeats how the person was known at the enrolment, so that no act
 * of a key can be read as stronger than where the key came from. The names are part of the format and never change.
 */
export function webauthnEvidence(
  credential: StandingCredential,
  manifest: string,
  { flags, counter }: Assertion,
  { clientDataJson, authenticatorData, signature }: SigningAnswer['response'],
  { coolingUntil }: SignatureWorth,
  page: PageRelease | null,
): string {
  const { entryIndex, logOrigin, leafSha256 } = credential.place
  const isSamePage = page !== null && page.release === readActManifest(manifest).pageRelease
  return canonicalJson({
    v: 1,
    method: 'webauthn',
    manifest,
    credentialId: toBase64Url(credential.credentialId),
    algorithm: credential.algorithm,
    publicKeyCose: toBase64Url(credential.publicKeyCose),
    publicKeySpki: toBase64Url(credential.publicKeySpki),
    clientDataJson,
    authenticatorData,
    signature,
    rpId: credential.rpId,
    allowedOrigins: credential.allowedOrigins,
    flags,
    counter,
    // Where the page was changed meanwhile, the entry of its release says what it consisted of.
    assets: isSamePage ? page.assets : [],
    coolingUntil,
    enrolment: { entryIndex, logOrigin, leafSha256, enrolledBy: credential.enrolledBy },
  })
}
