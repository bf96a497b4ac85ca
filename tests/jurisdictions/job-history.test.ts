import t from 'tap'
import { significantJobHistory } from '#jurisdictions'
import { day } from '../support/law-cases.ts'

const agreedOn = day('2026-03-02')
const wages = (...rows: readonly (readonly [string, number])[]) =>
  rows.map(([from, hourlyCents]) => ({ from: day(from), hourlyCents, hoursPerDay: 8 }))
const change = (on: string, ...changed: readonly ('function' | 'wage' | 'reporting')[]) => ({ on: day(on), changed, foreseen: false }) // prettier-ignore

const cases = [
  {
    name: 'a rise of exactly the threshold is small',
    history: [change('2026-07-01', 'wage')],
    wage: wages(['2026-01-01', 2_000], ['2026-07-01', 2_200]),
    stays: [],
  },
  {
    name: 'a rise of a cent more is not',
    history: [change('2026-07-01', 'wage')],
    wage: wages(['2026-01-01', 2_000], ['2026-07-01', 2_201]),
    stays: [change('2026-07-01', 'wage')],
  },
  {
    name: 'a fall counts like a rise',
    history: [change('2026-07-01', 'wage')],
    wage: wages(['2026-01-01', 2_000], ['2026-07-01', 1_799]),
    stays: [change('2026-07-01', 'wage')],
  },
  {
    name: 'small rises add up: each is held against the day of agreement',
    history: [change('2026-07-01', 'wage'), change('2027-01-01', 'wage')],
    wage: wages(['2026-01-01', 2_000], ['2026-07-01', 2_150], ['2027-01-01', 2_300]),
    stays: [change('2027-01-01', 'wage')],
  },
  {
    name: 'another function stays when the wage with it is small',
    history: [change('2026-07-01', 'function', 'wage')],
    wage: wages(['2026-01-01', 2_000], ['2026-07-01', 2_100]),
    stays: [change('2026-07-01', 'function')],
  },
  {
    name: 'another line of reporting is left out',
    history: [change('2026-07-01', 'reporting'), change('2026-08-01', 'function', 'reporting')],
    wage: [],
    stays: [change('2026-08-01', 'function')],
  },
  {
    name: 'what was so on the day of agreement was agreed to',
    history: [change('2026-03-02', 'function'), change('2026-03-03', 'function')],
    wage: [],
    stays: [change('2026-03-03', 'function')],
  },
  {
    name: 'a wage that is not known is not small',
    history: [change('2026-07-01', 'wage')],
    wage: wages(['2026-05-01', 2_000]),
    stays: [change('2026-07-01', 'wage')],
  },
]

for (const { name, history, wage, stays } of cases)
  t.test(name, async (t) => t.same(significantJobHistory(history, wage, agreedOn, 10), stays))

t.test('before anything was agreed every change stays', async (t) => {
  const history = [change('2020-01-01', 'wage')]
  t.same(significantJobHistory(history, wages(['2019-01-01', 2_000], ['2020-01-01', 2_001]), null, 10), history) // prettier-ignore
})
