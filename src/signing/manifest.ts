import type { Instant, OrganisationId, PersonId } from '#core'
import { canonicalJson, toBase64Url } from '#core'
import type { Declaration, RelyingParty, Requester } from './signing.ts'

/** What every manifest says of its moment. */
export type ManifestMoment = {
  readonly relyingParty: RelyingParty
  /** 32 random bytes: nobody can know a challenge before it is given out (WebAuthn section 13.4.3). */
  readonly nonce: Buffer
  readonly issuedAt: Instant
  readonly expiresAt: Instant
  readonly pageRelease: string | null
}

/**
 * The manifest of an act, in canonical JSON (RFC 8785): all that the signature is about. Its names are part of the format
 * `beding/act/v1` and never change; verifiers in two languages read them.
 */
export function actManifest(requester: Requester, declaration: Declaration, moment: ManifestMoment): string {
  const { ceremonyId, statementId, purpose, bundleSha256, documentSha256, choice, statement, reason, language } = declaration // prettier-ignore
  return canonicalJson({
    v: 1,
    organisationId: requester.organisationId,
    ceremonyId,
    statementId,
    purpose,
    bundleSha256,
    documentSha256,
    choice,
    statement,
    reason,
    language,
    signer: { personId: requester.personId, name: requester.personName },
    ...momentOf(moment),
    pageRelease: moment.pageRelease,
  })
}

/** The manifest of an enrolment, `beding/enrolment/v1`: whose key it will be, and in which session it was asked for. */
export function enrolmentManifest(
  requester: Requester,
  sessionSha256: string,
  moment: ManifestMoment,
): string {
  return canonicalJson({
    v: 1,
    organisationId: requester.organisationId,
    signer: { personId: requester.personId, name: requester.personName },
    sessionSha256,
    ...momentOf(moment),
    pageRelease: moment.pageRelease,
  })
}

function momentOf({ relyingParty, nonce, issuedAt, expiresAt }: ManifestMoment) {
  return {
    rpId: relyingParty.rpId,
    origin: relyingParty.origin,
    nonce: toBase64Url(nonce),
    issuedAt,
    expiresAt,
  }
}

/** What a stored manifest of an act says, as this room wrote it. */
export type ReadManifest = {
  readonly organisationId: OrganisationId
  readonly personId: PersonId
  readonly personName: string
  readonly pageRelease: string | null
  readonly issuedAt: Instant
  readonly expiresAt: Instant
  readonly declaration: Declaration
}

/** Reads a manifest that this room wrote, or that a verifier has found to be of this form. */
export function readActManifest(text: string): ReadManifest {
  const manifest = JSON.parse(text) as Declaration & {
    readonly organisationId: OrganisationId
    readonly signer: { readonly personId: PersonId; readonly name: string }
    readonly pageRelease: string | null
    readonly issuedAt: Instant
    readonly expiresAt: Instant
  }
  const { ceremonyId, statementId, purpose, bundleSha256, documentSha256, choice, statement, reason, language } = manifest // prettier-ignore
  return {
    organisationId: manifest.organisationId,
    personId: manifest.signer.personId,
    personName: manifest.signer.name,
    pageRelease: manifest.pageRelease,
    issuedAt: manifest.issuedAt,
    expiresAt: manifest.expiresAt,
    declaration: { ceremonyId, statementId, purpose, bundleSha256, documentSha256, choice, statement, reason, language }, // prettier-ignore
  }
}
