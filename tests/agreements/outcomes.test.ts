import t from 'tap'
import { annexStateOn, conclusionJob, readAgreements, readBindingAnnexes } from '#agreements'
import { lapseDue } from '#acknowledgements'
import type { CivilDate, PersonId } from '#core'
import { runDueJobs } from '#jobs'
import { aDeal, annexStateOf, conclude, keysEnrolled, offer, offered, ok, referringToB, signed, signedAll, stateOf, statementsOf, type Deal, type Offered } from '../support/agreements.ts' // prettier-ignore
import { clauseOf, compose, annexText, motivation } from '../support/composed-annexes.ts'
import { testService } from '../support/service.ts'
import { library } from '../support/agreements.ts'

t.setTimeout(400_000)
const service = await testService(t)
const { own, send, database, platform } = service
const publisher = own.keys['hr-publisher']
const runJob = async () => {
  platform.advanceClock(61_000)
  return runDueJobs({ platform, database }, [conclusionJob({ platform, database })])
}
const binding = (personId: string, day: string) =>
  database.readInOrganisation(own.organisationId, (trx) => readBindingAnnexes(trx, own.organisationId, personId as PersonId, day as CivilDate)) // prettier-ignore
const ready = async (prefix: string, options: Parameters<typeof aDeal>[2] = {}) => {
  const deal = await aDeal(service, prefix, options)
  const open = await offered(service, deal)
  await keysEnrolled(service, deal, open)
  return { deal, open }
}
const bothSign = async ({ deal, open }: { deal: Deal; open: Offered }) => {
  await signedAll(service, open.links.employee, deal.employee)
  await signedAll(service, open.links.representative, deal.representative)
}
const today = () => platform.clock().slice(0, 10)

t.test('the service concludes by itself within a minute of the second act', async (t) => {
  const story = await ready('J')
  await bothSign(story)
  t.equal(await stateOf(service, story.open.agreementId), 'signed')
  await runJob()
  t.equal(await stateOf(service, story.open.agreementId), 'in-force')
})

t.test('an employee who declines ends it, and the other party is not asked any more', async (t) => {
  const { deal, open } = await ready('D')
  t.equal((await signed(service, open.links.employee, deal.employee, 'main', 'declined', 'Eerst advies.')).status, 201) // prettier-ignore
  t.equal(await stateOf(service, open.agreementId), 'declined')
  await runJob()
  t.match(await signed(service, open.links.representative, deal.representative, 'main'), { body: { code: 'ceremony-ended' } }) // prettier-ignore
  t.equal(await annexStateOf(service, deal.annexId), 'declined')
  t.equal((await offer(service, deal.body)).status, 201, 'it can be offered again')
})

t.test('a clause that is refused by itself is no agreement to the bundle', async (t) => {
  const { deal, open } = await ready('K')
  t.equal((await signed(service, open.links.employee, deal.employee, 'main')).status, 201)
  t.equal((await signed(service, open.links.employee, deal.employee, 'clause-1', 'not-agreed', 'Te ruim.')).status, 201) // prettier-ignore
  t.equal(await stateOf(service, open.agreementId), 'declined')
  t.match(await conclude(service, open.agreementId), { status: 409 })
})

t.test('a condition blocks: it was signed, and is never in force', async (t) => {
  const { deal, open } = await ready('C')
  for (const id of await statementsOf(service, open.links.employee))
    t.equal((await signed(service, open.links.employee, deal.employee, id, 'agreed-conditionally', 'Zes maanden in plaats van twaalf.')).status, 201) // prettier-ignore
  await signedAll(service, open.links.representative, deal.representative)
  const made = await conclude(service, open.agreementId)
  t.match(made.body, { state: 'blocked', conclusion: { outcome: 'blocked' } })
  t.ok(made.body.conclusion.blockedBy.includes('nl.7-653.acceptance-unconditional'), made.body.conclusion.blockedBy) // prettier-ignore
  t.same(await binding(deal.employee.personId, '2027-06-01'), [])
  t.equal(await annexStateOf(service, deal.annexId, '2030-01-01'), 'blocked')
})

t.test('what is not answered lapses; what is withdrawn takes no answer', async (t) => {
  const lapsing = await ready('L')
  await signedAll(service, lapsing.open.links.employee, lapsing.deal.employee)
  platform.advanceClock(60 * 86_400_000)
  await lapseDue({ platform, database }, own.organisationId)
  t.equal(await stateOf(service, lapsing.open.agreementId), 'lapsed')
  platform.advanceClock(-60 * 86_400_000)
  const { deal, open } = await ready('W')
  await signedAll(service, open.links.employee, deal.employee)
  const withdraw = () => send('POST', `/v1/agreements/${open.agreementId}/withdrawals`, { as: publisher, body: { reason: 'Vergissing.' } }) // prettier-ignore
  t.equal((await withdraw()).status, 201)
  t.match(await withdraw(), { status: 409, body: { code: 'agreement-not-open' } })
  t.equal(await stateOf(service, open.agreementId), 'withdrawn')
  t.match(await signed(service, open.links.representative, deal.representative, 'main'), { body: { code: 'ceremony-ended' } }) // prettier-ignore
})

t.test('a denial of an act makes it denied from that day, until it is taken back', async (t) => {
  const story = await ready('N')
  await bothSign(story)
  await ok(conclude(service, story.open.agreementId))
  const before = today()
  platform.advanceClock(86_400_000)
  const acts = (await ok(send('GET', `/v1/agreements/${story.open.agreementId}`, { as: publisher }))).employee.statements // prettier-ignore
  const actId = acts[0].act.actId
  const denial = { ground: 'not-me', words: 'Dat was ik niet.', receivedOn: today(), channel: 'letter', recorder: { name: 'J. Jansen', role: 'HR' } } // prettier-ignore
  const said = await send('POST', `/v1/acts/${actId}/denials`, { as: publisher, body: denial })
  t.equal(said.status, 201, JSON.stringify(said.body))
  t.equal(await stateOf(service, story.open.agreementId), 'denied')
  t.equal(await annexStateOf(service, story.deal.annexId), 'denied')
  t.equal(await annexStateOf(service, story.deal.annexId, before), 'in-force')
  t.same(await binding(story.deal.employee.personId, today()), [])
  t.equal((await binding(story.deal.employee.personId, before)).length, 1)
})

t.test('a new version supersedes the one before from its first day', async (t) => {
  const story = await ready('V')
  await bothSign(story)
  await ok(conclude(service, story.open.agreementId))
  const templates = await library(service)
  const { deal } = story
  const who = {
    personId: deal.employee.personId,
    employmentId: deal.employmentId,
    contractId: deal.contractId,
  }
  platform.advanceClock(1)
  const next = await ok(compose(service, own, who, annexText([clauseOf(templates, 'relatiebeding', { months: 6 })], { effectiveFrom: '2027-03-01', replaces: deal.annexId }))) // prettier-ignore
  const dueDate = new Date(Date.parse(platform.clock()) + 14 * 86_400_000).toISOString().slice(0, 10)
  const body = { ...deal.body, dueDate, annexes: [{ annexId: next.annexId, references: [{ text: referringToB, page: 2 }] }] } // prettier-ignore
  const open = await offered(service, { ...deal, body })
  await bothSign({ deal, open })
  t.match((await conclude(service, open.agreementId)).body, { conclusion: { outcome: 'concluded' } })
  t.equal(await annexStateOf(service, next.annexId, '2027-02-28'), 'signed')
  t.equal(await annexStateOf(service, deal.annexId, '2027-02-28'), 'in-force')
  t.equal(await annexStateOf(service, deal.annexId, '2027-03-01'), 'superseded')
  t.equal(await annexStateOf(service, next.annexId, '2027-03-01'), 'in-force')
  t.same(
    (await binding(who.personId, '2027-02-28')).map(({ annexId }) => annexId),
    [deal.annexId],
  )
  t.same(
    (await binding(who.personId, '2027-03-01')).map(({ annexId }) => annexId),
    [next.annexId],
  )
})

t.test('an end counts from its day, and never before what it ends began', async (t) => {
  const story = await ready('E')
  await bothSign(story)
  const end = (endedOn: string) => send('POST', `/v1/agreements/${story.open.agreementId}/endings`, { as: publisher, body: { endedOn, how: 'ended', reason: 'In overleg.' } }) // prettier-ignore
  t.match(await end('2027-05-01'), { status: 422, body: { code: 'end-unfit' } }, 'not concluded')
  await ok(conclude(service, story.open.agreementId))
  t.match(await end('2026-11-01'), { status: 422, body: { code: 'end-unfit' } })
  t.equal((await end('2027-05-01')).status, 201)
  t.match(await end('2027-06-01'), { status: 422, body: { code: 'end-unfit' } })
  t.equal(await annexStateOf(service, story.deal.annexId, '2027-04-30'), 'in-force')
  t.equal(await annexStateOf(service, story.deal.annexId, '2027-05-01'), 'ended')
})

t.test('a mandate that had ended when the employer’s side signed blocks', async (t) => {
  const { deal, open } = await ready('M')
  const mandates = await ok(send('GET', `/v1/mandates?personId=${deal.representative.personId}`, { as: publisher })) // prettier-ignore
  const { mandateId } = (mandates.items ?? mandates.mandates)[0]
  await ok(
    send('POST', `/v1/mandates/${mandateId}/endings`, {
      as: publisher,
      body: { lastDay: today(), reason: 'Uit functie.' },
    }),
  )
  platform.advanceClock(2 * 86_400_000)
  await bothSign({ deal, open })
  t.match((await conclude(service, open.agreementId)).body, { state: 'blocked', conclusion: { blockedBy: ['mandate-missing'] } }) // prettier-ignore
})

t.test('a fixed term with a motivation: offered once a lawyer has looked, and in force', async (t) => {
  const fixed = { kind: 'fixed-term', startsOn: '2026-11-01', endsOn: '2027-10-31' }
  const deal = await aDeal(service, 'G', { contract: fixed, clauses: (templates) => [clauseOf(templates, 'relatiebeding', {}, { motivation })] }) // prettier-ignore
  const refused = await offer(service, deal.body)
  t.match(refused, { status: 422, body: { code: 'agreement-blocked' } })
  const evaluated = await ok(send('POST', '/v1/agreements/evaluations', { as: publisher, body: deal.body }))
  t.equal(evaluated.mayOffer, false)
  for (const { ruleId, clauseId } of evaluated.stops)
    t.equal((await send('POST', `/v1/legal-checks/${evaluated.legalCheckId}/reviews`, { as: own.keys.lawyer, body: { ruleId, ...(clauseId === null ? {} : { clauseId }), outcome: 'pass', reviewer: 'mr. Jansen', reason: 'Beoordeeld: houdbaar voor deze functie.' } })).status, 201) // prettier-ignore
  const open = await offered(service, deal)
  await keysEnrolled(service, deal, open)
  await bothSign({ deal, open })
  t.match((await conclude(service, open.agreementId)).body, { state: 'in-force' })
})

t.test('states from rows and the one query for what binds say the same on every day', async (t) => {
  const { views, days } = await database.readInOrganisation(own.organisationId, async (trx) => ({
    views: await readAgreements(trx, own.organisationId, {}),
    days: ['2026-11-20', '2026-12-01', today(), '2027-02-28', '2027-03-01', '2027-05-01', '2030-01-01'],
  }))
  t.ok(views.length > 8)
  for (const view of views)
    for (const day of days) {
      const bound = await binding(view.personId, day)
      for (const annex of view.annexes) {
        const state = annexStateOn(view.history, annex, day as CivilDate)
        t.equal(bound.some((each) => each.agreementId === view.agreementId && each.annexId === annex.annexId), state === 'in-force', `${view.agreementId} ${day} ${state}`) // prettier-ignore
      }
    }
})
