import t from 'tap'
import { toInstant } from '#core'
import { aContract, anEmployment, functionFrom, lastDayFrom, sendEmployment, sendFacts, startedOn, wageFrom, type StatedFact } from '../support/employments.ts' // prettier-ignore
import { testService, type TestService } from '../support/service.ts'
import { imported, somePeople } from '../support/story.ts'

type Fact = { kind: string; factId: string; validFrom: string; value: unknown; backDated: boolean }

async function on(
  service: TestService,
  employmentId: string,
  query = '',
): Promise<any> /* oxlint-disable-line typescript/no-explicit-any -- taken apart by the test */ {
  const answer = await service.send('GET', `/v1/employments/${employmentId}${query}`, {
    as: service.own.keys.lawyer,
  })
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body
}

const valueOf = (body: { facts: Fact[] }, kind: string) =>
  body.facts.find((fact) => fact.kind === kind)?.value

t.test(
  'EM1: of each kind the fact that began last counts, also at the ends of months and of a leap day',
  async (t) => {
    const service = await testService(t)
    const [personId] = await imported(service, service.own, somePeople(1))
    const employmentId = await anEmployment(service, service.own, personId!, [
      startedOn('2024-01-31'),
      functionFrom('2024-01-31', 'Verkoper'),
      functionFrom('2024-02-29', 'Accountmanager'),
      wageFrom('2024-01-31', 2500),
    ])
    const told = async (day: string) =>
    (valueOf(await on(service, employmentId, `?on=${day}`), 'function') as { description: string } | undefined)?.description // prettier-ignore
    t.equal(await told('2024-01-30'), undefined, 'the day before it began')
    t.equal(await told('2024-01-31'), 'Verkoper')
    t.equal(await told('2024-02-28'), 'Verkoper')
    t.equal(await told('2024-02-29'), 'Accountmanager', 'on the leap day itself')
    t.equal(await told('2024-03-01'), 'Accountmanager')
    t.equal(
      (await on(service, employmentId, '?on=2024-03-31')).on,
      '2024-03-31',
      'the day on which clocks go forward',
    )
    t.same(
      valueOf(await on(service, employmentId, '?on=1950-01-01'), 'started'),
      { day: '2024-01-31' },
      'the first day does not depend on the day that is asked about',
    )
    const today = await on(service, employmentId)
    t.equal(today.on, '2026-11-21')
    t.equal(today.knownAt, '2026-11-21T08:00:00.000Z')
    const tomorrow = await service.send('GET', `/v1/employments/${employmentId}?on=2026-02-29`, { as: service.own.keys.lawyer }) // prettier-ignore
    t.equal(tomorrow.status, 400, 'a day that does not exist')
  },
)

t.test('EM2: a back-dated fact is taken and says so, and never changes what was known before', async (t) => {
  const service = await testService(t)
  const [personId] = await imported(service, service.own, somePeople(1))
  const employmentId = await anEmployment(service, service.own, personId!, [
    startedOn('2025-01-01'),
    functionFrom('2025-01-01', 'Verkoper'),
  ])
  const before = await on(service, employmentId, '?on=2025-06-01&knownAt=2026-11-21T08:00:00.000Z')
  service.platform.setClock(toInstant('2026-11-25T23:30:00.000Z'))
  const answer = await sendFacts(service, service.own, employmentId, [
    functionFrom('2025-03-01', 'Directeur'),
  ])
  t.equal(answer.status, 201)
  t.equal(answer.body.facts[0].backDated, true)
  const future = await sendFacts(service, service.own, employmentId, [functionFrom('2026-11-26', 'Adviseur')])
  t.equal(
    future.body.facts[0].backDated,
    false,
    'half past midnight in the Netherlands: it holds from the day on which it was recorded',
  )
  t.same(
    await on(service, employmentId, '?on=2025-06-01&knownAt=2026-11-21T08:00:00.000Z'),
    before,
    'as it was known then, letter for letter',
  )
  t.same(valueOf(await on(service, employmentId, '?on=2025-06-01'), 'function'), { description: 'Directeur', foreseen: false }) // prettier-ignore
  t.same(valueOf(await on(service, employmentId, '?on=2025-02-28'), 'function'), { description: 'Verkoper', foreseen: false }) // prettier-ignore
})

t.test('EM3: a fact that was wrong is taken back with a reason, and stays known as of then', async (t) => {
  const service = await testService(t)
  const [personId] = await imported(service, service.own, somePeople(1))
  const employmentId = await anEmployment(service, service.own, personId!, [startedOn('2025-01-01')])
  const wrong = (await sendFacts(service, service.own, employmentId, [wageFrom('2025-01-01', 25_00)])).body.facts[0] as Fact // prettier-ignore
  service.platform.advanceClock(60_000)
  const mended = await sendFacts(
    service,
    service.own,
    employmentId,
    [wageFrom('2025-01-01', 26_00)],
    [{ factId: wrong.factId, reason: 'Typefout in de salarisstrook.' }],
  )
  t.equal(mended.status, 201)
  t.equal(mended.body.facts.length, 2)
  t.equal(mended.body.facts[0].retraction.reason, 'Typefout in de salarisstrook.')
  const then = await on(service, employmentId, '?on=2025-06-01&knownAt=2026-11-21T08:00:30.000Z')
  t.match(valueOf(then, 'wage'), { hourlyCents: 25_00 })
  t.match(valueOf(await on(service, employmentId, '?on=2025-06-01'), 'wage'), { hourlyCents: 26_00 })
  const again = await sendFacts(
    service,
    service.own,
    employmentId,
    [],
    [{ factId: wrong.factId, reason: 'R' }],
  )
  t.equal(again.body.code, 'employment-fact-retracted')
  const retraction = mended.body.facts[0].retraction.factId as string
  const ofRetraction = await sendFacts(service, service.own, employmentId, [], [{ factId: retraction, reason: 'R' }]) // prettier-ignore
  t.equal(ofRetraction.body.code, 'employment-fact-not-found', 'a retraction is not taken back')
  const all = await service.send('GET', `/v1/employments/${employmentId}/facts`, { as: service.own.keys['hr-reader'] }) // prettier-ignore
  t.equal(all.body.facts.length, 3)
  const entries = await service.adminQuery<{ kind: string }>(
    `select kind from beding.ledger_entry where kind like 'employment-%' order by entry_index`,
  )
  t.same(
    entries.map(({ kind }) => kind),
    ['employment-recorded', 'employment-fact-recorded', 'employment-fact-recorded', 'employment-fact-retracted', 'employment-fact-recorded'], // prettier-ignore
  )
})

t.test('EM4: nobody is asked what will be known', async (t) => {
  const service = await testService(t)
  const [personId] = await imported(service, service.own, somePeople(1))
  const employmentId = await anEmployment(service, service.own, personId!)
  const answer = await service.send(
    'GET',
    `/v1/employments/${employmentId}?knownAt=2026-11-21T08:00:00.001Z`,
    {
      as: service.own.keys.lawyer,
    },
  )
  t.equal(answer.status, 422)
  t.equal(answer.body.code, 'known-at-in-future')
  const before = await on(service, employmentId, '?knownAt=2026-11-21T07:59:59.999Z')
  t.same(before.facts, [], 'before it was recorded nothing was known')
})

t.test('EM5: two employments of a person never have a day in common', async (t) => {
  const service = await testService(t)
  const [personId, otherId] = await imported(service, service.own, somePeople(2))
  const first = await anEmployment(service, service.own, personId!, [
    startedOn('2023-01-01'),
    lastDayFrom('2024-02-01', '2024-02-29'),
  ])
  const same = await sendEmployment(service, service.own, personId!, [startedOn('2024-02-29')])
  t.equal(same.status, 409)
  t.equal(same.body.code, 'employment-overlaps')
  t.match(same.body.errors[0].message, first)
  const next = await anEmployment(service, service.own, personId!, [startedOn('2024-03-01')])
  t.equal(
    (await sendEmployment(service, service.own, personId!, [startedOn('2030-01-01')])).body.code,
    'employment-overlaps',
    'one without an end runs on',
  )
  t.equal((await sendFacts(service, service.own, first, [lastDayFrom('2024-02-15', null)])).body.code, 'employment-overlaps', 'an end that is taken back') // prettier-ignore
  const started = (await on(service, next)).facts[0] as Fact
  t.equal(
    (await sendFacts(service, service.own, next, [startedOn('2024-02-29')], [{ factId: started.factId, reason: 'R' }])).body.code, // prettier-ignore
    'employment-overlaps',
  )
  await anEmployment(service, service.own, otherId!, [startedOn('2024-02-01')])
  const both = await Promise.all([
    sendEmployment(service, service.own, personId!, [startedOn('2020-01-01'), lastDayFrom('2020-01-01', '2020-06-30')]), // prettier-ignore
    sendEmployment(service, service.own, personId!, [startedOn('2020-06-30'), lastDayFrom('2020-01-01', '2020-12-31')]), // prettier-ignore
  ])
  t.same(both.map(({ status }) => status).toSorted(), [201, 409], 'of two at once one is refused')
})

t.test('EM6: what cannot be true is refused with where and how to mend it', async (t) => {
  const service = await testService(t)
  const [personId] = await imported(service, service.own, somePeople(1))
  const codes = async (facts: readonly StatedFact[]) => {
    const { body } = await sendEmployment(service, service.own, personId!, facts)
    return (body.errors ?? []).map((error: { code: string }) => error.code)
  }
  t.same(await codes([functionFrom('2024-01-01', 'Verkoper')]), ['first-day-missing'])
  t.same(await codes([startedOn('2024-01-01'), lastDayFrom('2023-12-01', '2023-12-31')]), [
    'end-before-start',
  ])
  t.same(await codes([startedOn('2024-01-01'), { kind: 'birth-date', value: { day: '2024-01-01' } }]), ['born-after-start']) // prettier-ignore
  t.same(await codes([startedOn('2024-01-01'), { kind: 'birth-date', value: { day: '2027-01-01' } }]), ['day-unfit', 'born-after-start']) // prettier-ignore
  t.same(await codes([startedOn('2024-01-01'), functionFrom('2024-01-01', 'A'), functionFrom('2024-01-01', 'B')]), ['fact-twice']) // prettier-ignore
  t.same(await codes([startedOn('2024-01-01'), { kind: 'languages', validFrom: '2024-01-01', value: { languages: ['nl', 'nl'] } }]), ['language-twice']) // prettier-ignore
  const shapes = [
    {
      kind: 'wage',
      validFrom: '2024-01-01',
      value: { hourlyCents: '2500', hoursPerDay: 8, foreseen: false },
    },
    { kind: 'wage', validFrom: '2024-01-01', value: { hourlyCents: 25.5, hoursPerDay: 8, foreseen: false } },
    { kind: 'salary', validFrom: '2024-01-01', value: {} },
    { kind: 'function', value: { description: 'A', foreseen: false } },
    { kind: 'birth-date', validFrom: '2024-01-01', value: { day: '2000-01-01' } },
    { kind: 'function', validFrom: '2023-02-29', value: { description: 'A', foreseen: false } },
  ]
  for (const shape of shapes)
    t.equal((await sendEmployment(service, service.own, personId!, [startedOn('2024-01-01'), shape])).status, 400, JSON.stringify(shape)) // prettier-ignore
  const child = await sendEmployment(service, service.own, personId!, [
    startedOn('2026-11-01'),
    { kind: 'birth-date', value: { day: '2010-11-02' } },
  ])
  t.equal(child.status, 201, 'a minor may work; what a minor may sign is for the rules of law')
})

t.test(
  'EM7: what was recorded waits for those who ask the law again, and nothing breaks until they come',
  async (t) => {
    const service = await testService(t)
    const [personId] = await imported(service, service.own, somePeople(1))
    const employmentId = await anEmployment(service, service.own, personId!)
    const body = { kind: 'headcount', validFrom: '2026-01-01', value: { count: 51 } }
    const answer = await service.send('POST', '/v1/organisation-facts', {
      as: service.own.keys['hr-author'],
      body,
    })
    t.equal(answer.status, 201)
    t.equal(answer.body.backDated, true)
    await service.send('POST', `/v1/employments/${employmentId}/contracts`, { as: service.own.keys['hr-author'], body: aContract() }) // prettier-ignore
    const waiting = await service.adminQuery<{ subject: string }>('select subject from beding.employment_change order by change_id') // prettier-ignore
    t.same(waiting.map(({ subject }) => subject).toSorted(), ['contract', 'fact', 'organisation-fact'])
    const due = await service.adminQuery(`select * from beding.work_due where kind = 'employment-changed'`)
    t.equal(due.length, 1)
    t.same((await on(service, employmentId)).organisationFacts, { headcount: 51 })
    const back = await service.send('POST', '/v1/organisation-facts', { as: service.own.keys['hr-author'], body: { retracts: answer.body.factId, reason: 'Geteld met uitzendkrachten.' } }) // prettier-ignore
    t.equal(back.status, 201)
    t.equal(back.body.retractedAt, '2026-11-21T08:00:00.000Z')
    t.equal((await service.send('POST', '/v1/organisation-facts', { as: service.own.keys['hr-author'], body: { retracts: answer.body.factId, reason: 'R' } })).body.code, 'employment-fact-retracted') // prettier-ignore
  },
)

t.test('EM8: another organisation has no such employment', async (t) => {
  const service = await testService(t)
  const [personId] = await imported(service, service.own, somePeople(1))
  const employmentId = await anEmployment(service, service.own, personId!)
  const as = service.other.keys['hr-publisher']
  for (const path of ['', '/facts', '/contracts'])
    t.equal((await service.send('GET', `/v1/employments/${employmentId}${path}`, { as })).body.code, 'employment-not-found') // prettier-ignore
  t.same((await service.send('GET', `/v1/employments?personId=${personId}`, { as })).body.employments, [])
  t.equal((await sendEmployment(service, service.other, personId!, [startedOn('2024-01-01')])).body.code, 'person-not-found') // prettier-ignore
  t.equal((await sendFacts(service, service.other, employmentId, [functionFrom('2024-01-01', 'A')])).body.code, 'employment-not-found') // prettier-ignore
})
