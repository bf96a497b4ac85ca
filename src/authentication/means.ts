import type { Assurance } from '#assurance'
import { assurances, meets } from '#assurance'
import type { Instant, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { Mailbox, PersonMailboxes, PrivateMailbox } from '#messages'
import { lockMailboxes, readMailboxes } from '#messages'
import type { Platform } from '#platform'
import type { Authentication } from './authentication.ts'
import { mailboxMark } from './authentication.ts'
import type { Authenticator } from './authenticator-store.ts'
import { listAuthenticators, lockAuthenticators } from './authenticator-store.ts'
import type { Enrolment } from './means-decisions.ts'
import { givenBy, neededToChange } from './means-decisions.ts'
import { makeAuthentication } from './session-actions.ts'
import { bestAuthentication } from './session-decisions.ts'
import type { SessionDeps } from './session-request.ts'
import type { PersonSession, Session } from './session.ts'

/** What the actions of this room need: the rest, and a way to have messages sent at once. */
export type SignInDeps = SessionDeps & {
  /** Looks for background work now. */
  readonly wakeJobs: () => void
}

/** Everything by which a person can show who they are here. */
export type Means = { readonly mailboxes: PersonMailboxes; readonly authenticators: readonly Authenticator[] }

/** Reads the means of a person. Throws `credentials-missing` when the person is gone. */
export async function readMeans(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<Means> {
  const mailboxes = await readMailboxes(trx, organisationId, personId)
  if (mailboxes === undefined) throw problem('credentials-missing')
  return { mailboxes, authenticators: await listAuthenticators(trx, organisationId, personId) }
}

/** The same, held until the transaction ends, so that changes come one after the other. */
export async function lockMeans(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<Means> {
  const mailboxes = await lockMailboxes(trx, organisationId, personId)
  if (mailboxes === undefined) throw problem('credentials-missing')
  return { mailboxes, authenticators: await lockAuthenticators(trx, organisationId, personId) }
}

/** How a private mailbox came to be known as the person's. */
export function enrolmentOfMailbox({ confirmedAt, knownBy, coolingUntil }: PrivateMailbox): Enrolment {
  return { nominal: 'mailbox-private', at: confirmedAt, knownBy: knownBy as Assurance, coolingUntil }
}

/** How an authenticator did; undefined while it waits for its first code. */
export function enrolmentOfAuthenticator(app: Authenticator): Enrolment | undefined {
  if (app.state !== 'active' || app.confirmedAt === null) return undefined
  return {
    nominal: 'phone-otp',
    at: app.confirmedAt,
    knownBy: app.knownBy,
    coolingUntil: app.coolingUntil,
  }
}

/** One way of a person to show who they are, and what it gives now. */
export type Way = {
  readonly means: 'work-mailbox' | 'private-mailbox' | 'authenticator'
  readonly assurance: Assurance
}

/** The ways that a person has in this room at a moment. Identity providers and keys for signing have their own rooms. */
export async function waysOf(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  now: Instant,
): Promise<Way[]> {
  const { mailboxes, authenticators } = await readMeans(trx, organisationId, personId)
  const ways: Way[] = [{ means: 'work-mailbox', assurance: 'mailbox-employer' }]
  if (mailboxes.private !== null)
    ways.push({ means: 'private-mailbox', assurance: givenBy(enrolmentOfMailbox(mailboxes.private), now) })
  for (const app of authenticators) {
    const enrolment = enrolmentOfAuthenticator(app)
    if (enrolment !== undefined) ways.push({ means: 'authenticator', assurance: givenBy(enrolment, now) })
  }
  return ways
}

/**
 * The proof that lets a person change their means now. Throws `sign-in-stale` when nothing stands, and `assurance-too-low`,
 * naming what would be enough, when the means that are there show more than this session does.
 */
export function proofForChange(session: PersonSession, means: Means, now: Instant): Authentication {
  const proof = bestAuthentication(session.authentications, now)
  if (proof === undefined) throw problem('sign-in-stale')
  const present = [
    ...(means.mailboxes.private === null ? [] : [enrolmentOfMailbox(means.mailboxes.private)]),
    ...means.authenticators.flatMap((app) => enrolmentOfAuthenticator(app) ?? []),
  ]
  const needed = neededToChange(present, now)
  if (meets(proof.assurance, needed)) return proof
  const given = present.map((each) => givenBy(each, now))
  const suffices = assurances.filter((each) => meets(each, needed) && given.some((one) => one === each))
  throw problem('assurance-too-low', {
    errors: suffices.map((each) => ({ code: 'assurance-suffices', message: each })),
  })
}

/**
 * The proof that a code from a mailbox gives, undefined when that mailbox is no longer the person's. A private mailbox that
 * has not cooled yet gives no more than the person was known by when they set it, and the record says so.
 */
export function mailboxAuthentication(
  platform: Pick<Platform, 'clock' | 'newId' | 'randomBytes'>,
  person: Pick<Session, 'organisationId' | 'personId'>,
  used: { readonly mailbox: Mailbox; readonly address: string },
  mailboxes: PersonMailboxes,
): Authentication | undefined {
  const { organisationId, personId } = person
  const now = platform.clock()
  const mailbox = mailboxMark(used.mailbox, used.address, platform.randomBytes)
  const parts = { organisationId, personId, method: 'mailbox-code', mailbox } as const
  if (used.mailbox === 'work') {
    if (mailboxes.work.toLowerCase() !== used.address.toLowerCase()) return undefined
    return makeAuthentication(platform, { ...parts, assurance: 'mailbox-employer' })
  }
  if (mailboxes.private?.address.toLowerCase() !== used.address.toLowerCase()) return undefined
  const enrolment = enrolmentOfMailbox(mailboxes.private)
  return makeAuthentication(platform, { ...parts, assurance: givenBy(enrolment, now), enrolment: markOf(enrolment) }) // prettier-ignore
}

/** What a record says of an enrolment. */
export function markOf({ at, knownBy, coolingUntil }: Enrolment) {
  return { at, knownBy, coolingUntil }
}
