import t from 'tap'
import { addMilliseconds, sha256, toInstant, type Instant } from '#core'
import type { Authentication } from '#authentication'
import { authenticationRecord, bestAuthentication } from '#authentication'
import type { SignInAssurance } from '../../src/authentication/authentication.ts'
import { isLive, sessionIdle_ms } from '../../src/authentication/session-decisions.ts'
import { makeSessionToken, parseSessionToken } from '../../src/authentication/session.ts'
import type { OrganisationId, PersonId } from '#core'

const now = toInstant('2026-11-21T08:00:00.000Z')
const later = (ms: number): Instant => addMilliseconds(now, ms)

function proof(assurance: SignInAssurance, freshFor_ms: number, authenticationId = 'a'): Authentication {
  return { authenticationId, method: 'oidc', assurance, at: now, freshUntil: later(freshFor_ms), record: '{}' } // prettier-ignore
}

t.test('4: a session lives until its end, and no longer than it is used', async (t) => {
  const stands = { lastUsedAt: now, expiresAt: later(10 * sessionIdle_ms), endedAt: null }
  const cases: [typeof stands | object, Instant, boolean, string][] = [
    [stands, now, true, 'just used'],
    [stands, later(sessionIdle_ms - 1), true, 'a millisecond before it is idle'],
    [stands, later(sessionIdle_ms), false, 'idle'],
    [{ ...stands, lastUsedAt: later(10 * sessionIdle_ms) }, later(10 * sessionIdle_ms), false, 'at its end'],
    [{ ...stands, endedAt: now }, now, false, 'signed out'],
    [stands, later(-86_400_000), true, 'a clock that is a day behind makes nothing older'],
    [stands, later(86_400_000), false, 'a clock that is a day ahead ends it'],
  ]
  for (const [session, at, live, title] of cases) t.equal(isLive({ ...stands, ...session }, at), live, title)
})

t.test('4: the strongest proof that still stands speaks, and a stale one not at all', async (t) => {
  const best = (proofs: Authentication[], at = now) => bestAuthentication(proofs, at)?.assurance
  t.equal(best([]), undefined)
  t.equal(best([proof('sso-mfa', 0)]), undefined, 'stale at the very moment')
  t.equal(best([proof('mailbox-employer', 10), proof('sso', 5), proof('phone-otp', 10)]), 'sso')
  t.equal(best([proof('mailbox-employer', 10), proof('sso', 5), proof('phone-otp', 10)], later(5)), 'phone-otp') // prettier-ignore
  const equals = [proof('phone-otp', 10, 'first'), proof('mailbox-private', 10, 'second')]
  t.equal(bestAuthentication(equals, now)?.authenticationId, 'second', 'of equals the newest')
})

t.test('1: a cookie is read in one form only', async (t) => {
  const organisationId = '0195e3b0-0000-7000-8000-000000000001' as OrganisationId
  const { text, tokenSha256 } = makeSessionToken(organisationId, (length) => Buffer.alloc(length, 9))
  t.same(parseSessionToken(text), { organisationId, tokenSha256 })
  t.notSame(tokenSha256, sha256(text.split('.')[1]!), 'a link token is hashed in another way')
  for (const wrong of [
    '',
    text.slice(1),
    `${text}x`,
    text.toUpperCase(),
    text.replace('.', ' '),
    `${text.slice(0, -1)}!`,
  ])
    // prettier-ignore
    t.equal(parseSessionToken(wrong), undefined, wrong)
})

t.test('the record always has the same members', async (t) => {
  const record = authenticationRecord({
    authenticationId: '0195e3b0-0000-7000-8000-000000000003',
    organisationId: '0195e3b0-0000-7000-8000-000000000001' as OrganisationId,
    personId: '0195e3b0-0000-7000-8000-000000000002' as PersonId,
    method: 'link',
    assurance: 'mailbox-employer',
    at: now,
  })
  t.equal(
    record,
    '{"acr":null,"amr":null,"assurance":"mailbox-employer","at":"2026-11-21T08:00:00.000Z","authTime":null,' +
      '"authenticationId":"0195e3b0-0000-7000-8000-000000000003","clientId":null,"enrolment":null,"idToken":null,' +
      '"issuer":null,"jwk":null,"mailbox":null,"maxAge_s":null,"method":"link","nonce":null,' +
      '"organisationId":"0195e3b0-0000-7000-8000-000000000001","personId":"0195e3b0-0000-7000-8000-000000000002",' +
      '"providerId":null,"subjectSha256":null,"v":"beding-authentication/v1"}',
  )
})
