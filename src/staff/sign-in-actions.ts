import { addMilliseconds, problem, sha256, type ClientId, type EntryId, type OrganisationId } from '#core'
import type { Database, Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { RoleName } from '#identity'
import type { Platform } from '#platform'
import { claim, type SignOnProof } from '#single-sign-on'
import { findAccountBySubject, insertAccount, renewAccount } from './account-store.ts'
import { roleFromClaims, sessionMax_ms } from './session-decisions.ts'
import { endSessions, findSession, insertSession } from './session-store.ts'
import { makeToken, readToken } from './session-token.ts'
import type { StaffAccount } from './staff.ts'

export type StaffDeps = { readonly platform: Platform; readonly database: Database }

/**
 * Opens a session of staff for a proven sign-in: the role comes from the claims, the account is made at the first sign-in
 * and brought up to date at each. The session that the browser had is replaced, and sessions of this account in another
 * role end. Who signed in, in which role and how, is an entry; so every later entry of this account can be read with the
 * name and role of then. Answers the cookie. Throws `staff-role-missing`, `staff-role-ambiguous`, `staff-blocked`,
 * `sign-on-expired`.
 */
export async function signInStaff(
  { platform, database }: StaffDeps,
  proof: SignOnProof,
  present: string | undefined,
): Promise<string> {
  const outcome = roleFromClaims(proof.claims, proof.provider)
  if (outcome.kind === 'none') throw problem('staff-role-missing')
  if (outcome.kind === 'ambiguous') throw problem('staff-role-ambiguous')
  const { organisationId } = proof.attempt
  return database.inOrganisation(organisationId, async (trx) => {
    await claim(trx, proof)
    const account = await accountFor(platform, trx, proof, outcome.role)
    await endReplaced(trx, organisationId, present, proof)
    await endSessions(
      trx,
      organisationId,
      { clientId: account.clientId, otherThanRole: account.role },
      { at: proof.word.at, because: 'role-changed' },
    )
    return openSession(platform, trx, proof, account)
  })
}

async function accountFor(
  platform: Platform,
  trx: Transaction,
  proof: SignOnProof,
  role: RoleName,
): Promise<StaffAccount> {
  const { claims, subject, provider, word } = proof
  const { organisationId } = proof.attempt
  const email = textOf(claims['email'])
  const name = textOf(claims['name']) ?? email ?? subject.slice(0, 200)
  const known = await findAccountBySubject(trx, organisationId, provider.providerId, subject)
  if (known === undefined) {
    const account: StaffAccount = {
      clientId: platform.newId() as ClientId,
      providerId: provider.providerId,
      subject,
      name,
      role,
      email,
      blockedAt: null,
      firstSignedInAt: word.at,
      lastSignedInAt: word.at,
    }
    await insertAccount(trx, organisationId, account)
    return account
  }
  if (known.blockedAt !== null) throw problem('staff-blocked')
  const account = { ...known, name, role, email, lastSignedInAt: word.at }
  await renewAccount(trx, organisationId, account)
  return account
}

/** A browser has one session: the one before, of whomever, does not stay open behind it. */
async function endReplaced(
  trx: Transaction,
  organisationId: OrganisationId,
  present: string | undefined,
  proof: SignOnProof,
): Promise<void> {
  const place = present === undefined ? undefined : readToken(present)
  if (place?.organisationId !== organisationId) return
  const session = await findSession(trx, organisationId, place.tokenSha256)
  if (session === undefined) return
  await endSessions(
    trx,
    organisationId,
    { sessionId: session.sessionId },
    { at: proof.word.at, because: 'replaced' },
  )
}

async function openSession(
  platform: Platform,
  trx: Transaction,
  proof: SignOnProof,
  account: StaffAccount,
): Promise<string> {
  const { word, claims } = proof
  const { organisationId } = proof.attempt
  const { clientId, name, role, email, subject } = account
  const token = makeToken(organisationId, platform.randomBytes)
  const sessionId = platform.newId()
  await insertSession(trx, organisationId, {
    sessionId,
    tokenSha256: sha256(token),
    clientId,
    name,
    role,
    providerSession: textOf(claims['sid']),
    authenticatedAt: word.authTime,
    secondFactorAt: word.assurance === 'sso-mfa' ? word.authTime : null,
    openedAt: word.at,
    expiresAt: addMilliseconds(word.at, sessionMax_ms),
  })
  const facts = {
    clientId,
    sessionId,
    name,
    email,
    role,
    issuer: word.issuer,
    providerId: word.providerId,
    subject,
    assurance: word.assurance,
    authTime: word.authTime,
    authentication: proof.record,
  }
  const entryId = platform.newId() as EntryId
  await appendEntries(platform, trx, organisationId, [
    { entryId, kind: 'staff-signed-in', at: word.at, facts },
  ])
  return token
}

/** A claim that is a text somebody can be called by: no control or direction characters, and not too long. */
function textOf(claim: unknown): string | null {
  if (typeof claim !== 'string') return null
  const text = claim.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim()
  return text === '' ? null : text.slice(0, 200)
}
