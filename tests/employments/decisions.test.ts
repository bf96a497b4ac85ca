import fc from 'fast-check'
import t from 'tap'
import { addDays, toCivilDate, type CivilDate, type EntryId, type Instant } from '#core'
import {
  contractDefects,
  contractOn,
  employmentFacts,
  factsOn,
  jobHistoryOf,
  renewalsOf,
  type Contract,
  type EmploymentFact,
} from '#employments'
import { overlaps, type Period } from '../../src/employments/employment-decisions.ts'

const day = toCivilDate
const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z` as Instant
let made = 0

function fact(kind: EmploymentFact['kind'], validFrom: string, value: unknown, minute = 0): EmploymentFact {
  made += 1
  return {
    factId: String(made).padStart(8, '0'),
    kind,
    validFrom: day(validFrom),
    value,
    recordedAt: at(minute),
    entryId: 'e' as EntryId,
    backDated: false,
  } as EmploymentFact
}
const job = (description: string, foreseen = false) => ({ description, foreseen })

function contract(stated: Partial<Contract> = {}): Contract {
  return {
    contractId: 'c1',
    employmentId: 'e',
    kind: 'fixed-term',
    startsOn: day('2024-01-31'),
    endsOn: day('2024-07-30'),
    documentId: null,
    documentSha256: null,
    follows: null,
    followKind: null,
    changedMore: false,
    provenance: 'elsewhere',
    existingDispute: '',
    recordedAt: at(0),
    retractedAt: null,
    entryId: 'e' as EntryId,
    ...stated,
  }
}

t.test('EM9: contradictory contracts are refused, each with where', async (t) => {
  const first = contract()
  const indefinite = contract({ kind: 'indefinite', endsOn: null })
  const renewal = { contractId: 'c2', follows: 'c1', followKind: 'renewal', startsOn: day('2024-07-31'), endsOn: day('2025-01-30') } as const // prettier-ignore
  const period = { firstDay: day('2024-01-31'), lastDay: day('2025-12-31') }
  const cases: readonly [string, Partial<Contract>, readonly Contract[], readonly string[]][] = [
    ['a first contract', {}, [], []],
    ['on the first and the last day of the employment', { startsOn: day('2025-12-31'), endsOn: day('2025-12-31') }, [], []],
    ['a renewal', renewal, [first], []],
    ['a renewal on a leap day', { ...renewal, startsOn: day('2024-02-29'), endsOn: day('2024-02-29') }, [first], []],
    ['a conversion', { ...renewal, kind: 'indefinite', followKind: 'conversion', endsOn: null }, [first], []],
    ['an addendum beside a contract', { kind: 'addendum', endsOn: null, startsOn: day('2024-03-01') }, [first], []],
    ['a settlement of a dispute', { kind: 'settlement', endsOn: null, existingDispute: 'Loon over mei.' }, [first], []],
    ['two that follow the same', { ...renewal, contractId: 'c3' }, [first, contract(renewal)], ['followed-already']],
    ['one that begins with the one it follows', { ...renewal, startsOn: day('2024-01-31') }, [first], ['starts-too-early']],
    ['a conversion of an indefinite one to a fixed term', { ...renewal, followKind: 'conversion' }, [indefinite], ['conversion-unfit']],
    ['a renewal of an indefinite one', { ...renewal, kind: 'indefinite', endsOn: null }, [indefinite], ['renewal-unfit']],
    ['a fixed term without an end', { endsOn: null }, [], ['end-missing']],
    ['an indefinite one with an end', { kind: 'indefinite' }, [], ['end-unfit']],
    ['an end before the start', { endsOn: day('2024-01-30') }, [], ['end-before-start']],
    ['the day before the employment', { startsOn: day('2024-01-30') }, [], ['outside-employment']],
    ['the day after the employment', { startsOn: day('2026-01-01'), endsOn: day('2026-02-01') }, [], ['outside-employment']],
    ['a contract of another employment', renewal, [], ['follows-unknown']],
    ['a renewal that is not one of anything', { followKind: 'renewal' }, [], ['follows-missing']],
    ['one that follows and does not say how', { ...renewal, followKind: null }, [first], ['follow-kind-missing']],
    ['a renewal of a settlement', renewal, [contract({ kind: 'settlement', endsOn: null })], ['follow-unfit', 'renewal-unfit']],
    ['two at the same time', {}, [first], ['contract-beside']],
    ['two that share one day', { startsOn: day('2024-07-30'), endsOn: day('2024-12-31') }, [first], ['contract-beside']],
    ['one that differs from nothing', { changedMore: true }, [], ['change-unfit']],
    ['a dispute that a contract of employment ends', { existingDispute: 'D' }, [], ['dispute-unfit']],
  ] // prettier-ignore
  for (const [name, stated, known, codes] of cases) {
    const statement = { ...contract(stated), existingDispute: stated.existingDispute ?? '' }
    t.same(
      contractDefects(statement, known, period).map(({ code }) => code),
      codes,
      name,
    )
  }
})

t.test('EM9: which contract ran on a day, and what came after one', async (t) => {
  const first = contract()
  const second = contract({ contractId: 'c2', follows: 'c1', followKind: 'renewal', startsOn: day('2024-07-31'), endsOn: day('2025-01-30') }) // prettier-ignore
  const third = contract({ contractId: 'c3', kind: 'indefinite', follows: 'c2', followKind: 'conversion', changedMore: true, startsOn: day('2025-01-31'), endsOn: null }) // prettier-ignore
  const all = [third, first, second]
  const running = (on: string, lastDay: string | null = null) =>
    contractOn(all, day(on), lastDay === null ? null : day(lastDay))?.contractId
  t.same(['2024-01-30', '2024-07-30', '2024-07-31', '2025-01-30', '2025-01-31', '2030-01-01'].map((on) => running(on)), [undefined, 'c1', 'c2', 'c2', 'c3', 'c3']) // prettier-ignore
  t.equal(running('2025-06-30', '2025-06-30'), 'c3', 'on the last day it runs')
  t.equal(running('2025-07-01', '2025-06-30'), undefined)
  t.same(renewalsOf(first, all, day('2026-01-01')), [
    { on: '2024-07-31', kind: 'renewal', changedMore: false },
    { on: '2025-01-31', kind: 'conversion', changedMore: true },
  ])
  t.same(renewalsOf(first, all, day('2025-01-30')).length, 1, 'what comes later has not happened')
  t.same(renewalsOf(third, all, day('2026-01-01')), [])
})

t.test('EM12: what the rules of law may know is what was recorded, and nothing is guessed', async (t) => {
  const history = [
    fact('started', '1900-01-01', { day: '2024-01-31' }),
    fact('birth-date', '1900-01-01', { day: '2000-02-29' }),
    fact('function', '2024-01-31', job('Verkoper')),
    fact('function', '2025-01-31', job('Accountmanager', true)),
    fact('function', '2025-06-01', job('Accountmanager')),
    fact('area', '2024-01-31', job('Friesland')),
    fact('area', '2025-01-31', job('Benelux')),
    fact('wage', '2024-01-31', { hourlyCents: 2500, hoursPerDay: 8, foreseen: false }),
    fact('wage', '2024-01-31', { hourlyCents: 2600, hoursPerDay: 8, foreseen: false }, 5),
    fact('wage', '2026-01-01', { hourlyCents: 2700, hoursPerDay: 8, foreseen: true }),
  ]
  const facts = (on: string) =>
    employmentFacts({ on: day(on), facts: factsOn(history, day(on)), contracts: [] }, history, null, { headcount: 12 }) // prettier-ignore
  t.same(facts('2025-12-31'), {
    employee: { birthDate: '2000-02-29', employedFrom: '2024-01-31', lastDay: null },
    wage: { history: [{ from: '2024-01-31', hourlyCents: 2600, hoursPerDay: 8 }] },
    jobHistory: [{ on: '2025-01-31', changed: ['function', 'area'], foreseen: false }],
    worksCouncil: { headcount: 12 },
  })
  t.same(facts('2026-01-01').jobHistory?.at(-1), { on: '2026-01-01', changed: ['wage'], foreseen: true })
  t.same(employmentFacts({ on: day('2026-01-01'), facts: [], contracts: [] }, [], null, {}), { employee: {} })
  t.equal(jobHistoryOf([], day('2026-01-01')), undefined, 'nothing known is not: nothing changed')
  const settled = contract({ kind: 'settlement', endsOn: null, existingDispute: 'Loon.' })
  const known = employmentFacts({ on: day('2025-01-01'), facts: [], contracts: [settled] }, [], settled, {})
  t.same(known.contract, { kind: 'settlement', startsOn: '2024-01-31', endsOn: null, renewals: [], existingDispute: 'Loon.' }) // prettier-ignore
  const erased = employmentFacts({ on: day('2025-01-01'), facts: [], contracts: [] }, [], contract({ existingDispute: null }), {}) // prettier-ignore
  t.notOk('existingDispute' in erased.contract!, 'what was erased is not known')
})

const aDay = fc.integer({ min: 0, max: 40 }).map((days) => addDays(day('2024-02-20'), days))
const aPeriod: fc.Arbitrary<Period> = fc.tuple(aDay, fc.option(fc.integer({ min: 0, max: 20 }))).map(([firstDay, length]) => ({ firstDay, lastDay: length === null ? null : addDays(firstDay, length) })) // prettier-ignore

t.test('EM5: periods have a day in common exactly when there is one that lies in both', async () => {
  const has = ({ firstDay, lastDay }: Period, on: CivilDate) =>
    firstDay <= on && (lastDay === null || on <= lastDay)
  const days = Array.from({ length: 200 }, (_, index) => addDays(day('2024-02-20'), index))
  fc.assert(
    fc.property(aPeriod, aPeriod, (one, other) => {
      const common = days.some((on) => has(one, on) && has(other, on))
      return overlaps(one, other) === common && overlaps(other, one) === common
    }),
    { numRuns: 500 },
  )
})
