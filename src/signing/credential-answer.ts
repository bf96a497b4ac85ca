import type { Assurance } from '#assurance'
import type { Instant } from '#core'
import type { StandingCredential } from './credential.ts'
import { worthOf } from './signing-decisions.ts'

/** A credential as its person sees it. */
export type OwnCredential = {
  readonly signingCredentialId: string
  readonly enrolledAt: Instant
  readonly enrolledBy: Assurance
  readonly userAgent: string
  readonly transports: string[]
  readonly backupEligible: boolean
  readonly attested: boolean
  readonly anchored: boolean
  readonly assurance: Assurance
  readonly coolingUntil: Instant | null
  readonly revokedAt: Instant | null
  readonly revokedByReset: boolean
}

/** Says what a credential is worth at this moment, besides what stands in its row. */
export function credentialAnswer(credential: StandingCredential, now: Instant): OwnCredential {
  const worth = worthOf(credential, credential.resetCoolsUntil, now)
  return {
    signingCredentialId: credential.signingCredentialId,
    enrolledAt: credential.enrolledAt,
    enrolledBy: credential.enrolledBy,
    userAgent: credential.userAgent,
    transports: [...credential.transports],
    backupEligible: credential.backupEligible,
    attested: credential.attested,
    anchored: credential.place.anchored,
    assurance: worth.assurance,
    coolingUntil: worth.coolingUntil,
    revokedAt: credential.revokedAt,
    revokedByReset: credential.revokedByReset,
  }
}
