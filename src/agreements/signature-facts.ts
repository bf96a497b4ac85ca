import type { Assurance } from '#assurance'
import { evidenceLevelOf } from '#assurance'
import type { Instant } from '#core'
import type { Facts } from '#jurisdictions'

type SignatureFacts = NonNullable<Facts['signature']>

/** How one act was proven, as far as it bears on the signature. */
export type ProvenAct = {
  readonly assurance: Assurance
  readonly actedAt: Instant
  /** Of a passkey: whether its key can be copied, and how the person was known when it was enrolled. */
  readonly key: { readonly mayBeCopied: boolean; readonly enrolledBy: Assurance } | null
}

/** What else is on record about the person around the acts. */
export type SignerRecord = {
  /** When it was recorded that a proof of identity was seen. */
  readonly identityCheckedAt: readonly Instant[]
  /** What others did to the ways in which the person is known, near the acts, in words. */
  readonly privilegedActionsNear: readonly string[]
}

const strength: Readonly<Record<Assurance, number>> = {
  'mailbox-employer': 0,
  'mailbox-private': 1,
  'phone-otp': 1,
  sso: 2,
  'sso-mfa': 3,
  'passkey-bound': 4,
  'passkey-bound-attested': 5,
  qualified: 6,
}

const levels: Readonly<Record<Assurance, NonNullable<SignatureFacts['level']>>> = {
  'mailbox-employer': 'click',
  'mailbox-private': 'click',
  'phone-otp': 'ses',
  sso: 'ses',
  'sso-mfa': 'ses',
  'passkey-bound': 'ades',
  'passkey-bound-attested': 'ades',
  qualified: 'qes',
}

/**
 * What the rules may know of the signature of a party that gave these acts: that of the weakest of them, and of no act more than was
 * proven. A passkey is offered as an advanced signature, with each of the four requirements of art. 26 eIDAS only where it is
 * shown: a key that can be copied gives no sole control (decision 0122), one that was enrolled by way of a mailbox of the employer
 * does not say whose it is, and without a recorded check of a proof of identity nobody is identified. A qualified certificate is
 * issued only to somebody whose identity was proven (art. 24 eIDAS). Nothing here has a qualified time-stamp.
 */
export function signatureFactsOf(acts: readonly ProvenAct[], record: SignerRecord): SignatureFacts {
  const [weakest] = acts.toSorted((one, other) => strength[one.assurance] - strength[other.assurance])
  if (weakest === undefined) return {}
  const level = levels[weakest.assurance]
  const checked = acts.every((act) => record.identityCheckedAt.some((at) => at <= act.actedAt))
  const known = level === 'qes' || (checked && strength[weakest.assurance] >= strength['sso-mfa'])
  const signed = level === 'ades' || level === 'qes'
  return {
    level,
    idProofing: level === 'qes' ? 'eid-high' : known ? 'hr-checked-document' : 'none',
    factors: weakest.assurance === 'phone-otp' || strength[weakest.assurance] >= strength['sso-mfa'] ? 2 : 1,
    privilegedActionsNear: record.privilegedActionsNear,
    timestampQualified: false,
    validation: signed ? 'passed' : 'not-run',
    evidenceLevel: evidenceLevelOf(weakest.assurance),
    ...(signed ? { criteria26: criteriaOf(acts, level, known) } : {}),
  }
}

function criteriaOf(acts: readonly ProvenAct[], level: 'ades' | 'qes', known: boolean) {
  const everyKey = (holds: (key: NonNullable<ProvenAct['key']>) => boolean): boolean =>
    level === 'qes' || acts.every(({ key }) => key !== null && holds(key))
  const own = everyKey(({ enrolledBy }) => enrolledBy !== 'mailbox-employer')
  return {
    unique: own,
    identifies: own && known,
    soleControl: everyKey(({ mayBeCopied }) => !mayBeCopied),
    tamperEvident: true,
  }
}
