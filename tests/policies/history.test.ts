import * as fc from 'fast-check'
import t from 'tap'
import { addDays, toCivilDate, type CivilDate, type ClientId } from '#core'
import {
  decideApproval,
  decidePublication,
  decideWithdrawal,
  stateOn,
  versionInForce,
  type DatedVersion,
  type PublicationFacts,
} from '#policies/model'
import { sampleContent } from '../../src/policies/content-sample.ts'

const day = toCivilDate
const author = '00000000-0000-7000-8000-00000000000a' as ClientId
const other = '00000000-0000-7000-8000-00000000000b' as ClientId
const approval = { approvedBy: other, approvedAt: '2026-11-20T10:00:00.000Z' as never }

function aVersion(
  versionNumber: number,
  effectiveFrom: string,
  withdrawnFrom: string | null = null,
): DatedVersion {
  return {
    versionNumber,
    effectiveFrom: day(effectiveFrom),
    withdrawnFrom: withdrawnFrom === null ? null : day(withdrawnFrom),
  }
}

t.test('P6: an approval is given once, by another client than the author', async (t) => {
  t.same(decideApproval({ authorId: author, approval: null }, other), { kind: 'accepted' })
  t.same(decideApproval({ authorId: author, approval: null }, author), {
    kind: 'refused',
    code: 'approver-is-author',
  })
  t.same(decideApproval({ authorId: author, approval }, other), {
    kind: 'refused',
    code: 'policy-draft-approved',
  })
  t.same(decideApproval({ authorId: author, approval }, author), {
    kind: 'refused',
    code: 'approver-is-author',
  })
})

t.test(
  'P9: an effective day is not past, later than every day before it, and within five years',
  async (t) => {
    const draft = { approval, content: sampleContent, versionNumber: 1 }
    const facts: PublicationFacts = {
      legalNature: 'instruction',
      today: day('2026-11-21'),
      latestEffectiveFrom: null,
    }
    const outcome = (effectiveFrom: string, given: Partial<PublicationFacts> = {}) => {
      const decision = decidePublication(draft, day(effectiveFrom), { ...facts, ...given })
      return decision.kind === 'accepted' ? 'accepted' : decision.code
    }
    t.equal(outcome('2026-11-20'), 'effective-day-past', 'yesterday')
    t.equal(outcome('2026-11-21'), 'accepted', 'today')
    t.equal(outcome('2031-11-21'), 'accepted', 'five years ahead')
    t.equal(outcome('2031-11-22'), 'day-too-far-ahead', 'five years and a day')
    const latestEffectiveFrom = day('2027-01-01')
    t.equal(
      outcome('2026-12-31', { latestEffectiveFrom }),
      'effective-day-not-later',
      'the day before the last version',
    )
    t.equal(
      outcome('2027-01-01', { latestEffectiveFrom }),
      'effective-day-not-later',
      'the day of the last version',
    )
    t.equal(outcome('2027-01-02', { latestEffectiveFrom }), 'accepted', 'the day after the last version')
  },
)

t.test('P4, P6: a draft without approval or with gaps is not published', async (t) => {
  const facts: PublicationFacts = {
    legalNature: 'instruction',
    today: day('2026-11-21'),
    latestEffectiveFrom: null,
  }
  const unapproved = decidePublication(
    { approval: null, content: sampleContent, versionNumber: 1 },
    day('2026-12-01'),
    facts,
  )
  t.match(unapproved, { kind: 'refused', code: 'policy-not-approved' })
  const open = structuredClone(sampleContent)
  delete open.placeholders[0]!.value
  t.match(decidePublication({ approval, content: open, versionNumber: 1 }, day('2026-12-01'), facts), {
    kind: 'refused',
    code: 'policy-draft-incomplete',
    errors: [{ code: 'placeholder-unresolved', pointer: '/title/en' }, { pointer: '/title/nl' }],
  })
})

t.test('P7: the version in force on a day, around every boundary', async (t) => {
  const history = [
    aVersion(1, '2026-02-01'),
    aVersion(2, '2026-04-01'),
    aVersion(3, '2026-06-01', '2026-08-01'),
  ]
  const cases: [string, unknown][] = [
    ['2026-01-31', { kind: 'none', reason: 'before-first-version' }],
    ['2026-02-01', { kind: 'in-force', versionNumber: 1, until: '2026-04-01' }],
    ['2026-03-31', { kind: 'in-force', versionNumber: 1, until: '2026-04-01' }],
    ['2026-04-01', { kind: 'in-force', versionNumber: 2, until: '2026-06-01' }],
    ['2026-07-31', { kind: 'in-force', versionNumber: 3, until: '2026-08-01' }],
    ['2026-08-01', { kind: 'none', reason: 'withdrawn' }],
  ]
  for (const [date, expected] of cases) t.same(versionInForce(history, day(date)), expected, date)
  t.same(versionInForce([], day('2026-01-01')), { kind: 'none', reason: 'nothing-published' })
  t.same(versionInForce([aVersion(1, '2026-02-01')], day('2099-01-01')), {
    kind: 'in-force',
    versionNumber: 1,
    until: null,
  })
})

t.test('P7: a version withdrawn on or before its own day never held and replaced nothing', async (t) => {
  for (const withdrawnFrom of ['2026-03-15', '2026-04-01']) {
    const history = [aVersion(1, '2026-02-01'), aVersion(2, '2026-04-01', withdrawnFrom)]
    t.same(
      versionInForce(history, day('2026-05-01')),
      { kind: 'in-force', versionNumber: 1, until: null },
      withdrawnFrom,
    )
    t.equal(stateOn(history[1]!, history, day('2026-03-16')), 'withdrawn')
    t.equal(stateOn(history[0]!, history, day('2026-05-01')), 'in-force')
  }
  const held = [aVersion(1, '2026-02-01'), aVersion(2, '2026-04-01', '2026-04-02')]
  t.same(versionInForce(held, day('2026-04-01')), { kind: 'in-force', versionNumber: 2, until: '2026-04-02' })
  t.same(
    versionInForce(held, day('2026-04-02')),
    { kind: 'none', reason: 'withdrawn' },
    'the version before does not come back',
  )
  const never = [aVersion(1, '2026-02-01', '2026-01-15')]
  t.same(versionInForce(never, day('2026-03-01')), { kind: 'none', reason: 'withdrawn' })
})

t.test('P7: the states of a version, around every boundary', async (t) => {
  const first = aVersion(1, '2026-02-01', '2026-03-01')
  const second = aVersion(2, '2026-04-01')
  const third = aVersion(3, '2026-06-01')
  const history = [first, second, third]
  const cases: [DatedVersion, string, string][] = [
    [first, '2026-01-31', 'scheduled'],
    [first, '2026-02-01', 'in-force'],
    [first, '2026-02-28', 'in-force'],
    [first, '2026-03-01', 'withdrawn'],
    [first, '2026-04-01', 'withdrawn'],
    [second, '2026-03-31', 'scheduled'],
    [second, '2026-04-01', 'in-force'],
    [second, '2026-05-31', 'in-force'],
    [second, '2026-06-01', 'superseded'],
    [third, '2026-06-01', 'in-force'],
  ]
  for (const [version, date, expected] of cases)
    t.equal(stateOn(version, history, day(date)), expected, `${version.versionNumber} on ${date}`)
})

t.test('P8: a withdrawal, around every boundary', async (t) => {
  const first = aVersion(1, '2026-02-01')
  const second = aVersion(2, '2026-12-01')
  const gone = aVersion(3, '2027-03-01', '2027-05-01')
  const history = [first, second, gone]
  const outcome = (version: DatedVersion, from: string) => {
    const decision = decideWithdrawal(version, history, day(from), day('2026-11-21'))
    return decision.kind === 'accepted' ? 'accepted' : decision.code
  }
  t.equal(outcome(first, '2026-11-20'), 'withdrawal-day-past')
  t.equal(outcome(first, '2026-11-21'), 'accepted')
  t.equal(outcome(first, '2026-11-30'), 'accepted', 'the last day before it is replaced')
  t.equal(outcome(first, '2026-12-01'), 'policy-version-superseded')
  t.equal(outcome(second, '2026-11-25'), 'accepted', 'before it takes effect')
  t.equal(outcome(second, '2027-03-01'), 'policy-version-superseded')
  t.equal(outcome(gone, '2027-04-01'), 'policy-version-withdrawn')
  t.equal(
    decideWithdrawal(first, [first], day('2031-11-22'), day('2026-11-21')).kind,
    'refused',
    'no further than five years ahead',
  )
})

// Plays a policy's life day by day: on each day somebody tries to publish or to withdraw something.
type Attempt = {
  readonly wait: number
  readonly kind: 'publish' | 'withdraw'
  readonly ahead: number
  readonly which: number
}

function play(
  attempts: readonly Attempt[],
  watch: (history: DatedVersion[], today: CivilDate) => void,
): void {
  let today = day('2026-01-01')
  let history: DatedVersion[] = []
  for (const attempt of attempts) {
    today = addDays(today, attempt.wait)
    const when = addDays(today, attempt.ahead)
    if (attempt.kind === 'publish') {
      const facts = {
        legalNature: 'instruction',
        today,
        latestEffectiveFrom: history.at(-1)?.effectiveFrom ?? null,
      } as const
      const decision = decidePublication({ approval, content: sampleContent, versionNumber: 1 }, when, facts)
      if (decision.kind === 'accepted')
        history = [
          ...history,
          { versionNumber: history.length + 1, effectiveFrom: when, withdrawnFrom: null },
        ]
    } else {
      const version = history[attempt.which % Math.max(history.length, 1)]
      if (version !== undefined && decideWithdrawal(version, history, when, today).kind === 'accepted')
        history = history.map((one) => (one === version ? { ...one, withdrawnFrom: when } : one))
    }
    watch(history, today)
  }
}

const attempts = fc.array(
  fc.record({
    wait: fc.integer({ min: 0, max: 6 }),
    kind: fc.constantFrom('publish' as const, 'withdraw' as const),
    ahead: fc.integer({ min: -2, max: 15 }),
    which: fc.nat(10),
  }),
  { maxLength: 25 },
)

t.test('P7: the answer for a day that has passed never changes, whatever is accepted later', async () => {
  fc.assert(
    fc.property(attempts, (life) => {
      const told = new Map<CivilDate, string>()
      play(life, (history, today) => {
        for (let date = day('2025-12-30'); date < today; date = addDays(date, 1)) {
          // `until` lies ahead and may still change; which version held may not.
          const answer = versionInForce(history, date)
          const text = answer.kind === 'none' ? answer.kind : String(answer.versionNumber)
          if ((told.get(date) ?? text) !== text) throw new Error(`${date}: ${told.get(date)} became ${text}`)
          told.set(date, text)
        }
      })
    }),
    { numRuns: 300 },
  )
})

t.test('P7: at most one version is in force on a day, and states and answer agree', async () => {
  fc.assert(
    fc.property(attempts, fc.integer({ min: 0, max: 120 }), (life, offset) => {
      const date = addDays(day('2026-01-01'), offset)
      play(life, (history) => {
        const holding = history.filter((version) => stateOn(version, history, date) === 'in-force')
        const answer = versionInForce(history, date)
        if (holding.length > 1) throw new Error('two versions in force')
        if (
          answer.kind === 'in-force' ? holding[0]?.versionNumber !== answer.versionNumber : holding.length > 0
        )
          throw new Error('state and answer differ')
      })
    }),
    { numRuns: 300 },
  )
})
