import t from 'tap'
import { addMilliseconds, toInstant, type Instant } from '#core'
import { relyingPartyOf, worthOf } from '#signing'
import { cooling_ms, isCounterRight, isTimely } from '../../src/signing/signing-decisions.ts'

const enrolledAt = toInstant('2026-11-21T08:00:00.000Z')
const later = (milliseconds: number, from: Instant = enrolledAt): Instant =>
  addMilliseconds(from, milliseconds)
const day_ms = 24 * 3_600_000
const synced = { enrolledAt, enrolledBy: 'sso-mfa', backupEligible: true, attested: false } as const

const worths: readonly [string, Parameters<typeof worthOf>, string, Instant | null][] = [
  ['S4: a synced passkey is bound, and no more', [synced, null, enrolledAt], 'passkey-bound', null],
  ['S4: a key that cannot be copied is no more without its maker', [{ ...synced, backupEligible: false }, null, enrolledAt], 'passkey-bound', null], // prettier-ignore
  ['S4: a maker vouches for a key that may be copied: no more than bound', [{ ...synced, attested: true }, null, enrolledAt], 'passkey-bound', null], // prettier-ignore
  ['S4: a maker vouches for a key that stays', [{ ...synced, attested: true, backupEligible: false }, null, enrolledAt], 'passkey-bound-attested', null], // prettier-ignore
  ['S6: enrolled by a link, at once', [{ ...synced, enrolledBy: 'mailbox-employer' }, null, enrolledAt], 'mailbox-employer', later(cooling_ms)], // prettier-ignore
  ['S6: enrolled by a link, a millisecond before 72 hours', [{ ...synced, enrolledBy: 'mailbox-employer' }, null, later(cooling_ms - 1)], 'mailbox-employer', later(cooling_ms)], // prettier-ignore
  ['S6: enrolled by a link, 72 hours later', [{ ...synced, enrolledBy: 'mailbox-employer' }, null, later(cooling_ms)], 'passkey-bound', null], // prettier-ignore
  ['S6: enrolled by a private mailbox, at once', [{ ...synced, enrolledBy: 'mailbox-private' }, null, enrolledAt], 'passkey-bound', null], // prettier-ignore
  ['S6: after a reset, how the person was known', [{ ...synced, enrolledBy: 'mailbox-private' }, later(1), enrolledAt], 'mailbox-private', later(1)], // prettier-ignore
  ['S6: the end of a reset', [{ ...synced, enrolledBy: 'mailbox-private' }, later(1), later(1)], 'passkey-bound', null], // prettier-ignore
  ['S6: of a reset and a fresh enrolment the later end counts', [{ ...synced, enrolledBy: 'mailbox-employer' }, later(1), enrolledAt], 'mailbox-employer', later(cooling_ms)], // prettier-ignore
  ['S6: and the other way round', [{ ...synced, enrolledBy: 'mailbox-employer' }, later(2 * cooling_ms), enrolledAt], 'mailbox-employer', later(2 * cooling_ms)], // prettier-ignore
  ['S6: cooling never lifts anything', [{ ...synced, enrolledBy: 'qualified' }, later(1), enrolledAt], 'passkey-bound', later(1)], // prettier-ignore
]
for (const [title, given, assurance, coolingUntil] of worths)
  t.test(title, async (t) => t.same(worthOf(...given), { assurance, coolingUntil }))

const issued = { issuedAt: enrolledAt, expiresAt: later(600_000) }
const moments: readonly [string, Instant, boolean][] = [
  ['at once', enrolledAt, true],
  ['a millisecond before its end', later(599_999), true],
  ['at its end', later(600_000), false],
  ['a day later', later(day_ms), false],
  ['a minute back', later(-60_000), true],
  ['a clock that was set back by more', later(-60_001), false],
  ['a clock that was set back by a day', later(-day_ms), false],
]
for (const [title, now, timely] of moments)
  t.test(`S3: a challenge is answered ${title}`, async (t) => t.equal(isTimely(issued, now), timely))

const one = Buffer.alloc(32, 1)
const other = Buffer.alloc(32, 2)
const counters: readonly [string, Parameters<typeof isCounterRight>, boolean][] = [
  ['a key that never counts', [undefined, 0, one], true],
  ['the first time that a key counts', [undefined, 7, one], true],
  ['a counter that rises', [{ counter: 4, challenge: other }, 5, one], true],
  ['a counter that stands', [{ counter: 4, challenge: other }, 4, one], false],
  ['a counter that falls', [{ counter: 4, challenge: other }, 3, one], false],
  ['a key that counted and says 0', [{ counter: 4, challenge: other }, 0, one], false],
  ['the same answer once more', [{ counter: 4, challenge: one }, 4, one], true],
  ['an older answer to the same', [{ counter: 4, challenge: one }, 3, one], false],
]
for (const [title, given, right] of counters)
  t.test(`S5: ${title}`, async (t) => t.equal(isCounterRight(...given), right))

const addresses: readonly [string, string | undefined, string | undefined, string | undefined][] = [
  ['https://beding.example.nl', undefined, 'beding.example.nl', 'https://beding.example.nl'],
  ['https://beding.example.nl', 'example.nl', 'example.nl', 'https://beding.example.nl'],
  ['https://beding.example.nl:8443', undefined, 'beding.example.nl', 'https://beding.example.nl:8443'],
  ['https://beding.example.nl', 'ample.nl', undefined, undefined],
  ['http://localhost:8080', undefined, 'localhost', 'http://localhost:8080'],
  ['http://127.0.0.1:8080', undefined, 'localhost', 'http://localhost:8080'],
  ['http://localhost', undefined, 'localhost', 'http://localhost'],
  ['http://beding.intranet', undefined, undefined, undefined],
  ['https://192.0.2.1', undefined, undefined, undefined],
  ['https://[2001:db8::1]', undefined, undefined, undefined],
]
for (const [url, configured, rpId, origin] of addresses)
  t.test(`S2: keys at ${url}${configured === undefined ? '' : ` for ${configured}`}`, async (t) => {
    const found = relyingPartyOf(url, configured)
    t.equal(found?.rpId, rpId)
    t.equal(found?.origin, origin)
    t.same(found?.allowedOrigins, origin === undefined ? undefined : [origin])
  })
