import t from 'tap'
import { dutchRuleSet, evaluate, mayGoOn, standingOf } from '#jurisdictions'
import type { Facts, Moment, Result } from '#jurisdictions'
import { brokenCase, soundCase } from '../support/law-cases.ts'

const every: readonly Moment[] = ['draft', 'sign', 'publish', 'change', 'exit', 'enforce', 'operate']

/** The result of each rule; of the first clause where a rule is about clauses. */
function results(facts: Facts, moments: readonly Moment[] = every): Record<string, Result> {
  const { findings } = evaluate(dutchRuleSet, facts, moments)
  const found: Record<string, Result> = {}
  for (const finding of findings) found[finding.ruleId] ??= finding.result
  return found
}

t.test('a sound case: everything that can be seen is in order', async (t) => {
  t.match(results(soundCase), {
    'nl.7-653.1.adult': 'pass',
    'nl.7-653.1.written-signed': 'pass',
    'nl.7-653.1.indefinite-or-motivated': 'pass',
    'nl.7-653.2.motivation-specific-at-signing': 'na',
    'nl.7-653.settlement-needs-dispute': 'na',
    'nl.7-653.renewal-reaffirmed': 'na',
    'nl.hr-bc0384.annex-incorporation': 'na',
    'nl.hr-2017-364.annex-in-same-bundle': 'pass',
    'nl.hr-bc0384.link-is-not-annex': 'pass',
    'nl.7-653.acceptance-unconditional': 'pass',
    'nl.clause.language-understood': 'pass',
    'nl.7-653.scope-determinable': 'pass',
    'nl.bill-concurrentiebeding.readiness': 'pass',
    'nl.hr-avm.heavier-burden': 'pass',
    'nl.7-650.1-2.rules-amount-written': 'pass',
    'nl.7-650.3.destination': 'pass',
    'nl.7-650.5.half-day-cap': 'pass',
    'nl.7-650.6-7.above-minimum-wage': 'pass',
    'nl.7-651.1.no-double-recovery': 'pass',
    'nl.7-613.change-clause-written': 'na',
    'nl.7-653a.objective-reason': 'na',
    'nl.6-227a.four-requirements': 'pass',
    'nl.3-15a.level-fits-purpose': 'pass',
    'eu.eidas-26.ades': 'na',
    'eu.eidas-41-42.time': 'pass',
    'nl.wor-27.consent-recorded': 'pass',
    'eu.gdpr-6-7.no-consent-basis': 'pass',
    'eu.echr-8.monitoring-notice': 'pass',
    'eu.gdpr-5-17.retention-and-hold': 'pass',
    'nl.7-655.statement-form': 'unknown',
    'nl.7-660.instruction-scope': 'unknown',
  })
  const carveOut = evaluate(dutchRuleSet, soundCase, ['sign']).findings.filter(
    (finding) => finding.ruleId === 'nl.wbk.disclosure-carve-out',
  )
  t.same(
    carveOut.map((finding) => [finding.clauseId, finding.result]),
    [
      ['cl-12', 'na'],
      ['cl-13', 'pass'],
    ],
  )
})

t.test('a broken case: each defect is named, and nothing may be enforced', async (t) => {
  t.match(results(brokenCase), {
    'nl.7-653.1.adult': 'pass',
    'nl.7-653.1.written-signed': 'fail',
    'nl.7-653.1.indefinite-or-motivated': 'fail',
    'nl.7-653.2.motivation-specific-at-signing': 'fail',
    'nl.hr-bc0384.link-is-not-annex': 'fail',
    'nl.hr-2017-364.annex-in-same-bundle': 'fail',
    'nl.7-653.acceptance-unconditional': 'fail',
    'nl.7-653.scope-determinable': 'fail',
    'nl.bill-concurrentiebeding.readiness': 'fail',
    'nl.7-650.1-2.rules-amount-written': 'fail',
    'nl.7-650.3.destination': 'fail',
    'nl.7-650.5.half-day-cap': 'fail',
    'nl.7-650.6-7.above-minimum-wage': 'na',
    'nl.7-651.1.no-double-recovery': 'fail',
    'nl.6-227a.four-requirements': 'fail',
    'nl.3-15a.level-fits-purpose': 'fail',
    'eu.eidas-26.ades': 'na',
    'eu.eidas-41-42.time': 'lawyer',
    'nl.rv-159.attribution-pack': 'lawyer',
    'ack.kind-matches-claim': 'fail',
    'ack.in-force-at-event': 'fail',
    'nl.wor-27.consent-recorded': 'fail',
    'eu.gdpr-6-7.no-consent-basis': 'fail',
    'eu.echr-8.monitoring-notice': 'fail',
    'eu.gdpr-5-17.retention-and-hold': 'fail',
    'nl.7-678.warning-ladder': 'fail',
    'nl.7-653.settlement-needs-dispute': 'na',
    'nl.7-653.renewal-reaffirmed': 'na',
    'nl.7-613.change-clause-written': 'na',
    'nl.7-653a.objective-reason': 'na',
  })
  const { findings } = evaluate(dutchRuleSet, brokenCase, ['enforce'])
  t.notOk(mayGoOn(findings.map((finding) => standingOf(finding, []))))
  const cap = evaluate(dutchRuleSet, brokenCase, ['draft']).findings.find(
    (finding) => finding.ruleId === 'nl.7-650.5.half-day-cap',
  )
  t.match(cap?.message, { nl: /EUR 58,84/, en: /EUR 58\.84/ })
})

t.test(
  'the same facts give the same evaluation, and a fact that a rule reads gives another hash',
  async (t) => {
    const first = evaluate(dutchRuleSet, soundCase, every)
    t.same(evaluate(dutchRuleSet, structuredClone(soundCase), every), first)
    const raised = {
      ...soundCase,
      wage: { history: [{ ...soundCase.wage!.history![0]!, hourlyCents: 3_300 }] },
    }
    const second = evaluate(dutchRuleSet, raised, every)
    const changed = second.findings.filter(
      (finding, at) => finding.inputSha256 !== first.findings[at]!.inputSha256,
    )
    t.same(
      changed.map((finding) => finding.ruleId),
      ['nl.7-650.5.half-day-cap', 'nl.7-650.6-7.above-minimum-wage'],
    )
  },
)
