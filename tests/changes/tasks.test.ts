import t from 'tap'
import { employmentChangedJob, findingsReviewedJob, reEvaluationJob } from '#changes'
import type { Instant } from '#core'
import { runDueJobs } from '#jobs'
import { aDeal, conclude, keysEnrolled, offered, ok, signedAll, type Deal } from '../support/agreements.ts'
import { functionFrom, sendFacts, wageFrom } from '../support/employments.ts'
import { testService } from '../support/service.ts'

t.setTimeout(240_000)
const service = await testService(t)
const { own, other, send, database, platform, adminQuery } = service
const deps = { platform, database }
const work = () => runDueJobs(deps, [reEvaluationJob(deps), employmentChangedJob(deps), findingsReviewedJob(deps)]) // prettier-ignore
const tasksOf = async (deal: Deal, state = 'open') =>
  (await ok(send('GET', `/v1/tasks?state=${state}&personId=${deal.employee.personId}`, { as: own.keys['hr-reader'] }))).items // prettier-ignore
const countChecks = async () => (await adminQuery<{ n: number }>('select count(*)::int as n from beding.re_evaluation'))[0]!.n // prettier-ignore

async function inForce(prefix: string): Promise<Deal & { readonly agreementId: string }> {
  const deal = await aDeal(service, prefix)
  const open = await offered(service, deal)
  await keysEnrolled(service, deal, open)
  await signedAll(service, open.links.employee, deal.employee)
  await signedAll(service, open.links.representative, deal.representative)
  const made = await conclude(service, open.agreementId)
  if (made.body.conclusion?.outcome !== 'concluded') throw new Error(JSON.stringify(made.body))
  await work()
  return { ...deal, agreementId: open.agreementId }
}

const deal = await inForce('A')
const second = await inForce('B')

const fact = async (...facts: Parameters<typeof sendFacts>[3][number][]) => {
  const answer = await sendFacts(service, own, deal.employmentId, facts)
  t.equal(answer.status, 201, JSON.stringify(answer.body))
}
/** The service lives until some day. */
async function untilDay(day: string): Promise<void> {
  platform.setClock(`${day}T09:00:00.000Z` as Instant)
  await work()
}

t.test('an agreement that was just concluded asks for nothing', async (t) => t.same(await tasksOf(deal), []))

t.test(
  'a promotion that lies ahead waits for its day, and opens one task to judge and agree again',
  async (t) => {
    await fact(functionFrom('2026-12-01', 'vestigingsmanager'), wageFrom('2026-12-01', 5_200))
    await work()
    t.same(await tasksOf(deal), [], 'the day has not come')
    await untilDay('2026-12-01')
    const [task, ...more] = await tasksOf(deal)
    t.same(more, [])
    t.match(task, {
      kind: 're-affirm',
      state: 'open',
      forWhom: {
        personId: deal.employee.personId,
        employmentId: deal.employmentId,
        agreementId: deal.agreementId,
      },
      toDo: { nl: /veel zwaarder drukt/, en: /agree it again in writing/ },
      groundNumber: 1,
      reasons: [{ ruleId: 'nl.hr-avm.heavier-burden', clauseId: 'B.1', result: 'lawyer', note: { en: /Change on 2026-12-01/ }, source: /AZ2221/ }], // prettier-ignore
      closing: null,
    })
    t.match(task.forWhom.name, / /)
    t.same(task.causes.map((cause: { says: { nl: string } }) => cause.says.nl).toSorted(), ['Anders per 1 december 2026: de functie.', 'Anders per 1 december 2026: het loon.']) // prettier-ignore
    const check = await ok(send('GET', `/v1/legal-checks/${task.legalCheckId}`, { as: own.keys.lawyer }))
    t.notOk(check.findings.some((each: { result: string; severity: string }) => each.result === 'fail' && each.severity !== 'info'), 'never a fail by itself') // prettier-ignore
    const [event] = await adminQuery<{ body: string }>(
      `select body from beding.webhook_event where type = 'task.opened'`,
    )
    t.match(JSON.parse(event!.body), { data: { taskId: task.taskId, kind: 're-affirm', rules: ['nl.hr-avm.heavier-burden'] } }) // prettier-ignore
    const before = await countChecks()
    await work()
    t.equal(await countChecks(), before, 'nothing changed, nothing is evaluated')
    t.same((await ok(send('GET', `/v1/tasks/${task.taskId}`, { as: own.keys.lawyer }))).taskId, task.taskId)
    t.equal((await send('GET', `/v1/tasks/${task.taskId}`, { as: other.keys.lawyer })).status, 404)
  },
)

t.test('a second change gives the open task another ground, and a small one nothing', async (t) => {
  await fact({ kind: 'area', validFrom: '2026-12-01', value: { description: 'Noord', foreseen: false } })
  await fact({ kind: 'area', validFrom: '2026-12-02', value: { description: 'Benelux', foreseen: false } })
  await untilDay('2026-12-03')
  t.match(await tasksOf(deal), [
    { kind: 're-affirm', groundNumber: 2, causes: [{ says: { en: /the territory/ } }] },
  ])
  await fact({
    kind: 'reporting',
    validFrom: '2026-12-02',
    value: { description: 'directie', foreseen: false },
  })
  await fact({
    kind: 'reporting',
    validFrom: '2026-12-03',
    value: { description: 'holding', foreseen: false },
  })
  await work()
  t.match(await tasksOf(deal), [{ groundNumber: 2 }], 'another line of reporting weighs nothing')
  t.equal((await tasksOf(deal)).length, 1)
})

t.test('a review that finds it good closes the task; it holds until something else changes', async (t) => {
  const [task] = await tasksOf(deal)
  const review = { ruleId: 'nl.hr-avm.heavier-burden', clauseId: 'B.1', outcome: 'pass', reviewer: 'mr. A. Bakker', reason: 'The same clients, no heavier burden.' } // prettier-ignore
  await ok(
    send('POST', `/v1/legal-checks/${task.legalCheckId}/reviews`, { as: own.keys.lawyer, body: review }),
  )
  await work()
  t.same(await tasksOf(deal), [])
  t.match(await tasksOf(deal, 'closed'), [{ taskId: task.taskId, state: 'closed', closing: { how: 'reviewed', legalReviewId: /-/, closedBy: null } }]) // prettier-ignore
  await fact(wageFrom('2026-12-03', 5_210))
  await work()
  t.match((await tasksOf(deal)).map(({ kind }: { kind: string }) => kind), ['re-affirm'], 'above the wage of the agreement, so the lawyer judged other facts') // prettier-ignore
})

t.test(
  'a task is dismissed by name and with a reason, once, and the same facts do not open it again',
  async (t) => {
    const [task] = await tasksOf(deal)
    const at = `/v1/tasks/${task.taskId}/closings`
    const body = { closer: 'J. de Boer', reason: 'Agreed with counsel that nothing is done.' }
    t.equal((await send('POST', at, { as: own.keys['hr-reader'], body })).status, 403)
    t.equal(
      (await send('POST', at, { as: own.keys['hr-publisher'], body: { ...body, reason: 'no' } })).status,
      400,
    )
    const hidden = await send('POST', at, { as: own.keys['hr-publisher'], body: { ...body, reason: 'hidden \u202e order here' } }) // prettier-ignore
    t.match(hidden.body, { status: 422, code: 'words-unprintable', errors: [{ pointer: '/reason' }] })
    const key = 'dismissal-key-number-1'
    const closed = await send('POST', at, { as: own.keys['hr-publisher'], body, key })
    t.match(closed, { status: 201, body: { state: 'closed', closing: { how: 'dismissed', ...body, closedBy: /-/ } } }) // prettier-ignore
    t.same((await send('POST', at, { as: own.keys['hr-publisher'], body, key })).body, closed.body)
    t.match((await send('POST', at, { as: own.keys['hr-publisher'], body })).body, {
      status: 409,
      code: 'task-closed',
    })
    const nowhere = '/v1/tasks/0192f000-0000-7000-8000-000000000000/closings'
    t.match((await send('POST', nowhere, { as: own.keys['hr-publisher'], body })).body, { status: 404, code: 'task-not-found' }) // prettier-ignore
    const facts = await ok(
      send('GET', `/v1/employments/${deal.employmentId}/facts`, { as: own.keys['hr-reader'] }),
    )
    const reporting = facts.facts.find((each: { kind: string }) => each.kind === 'reporting')
    await ok(
      sendFacts(service, own, deal.employmentId, [], [{ factId: reporting.factId, reason: 'Never so.' }]),
    )
    await work()
    t.same(await tasksOf(deal), [], 'a retraction that changes nothing of it')
  },
)

t.test('a wage is another one above the threshold only, also when the fact is back-dated', async (t) => {
  const record = async (...facts: Parameters<typeof sendFacts>[3][number][]) => {
    await ok(sendFacts(service, own, second.employmentId, facts))
    await work()
  }
  const signed = (await ok(send('GET', `/v1/agreements/${second.agreementId}`, { as: own.keys['hr-reader'] }))).conclusion.concludedAt.slice(0, 10) // prettier-ignore
  const day = (after: number) => new Date(Date.parse(signed) + after * 86_400_000).toISOString().slice(0, 10)
  await untilDay(day(10))
  await record(wageFrom(day(5), 4_400))
  t.same(await tasksOf(second), [], 'ten per cent')
  await record(wageFrom(day(6), 4_401))
  t.match(await tasksOf(second), [{ kind: 're-affirm', groundNumber: 1, reasons: [{ note: { en: new RegExp(`Change on ${day(6)}`) } }] }]) // prettier-ignore
  const facts = await ok(
    send('GET', `/v1/employments/${second.employmentId}/facts`, { as: own.keys['hr-reader'] }),
  )
  const wages = facts.facts.filter((each: { kind: string }) => each.kind === 'wage')
  t.ok(wages.at(-1).backDated)
  const wrong = wages.find((each: { validFrom: string }) => each.validFrom === day(6))
  await ok(sendFacts(service, own, second.employmentId, [], [{ factId: wrong.factId, reason: 'A typing error.' }])) // prettier-ignore
  await work()
  t.same(await tasksOf(second), [])
  t.match(await tasksOf(second, 'closed'), [{ closing: { how: 'settled', legalCheckId: /-/ } }])
})

t.test(
  'other rules: everything that rests on the old ones is evaluated again, once, by two processes together',
  async (t) => {
    await adminQuery(`update beding.agreement_watch set basis = 'nl 2026-10 nl-2026-01'`)
    const before = await countChecks()
    const [{ n: watched }] = (await adminQuery<{ n: number }>('select count(*)::int as n from beding.agreement_watch')) as [{ n: number }] // prettier-ignore
    t.ok(watched >= 2)
    await Promise.all([1, 2, 3].map(() => reEvaluationJob(deps).work(own.organisationId)))
    t.equal(await countChecks(), before + watched)
    t.same(await adminQuery(`select basis from beding.agreement_watch where basis like 'nl 2026-10%'`), [])
    t.same(await tasksOf(second), [], 'what comes out the same opens nothing')
    await reEvaluationJob(deps).work(own.organisationId)
    t.equal(await countChecks(), before + watched)
  },
)

t.test(
  'cut off between the evaluation and the task, nothing is left of either, and the next round does both',
  async (t) => {
    await ok(sendFacts(service, own, second.employmentId, [functionFrom(platform.clock().slice(0, 10), 'directeur')])) // prettier-ignore
    const before = await countChecks()
    await adminQuery('alter table beding.task_ground add constraint cut_off check (false) not valid')
    await t.rejects(employmentChangedJob(deps).work(own.organisationId))
    t.equal(await countChecks(), before)
    t.same(await tasksOf(second), [])
    t.equal((await adminQuery('select 1 from beding.employment_change')).length, 1, 'the change waits')
    await adminQuery('alter table beding.task_ground drop constraint cut_off')
    await Promise.all([1, 2].map(() => employmentChangedJob(deps).work(own.organisationId)))
    t.match(await tasksOf(second), [{ kind: 're-affirm' }])
    t.equal((await tasksOf(second)).length, 1)
    t.equal(await countChecks(), before + 1)
  },
)

t.test(
  'a size from which there has to be a works council is told, and no more once there is one',
  async (t) => {
    const tell = async (kind: string, value: object) => {
      platform.advanceClock(1_000)
      await ok(send('POST', '/v1/organisation-facts', { as: own.keys['hr-publisher'], body: { kind, validFrom: '2026-11-01', value } })) // prettier-ignore
      await work()
      return (await ok(send('GET', '/v1/tasks?kind=notify&state=open', { as: own.keys['hr-publisher'] })))
        .items
    }
    t.same(await tell('headcount', { count: 9 }), [])
    t.match(await tell('headcount', { count: 12 }), [{ forWhom: null, legalCheckId: null, reasons: [{ ruleId: 'nl.wor-35c.representation' }] }]) // prettier-ignore
    t.match(await tell('headcount', { count: 50 }), [{ groundNumber: 2, reasons: [{ ruleId: 'nl.wor-2.works-council-due', message: { nl: /ondernemingsraad/ } }], causes: [{ says: { nl: 'Anders per 1 november 2026: het aantal medewerkers.' } }] }]) // prettier-ignore
    t.same(await tell('employee-body', { body: 'or' }), [])
  },
)
