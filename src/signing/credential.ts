import type { Assurance } from '#assurance'
import type { EntryId, Instant, PersonId } from '#core'

/** An enrolled credential, as its row holds it. The complete record stands in its entry. */
export type Credential = {
  readonly signingCredentialId: string
  readonly personId: PersonId
  readonly credentialId: Buffer
  readonly algorithm: number
  readonly publicKeyCose: Buffer
  readonly publicKeySpki: Buffer
  readonly backupEligible: boolean
  readonly attested: boolean
  readonly aaguid: string
  readonly transports: readonly string[]
  readonly rpId: string
  readonly allowedOrigins: readonly string[]
  readonly enrolledBy: Assurance
  readonly userAgent: string
  readonly challenge: Buffer
  readonly enrolledAt: Instant
  readonly entryId: EntryId
}

/** Where the entry of an enrolment stands in the ledger, and whether a timestamp from outside covers it. */
export type EnrolmentPlace = {
  readonly entryIndex: number
  readonly logOrigin: string
  readonly leafSha256: string
  readonly anchored: boolean
}

/** A credential with what became of it. */
export type StandingCredential = Credential & {
  readonly place: EnrolmentPlace
  readonly revokedAt: Instant | null
  /** True when the employer's staff ended it, and not its person. */
  readonly revokedByReset: boolean
  /** Until when the newest reset of its person lowers what it proves; null without one. */
  readonly resetCoolsUntil: Instant | null
}
