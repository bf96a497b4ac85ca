import t from 'tap'
import type { EntryId, PersonId } from '#core'
import { toInstant } from '#core'
import type { Finding, Standing } from '#jurisdictions'
import { dutchRuleSet, evaluate, standingOf } from '#jurisdictions'
import type { KeptReview } from '#legal-checks'
import { councilReason } from '../../src/changes/council-decisions.ts'
import { differingFindings, needsOf, placeOf } from '../../src/changes/need-decisions.ts'
import { settlingDecision, stepsAfter, stepsAtEnd } from '../../src/changes/task-decisions.ts'
import type { Cause, OpenTask, TaskKind } from '../../src/changes/task.ts'
import { day, moment, soundCase, soundClause } from '../support/law-cases.ts'

const at = toInstant('2026-11-21T08:00:00.000Z')
const avm = 'nl.hr-avm.heavier-burden'

const promotion = { on: day('2026-09-01'), changed: ['function', 'wage'] as const, foreseen: false }
const promoted = { ...soundCase, jobHistory: [promotion] }
const agreedAgain = { ...promoted, reaffirmations: [{ clauseId: 'cl-12', on: day('2026-09-03') }] }
const fixedTerm = {
  ...soundCase,
  clauses: [{ ...soundClause, motivation: null }],
  contract: { kind: 'fixed-term' as const },
}
const renewal = (kind: 'renewal' | 'conversion', changedMore = false) => ({
  ...fixedTerm,
  contract: { ...fixedTerm.contract, renewals: [{ on: day('2026-08-01'), kind, changedMore }] },
})
const renewedWithMotivation = { ...renewal('renewal'), clauses: [soundClause] }
const signed = moment('2025-12-01 09:00')
const lowWage = {
  ...soundCase,
  bundle: { ...soundCase.bundle, signedAt: signed },
  wage: { history: [{ from: day('2025-07-01'), hourlyCents: 1_450, hoursPerDay: 8 }] },
}

const changed = (facts: typeof soundCase) => evaluate(dutchRuleSet, facts, ['change']).findings
const standing = (
  findings: readonly Finding[],
  reviews: readonly KeptReview[] = [],
): Standing<KeptReview>[] => findings.map((finding) => standingOf(finding, reviews))

const reviewOf = (finding: Finding, more: Partial<KeptReview> = {}): KeptReview => ({
  ruleId: finding.ruleId,
  clauseId: finding.clauseId,
  inputSha256: finding.inputSha256,
  kind: 'review',
  outcome: 'pass',
  reviewer: 'mr. A. Bakker',
  reason: 'Not heavier.',
  legalReviewId: 'review-1',
  legalCheckId: 'check-1',
  madeAt: at,
  entryId: 'entry' as EntryId,
  ...more,
})

const needs: readonly (readonly [string, typeof soundCase, readonly TaskKind[]])[] = [
  ['nothing changed', soundCase, []],
  ['a promotion is judged, and fails nothing', promoted, ['re-affirm']],
  ['a promotion after which it was agreed again', agreedAgain, []],
  ['a conversion of a contract whose covenant had no motivation', renewal('conversion'), ['re-motivate']],
  ['a renewal without agreeing again', renewedWithMotivation, ['renew']],
  ['a renewal in which more changed', renewal('renewal', true), ['renew']],
  ['a wage under a minimum that rose', { ...lowWage, asOf: day('2026-02-01') }, ['review']],
  ['the same wage before it rose', { ...lowWage, asOf: day('2025-12-15') }, []],
  ['nothing known of the job', (({ jobHistory: _, ...rest }) => rest)(soundCase), ['review']],
]

for (const [name, facts, kinds] of needs)
  t.test(`what it asks for: ${name}`, async (t) => {
    const findings = changed(facts)
    t.same(
      needsOf(standing(findings)).map(({ kind }) => kind),
      kinds,
    )
    if (name.includes('promotion'))
      t.notOk(findings.some(({ ruleId, result }) => ruleId === avm && result === 'fail'), 'never a fail by itself') // prettier-ignore
  })

t.test('what a lawyer found good asks for nothing, and what a lawyer found bad goes on asking', async (t) => {
  const findings = changed(promoted)
  const finding = findings.find(({ ruleId }) => ruleId === avm)!
  t.same(needsOf(standing(findings, [reviewOf(finding)])), [])
  t.same(needsOf(standing(findings, [reviewOf(finding, { outcome: 'fail' })])).map(({ kind }) => kind), ['re-affirm']) // prettier-ignore
  t.same(needsOf(standing(findings, [reviewOf(finding, { inputSha256: 'ff' })])).map(({ kind }) => kind), ['re-affirm'], 'a review of other facts holds for those') // prettier-ignore
})

t.test(
  'what differs: results always, what they rest on under the same rules only, messages never',
  async (t) => {
    const second = { ...promotion, on: day('2026-10-01') }
    const before = changed(promoted)
    const places = (findings: readonly Finding[]) => findings.map(placeOf)
    t.same(places(differingFindings(before, changed(promoted), true)), [])
    t.same(places(differingFindings(before, changed({ ...promoted, jobHistory: [promotion, second] }), true)), [`${avm} cl-12`]) // prettier-ignore
    t.same(places(differingFindings(before, changed({ ...promoted, jobHistory: [promotion, second] }), false)), [], 'under other rules a note is a text') // prettier-ignore
    t.same(places(differingFindings(changed(soundCase), before, false)), [`${avm} cl-12`])
    t.equal(differingFindings(null, before, true).length, before.length)
    const reworded = before.map((finding) => ({ ...finding, message: { nl: 'Anders.', en: 'Other.' } }))
    t.same(differingFindings(before, reworded, true), [])
  },
)

const task = (kind: TaskKind, findings: readonly Finding[]): OpenTask => ({
  taskId: `task-${kind}`,
  kind,
  subject: { employmentId: 'e', personId: 'p' as PersonId, agreementId: 'agreement-1' },
  openedAt: at,
  entryId: 'entry' as EntryId,
  ground: {
    groundNumber: 1,
    legalCheckId: 'check-1',
    reasons: needsOf(standing(findings)).find((need) => need.kind === kind)?.reasons ?? [],
    causes: [],
    givenAt: at,
    entryId: 'entry' as EntryId,
  },
})

const steps = (
  before: typeof soundCase | null,
  now: typeof soundCase,
  openTasks: readonly OpenTask[],
  { causes = [], reviews = [] }: { causes?: readonly Cause[]; reviews?: readonly KeptReview[] } = {},
) => {
  const findings = changed(now)
  const found = stepsAfter({
    agreementId: 'agreement-1',
    legalCheckId: 'check-2',
    standings: standing(findings, reviews),
    differing: new Set(differingFindings(before && changed(before), findings, true).map(placeOf)),
    openTasks,
    causes,
  })
  return {
    open: found.open.map(({ kind }) => kind),
    reground: found.reground.map(({ task: each }) => each.taskId),
    close: found.close.map(({ closing }) => closing),
  }
}

const reaffirm = task('re-affirm', changed(promoted))
const laterAgreement: Cause = { subject: 'agreement', subjectId: 'agreement-2' }
const twice = { ...promoted, jobHistory: [promotion, { ...promotion, on: day('2026-10-01') }] }

t.test(
  'a change opens its task once, and one that says the same of other facts gives the open task a ground',
  async (t) => {
    t.same(steps(soundCase, promoted, []), { open: ['re-affirm'], reground: [], close: [] })
    t.same(steps(promoted, promoted, [reaffirm]), { open: [], reground: [], close: [] })
    t.same(steps(promoted, twice, [reaffirm]), { open: [], reground: ['task-re-affirm'], close: [] })
    t.same(steps(promoted, promoted, []), { open: [], reground: [], close: [] }, 'dismissed, and nothing new')
    t.same(steps(promoted, twice, []), { open: ['re-affirm'], reground: [], close: [] }, 'dismissed, and then another change') // prettier-ignore
    t.same(
      steps(null, promoted, []),
      { open: ['re-affirm'], reground: [], close: [] },
      'the first evaluation',
    )
  },
)

t.test('a task closes by what closed it', async (t) => {
  t.same(steps(promoted, agreedAgain, [reaffirm], { causes: [laterAgreement] }).close, [{ how: 'agreed', agreementId: 'agreement-2' }]) // prettier-ignore
  t.same(steps(promoted, agreedAgain, [reaffirm], { causes: [{ subject: 'agreement', subjectId: 'agreement-1' }] }).close, [{ how: 'settled', legalCheckId: 'check-2' }]) // prettier-ignore
  t.same(steps(promoted, soundCase, [reaffirm]).close, [{ how: 'settled', legalCheckId: 'check-2' }], 'the fact was taken back') // prettier-ignore
  const finding = changed(promoted).find(({ ruleId }) => ruleId === avm)!
  t.same(steps(promoted, promoted, [reaffirm], { reviews: [reviewOf(finding)] }).close, [{ how: 'reviewed', legalReviewId: 'review-1' }]) // prettier-ignore
  t.same(
    stepsAtEnd([reaffirm], null).close.map(({ closing }) => closing),
    [{ how: 'ended' }],
  )
  t.same(stepsAtEnd([reaffirm], 'agreement-3').close.map(({ closing }) => closing), [{ how: 'agreed', agreementId: 'agreement-3' }]) // prettier-ignore
})

t.test('decisions close a task when each of its reasons has one of its own inputs', async (t) => {
  const facts = { ...promoted, clauses: [soundClause, { ...soundClause, id: 'cl-14' }] }
  const findings = changed(facts).filter(({ ruleId }) => ruleId === avm)
  const both = task('re-affirm', findings)
  const [one, other] = findings.map((finding, index) =>
    reviewOf(finding, { legalReviewId: `review-${index}` }),
  )
  t.equal(settlingDecision(both, []), null)
  t.equal(settlingDecision(both, [one!]), null)
  t.equal(settlingDecision(both, [one!, other!])?.legalReviewId, 'review-1')
  t.equal(settlingDecision(both, [other!, one!])?.legalReviewId, 'review-0')
  t.equal(settlingDecision(both, [one!, { ...other!, outcome: 'fail' }]), null)
  t.equal(
    settlingDecision(both, [one!, other!, { ...other!, outcome: 'fail' }]),
    null,
    'the last word counts',
  )
  t.equal(settlingDecision(both, [one!, { ...other!, kind: 'override' }]), null)
  t.equal(settlingDecision(both, [one!, { ...other!, inputSha256: 'ff' }]), null)
  const failed = task('re-motivate', changed(renewal('conversion')))
  const fail = changed(renewal('conversion')).find(({ result }) => result === 'fail')!
  t.equal(settlingDecision(failed, [reviewOf(fail)]), null)
  t.equal(settlingDecision(failed, [reviewOf(fail, { kind: 'override', outcome: 'fail' })])?.legalReviewId, 'review-1') // prettier-ignore
  const unknown = task('review', changed((({ jobHistory: _, ...rest }) => rest)(soundCase)))
  t.equal(unknown.ground.reasons.length, 1)
  t.equal(settlingDecision(unknown, [reviewOf({ ...fail, ...unknown.ground.reasons[0]! } as Finding)]), null)
})

const sizes = [
  [{}, null],
  [{ headcount: 9, employeeBody: 'none' }, null],
  [{ headcount: 10, employeeBody: 'none' }, 'nl.wor-35c.representation'],
  [{ headcount: 49, employeeBody: 'pvt' }, null],
  [{ headcount: 50, employeeBody: 'pvt' }, 'nl.wor-2.works-council-due'],
  [{ headcount: 50 }, 'nl.wor-2.works-council-due'],
  [{ headcount: 5_000, employeeBody: 'or' }, null],
] as const
for (const [facts, ruleId] of sizes)
  t.test(`size: ${JSON.stringify(facts)}`, async (t) =>
    t.equal(councilReason(facts, { worksCouncilFrom: 50 })?.ruleId ?? null, ruleId),
  )
