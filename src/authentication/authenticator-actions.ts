import type { Assurance } from '#assurance'
import type { Instant } from '#core'
import { millisecondsOf, problem } from '#core'
import { queueNoticeEverywhere } from '#messages'
import { getOrganisation } from '#organisations'
import { displayName, getPerson } from '#people'
import type { Platform } from '#platform'
import type { Authenticator } from './authenticator-store.ts'
import { activate, insertPending, lockAuthenticators, removeAuthenticatorRow, saveTry } from './authenticator-store.ts' // prettier-ignore
import { coolingFrom } from './means-decisions.ts'
import { recordMeans } from './means-entry.ts'
import type { SignInDeps } from './means.ts'
import { lockMeans, proofForChange } from './means.ts'
import { bestAuthentication } from './session-decisions.ts'
import type { PersonSession } from './session.ts'
import { judgeTotp } from './totp-decisions.ts'
import { stepOfCode, totpEnrolment, totpSecretLength } from './totp.ts'

const sealPurpose = (authenticatorId: string): string => `totp ${authenticatorId}`

/** The secret of an authenticator, for checking a code. It never leaves this room after its one showing. */
export function openTotpSecret(platform: Pick<Platform, 'secrets'>, app: Authenticator): Buffer {
  return platform.secrets.open(sealPurpose(app.authenticatorId), app.secretSealed)
}

/** What is shown once, so that a person can put it into their app. */
export type ShownAuthenticator = {
  readonly authenticatorId: string
  readonly secret: string
  readonly uri: string
}

/**
 * Makes an authenticator that counts from its first code on. The secret is in this answer and nowhere else in the clear.
 * Throws `authenticator-present`, `assurance-too-low` and `sign-in-stale`.
 */
export async function beginAuthenticator(
  deps: SignInDeps,
  session: PersonSession,
): Promise<ShownAuthenticator> {
  const { platform, database } = deps
  const { organisationId, personId } = session
  return database.inOrganisation(organisationId, async (trx) => {
    const now = platform.clock()
    const means = await lockMeans(trx, organisationId, personId)
    const proof = proofForChange(session, means, now)
    if (means.authenticators.some((each) => each.state === 'active')) throw problem('authenticator-present')
    const secret = platform.randomBytes(totpSecretLength)
    const authenticatorId = platform.newId()
    const secretSealed = platform.secrets.seal(sealPurpose(authenticatorId), secret)
    await insertPending(trx, organisationId, personId, { authenticatorId, secretSealed, madeAt: now, knownBy: proof.assurance }) // prettier-ignore
    const issuer = (await getOrganisation(trx, organisationId)).name
    const label = displayName(await getPerson(trx, organisationId, personId))
    return { authenticatorId, ...totpEnrolment(secret, { issuer: issuer.replaceAll(':', ' '), label }) }
  })
}

/** An authenticator as its person sees it. */
export type OwnAuthenticator = {
  readonly authenticatorId: string
  readonly confirmedAt: Instant
  readonly knownBy: Assurance
  readonly coolingUntil: Instant | null
}

/**
 * Makes a waiting authenticator count, with the first code that the app shows. Told to every mailbox of the person, and an
 * entry `authenticator-added`. Throws `authenticator-not-found`, `code-refused`, `assurance-too-low` and `sign-in-stale`.
 */
export async function confirmAuthenticator(
  deps: SignInDeps,
  session: PersonSession,
  attempt: { readonly authenticatorId: string; readonly code: string },
): Promise<OwnAuthenticator> {
  const { platform, database } = deps
  const { organisationId, personId } = session
  const { authenticatorId } = attempt
  const confirmed = await database.inOrganisation(organisationId, async (trx) => {
    const at = platform.clock()
    const means = await lockMeans(trx, organisationId, personId)
    const app = means.authenticators.find((each) => each.authenticatorId === authenticatorId)
    if (app === undefined || app.state !== 'pending') throw problem('authenticator-not-found')
    if (means.authenticators.some((each) => each.state === 'active')) throw problem('authenticator-present')
    const proof = proofForChange(session, means, at)
    const step = stepOfCode(openTotpSecret(platform, app), attempt.code, millisecondsOf(at))
    const { accepted, next } = judgeTotp(app, step, at)
    if (!accepted || step === undefined) {
      await saveTry(trx, organisationId, authenticatorId, next)
      return undefined
    }
    const coolingUntil = coolingFrom(proof.assurance, at)
    await queueNoticeEverywhere(trx, organisationId, platform.newId, { personId, kind: 'authenticator-added', facts: {}, at }) // prettier-ignore
    const entryId = await recordMeans(platform, trx, 'authenticator-added', session, { proof, at, coolingUntil, authenticatorId }) // prettier-ignore
    await activate(trx, organisationId, authenticatorId, { at, knownBy: proof.assurance, coolingUntil, step, entryId }) // prettier-ignore
    return { authenticatorId, confirmedAt: at, knownBy: proof.assurance, coolingUntil }
  })
  if (confirmed === undefined) throw problem('code-refused')
  deps.wakeJobs()
  return confirmed
}

/**
 * Removes an authenticator of the person whose session this is; also without its help, because a lost phone must not shut its
 * owner out. It only ever lowers what can be shown, is told to every mailbox, and an entry `authenticator-removed`. Throws
 * `authenticator-not-found` and `sign-in-stale`.
 */
export async function removeAuthenticator(
  deps: SignInDeps,
  session: PersonSession,
  authenticatorId: string,
): Promise<void> {
  const { platform, database } = deps
  const { organisationId, personId } = session
  await database.inOrganisation(organisationId, async (trx) => {
    const at = platform.clock()
    const proof = bestAuthentication(session.authentications, at)
    if (proof === undefined) throw problem('sign-in-stale')
    const apps = await lockAuthenticators(trx, organisationId, personId)
    const app = apps.find((each) => each.authenticatorId === authenticatorId)
    if (app === undefined) throw problem('authenticator-not-found')
    await removeAuthenticatorRow(trx, organisationId, authenticatorId)
    if (app.state === 'pending') return
    await queueNoticeEverywhere(trx, organisationId, platform.newId, { personId, kind: 'authenticator-removed', facts: {}, at }) // prettier-ignore
    await recordMeans(platform, trx, 'authenticator-removed', session, { proof, at, authenticatorId })
  })
  deps.wakeJobs()
}
