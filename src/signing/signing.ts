import type { Instant, OrganisationId, PersonId } from '#core'
import type { Assurance } from '#assurance'

/** The languages in which a person is addressed. */
export type SigningLanguage = 'nl' | 'en'

/** Who asks, and how they were known when they did. Made by whoever let the request in, never from its body. */
export type Requester = {
  readonly organisationId: OrganisationId
  readonly personId: PersonId
  readonly personName: string
  readonly language: SigningLanguage
  /** The visit or session. What one of them began, no other finishes. */
  readonly session: string
  /** After this moment nothing new begins in it; what is there can still be read, and revoked. Null: it is still good. */
  readonly endsAt: Instant | null
  readonly assurance: Assurance
  /** The record of how they were known, in canonical JSON; null where a link is all there is. */
  readonly authentication: string | null
  readonly userAgent: string
}

/** The visit or session in which something comes. It is that of one person, and the link or session that stands behind it never changes hands. */
export type SigningSession = Pick<Requester, 'organisationId' | 'session'>

/** Where signatures are made (WebAuthn section 5.1.2): the domain that keys are bound to, and the origins of its pages. */
export type RelyingParty = {
  readonly rpId: string
  readonly origin: string
  readonly allowedOrigins: readonly string[]
}

/** What a person declares, as it will be signed. */
export type Declaration = {
  /** The identifier of the ceremony, which is that of its assignment. */
  readonly ceremonyId: string
  readonly statementId: string
  readonly purpose: string
  /** SHA-256 of the manifest of a bundle, in hex; null where the ceremony is about one document. */
  readonly bundleSha256: string | null
  /** SHA-256 of every document that was shown, in hex, in the order of the ceremony. */
  readonly documentSha256: readonly string[]
  readonly choice: string
  /** The exact sentence. */
  readonly statement: string
  readonly reason: string | null
  readonly language: SigningLanguage
}

export const signingMethodNames = ['webauthn', 'csc'] as const
export type SigningMethodName = (typeof signingMethodNames)[number]

/** What the person's device or provider has to be asked: a call to the browser, or a page of somebody else. */
export type SigningQuestion =
  | { readonly kind: 'webauthn'; readonly options: RequestOptions }
  | { readonly kind: 'redirect'; readonly url: string }

export type BegunSigning = {
  readonly challengeId: string
  readonly expiresAt: Instant
  /** The assurance that an act would get if it were signed now. */
  readonly assurance: Assurance
  /** What is signed, in canonical JSON, so that a person can keep it. */
  readonly manifest: string
  readonly ask: SigningQuestion
}

/** What came back: of a device the parts of its answer in base64url, of a provider the members of its redirect. */
export type SigningAnswer = {
  readonly challengeId: string
  readonly response: Readonly<Record<string, string>>
}

/** A declaration that was signed, with all that proves it. What an act records. */
export type SigningProof = {
  readonly method: SigningMethodName
  readonly assurance: Assurance
  /** The fact `signing` of the act's entry: canonical JSON that can be checked without this service. */
  readonly signing: string
  readonly pageRelease: string | null
  /** Our identifier of the credential, or the provider's where the key is theirs. */
  readonly signingCredentialId: string
  readonly challengeSha256: Buffer
  /** What the key counted, which is held against what it showed before when the act is recorded; 0 where it does not count. */
  readonly counter: number
  /** An act that is recorded later than this is refused: what was signed says until when it counts. */
  readonly notAfter?: Instant
  /** Who signed what; the act has to be theirs and to say exactly this. */
  readonly signer: PersonId
  readonly declaration: Declaration
}

/** What a check of evidence says when nobody is asked: the claim that it supports, or why it supports none. */
export type OfflineVerdict =
  | {
      readonly kind: 'holds'
      readonly signedAt: Instant
      readonly declaration: Declaration
      readonly limits: readonly string[]
    }
  | { readonly kind: 'fails'; readonly because: string }

/**
 * A way of signing. A second one joins by being listed where the service is composed: what is recorded has the same form
 * for each, and the ledger, the act and the dossier know none of them (decision 0121).
 */
export type SigningMethod = {
  readonly name: SigningMethodName
  /**
   * Checks that this person can sign this way now, keeps a challenge for them, and says what is to be asked. Throws
   * `signing-unavailable`, `signing-credential-missing`, `credential-not-anchored`, `signing-challenge-limit-reached`.
   */
  readonly begin: (requester: Requester, declaration: Declaration) => Promise<BegunSigning>
  /**
   * Checks the answer to what was begun in this session and gives what an act records. Records nothing of the act itself;
   * single use of the challenge, revocation and the counter of the key are looked at under the lock of the ledger. Throws a
   * problem of `core/signing-problems.ts`.
   */
  readonly complete: (session: SigningSession, answer: SigningAnswer) => Promise<SigningProof>
  /** Checks a fact `signing` from itself alone. `at`: when it was recorded. */
  readonly verifyOffline: (signing: string, at: Instant) => OfflineVerdict
}

/** PublicKeyCredentialRequestOptionsJSON (WebAuthn section 5.5). */
export type RequestOptions = {
  readonly challenge: string
  readonly timeout: number
  readonly rpId: string
  readonly allowCredentials: readonly CredentialDescriptor[]
  readonly userVerification: 'required'
}

export type CredentialDescriptor = {
  readonly type: 'public-key'
  readonly id: string
  readonly transports: readonly string[]
}

/** PublicKeyCredentialCreationOptionsJSON (WebAuthn section 5.4). */
export type CreationOptions = {
  readonly rp: { readonly id: string; readonly name: string }
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string }
  readonly challenge: string
  readonly pubKeyCredParams: readonly { readonly type: 'public-key'; readonly alg: number }[]
  readonly timeout: number
  readonly excludeCredentials: readonly CredentialDescriptor[]
  readonly authenticatorSelection: {
    readonly residentKey: 'discouraged'
    readonly requireResidentKey: false
    readonly userVerification: 'required'
  }
  readonly attestation: 'direct'
}

/** Where the page's own scripts are, and their hashes. */
export type PageRelease = {
  readonly release: string
  readonly assets: readonly { readonly file: string; readonly sha256: string }[]
}
