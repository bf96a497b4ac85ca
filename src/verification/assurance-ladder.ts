import type { Json } from './canonical-json.ts'

/** How well it was known who acted, from least to most (decision 0124). Two of them are of one rank. */
const ranks: Readonly<Record<string, number>> = {
  'mailbox-employer': 0,
  'mailbox-private': 1,
  'phone-otp': 1,
  sso: 2,
  'sso-mfa': 3,
  'passkey-bound': 4,
  'passkey-bound-attested': 5,
  qualified: 6,
}

/** Records of other kinds, which stand on no step of the ladder. */
const otherKinds = ['imported', 'paper', 'oral', 'workshop']

/** The step of a level; undefined for what is none. */
export function rankOf(level: Json | undefined): number | undefined {
  return typeof level === 'string' && Object.hasOwn(ranks, level) ? ranks[level] : undefined
}

/** A record that somebody else made or holds, and that claims no level. */
export function isOtherKind(level: Json | undefined): boolean {
  return typeof level === 'string' && otherKinds.includes(level)
}
