import t from 'tap'
import { aDeal, conclude, keysEnrolled, offered, ok, signedAll } from '../support/agreements.ts'
import { clauseOf } from '../support/composed-annexes.ts'
import { lastDayFrom, sendFacts } from '../support/employments.ts'
import { testService } from '../support/service.ts'

const service = await testService(t)
const { own, send } = service
const lawyer = own.keys.lawyer

const deal = await aDeal(service, 'Q', {
  clauses: (templates) => [clauseOf(templates, 'relatiebeding'), clauseOf(templates, 'boetebeding')],
})
const agreement = await offered(service, deal)
await keysEnrolled(service, deal, agreement)
await signedAll(service, agreement.links.employee, deal.employee)
await signedAll(service, agreement.links.representative, deal.representative)
const concluded = await ok(conclude(service, agreement.agreementId))
const { personId } = deal.employee
const signedOn = service.platform.clock().slice(0, 10)

const ask = async (on: string, contact: object = {}) =>
  ok(
    send('POST', `/v1/persons/${personId}/contact-questions`, {
      as: lawyer,
      body: { contact: { relation: 'Jansen & Zn', relationKind: 'customer', channel: 'call', startedBy: 'employee', on, ...contact }, captureIds: [] }, // prettier-ignore
    }),
  )

t.test('an annex binds from the day both signed, with the acts and the hash that prove it', async (t) => {
  const answer = await ok(send('GET', `/v1/persons/${personId}/obligations?on=${signedOn}`, { as: lawyer }))
  t.match(answer.agreements, [{ state: 'in-force', binds: true, bundleSha256: agreement.bundleSha256, conclusion: { outcome: 'concluded' }, annexes: [{ annexId: deal.annexId, binds: true, clauses: [{ kind: 'relatiebeding', months: 12 }, { kind: 'boetebeding' }] }] }], JSON.stringify(concluded)) // prettier-ignore
  t.ok(answer.agreements[0].employeeActs.length >= 3, 'the main statement and one for each covenant')
  t.same(answer.bundles, [], 'the ceremony of an agreement is told once')
  const before = await ok(send('GET', `/v1/persons/${personId}/obligations?on=2026-11-20`, { as: lawyer }))
  t.same(before.agreements, [], 'before it was offered')
  const other = await ok(send('GET', `/v1/persons/${deal.representative.personId}/obligations?on=${signedOn}`, { as: lawyer })) // prettier-ignore
  t.match(other, { agreements: [], bundles: [] }, 'who signs for the employer is not bound')
})

t.test('the term runs from a leap day to the last of February, and each edge is told', async (t) => {
  t.match(
    (await ask('2028-03-01')).clauses,
    [{ answer: 'not-covered', lastDay: null }],
    'no last day is known',
  )
  await ok(sendFacts(service, own, deal.employmentId, [lastDayFrom('2026-11-24', '2028-02-29')]))
  const answers = await Promise.all(
    ['2028-02-28', '2028-02-29', '2028-03-01', '2029-02-28', '2029-03-01'].map(async (on) => [on, (await ask(on)).answer]), // prettier-ignore
  )
  t.same(answers, [
    ['2028-02-28', 'not-covered'],
    ['2028-02-29', 'not-covered'],
    ['2028-03-01', 'covered'],
    ['2029-02-28', 'covered'],
    ['2029-03-01', 'not-covered'],
  ])
  const terms = async (on: string) =>
    (await ok(send('GET', `/v1/persons/${personId}/terms?on=${on}`, { as: lawyer }))).clauses[0]
  t.match(await terms('2028-02-29'), { state: 'employment-runs', runsUntil: '2029-02-28' })
  t.match(await terms('2029-02-28'), { state: 'running', runsUntil: '2029-02-28' })
  t.match(await terms('2029-03-01'), { state: 'over' })
})

t.test('a name that differs by its legal form is for a lawyer; one that is not listed is free', async (t) => {
  t.equal((await ask('2028-03-01', { relation: 'jansen  & zn' })).answer, 'covered', 'case and space')
  t.equal((await ask('2028-03-01', { relation: 'Çelik BV' })).answer, 'lawyer')
  t.equal((await ask('2028-03-01', { relation: 'Iemand Anders' })).answer, 'not-covered')
})

t.test('the penalty is that of the signed clause, with the wage and the minimum on both days', async (t) => {
  const breaches = [{ id: 'b1', from: '2028-03-01', until: '2028-03-04', captureId: null }]
  const found = await ok(send('POST', `/v1/persons/${personId}/penalty-questions`, { as: lawyer, body: { breaches } })) // prettier-ignore
  const [clause] = found.clauses
  t.match(clause, { clauseId: 'B.2', terms: { amountCents: 1_000_000, perDayCents: 100_000 }, atSigning: { hourlyCents: 4_000, minimum: { hourlyCents: 1_471 } }, atBreach: { day: '2028-03-01', hourlyCents: 4_000, minimum: { old: true } } }) // prettier-ignore
  t.equal(clause.calculation.sumCents, 1_000_000 + clause.calculation.lines[0].days * 100_000)
  t.ok(clause.calculation.arguments.length > 1)
  t.ok(clause.findings.some((each: { ruleId: string }) => each.ruleId === 'nl.7-650.6-7.above-minimum-wage'))
})

t.test('who has the clause is not missing it', async (t) => {
  const page = await ok(send('GET', `/v1/missing-clauses?kind=relatiebeding&on=${signedOn}`, { as: lawyer }))
  const missing = page.items.find((each: { personId: string }) => each.personId === personId)
  t.same(missing?.failedRules ?? [], [], JSON.stringify(missing))
  t.equal(missing, undefined)
})

t.test(
  'a clause whose act is denied binds on no day, covers nothing, and who has it is missing one',
  async (t) => {
    const denial = { ground: 'not-me', words: 'Dat was ik niet.', language: 'nl' }
    t.equal((await send('POST', '/v1/acts/current/denials', { as: agreement.links.employee, body: denial })).status, 201) // prettier-ignore
    const answer = await ok(send('GET', `/v1/persons/${personId}/obligations?on=${signedOn}`, { as: lawyer }))
    t.match(answer.agreements, [{ binds: false, annexes: [{ annexId: deal.annexId, binds: false }] }])
    t.not((await ask('2028-03-01')).answer, 'covered')
    const missing = async (on: string) =>
    (await ok(send('GET', `/v1/missing-clauses?kind=relatiebeding&on=${on}`, { as: lawyer }))).items.find((each: { personId: string }) => each.personId === personId) // prettier-ignore
    t.match(await missing('2028-02-29'), { agreementIds: [agreement.agreementId] }, 'on the last day')
    t.equal(await missing('2028-03-01'), undefined, 'nobody who has left is missing a clause')
  },
)
