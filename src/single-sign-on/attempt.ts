import { timingSafeEqual } from 'node:crypto'
import { fromBase64Url, sha256, toBase64Url, type Instant, type OrganisationId } from '#core'
import type { Platform } from '#platform'

/** Who is to be signed in: a person about their own things, or somebody who works for the organisation or its lawyer. */
export type SignInPurpose = 'person' | 'staff'

/** A sign-in that was begun in one browser and has not come back. Nothing of it is stored here: the browser keeps it, sealed. */
export type Attempt = {
  readonly attemptId: string
  readonly organisationId: OrganisationId
  readonly providerId: string
  readonly purpose: SignInPurpose
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  readonly redirectUri: string
  readonly returnTo: string
  readonly maxAge_s: number
  readonly expiresAt: Instant
}

export const attemptCookie = 'beding-sign-on'
/** How long somebody may take at the provider. */
export const attemptValidity_s = 600

const purpose = 'sign-on-attempt'

/** The text that the browser keeps: nobody else can read it, make one, or change it. */
export function sealAttempt(secrets: Platform['secrets'], attempt: Attempt): string {
  return toBase64Url(secrets.seal(purpose, Buffer.from(JSON.stringify(attempt))))
}

/**
 * The attempt to which an answer belongs, or undefined: no cookie of ours, too late, another provider or purpose, or
 * another state than the one that left (RFC 6749 section 10.12, RFC 9700 section 4.4.2.2).
 */
export function openAttempt(
  secrets: Platform['secrets'],
  cookie: string | undefined,
  answer: {
    readonly purpose: SignInPurpose
    readonly providerId: string
    readonly state: string | undefined
  },
  moment: Instant,
): Attempt | undefined {
  const attempt = unseal(secrets, cookie)
  if (attempt === undefined || attempt.expiresAt <= moment) return undefined
  if (attempt.purpose !== answer.purpose || attempt.providerId !== answer.providerId) return undefined
  // Over hashes, which have one length.
  const same = timingSafeEqual(sha256(attempt.state), sha256(answer.state ?? ''))
  return same ? attempt : undefined
}

function unseal(secrets: Platform['secrets'], cookie: string | undefined): Attempt | undefined {
  const sealed = cookie === undefined ? undefined : fromBase64Url(cookie)
  if (sealed === undefined) return undefined
  try {
    return JSON.parse(secrets.open(purpose, sealed).toString('utf8')) as Attempt
  } catch {
    return undefined
  }
}

/**
 * Where somebody may be led after signing in: a page of ours for that purpose, by its path. Anything else becomes the first
 * page, so that no address from outside can be smuggled in (CWE-601).
 */
export function returnPath(wanted: string | undefined, forWhom: SignInPurpose): string {
  const first = forWhom === 'person' ? '/my' : '/staff'
  if (wanted === undefined || wanted.length > 200) return first
  return new RegExp(`^${first}(/[A-Za-z0-9-]+)*$`).test(wanted) ? wanted : first
}
