import t from 'tap'
import { lapseDue, lapsesAfter_days } from '#acknowledgements'
import { addDays, toCivilDate, toInstant } from '#core'
import { remainingFacts } from '#evidence'
import { aBundle, offered, shownStatementOf } from '../support/ceremonies.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

t.setTimeout(240_000)

const service = await testService(t)
const { own, other, send, adminQuery, platform } = service
const people = somePeople(3)
const ids = await imported(service, own, people)
const version = await published(service, own)
const links = await assigned(service, own, version, people.length)
const bundle = await offered(service, own, await aBundle(service, own, ids[0]!), people[0]!.workEmail)
const linkOf = (index: number): string => links.get(people[index]!.workEmail)!
const lapse = () => lapseDue(service, own.organisationId)

/** Everything was due on this day. */
const dueDate = toCivilDate('2026-12-05')

t.test('nothing lapses before the term is over, and what was answered never does', async (t) => {
  t.equal((await send('POST', '/v1/acts', { as: linkOf(1), body: await shown(service, linkOf(1), 'agreed') })).status, 201) // prettier-ignore
  const half = await shownStatementOf(service, bundle.link, 'relations', 'agreed')
  t.equal((await send('POST', '/v1/acts', { as: bundle.link, body: half })).status, 201)
  platform.setClock(toInstant(`${addDays(dueDate, lapsesAfter_days)}T22:59:59.999Z`))
  t.same(await lapse(), [], 'the last day of the term')
})

t.test('after the term every open ceremony ends with one entry, and takes no answer', async (t) => {
  const kept = await shown(service, linkOf(2), 'agreed')
  platform.advanceClock(1)
  const ended = await lapse()
  t.equal(ended.length, 3, 'two policies and the bundle that was answered in part')
  t.ok(ended.includes(bundle.assignmentId as (typeof ended)[number]))
  t.same(await lapse(), [], 'once')
  const refused = await send('POST', '/v1/acts', { as: linkOf(2), body: kept })
  t.match(refused.body, { code: 'ceremony-ended', detail: /long past/ })
  const opened = await send('POST', '/v1/openings', { as: bundle.link, body: { language: null } })
  t.equal(opened.body.state, 'lapsed')
  const receipt = await send('GET', '/v1/acts/current?statementId=relations', { as: bundle.link })
  t.match(receipt.body, { choice: 'agreed' }, 'what was answered keeps its receipt')
  const rows = await adminQuery<{ disclosures: string[] }>(
    "select disclosures from beding.entry_disclosure join beding.ledger_entry using (organisation_id, entry_id) where kind = 'ceremonies-ended'",
  )
  t.equal(rows.length, 1)
  t.match(remainingFacts(rows[0]!.disclosures), { how: 'lapsed', endedBy: null, reason: null, assignmentIds: [...ended] }) // prettier-ignore
  const list = await send('GET', '/v1/ceremonies?state=lapsed', { as: own.keys['hr-reader'] })
  t.equal(list.body.items.length, 3)
  t.same((await send('GET', '/v1/ceremonies', { as: other.keys['hr-reader'] })).body.items, [])
})
