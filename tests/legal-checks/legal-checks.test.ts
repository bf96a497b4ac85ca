import t from 'tap'
import type { Facts } from '#jurisdictions'
import { brokenCase, soundCase, soundClause } from '../support/law-cases.ts'
import { retentionService } from '../support/retention-service.ts'
import { imported, somePeople } from '../support/story.ts'

const service = await retentionService(t)
const { own, other, send, ask, execute, adminQuery } = service
const [person] = await imported(service, own, somePeople(1))
const author = own.keys['hr-author']
const lawyer = own.keys.lawyer

const check = (facts: Facts, moments: readonly string[], more: object = {}) =>
  send('POST', '/v1/legal-checks', { as: author, body: { jurisdiction: 'nl', moments, facts, ...more } })

/** A fixed-term contract with a motivation that is complete in form: whether it weighs enough is for a lawyer. */
const fixedTerm: Facts = { ...soundCase, contract: { kind: 'fixed-term', renewals: [] } }
const specific = 'nl.7-653.2.motivation-specific-at-signing'

t.test(
  'an evaluation is kept with its hashes, stands in the ledger, and comes out the same again',
  async (t) => {
    const made = await check(brokenCase, ['draft', 'sign', 'enforce'], { personId: person })
    t.equal(made.status, 201, JSON.stringify(made.body))
    t.match(made.body, { jurisdiction: 'nl', regime: 'nl-2026-01', replay: 'same', mayGoOn: false, personId: person, contentErased: false }) // prettier-ignore
    t.match(made.body.passMeans.en, /no defect that this check can see/)
    const byRule = new Map(made.body.findings.map((each: { ruleId: string }) => [each.ruleId, each]))
    t.match(byRule.get('nl.7-650.5.half-day-cap'), {
      result: 'fail',
      standing: 'fail',
      stops: true,
      message: { nl: /58,84/ },
    })
    t.match(byRule.get('nl.hr-2017-364.annex-in-same-bundle'), {
      result: 'fail',
      message: { nl: /handbook/ },
    })
    const got = await send('GET', made.headers['location'] as string, { as: lawyer })
    t.same(got.body, made.body)
    const [entry] = await adminQuery<{ kind: string; disclosures: string[] }>(
      `select kind, disclosures from beding.ledger_entry join beding.entry_disclosure using (organisation_id, entry_id)
     where entry_id = '${made.body.entryId}'`,
    )
    t.equal(entry?.kind, 'legal-check-made')
    const disclosed = entry!.disclosures.map((each) => Buffer.from(each, 'base64url').toString()).join(' ')
    t.match(disclosed, made.body.findingsSha256)
    t.match(disclosed, 'nl.7-653.1.written-signed:cl-44:fail')
    t.notMatch(disclosed, '2003-10-02', 'facts about the person do not stand in the ledger')
  },
)

t.test(
  'a review closes a finding for its inputs, also in a later evaluation, and lapses when one changes',
  async (t) => {
    const made = await check(fixedTerm, ['draft'])
    t.equal(made.body.mayGoOn, false)
    const reviewed = await send('POST', `${made.headers['location'] as string}/reviews`, {
      as: lawyer,
      body: {
        ruleId: specific,
        clauseId: 'cl-12',
        outcome: 'pass',
        reviewer: 'mr. A. Bakker',
        reason: 'Names function and clients.',
      },
    })
    t.equal(reviewed.status, 201, JSON.stringify(reviewed.body))
    t.match((await send('GET', made.headers['location'] as string, { as: author })).body, {
      mayGoOn: true,
      replay: 'same',
    })
    t.equal((await check(fixedTerm, ['draft'])).body.mayGoOn, true, 'the same inputs')
    const reworded: Facts = {
      ...fixedTerm,
      clauses: [{ ...soundClause, motivation: { ...soundClause.motivation!, text: 'Iets anders.' } }],
    }
    t.equal(
      (await check(reworded, ['draft'])).body.mayGoOn,
      false,
      'another text, so the review does not hold',
    )
  },
)

t.test(
  'a blocker takes no override; a failed rule of severity major takes one by name, and stays failed',
  async (t) => {
    const vague: Facts = { ...soundCase, clauses: [{ ...soundClause, months: null }] }
    const made = await check(vague, ['draft'])
    const at = `${made.headers['location'] as string}/overrides`
    const approver = own.keys['hr-approver']
    const reason = 'The works council asked for this wording.'
    const scope = { ruleId: 'nl.7-653.scope-determinable', clauseId: 'cl-12', reviewer: 'J. de Boer', reason }
    const broken = await check(brokenCase, ['draft'])
    const blocker = await send('POST', `${broken.headers['location'] as string}/overrides`, { as: approver, body: { ...scope, ruleId: 'nl.7-651.1.no-double-recovery', clauseId: undefined } }) // prettier-ignore
    t.match(blocker.body, { status: 409, code: 'override-not-possible' })
    t.match((await send('POST', at, { as: author, body: scope })).body, { status: 403 })
    t.equal((await send('POST', at, { as: approver, body: scope })).status, 201)
    const now = await send('GET', made.headers['location'] as string, { as: author })
    const finding = now.body.findings.find((each: { ruleId: string }) => each.ruleId === scope.ruleId)
    t.match(finding, {
      result: 'fail',
      standing: 'fail',
      stops: false,
      review: { kind: 'override', reviewer: 'J. de Boer' },
    })
    const review = await send('POST', `${made.headers['location'] as string}/reviews`, { as: lawyer, body: { ...scope, outcome: 'pass' } }) // prettier-ignore
    t.match(review.body, { status: 409, code: 'review-not-possible' })
    t.match((await send('POST', at, { as: approver, body: { ...scope, clauseId: 'cl-99' } })).body, {
      code: 'finding-not-found',
    })
  },
)

t.test('a preview keeps nothing', async (t) => {
  const before = await adminQuery('select count(*) from beding.legal_check')
  const seen = await send('POST', '/v1/legal-checks/previews', { as: author, key: null, body: { jurisdiction: 'nl', moments: ['sign'], facts: soundCase } }) // prettier-ignore
  t.equal(seen.status, 200, JSON.stringify(seen.body))
  t.equal(
    seen.body.findings.find((each: { ruleId: string }) => each.ruleId === 'nl.7-653.1.adult').result,
    'pass',
  )
  const german = await send('POST', '/v1/legal-checks/previews', { as: author, key: null, body: { jurisdiction: 'de', moments: ['draft'], facts: soundCase } }) // prettier-ignore
  t.same(
    german.body.findings.map((each: { ruleId: string }) => each.ruleId),
    ['de.hgb-74a.1.two-years', 'de.hgb-74a.1.two-years'],
  )
  t.same(await adminQuery('select count(*) from beding.legal_check'), before)
})

t.test('what cannot be is refused with its place', async (t) => {
  const body = (facts: object) => ({
    jurisdiction: 'nl',
    moments: ['sign'],
    facts: { asOf: '2026-11-21', ...facts },
  })
  const bad: readonly (readonly [object, string])[] = [
    [{ employee: { birthDate: '2001-02-30' } }, '/facts/employee/birthDate'],
    [{ clauses: [{ id: 'c', kind: 'non_compete' }] }, '/facts/clauses/0/kind'],
    [{ clauses: [{ id: 'c', kind: 'relatiebeding', months: 1.5 }] }, '/facts/clauses/0/months'],
    [{ penalty: { amountCents: '5000' } }, '/facts/penalty/amountCents'],
    [{ bundle: { signedAt: '2026-03-02T15:05:00+01:00' } }, '/facts/bundle/signedAt'],
    [{ secret: true }, '/facts'],
  ]
  for (const [facts, pointer] of bad) {
    const refused = await send('POST', '/v1/legal-checks', { as: author, body: body(facts) })
    t.equal(refused.status, 400, pointer)
    t.ok(JSON.stringify(refused.body.errors).includes(pointer), JSON.stringify(refused.body.errors))
  }
  t.match((await send('POST', '/v1/legal-checks', { as: author, body: { ...body({}), jurisdiction: 'be' } })).body, { code: 'jurisdiction-not-found' }) // prettier-ignore
  t.match((await check({ ...soundCase, asOf: '1999-01-01' as never }, ['sign'])).body, {
    code: 'jurisdiction-not-found',
  })
  const stranger = await check(soundCase, ['sign'], { personId: '00000000-0000-7000-8000-000000000000' })
  t.match(stranger.body, { code: 'person-not-found' })
  const made = await check(soundCase, ['sign'])
  t.match((await send('GET', made.headers['location'] as string, { as: other.keys.lawyer })).body, { code: 'legal-check-not-found' }) // prettier-ignore
})

t.test('the rules are listed with their sources', async (t) => {
  const { body } = await send('GET', '/v1/rule-sets', { as: own.keys['hr-reader'] })
  t.same(
    body.ruleSets.map((each: { jurisdiction: string }) => each.jurisdiction),
    ['nl', 'de'],
  )
  t.ok(body.ruleSets[0].rules.length >= 40)
  t.match(body.ruleSets[0].rules[0], {
    id: 'nl.7-653.1.adult',
    source: /7:653/,
    basis: /VERIFIED/,
    severity: 'blocker',
  })
})

t.test('two questions: what a clause covers, and what a penalty comes to', async (t) => {
  const clause = {
    months: 12,
    answers: ['suppliers', 'prospects', 'initiative', 'online-contact'],
    covers: { suppliers: true, prospects: false, initiativeOfOther: true, onlineContact: true },
    listed: [{ name: 'Leverancier C', from: '2010-03-31', until: null }],
    exemptions: [],
  }
  const contact = { relation: 'Leverancier C', relationKind: 'supplier', channel: 'online-connection', startedBy: 'other', on: '2011-03-31' } // prettier-ignore
  const ask = (change: object) =>
    send('POST', '/v1/contact-questions', { as: lawyer, key: null, body: { clause, contact: { ...contact, ...change }, lastDay: '2010-03-31' } }) // prettier-ignore
  t.match((await ask({})).body, { answer: 'covered' })
  t.match((await ask({ on: '2011-04-01' })).body, { answer: 'not-covered' })
  t.match((await ask({ relation: 'Iemand anders' })).body, { answer: 'not-covered' })
  const terms = {
    amountCents: 1_000_000,
    perDayCents: 100_000,
    perDayFrom: 'day-after',
    maximumCents: null,
    currency: 'EUR',
  }
  const breach = { id: 'b1', from: '2010-09-15', until: '2010-09-17', capture: null }
  const count = (breaches: object[]) =>
    send('POST', '/v1/penalty-calculations', { as: lawyer, key: null, body: { terms, breaches } })
  t.match((await count([breach])).body, { sumCents: 1_200_000, shownCents: 0, lines: [{ days: 2 }] })
  const refused = await count([breach, { ...breach, until: '2010-09-01' }])
  t.match(refused.body, { code: 'breach-unfit', errors: [{ pointer: '/breaches/1/id' }] })
})

t.test('facts and findings go with the person; what was asked, and the hashes, stay', async (t) => {
  const made = await check(brokenCase, ['sign'], { personId: person })
  const asked = await ask('POST', `/v1/persons/${person}/erasure-requests`, { as: own.keys['hr-publisher'], body: { ground: 'Verzoek.' } }) // prettier-ignore
  t.equal(asked.status, 201, JSON.stringify(asked.body))
  const decision = { decision: 'confirm', reason: 'Terecht.' }
  await ask('POST', `/v1/erasure-proposals/${asked.body.proposalId}/decisions`, { as: own.keys['hr-approver'], body: decision }) // prettier-ignore
  await execute()
  const left = await send('GET', made.headers['location'] as string, { as: lawyer })
  t.match(left.body, { contentErased: true, replay: 'content-erased', findings: [], mayGoOn: false })
  t.equal(left.body.findingsSha256, made.body.findingsSha256)
  t.same(
    await adminQuery(
      `select * from beding.legal_check_content where legal_check_id = '${made.body.legalCheckId}'`,
    ),
    [],
  )
})
