import { addMilliseconds, type ClientId, type Instant } from '#core'
import type { Matter, MatterAccess } from './staff.ts'

/** The longest that access to a matter runs; after that somebody says again that it is needed. */
export const accessMax_days = 180

/** Of whom and of which policies a thing is. Empty: of nobody, so of no matter. */
export type Belongings = { readonly persons: readonly string[]; readonly policies: readonly string[] }

/** What a lawyer was given access to, and for how long. */
export type HeldAccess = Pick<
  MatterAccess,
  'accessId' | 'matterId' | 'readableFrom' | 'readableUntil' | 'endedAt'
> & {
  readonly subject: Matter['subject']
}

/**
 * The access by which a lawyer may read a thing at this moment; undefined when there is none, which is the rule. A thing
 * may be read when it is of the person, or of the policy, that a matter is about, within the time for which that matter was
 * opened to this lawyer (conventions 4.2).
 */
export function decideRead(
  thing: Belongings,
  held: readonly HeldAccess[],
  moment: Instant,
): HeldAccess | undefined {
  return held.find((access) => isOpen(access, moment) && belongs(thing, access.subject))
}

/** Whether access runs at this moment: from its first moment until before its last, and not taken back. */
export function isOpen(
  access: Pick<HeldAccess, 'readableFrom' | 'readableUntil' | 'endedAt'>,
  moment: Instant,
): boolean {
  if (access.endedAt !== null && access.endedAt <= moment) return false
  return access.readableFrom <= moment && moment < access.readableUntil
}

function belongs(thing: Belongings, subject: Matter['subject']): boolean {
  return subject.kind === 'person'
    ? thing.persons.includes(subject.personId)
    : thing.policies.includes(subject.policyId)
}

export type GrantRefusal = 'matter-access-to-self' | 'matter-access-unfit' | 'staff-not-lawyer'

/** Why access cannot be given like this; undefined when it can. */
export function refuseGrant(
  wanted: { readonly clientId: ClientId; readonly readableFrom: Instant; readonly readableUntil: Instant },
  facts: { readonly granter: ClientId; readonly role: string; readonly moment: Instant },
): GrantRefusal | undefined {
  if (wanted.clientId === facts.granter) return 'matter-access-to-self'
  if (facts.role !== 'lawyer') return 'staff-not-lawyer'
  const latest = addMilliseconds(wanted.readableFrom, accessMax_days * 86_400_000)
  const { readableFrom, readableUntil } = wanted
  const fits = readableFrom < readableUntil && facts.moment < readableUntil && readableUntil <= latest
  return fits ? undefined : 'matter-access-unfit'
}
