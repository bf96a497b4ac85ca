import type { Assurance } from '#assurance'
import { meets } from '#assurance'
import type { Instant } from '#core'
import { addMilliseconds } from '#core'
import type { SignInAssurance } from './authentication.ts'

/** How long a means that was added by somebody known by the employer's mailbox alone gives no more than that. */
export const cooling_ms = 72 * 3_600_000

/** A means of a person to show who they are, beside the mailbox of the employer. */
export type Enrolment = {
  readonly nominal: Extract<SignInAssurance, 'mailbox-private' | 'phone-otp'>
  readonly at: Instant
  /** How the person was known when it was added. */
  readonly knownBy: Assurance
  readonly coolingUntil: Instant | null
}

/**
 * Until when a means that is added now gives no more than its person is known by; null when it counts at once. Whoever reads
 * the employer's mailbox could add one, so the person gets three days in which a message to every mailbox can be answered
 * (sole control, art. 26 eIDAS; dutch-law 1.12).
 */
export function coolingFrom(knownBy: Assurance, now: Instant): Instant | null {
  return meets(knownBy, 'mailbox-private') ? null : addMilliseconds(now, cooling_ms)
}

/** What a means gives at a moment: never more than was proven when it was added, until it has cooled. */
export function givenBy(means: Enrolment, now: Instant): SignInAssurance {
  return means.coolingUntil !== null && now < means.coolingUntil ? 'mailbox-employer' : means.nominal
}

/**
 * How well somebody has to be known to add a means or to replace one: as well as the means that are there would show. So
 * whoever has a link or reads the employer's mailbox cannot put one of their own beside those of the person.
 */
export function neededToChange(present: readonly Enrolment[], now: Instant): Assurance {
  return present.some((means) => givenBy(means, now) !== 'mailbox-employer')
    ? 'mailbox-private'
    : 'mailbox-employer'
}

/** Domains under which anybody can have a mailbox, so that a work mailbox there makes no other one the employer's. */
const publicDomains: ReadonlySet<string> = new Set([
  'gmail.com',
  'googlemail.com',
  'hotmail.com',
  'hotmail.nl',
  'icloud.com',
  'kpnmail.nl',
  'live.nl',
  'outlook.com',
  'planet.nl',
  'proton.me',
  'protonmail.com',
  'xs4all.nl',
  'yahoo.com',
  'ziggo.nl',
])

/** Whether an address can be private: not the one of the employer, nor under the employer's own domain. */
export function canBePrivate(address: string, workAddress: string): boolean {
  const [given, work] = [address.toLowerCase(), workAddress.toLowerCase()]
  const domainOf = (each: string): string => each.slice(each.lastIndexOf('@') + 1)
  if (given === work) return false
  const domain = domainOf(work)
  if (publicDomains.has(domain)) return true
  return domainOf(given) !== domain && !domainOf(given).endsWith(`.${domain}`)
}
