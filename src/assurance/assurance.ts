/**
 * How well it was proven who acted, from weakest to strongest. Each names what was used; none says more than that.
 * `mailbox-private` and `phone-otp` prove as much as each other. Records of other kinds (imported, paper, oral, workshop)
 * are no rung of this ladder: they never stand where an own act stands.
 */
export const assurances = [
  'mailbox-employer',
  'mailbox-private',
  'phone-otp',
  'sso',
  'sso-mfa',
  'passkey-bound',
  'passkey-bound-attested',
  'qualified',
] as const

export type Assurance = (typeof assurances)[number]

/** How much a record can prove of an act (dutch-law ladder E0 … E6; an own act is never below E3). */
export type EvidenceLevel = 'E3' | 'E4' | 'E5' | 'E6'

const ranks: Readonly<Record<Assurance, number>> = {
  'mailbox-employer': 0,
  'mailbox-private': 1,
  'phone-otp': 1,
  sso: 2,
  'sso-mfa': 3,
  'passkey-bound': 4,
  'passkey-bound-attested': 5,
  qualified: 6,
}

/** Whether what was proven is at least what is asked for. */
export function meets(actual: Assurance, required: Assurance): boolean {
  return ranks[actual] >= ranks[required]
}

/**
 * The evidence level that an act deserves by how its person was known. E3: it reached this person, and whoever reads that
 * mailbox or has that login could act. E4: a strong login by this person. A passkey stays at E4, because E5 asks for a proven
 * identity and a qualified time-stamp besides, which no assurance gives. E6: a qualified signature (art. 3:15a BW).
 */
export function evidenceLevelOf(assurance: Assurance): EvidenceLevel {
  switch (assurance) {
    case 'mailbox-employer':
    case 'mailbox-private':
    case 'phone-otp':
    case 'sso':
      return 'E3'
    case 'sso-mfa':
    case 'passkey-bound':
    case 'passkey-bound-attested':
      return 'E4'
    case 'qualified':
      return 'E6'
  }
}
