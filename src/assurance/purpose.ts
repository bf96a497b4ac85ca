import type { Assurance } from './assurance.ts'

/** What an act is for. P1 to P8 of the purpose matrix (dutch-law 4.2), and the two that ask for no declaration of will. */
export const purposes = [
  'information',
  'instruction',
  'contract-term',
  'penalty',
  'covenant',
  'statutory-statement',
  'settlement',
  'data-consent',
  'warning',
  'notice',
] as const

export type Purpose = (typeof purposes)[number]

/** What a purpose asks of a ceremony: how well the person must be known, and how long the text must stand before them. */
export type PurposeRule = {
  readonly purpose: Purpose
  readonly level: Assurance
  readonly minReadingSeconds: number
}

/**
 * What holds where an organisation has set nothing. It refuses what a court would certainly not accept: a covenant, a
 * penalty or a settlement by a link (art. 7:650 and 7:653 BW; the cases of 1B), and a statutory statement by anything but a
 * qualified signature (art. 7:655 BW). What is weak but not worthless is let through and labelled; see `fitnessOf` and
 * decision 0127.
 */
export const defaultMatrix: Readonly<Record<Purpose, Omit<PurposeRule, 'purpose'>>> = {
  information: { level: 'mailbox-employer', minReadingSeconds: 0 },
  instruction: { level: 'mailbox-employer', minReadingSeconds: 0 },
  'contract-term': { level: 'mailbox-employer', minReadingSeconds: 0 },
  penalty: { level: 'passkey-bound', minReadingSeconds: 20 },
  covenant: { level: 'passkey-bound', minReadingSeconds: 20 },
  'statutory-statement': { level: 'qualified', minReadingSeconds: 0 },
  settlement: { level: 'passkey-bound', minReadingSeconds: 20 },
  'data-consent': { level: 'sso-mfa', minReadingSeconds: 0 },
  warning: { level: 'mailbox-employer', minReadingSeconds: 0 },
  notice: { level: 'mailbox-employer', minReadingSeconds: 0 },
}
