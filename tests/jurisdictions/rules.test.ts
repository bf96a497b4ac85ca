import t from 'tap'
import { dutchRuleSet, evaluate } from '#jurisdictions'
import type { ClauseFacts, Facts, Moment, Result } from '#jurisdictions'
import { day, moment, soundCase, soundClause, soundPenalty } from '../support/law-cases.ts'

/** Facts like the sound case, with other members. */
type Change = { readonly [Name in keyof Facts]?: Partial<Facts[Name]> | Facts[Name] }

function like(change: Change): Facts {
  const facts: Record<string, unknown> = { ...soundCase }
  for (const [name, value] of Object.entries(change)) {
    const before = facts[name]
    const merge =
      typeof value === 'object' && value !== null && !Array.isArray(value) && typeof before === 'object'
    facts[name] = merge ? { ...before, ...value } : value
  }
  return facts as Facts
}

const clause = (change: Partial<ClauseFacts>): Change => ({ clauses: [{ ...soundClause, ...change }] })
const fixedTerm: Change = { contract: { kind: 'fixed-term', renewals: [] } }
const main = soundCase.bundle!.manifest!

/** For each rule: the moment, what fits, what does not, and what is said then. */
const table: readonly (readonly [string, Moment, Change, Result, Change, Result])[] = [
  ['nl.7-653.1.adult', 'sign', { employee: { birthDate: day('2001-05-04') } }, 'pass', { employee: { birthDate: day('2008-09-01') } }, 'fail'],
  ['nl.7-653.1.written-signed', 'sign', {}, 'pass', { ...clause({ locatedIn: 'policy', documentSha256: 'ff' }), bundle: { clauseConsents: [] } }, 'fail'],
  ['nl.7-653.1.indefinite-or-motivated', 'sign', fixedTerm, 'pass', { ...fixedTerm, ...clause({ motivation: { ...soundClause.motivation!, locatedWithClause: false } }) }, 'fail'],
  ['nl.7-653.2.motivation-specific-at-signing', 'draft', fixedTerm, 'lawyer', { ...fixedTerm, ...clause({ motivation: { ...soundClause.motivation!, functionRef: '' } }) }, 'fail'],
  ['nl.hr-bc0384.annex-incorporation', 'sign', clause({ locatedIn: 'annex', documentSha256: 'cc03' }), 'pass', { ...clause({ locatedIn: 'annex', documentSha256: 'cc03' }), bundle: { statement: { text: 'Ontvangen.', expresses: 'receipt' } } }, 'fail'],
  ['nl.hr-2017-364.annex-in-same-bundle', 'sign', {}, 'pass', { bundle: { manifest: main.slice(0, 2) } }, 'fail'],
  ['nl.hr-bc0384.link-is-not-annex', 'draft', {}, 'pass', clause({ locatedIn: 'link' }), 'fail'],
  ['nl.7-653.acceptance-unconditional', 'sign', {}, 'pass', { bundle: { conditionText: 'in principe akkoord, ik teken morgen' } }, 'fail'],
  ['nl.7-653.renewal-reaffirmed', 'change', { contract: { renewals: [{ on: day('2026-07-01'), kind: 'conversion', changedMore: false }] }, reaffirmations: [{ clauseId: 'cl-12', on: day('2026-07-01') }] }, 'pass', { ...clause({ motivation: null }), contract: { renewals: [{ on: day('2026-07-01'), kind: 'conversion', changedMore: false }] } }, 'fail'],
  ['nl.7-653.settlement-needs-dispute', 'sign', { contract: { kind: 'settlement', existingDispute: 'bonus 2025' } }, 'lawyer', { contract: { kind: 'settlement', existingDispute: '' } }, 'fail'],
  ['nl.hr-avm.heavier-burden', 'change', { jobHistory: [{ on: day('2026-06-01'), changed: ['function'], foreseen: false }], reaffirmations: [{ clauseId: 'cl-12', on: day('2026-06-03') }] }, 'pass', { jobHistory: [{ on: day('2026-06-01'), changed: ['function'], foreseen: false }] }, 'lawyer'],
  ['nl.7-653.4-5.exit-check', 'exit', { employee: { lastDay: day('2026-10-31') }, exit: { seriousFault: 'none' } }, 'pass', { employee: { lastDay: day('2026-10-31') }, exit: { seriousFault: 'employer' } }, 'fail'],
  ['nl.7-653.scope-determinable', 'draft', {}, 'pass', clause({ months: null }), 'fail'],
  ['nl.clause.language-understood', 'sign', {}, 'pass', { employee: { languages: ['pl'] } }, 'lawyer'],
  ['nl.bill-concurrentiebeding.readiness', 'draft', {}, 'pass', clause({ months: 24, area: '' }), 'fail'],
  ['nl.7-650.1-2.rules-amount-written', 'sign', {}, 'pass', { penalty: { ...soundPenalty, coveredRules: [] } }, 'fail'],
  ['nl.7-650.3.destination', 'draft', { penalty: { benefitsEmployer: false, destination: 'de personeelsvereniging', derogations: { lid3: 'none', lid4: 'none', lid5: 'none' } } }, 'pass', { penalty: { derogations: { lid3: 'none', lid4: 'none', lid5: 'none' } } }, 'fail'],
  ['nl.7-650.5.half-day-cap', 'enforce', { penalty: { amountCents: 6_000, derogations: { lid3: 'none', lid4: 'none', lid5: 'none' } }, wage: { history: [{ from: day('2026-01-01'), hourlyCents: 2_000, hoursPerDay: 8 }] } }, 'pass', { penalty: { amountCents: 1_000_000, derogations: { lid3: 'none', lid4: 'none', lid5: 'none' } } }, 'fail'],
  ['nl.7-650.6-7.above-minimum-wage', 'enforce', {}, 'pass', { wage: { history: [{ from: day('2026-01-01'), hourlyCents: 1_471, hoursPerDay: 8 }] } }, 'fail'],
  ['nl.7-651.1.no-double-recovery', 'draft', {}, 'pass', { penalty: { cumulatesWithDamages: 'yes' } }, 'fail'],
  ['nl.7-613.change-clause-written', 'change', { change: { route: '7:613', target: 'other-term', writtenChangeClause: true } }, 'lawyer', { change: { route: '7:613', target: 'penalty', writtenChangeClause: true } }, 'fail'],
  ['nl.7-660.instruction-scope', 'publish', { policyVersion: { rules: [rule({})] } }, 'pass', { policyVersion: { rules: [rule({ afterEmployment: true })] } }, 'fail'],
  ['nl.7-653a.objective-reason', 'enforce', clause({ kind: 'nevenwerkzaamhedenbeding', objectiveReason: 'conflict-of-interest' }), 'pass', clause({ kind: 'nevenwerkzaamhedenbeding', objectiveReason: null }), 'fail'],
  ['nl.wbk.disclosure-carve-out', 'publish', clause({ kind: 'geheimhoudingsbeding', carveOut: { languages: ['nl', 'en'] } }), 'pass', clause({ kind: 'geheimhoudingsbeding', carveOut: null }), 'fail'],
  ['nl.wbk.policy-carve-out', 'publish', { policyVersion: { rules: [rule({ asksBeforeSpeaking: true })], carveOut: { languages: ['nl', 'en'] }, languages: ['nl', 'en'] } }, 'pass', { policyVersion: { rules: [rule({ asksBeforeSpeaking: true })], carveOut: { languages: ['nl'] }, languages: ['nl', 'en'] } }, 'fail'],
  ['nl.7-655.statement-form', 'sign', { statement655: { form: 'electronic', signatureLevel: 'qes', storableByEmployee: true, issuedOn: day('2026-04-03'), dueOn: day('2026-04-08') } }, 'pass', { statement655: { form: 'electronic', signatureLevel: 'ses', storableByEmployee: true, issuedOn: day('2026-04-03'), dueOn: day('2026-04-08') } }, 'fail'],
  ['nl.6-227a.four-requirements', 'sign', {}, 'pass', { signature: { idProofing: 'none' } }, 'fail'],
  ['nl.3-15a.level-fits-purpose', 'sign', {}, 'pass', { signature: { level: 'click' } }, 'fail'],
  ['nl.3-15a.policy-level-fits-purpose', 'enforce', { signature: { evidenceLevel: 'E4' } }, 'pass', { signature: { evidenceLevel: 'E1' } }, 'fail'],
  ['eu.eidas-26.ades', 'sign', { signature: { level: 'ades', criteria26: criteria({}) } }, 'pass', { signature: { level: 'ades', criteria26: criteria({ soleControl: false }) } }, 'fail'],
  ['eu.eidas-41-42.time', 'sign', {}, 'pass', { evidence: { lastAnchorAt: moment('2026-11-12 00:00') } }, 'fail'],
  ['nl.rv-156a.reproducible', 'operate', { evidence: { rerenderedSha256: 'aa01' } }, 'pass', { evidence: { rerenderedSha256: 'bb' } }, 'fail'],
  ['nl.rv-159.attribution-pack', 'enforce', { evidence: { signatureStatus: 'untested', custodianStatement: 'cs-1' } }, 'pass', { evidence: { signatureStatus: 'denied' } }, 'lawyer'],
  ['ack.kind-matches-claim', 'enforce', { acknowledgement: { kind: 'seen', claimUsedFor: 'knowledge' } }, 'pass', { acknowledgement: { kind: 'agreed-conditionally', claimUsedFor: 'agreement' } }, 'fail'],
  ['ack.exact-version-shown', 'sign', { acknowledgement: shown('a1') }, 'pass', { acknowledgement: shown('a2') }, 'fail'],
  ['nl.3-37.reached', 'publish', { acknowledgement: { channelReceipts: [receipt('accepted', '2026-05-01 10:00')] } }, 'pass', { acknowledgement: { channelReceipts: [receipt('accepted', '2026-05-01 10:00'), receipt('bounced', '2026-05-01 10:05')] } }, 'fail'],
  ['ack.in-force-at-event', 'enforce', happened('2026-05-20 12:00'), 'pass', happened('2026-01-05 12:00'), 'fail'],
  ['nl.wor-27.consent-recorded', 'publish', {}, 'pass', { worksCouncil: { policySha256: 'draft-2' } }, 'fail'],
  ['eu.gdpr-6-7.no-consent-basis', 'draft', { privacy: { legalBasis: 'legitimate-interest', processing: 'ack-evidence' } }, 'pass', { privacy: { legalBasis: 'consent', processing: 'ack-evidence' } }, 'fail'],
  ['eu.echr-8.monitoring-notice', 'operate', {}, 'pass', { privacy: { noticeDeliveredAt: moment('2026-05-01 00:00') } }, 'fail'],
  ['eu.gdpr-5-17.retention-and-hold', 'operate', { privacy: { retainUntil: day('2024-08-31'), deletedAt: moment('2024-09-01 00:00'), tombstoneSha256: 'dd' } }, 'pass', { privacy: { retainUntil: day('2024-08-31') } }, 'fail'],
  ['nl.7-678.warning-ladder', 'enforce', sanction([{ ruleId: 'r1', at: moment('2026-01-16 09:00'), delivered: true }]), 'pass', sanction([]), 'lawyer'],
] // prettier-ignore

function rule(change: object) {
  return { id: 'r1', number: 1, scope: 'working-time', fine: false, afterEmployment: false, waivesRight: false, asksBeforeSpeaking: false, ...change } as const // prettier-ignore
}
function criteria(change: object) {
  return { unique: true, identifies: true, soleControl: true, tamperEvident: true, ...change }
}
function shown(presentedSha256: string) {
  return {
    versionSha256: 'a1',
    presentedSha256,
    presentedAt: moment('2026-05-01 09:14'),
    actedAt: moment('2026-05-01 09:31'),
  }
}
function receipt(status: 'accepted' | 'bounced', at: string) {
  return { status, at: moment(at), addressBasis: 'used last week' }
}
function happened(at: string): Change {
  return {
    event: { occurredAt: moment(at), ruleId: 'r1' },
    policyVersion: { validFrom: moment('2026-01-01 00:00'), validTo: null, rules: [rule({})] },
    acknowledgement: { actedAt: moment('2026-01-09 10:00') },
  }
}
function sanction(warnings: Facts['warnings'] & object): Change {
  return {
    warnings,
    event: {
      occurredAt: moment('2026-02-02 20:00'),
      discoveredAt: moment('2026-02-03 08:00'),
      decidedAt: moment('2026-02-06 08:00'),
      ruleId: 'r1',
      capture: { sha256: 'ab', capturedAt: moment('2026-02-03 08:10') },
    },
  }
}

t.test('every rule has an example that fits and one that does not', async (t) => {
  const listed = table.map(([id]) => id)
  t.same(listed.toSorted(), dutchRuleSet.rules.map((each) => each.id).toSorted())
  for (const [id, at, fits, good, fitsNot, bad] of table) {
    t.equal(resultOf(id, at, like(fits)), good, `${id} fits`)
    t.equal(resultOf(id, at, like(fitsNot)), bad, `${id} does not fit`)
  }
})

t.test('without facts no rule passes', async (t) => {
  const moments = ['draft', 'sign', 'publish', 'change', 'exit', 'enforce', 'operate'] as const
  const bare: Facts = { asOf: day('2026-11-21'), clauses: [{ id: 'c', kind: 'relatiebeding' }] }
  const { findings } = evaluate(dutchRuleSet, bare, moments)
  for (const { ruleId, result, missing } of findings) {
    t.ok(result === 'unknown' || result === 'na', `${ruleId} is ${result}`)
    if (result === 'unknown') t.equal(missing.length, 1, `${ruleId} says what is missing`)
  }
  t.ok(findings.filter((finding) => finding.result === 'unknown').length > 25)
})

t.test(
  'every message and every source is there in both languages, with its placeholders filled',
  async (t) => {
    for (const [id, at, , , fitsNot] of table) {
      const finding = findingOf(id, at, like(fitsNot))!
      for (const text of [finding.message.nl, finding.message.en, finding.source, finding.basis])
        t.ok(text.length > 5 && !text.includes('{'), `${id}: ${text}`)
      if (finding.result === 'fail') t.notMatch(finding.message.nl, '…', id)
    }
  },
)

t.test('a ronselbeding is judged case by case: what fails for a covenant is for a lawyer', async (t) => {
  const facts = like(clause({ kind: 'ronselbeding', months: null }))
  t.equal(resultOf('nl.7-653.scope-determinable', 'draft', facts), 'lawyer')
  t.equal(resultOf('nl.3-15a.level-fits-purpose', 'sign', like({ ...clause({ kind: 'ronselbeding' }), signature: { level: 'click' } })), 'fail') // prettier-ignore
})

function findingOf(id: string, at: Moment, facts: Facts) {
  return evaluate(dutchRuleSet, facts, [at]).findings.find((finding) => finding.ruleId === id)
}

function resultOf(id: string, at: Moment, facts: Facts): Result | undefined {
  return findingOf(id, at, facts)?.result
}
