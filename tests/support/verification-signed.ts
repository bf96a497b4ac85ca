import type { DossierWishes, StoryLog } from './verification-dossier.ts'
import { actFacts, digestOf, organisationId, personId } from './verification-log.ts'
import type { FactValue } from './verification-log.ts'
import { aSoftwareAuthenticator } from './software-authenticator.ts'
import type { AttestationCertificate, Ceremony, RegistrationWishes, SoftwareAuthenticator } from './software-authenticator.ts' // prettier-ignore

type Facts = Record<string, FactValue>
type Members = Record<string, unknown>

export const rpId = 'sign.example'
export const origin = 'https://sign.example'

const enrolledAt = '2026-11-20T10:00:00.000Z'
const actedAt = '2026-11-21T08:00:00.120Z'

/** A story with one signed act, honest unless told otherwise. What is changed is committed to and signed by its log. */
export type SignedWishes = {
  readonly authenticator?: SoftwareAuthenticator
  /** The facts of the enrolment. */
  readonly enrolment?: (honest: Facts) => Facts
  readonly registration?: Partial<RegistrationWishes>
  readonly attestationRoot?: AttestationCertificate
  readonly enrolmentManifest?: (honest: Members) => Members
  /** What is signed, before it is signed. */
  readonly manifest?: (honest: Members) => Members
  readonly ceremony?: Partial<Ceremony>
  /** The record of the signature, after it was made. */
  readonly signing?: (honest: Members) => Members
  /** The facts of the act. */
  readonly act?: (honest: Facts) => Facts
  /** Entries between enrolment and act. */
  readonly between?: (log: StoryLog, enrolmentIndex: number, signingCredentialId: string) => void
  /** No enrolment in the log at all. */
  readonly notEnrolled?: boolean
  readonly times?: { readonly enrolledAt?: string; readonly actedAt?: string }
}

/** Anchors around the enrolment, and over all. Entries: publication, enrolment, act. */
export const signedAnchors: DossierWishes['anchors'] = [
  { size: 1, times: ['20261120090000Z'] },
  { size: 2, times: ['20261120110000Z'] },
]

/** Wishes for a dossier with a publication (0), the enrolment of a passkey (1) and an act signed with it (2). */
export function signedDossierWishes(
  anchors: NonNullable<DossierWishes['anchors']>,
  wishes: SignedWishes = {},
): DossierWishes {
  return { anchors: [...signedAnchors!, ...anchors], story: (log) => void tellSigned(log, wishes) }
}

/** Writes enrolment and act into a log; the facts of the act come back. */
export function tellSigned(log: StoryLog, wishes: SignedWishes = {}): Facts {
  const authenticator = wishes.authenticator ?? aSoftwareAuthenticator()
  const enrolment = enrolmentFacts(authenticator, wishes)
  const at = wishes.times?.enrolledAt ?? enrolledAt
  const place = wishes.notEnrolled
    ? { index: 0, leafSha256: '00'.repeat(32) }
    : log.add('signing-credential-enrolled', wishes.enrolment?.(enrolment) ?? enrolment, at)
  wishes.between?.(log, place.index, enrolment['signingCredentialId'] as string)
  const facts = signedActFacts(log, authenticator, enrolment, place, wishes)
  log.add('act', facts, '2026-11-21T08:00:00.123Z')
  return facts
}

/** The facts of the enrolment of this authenticator's key, of a person who was known by a code to a private mailbox. */
export function enrolmentFacts(authenticator: SoftwareAuthenticator, wishes: SignedWishes = {}): Facts {
  const at = wishes.times?.enrolledAt ?? enrolledAt
  const honest = {
    v: 1,
    organisationId,
    signer: { personId, name: 'Şükrü Çağlar Yıldız' },
    sessionSha256: digestOf('session').toString('hex'),
    rpId,
    origin,
    nonce: digestOf('enrolment nonce').toString('base64url'),
    issuedAt: before(at),
    expiresAt: after(at),
    pageRelease: null,
  }
  const manifest = canonical(wishes.enrolmentManifest?.(honest) ?? honest)
  const challenge = digestOf('beding/enrolment/v1\n', manifest)
  const made = authenticator.register({ rpId, origin, challenge, ...wishes.registration })
  const root = wishes.attestationRoot?.der
  return {
    organisationId,
    personId,
    personName: 'Şükrü Çağlar Yıldız',
    signingCredentialId: '0190a000-0000-7000-8000-00000000c0de',
    credentialId: base64url(made.credentialId),
    algorithm: made.algorithm,
    publicKeyCose: base64url(made.publicKeyCose),
    publicKeySpki: base64url(made.publicKeySpki),
    attestationFormat: (wishes.registration?.attestation ?? 'none') === 'none' ? 'none' : 'packed',
    attestationObject: base64url(made.attestationObject),
    attestationRoot: root === undefined ? null : base64url(root),
    attestationRootSha256: root === undefined ? null : digestOf(root).toString('hex'),
    attested: root !== undefined,
    aaguid: authenticator.aaguid,
    clientDataJson: base64url(made.clientDataJson),
    transports: ['internal'],
    userPresent: true,
    userVerified: true,
    backupEligible: authenticator.backupEligible,
    backupState: authenticator.backupState,
    counter: made.authenticatorData.readUInt32BE(33),
    manifest,
    rpId,
    origin,
    allowedOrigins: [origin],
    enrolledBy: 'mailbox-private',
    authentication: mailboxRecord(before(at)),
    userAgent: 'Mozilla/5.0',
    enrolledAt: at,
  }
}

function signedActFacts(
  log: StoryLog,
  authenticator: SoftwareAuthenticator,
  enrolment: Facts,
  place: { readonly index: number; readonly leafSha256: string },
  wishes: SignedWishes,
): Facts {
  const at = wishes.times?.actedAt ?? actedAt
  const facts = actFacts({
    documentSha256: log.document,
    purpose: 'covenant',
    statementId: 'main',
    bundleManifest: null,
    requiredAssurance: 'passkey-bound',
    authentication: mailboxRecord(before(at)),
    pageRelease: null,
    choice: 'agreed',
    statement: 'Ik ga akkoord met dit beding.',
    actedAt: at,
    method: 'webauthn',
    assurance: 'passkey-bound',
    evidenceLevel: 'E4',
  })
  const honest = {
    v: 1,
    organisationId,
    ceremonyId: facts['assignmentId'],
    statementId: 'main',
    purpose: 'covenant',
    bundleSha256: null,
    documentSha256: [log.document],
    choice: 'agreed',
    statement: 'Ik ga akkoord met dit beding.',
    reason: null,
    language: 'nl',
    signer: { personId, name: facts['personName'] },
    rpId,
    origin,
    nonce: digestOf('nonce').toString('base64url'),
    issuedAt: before(at),
    expiresAt: after(at),
    pageRelease: null,
  }
  const manifest = canonical(wishes.manifest?.(honest) ?? honest)
  const challenge = digestOf('beding/act/v1\n', manifest)
  const asserted = authenticator.assert({ rpId, origin, challenge, ...wishes.ceremony })
  const bits = asserted.authenticatorData[32]!
  const record = {
    v: 1,
    method: 'webauthn',
    manifest,
    credentialId: enrolment['credentialId'],
    algorithm: enrolment['algorithm'],
    publicKeyCose: enrolment['publicKeyCose'],
    publicKeySpki: enrolment['publicKeySpki'],
    clientDataJson: base64url(asserted.clientDataJson),
    authenticatorData: base64url(asserted.authenticatorData),
    signature: base64url(asserted.signature),
    rpId,
    allowedOrigins: [origin],
    flags: {
      userPresent: (bits & 1) !== 0,
      userVerified: (bits & 4) !== 0,
      backupEligible: (bits & 8) !== 0,
      backupState: (bits & 16) !== 0,
    },
    counter: asserted.authenticatorData.readUInt32BE(33),
    assets: [],
    coolingUntil: null,
    enrolment: {
      entryIndex: place.index,
      logOrigin: log.origin,
      leafSha256: place.leafSha256,
      enrolledBy: enrolment['enrolledBy'],
    },
  }
  const signed = { ...facts, signing: canonical(wishes.signing?.(record) ?? record) }
  return wishes.act?.(signed) ?? signed
}

/** A record of somebody who entered a code that was sent to their own mailbox. */
export function mailboxRecord(at: string, changes: Members = {}): string {
  return canonical({
    v: 'beding-authentication/v1',
    organisationId,
    personId,
    method: 'mailbox-code',
    assurance: 'mailbox-private',
    at,
    ...changes,
  })
}

const minute_ms = 60_000
const before = (at: string): string => new Date(Date.parse(at) - minute_ms).toISOString()
const after = (at: string): string => new Date(Date.parse(at) + 9 * minute_ms).toISOString()
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

/** RFC 8785 for what occurs in records. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`
}
