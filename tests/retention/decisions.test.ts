import t from 'tap'
import type { CivilDate, ClientId, Instant, PersonId, PolicyId } from '#core'
import { toCivilDate, toInstant } from '#core'
import { nextNight } from '#retention'
import { addMonths, classOfNature, coveringHold, decideReviewDay, decideRule, decideVerdict, dueDayOf, isDue, monthsOn } from '../../src/retention/retention-decisions.ts' // prettier-ignore
import type { LegalHold, RetentionRule } from '../../src/retention/retention.ts'

const day = (text: string): CivilDate => toCivilDate(text)
const person = 'p1' as PersonId
const policy = 'q1' as PolicyId

t.test('months are counted to the same day, or the last of a shorter month', async (t) => {
  const cases: [string, number, string][] = [
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-11-21', 24, '2026-11-21'],
    ['2024-12-31', 2, '2025-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -24, '2024-01-15'],
  ]
  for (const [from, months, to] of cases) t.equal(addMonths(day(from), months), to, `${from} ${months}`)
})

t.test('a thing may go on the day after its term has run, and never where there is none', async (t) => {
  t.equal(dueDayOf(day('2024-11-21'), 24), '2026-11-22')
  t.equal(dueDayOf(null, 24), null)
  t.equal(dueDayOf(day('2024-11-21'), null), null)
  t.notOk(isDue(day('2024-11-21'), 24, day('2026-11-21')))
  t.ok(isDue(day('2024-11-21'), 24, day('2026-11-22')))
})

t.test('the rule that holds is the last that has begun; before the first it is the default', async (t) => {
  const rule = (effectiveFrom: string, months: number | null, madeAt: string): RetentionRule => ({
    ruleId: madeAt,
    retentionClass: 'R2',
    months,
    effectiveFrom: day(effectiveFrom),
    reason: 'x',
    madeBy: 'c' as ClientId,
    madeAt: toInstant(madeAt),
    entryId: 'e' as RetentionRule['entryId'],
  })
  const rules = [
    rule('2026-01-01', 36, '2025-12-01T00:00:00.000Z'),
    rule('2027-01-01', null, '2025-12-02T00:00:00.000Z'),
    rule('2026-01-01', 30, '2025-12-03T00:00:00.000Z'),
  ]
  t.equal(monthsOn('R2', rules, day('2025-12-31')), 24)
  t.equal(monthsOn('R2', rules, day('2026-01-01')), 30, 'of two from one day the one made last')
  t.equal(monthsOn('R2', rules, day('2027-01-01')), null, 'for ever')
  t.equal(monthsOn('R3', rules, day('2027-01-01')), 84)
  t.equal(decideRule(day('2026-01-01'), day('2026-01-02')), 'effective-day-past')
  t.equal(decideRule(day('2026-01-02'), day('2026-01-02')), undefined)
  t.same([classOfNature('contract-term'), classOfNature('instruction'), classOfNature('information')], ['R3', 'R2', 'R2']) // prettier-ignore
})

t.test('a hold covers its person, or everything about its policy, until it is released', async (t) => {
  const hold = (subject: LegalHold['subject'], release: LegalHold['release'] = null) =>
    ({ holdId: 'h', subject, release }) as LegalHold
  const onPerson = hold({ kind: 'person', personId: person })
  const onPolicy = hold({ kind: 'policy', policyId: policy })
  const released = hold(
    { kind: 'person', personId: person },
    { releaser: 'A', reason: 'B', releasedBy: 'c' as ClientId, releasedAt: '' as Instant },
  )
  t.equal(coveringHold([released, onPerson], person, []), onPerson)
  t.equal(coveringHold([onPerson], 'p2' as PersonId, [policy]), undefined)
  t.equal(coveringHold([onPolicy], 'p2' as PersonId, [policy]), onPolicy)
  t.equal(coveringHold([onPolicy], person, []), undefined)
  t.equal(coveringHold([released], person, [policy]), undefined)
})

t.test('a hold is reviewed after today and within six months', async (t) => {
  const today = day('2026-08-31')
  t.equal(decideReviewDay(day('2026-08-31'), today), 'review-day-unfit')
  t.equal(decideReviewDay(day('2026-09-01'), today), undefined)
  t.equal(decideReviewDay(day('2027-02-28'), today), undefined)
  t.equal(decideReviewDay(day('2027-03-01'), today), 'review-day-unfit')
})

t.test('nobody decides on their own request, and nobody decides twice', async (t) => {
  const [a, b] = ['a' as ClientId, 'b' as ClientId]
  const decision = { verdict: 'reject', reason: 'r', decidedBy: b, decidedAt: '' as Instant } as const
  t.equal(decideVerdict({ madeBy: a, decision: null }, a), 'erasure-own-request')
  t.equal(decideVerdict({ madeBy: a, decision: null }, b), undefined)
  t.equal(decideVerdict({ madeBy: null, decision: null }, b), undefined, 'what the job proposed')
  t.equal(decideVerdict({ madeBy: null, decision }, a), 'erasure-decided')
})

t.test('the night is at 02:30 in the Netherlands, whatever the clocks do', async (t) => {
  const cases: [string, string][] = [
    ['2026-11-21T08:00:00.000Z', '2026-11-22T01:30:00.000Z'],
    ['2026-11-22T01:29:59.999Z', '2026-11-22T01:30:00.000Z'],
    ['2026-11-22T01:30:00.000Z', '2026-11-23T01:30:00.000Z'],
    ['2026-07-01T12:00:00.000Z', '2026-07-02T00:30:00.000Z'],
    ['2026-03-28T12:00:00.000Z', '2026-03-29T01:30:00.000Z'],
    ['2026-10-24T12:00:00.000Z', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'],
  ]
  for (const [now, next] of cases) t.equal(nextNight(toInstant(now)), next, now)
})
