import t from 'tap'
import type { Assurance } from '#assurance'
import { addMilliseconds, toInstant, type Instant } from '#core'
import type { Enrolment } from '../../src/authentication/means-decisions.ts'
import { canBePrivate, coolingFrom, cooling_ms, givenBy, neededToChange } from '../../src/authentication/means-decisions.ts' // prettier-ignore
import { judgeTotp } from '../../src/authentication/totp-decisions.ts'
import { stepOfCode, totpEnrolment } from '../../src/authentication/totp.ts'
import { createRequestLimit } from '../../src/authentication/request-limit.ts'

const now = toInstant('2026-11-21T08:00:00.000Z')
const after = (ms: number): Instant => addMilliseconds(now, ms)

t.test('6: what was added by somebody known by the employer’s mailbox cools for 72 hours', async (t) => {
  for (const [knownBy, cools] of [
    ['mailbox-employer', true],
    ['mailbox-private', false],
    ['phone-otp', false],
    ['sso', false],
    ['passkey-bound', false],
  ] as [Assurance, boolean][])
    // prettier-ignore
    t.equal(coolingFrom(knownBy, now), cools ? after(cooling_ms) : null, knownBy)
  const app: Enrolment = { nominal: 'phone-otp', at: now, knownBy: 'mailbox-employer', coolingUntil: after(cooling_ms) } // prettier-ignore
  t.equal(givenBy(app, now), 'mailbox-employer')
  t.equal(givenBy(app, after(cooling_ms - 1)), 'mailbox-employer', 'a millisecond before')
  t.equal(givenBy(app, after(cooling_ms)), 'phone-otp')
  t.equal(givenBy({ ...app, coolingUntil: null }, now), 'phone-otp')
})

t.test('7: to add a means one shows as much as those that are there', async (t) => {
  const cooled: Enrolment = { nominal: 'mailbox-private', at: now, knownBy: 'sso', coolingUntil: null }
  const cooling = { ...cooled, coolingUntil: after(1) }
  t.equal(neededToChange([], now), 'mailbox-employer', 'the first of all')
  t.equal(neededToChange([cooling], now), 'mailbox-employer', 'one that counts for nothing yet protects nothing') // prettier-ignore
  t.equal(neededToChange([cooling, cooled], now), 'mailbox-private')
  t.equal(neededToChange([cooling], after(1)), 'mailbox-private')
})

t.test('a mailbox of the employer is never private', async (t) => {
  const cases: [string, string, boolean][] = [
    ['anna@home.example', 'anna@bedrijf.example', true],
    ['anna@bedrijf.example', 'anna@bedrijf.example', false],
    ['Anna@Bedrijf.example', 'anna@bedrijf.example', false],
    ['hr@bedrijf.example', 'anna@bedrijf.example', false],
    ['anna@mail.bedrijf.example', 'anna@bedrijf.example', false],
    ['anna@mijnbedrijf.example', 'anna@bedrijf.example', true],
    ['anna@gmail.com', 'winkel@gmail.com', true],
    ['winkel@gmail.com', 'winkel@gmail.com', false],
  ]
  for (const [address, work, possible] of cases) t.equal(canBePrivate(address, work), possible, `${address} beside ${work}`) // prettier-ignore
})

t.test('a step of an authenticator is taken once, and five failures in a row make a pause', async (t) => {
  const fresh = { lastStep: 10, failures: 0, lockedUntil: null }
  t.match(judgeTotp(fresh, 11, now), { accepted: true, next: { lastStep: 11 } })
  t.match(judgeTotp(fresh, 10, now), { accepted: false, next: { failures: 1 } }, 'the same step')
  t.match(judgeTotp(fresh, 9, now), { accepted: false }, 'one before it')
  t.match(judgeTotp(fresh, undefined, now), { accepted: false, next: { lastStep: 10, failures: 1 } })
  const fifth = judgeTotp({ ...fresh, failures: 4 }, undefined, now)
  t.match(fifth, { accepted: false, next: { failures: 0, lockedUntil: after(15 * 60_000) } })
  t.same(judgeTotp(fifth.next, 11, after(1)), { accepted: false, next: fifth.next }, 'also not what is right')
  t.ok(judgeTotp(fifth.next, 11, after(15 * 60_000)).accepted)
})

t.test('RFC 6238: the codes of its appendix B, one step around now, and none of another day', async (t) => {
  const secret = Buffer.from('12345678901234567890')
  for (const [seconds, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
  ] as const) {
    // prettier-ignore
    const step = Math.floor(seconds / 30)
    t.equal(stepOfCode(secret, code, seconds * 1000), step)
    t.equal(
      stepOfCode(secret, `${code.slice(0, 3)} ${code.slice(3)}`, (seconds + 30) * 1000),
      step,
      'a step late',
    )
    t.equal(stepOfCode(secret, code, (seconds + 60) * 1000), undefined, 'two steps late')
    t.equal(stepOfCode(secret, code, (seconds + 86_400) * 1000), undefined, 'a clock a day off')
  }
  for (const odd of ['', '28708', '2870820', '28708a', '²87082']) t.equal(stepOfCode(secret, odd, 59_000), undefined) // prettier-ignore
  t.equal(
    totpEnrolment(secret, { issuer: 'Voorbeeld & Zn', label: 'Łucja' }).uri,
    'otpauth://totp/Voorbeeld%20%26%20Zn:%C5%81ucja?issuer=Voorbeeld%20%26%20Zn&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=SHA1&digits=6&period=30',
  )
})

t.test('one network asks a bounded number of times', async (t) => {
  let at = now
  const limit = createRequestLimit(() => at, 2)
  limit('192.0.2.1')
  limit('192.0.2.1')
  t.throws(() => limit('192.0.2.1'), { code: 'codes-too-many' })
  limit('192.0.2.2')
  limit('2001:db8:1:2::1')
  limit('2001:db8:1:2:ffff::9')
  t.throws(() => limit('2001:db8:1:2:3:4:5:6'), { code: 'codes-too-many' }, 'the 64 bits of one subscriber')
  limit('2001:db8:1:3::1')
  at = after(10 * 60_000)
  limit('192.0.2.1')
})
