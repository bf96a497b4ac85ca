import type { OrganisationId } from '#core'
import { millisecondsOf, problem } from '#core'
import { readMailboxes, redeemCode, requestOwnCode, requestSignInCode, type Mailbox } from '#messages'
import { findOrganisation } from '#organisations'
import type { SignInDeps } from './means.ts'
import { enrolmentOfAuthenticator, mailboxAuthentication, markOf } from './means.ts'
import { lockAuthenticators, saveTry } from './authenticator-store.ts'
import { givenBy } from './means-decisions.ts'
import type { OpenedSession } from './session-actions.ts'
import { addAuthentication, makeAuthentication, openPersonSession } from './session-actions.ts'
import type { PersonSession, Session } from './session.ts'
import { judgeTotp } from './totp-decisions.ts'
import { openTotpSecret } from './authenticator-actions.ts'
import { stepOfCode } from './totp.ts'

/**
 * Asks for a code to a mailbox, to sign in. The answer is the same whatever the address is, how often it was asked for, and
 * whether there is such an organisation.
 */
export async function askSignInCode(
  deps: SignInDeps,
  organisationId: OrganisationId,
  address: string,
): Promise<{ readonly codeId: string }> {
  const { platform, database } = deps
  const { codeId } = await database.inOrganisation(organisationId, async (trx) =>
    (await findOrganisation(trx, organisationId)) === undefined
      ? { codeId: platform.newId() }
      : requestSignInCode(platform, trx, organisationId, address),
  )
  deps.wakeJobs()
  return { codeId }
}

/** Opens a session of the person whose mailbox the code came to. Throws `code-refused`, whatever the reason. */
export async function signIn(
  deps: SignInDeps,
  attempt: {
    readonly organisationId: OrganisationId
    readonly codeId: string
    readonly code: string
    readonly userAgent: string
  },
): Promise<OpenedSession<PersonSession>> {
  const { platform, database } = deps
  const { organisationId, codeId, code, userAgent } = attempt
  // What was refused is committed too: the try counts.
  const opened = await database.inOrganisation(organisationId, async (trx) => {
    const redeemed = await redeemCode(platform, trx, organisationId, { codeId, purpose: 'sign-in', sessionId: null, code }) // prettier-ignore
    if (redeemed === undefined) return undefined
    const { personId } = redeemed
    const mailboxes = await readMailboxes(trx, organisationId, personId)
    if (mailboxes === undefined) return undefined
    const authentication = mailboxAuthentication(platform, { organisationId, personId }, redeemed, mailboxes)
    if (authentication === undefined) return undefined
    return openPersonSession(platform, trx, { organisationId, personId, userAgent, authentication })
  })
  if (opened === undefined) throw problem('code-refused')
  return opened
}

/**
 * Asks for a code to one of the mailboxes of the person whose session this is. Throws `private-mailbox-missing`, and
 * `codes-too-many`.
 */
export async function askOwnCode(
  deps: SignInDeps,
  session: Session,
  mailbox: Mailbox,
): Promise<{ readonly codeId: string }> {
  const { platform, database } = deps
  const { organisationId, personId, sessionId } = session
  const { codeId, sent } = await database.inOrganisation(organisationId, async (trx) => {
    const mailboxes = await readMailboxes(trx, organisationId, personId)
    if (mailboxes === undefined) throw problem('credentials-missing')
    const address = mailbox === 'work' ? mailboxes.work : mailboxes.private?.address
    if (address === undefined) throw problem('private-mailbox-missing')
    return requestOwnCode(platform, trx, organisationId, { purpose: 'step-up', personId, sessionId, mailbox, address }) // prettier-ignore
  })
  if (!sent) throw problem('codes-too-many', { retryAfter_s: 3_600 })
  deps.wakeJobs()
  return { codeId }
}

/** Adds what a code from a mailbox proves to a session. Throws `code-refused`, whatever the reason. */
export async function stepUpByCode<Kind extends Session>(
  deps: SignInDeps,
  session: Kind,
  attempt: { readonly codeId: string; readonly code: string },
): Promise<Kind> {
  const { platform, database } = deps
  const { organisationId, personId, sessionId } = session
  const stepped = await database.inOrganisation(organisationId, async (trx) => {
    const redeemed = await redeemCode(platform, trx, organisationId, { ...attempt, purpose: 'step-up', sessionId }) // prettier-ignore
    if (redeemed?.personId !== personId) return undefined
    const mailboxes = await readMailboxes(trx, organisationId, personId)
    const authentication = mailboxes && mailboxAuthentication(platform, session, redeemed, mailboxes)
    return authentication && addAuthentication(platform, trx, session, authentication)
  })
  if (stepped === undefined) throw problem('code-refused')
  return stepped
}

/** Adds what a code of the person's authenticator app proves to a session. Throws `code-refused`, whatever the reason. */
export async function stepUpByTotp<Kind extends Session>(
  deps: SignInDeps,
  session: Kind,
  code: string,
): Promise<Kind> {
  const { platform, database } = deps
  const { organisationId, personId } = session
  const stepped = await database.inOrganisation(organisationId, async (trx) => {
    const apps = await lockAuthenticators(trx, organisationId, personId)
    const app = apps.find((each) => each.state === 'active')
    const enrolment = app && enrolmentOfAuthenticator(app)
    if (app === undefined || enrolment === undefined) return undefined
    const now = platform.clock()
    const step = stepOfCode(openTotpSecret(platform, app), code, millisecondsOf(now))
    const { accepted, next } = judgeTotp(app, step, now)
    await saveTry(trx, organisationId, app.authenticatorId, next)
    if (!accepted) return undefined
    const authentication = makeAuthentication(platform, { organisationId, personId, method: 'totp', assurance: givenBy(enrolment, now), enrolment: markOf(enrolment) }) // prettier-ignore
    return addAuthentication(platform, trx, session, authentication)
  })
  if (stepped === undefined) throw problem('code-refused')
  return stepped
}
