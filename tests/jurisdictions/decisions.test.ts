import fc from 'fast-check'
import t from 'tap'
import { toCivilDate } from '#core'
import { addMonths, ageOn, calculatePenalty, dutchRuleSet, euros, evaluate, germanRuleSet, mayGoOn, standingOf } from '#jurisdictions' // prettier-ignore
import type { Finding, Review } from '#jurisdictions'
import { day, moment, soundCase, soundClause } from '../support/law-cases.ts'

t.test('months end where the month ends, and years where they must', async (t) => {
  const table = [
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-10-31', 12, '2027-10-31'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-15', 0, '2026-12-15'],
  ] as const
  for (const [from, months, to] of table) t.equal(addMonths(day(from), months), to)
  t.equal(ageOn(day('2008-09-01'), day('2026-08-31')), 17)
  t.equal(ageOn(day('2008-09-01'), day('2026-09-01')), 18)
  t.equal(
    ageOn(day('2008-02-29'), day('2026-02-28')),
    17,
    'born on a leap day: a year is complete on 1 March',
  )
  t.equal(ageOn(day('2008-02-29'), day('2026-03-01')), 18)
})

t.test('a term of months never ends before it begins, nor after the month it ends in', async () => {
  const anyDay = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 600 }), (date, months) => {
      const from = toCivilDate(date.toISOString().slice(0, 10))
      const to = addMonths(from, months)
      const apart = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) // prettier-ignore
      return to >= from && apart === months
    }),
  )
})

t.test(
  'the wage that is compared is that of the day, and an amount of another half year decides nothing near it',
  async (t) => {
    const at = (hourlyCents: number, asOf: string) =>
      evaluate(dutchRuleSet, { ...soundCase, asOf: day(asOf), wage: { history: [{ from: day('2026-01-01'), hourlyCents, hoursPerDay: 8 }] } }, ['enforce']) // prettier-ignore
        .findings.find((finding) => finding.ruleId === 'nl.7-650.6-7.above-minimum-wage')?.result
    t.equal(at(1_472, '2026-06-30'), 'pass')
    t.equal(at(1_471, '2026-06-30'), 'fail', 'equal is not above')
    t.equal(at(1_500, '2026-07-01'), 'unknown', 'a later amount may be higher')
    t.equal(at(3_200, '2026-07-01'), 'pass')
    const young = { ...soundCase, employee: { ...soundCase.employee, birthDate: day('2006-06-11') } }
    const result = evaluate(dutchRuleSet, young, ['enforce']).findings.find((finding) => finding.ruleId === 'nl.7-650.6-7.above-minimum-wage') // prettier-ignore
    t.same([result?.result, result?.missing], ['unknown', ['regime.minimumWage']])
  },
)

const bill = { ...soundClause, months: 24 }

t.test('a pending bill informs; from its day on it stops', async (t) => {
  const facts = { ...soundCase, clauses: [bill] }
  const now = evaluate(dutchRuleSet, facts, ['sign']).findings.find((finding) =>
    finding.ruleId.startsWith('nl.bill'),
  )!
  t.same([now.result, now.severity, standingOf(now, []).stops], ['fail', 'info', false])
  const last = dutchRuleSet.regimes.at(-1)!
  const law = {
    ...dutchRuleSet,
    regimes: [{ ...last, billConcurrentiebedingInForceFrom: day('2026-11-01') }],
  }
  const then = evaluate(law, facts, ['sign']).findings.find((finding) =>
    finding.ruleId.startsWith('nl.bill'),
  )!
  t.same([then.result, then.severity, standingOf(then, []).stops], ['fail', 'blocker', true])
})

function finding(change: Partial<Finding>): Finding {
  return {
    ruleId: 'r',
    clauseId: 'c',
    result: 'lawyer',
    severity: 'blocker',
    message: { nl: 'n', en: 'e' },
    note: null,
    source: 's',
    basis: 'b',
    missing: [],
    inputSha256: 'h1',
    ...change,
  }
}
const review: Review = { ruleId: 'r', clauseId: 'c', inputSha256: 'h1', kind: 'review', outcome: 'pass', reviewer: 'mr. A', reason: 'seen' } // prettier-ignore

t.test('a lawyer is closed by a review of the same inputs; a blocker by nothing', async (t) => {
  const table = [
    [finding({}), [], 'lawyer', true],
    [finding({}), [review], 'pass', false],
    [finding({}), [{ ...review, outcome: 'fail' }], 'fail', true],
    [finding({ inputSha256: 'h2' }), [review], 'lawyer', true],
    [finding({}), [{ ...review, clauseId: 'other' }], 'lawyer', true],
    [finding({}), [{ ...review, kind: 'override' }], 'lawyer', true],
    [finding({ result: 'fail' }), [review], 'fail', true],
    [finding({ result: 'fail' }), [{ ...review, kind: 'override' }], 'fail', true],
    [finding({ result: 'fail', severity: 'major' }), [review], 'fail', true],
    [finding({ result: 'fail', severity: 'major' }), [{ ...review, kind: 'override' }], 'fail', false],
    [finding({ result: 'fail', severity: 'minor' }), [], 'fail', false],
    [finding({ result: 'unknown' }), [{ ...review, kind: 'override' }], 'unknown', true],
    [finding({ result: 'unknown', severity: 'info' }), [], 'unknown', false],
    [finding({ result: 'pass' }), [], 'pass', false],
    [finding({ result: 'na' }), [], 'na', false],
  ] as const
  for (const [about, reviews, result, stops] of table) {
    const standing = standingOf(about, reviews)
    t.same([standing.result, standing.stops], [result, stops], `${about.result} ${about.severity}`)
    t.equal(mayGoOn([standing]), !stops)
  }
})

t.test('the law of another country is another rule set, and its rules run on the same facts', async (t) => {
  const german = evaluate(germanRuleSet, { ...soundCase, clauses: [bill] }, ['draft', 'sign'])
  t.same(
    german.findings.map((each) => each.result),
    ['pass', 'pass', 'pass'],
  )
  const long = evaluate(germanRuleSet, { ...soundCase, clauses: [{ ...bill, months: 25 }], signature: { level: 'ades' } }, ['draft', 'sign']) // prettier-ignore
  t.same(
    long.findings.map((each) => each.result),
    ['fail', 'fail', 'pass'],
  )
  const young = evaluate(germanRuleSet, { ...soundCase, employee: { birthDate: day('2009-01-01') } }, [
    'sign',
  ])
  t.equal(young.findings.find((each) => each.ruleId === 'de.hgb-74a.2.adult')?.result, 'fail')
  t.throws(() => evaluate(germanRuleSet, { ...soundCase, asOf: day('2001-01-01') }, ['sign']), RangeError)
})

t.test('a penalty is counted in whole days and cents', async (t) => {
  const terms = { amountCents: 1_000_000, perDayCents: 100_000, perDayFrom: 'day-after', maximumCents: null, currency: 'EUR' } as const // prettier-ignore
  const breach = { id: 'b', from: day('2026-03-28'), until: day('2026-03-30'), capture: { sha256: 'x', on: day('2026-03-28') } } // prettier-ignore
  t.equal(
    calculatePenalty(terms, [breach]).sumCents,
    1_200_000,
    'the night of summer time is a day like others',
  )
  t.equal(calculatePenalty({ ...terms, perDayFrom: 'first-day' }, [breach]).sumCents, 1_300_000)
  const capped = calculatePenalty({ ...terms, maximumCents: 500_000 }, [breach])
  t.same([capped.sumCents, capped.shownCents, capped.capped], [500_000, 500_000, true])
  t.throws(() => calculatePenalty(terms, [{ ...breach, until: day('2026-03-27') }]), RangeError)
  t.throws(() => calculatePenalty({ ...terms, amountCents: -1 }, []), RangeError)
  t.same(euros(1_000_000), { nl: '10.000,00', en: '10,000.00' })
  t.same(euros(5_884), { nl: '58,84', en: '58.84' })
  t.same(euros(-123_456_789), { nl: '-1.234.567,89', en: '-1,234,567.89' })
})

t.test('a rule that asks for a moment in another zone gets the day of the place', async (t) => {
  const justBefore = { ...soundCase, employee: { ...soundCase.employee, birthDate: day('2008-06-02') } }
  const signed = { ...justBefore, bundle: { ...soundCase.bundle, signedAt: moment('2026-06-01 22:30') } }
  const adult = evaluate(dutchRuleSet, signed, ['sign']).findings.find(
    (each) => each.ruleId === 'nl.7-653.1.adult',
  )
  t.equal(adult?.result, 'pass', 'half past midnight in Amsterdam is the birthday')
})
