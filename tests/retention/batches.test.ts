import t from 'tap'
import { auditLog } from '#evidence'
import { runDueJobs, scheduleJob } from '#jobs'
import { erasureJob } from '#retention'
import { leave, placesOf, retentionService } from '../support/retention-service.ts'
import { imported, published, somePeople } from '../support/story.ts'

const service = await retentionService(t)
const { own, ask, send, night, adminQuery, database, platform } = service
const { organisationId } = own
const people = somePeople(600)
await imported(service, own, people.slice(0, 300))
await imported(service, own, people.slice(300))
const version = await published(service, own, { legalNature: 'instruction' })
const body = { ...version, dueDate: '2026-12-05', audience: { everyone: true } }
const { versionId: _versionId, ...assignment } = body
const assigned = await send('POST', '/v1/assignments', { as: own.keys['hr-publisher'], body: assignment })
if (assigned.body.created !== 600) throw new Error(JSON.stringify(assigned.body))
await leave(service, people, '2024-01-31')

const erasures = async () =>
  (await adminQuery<{ n: number }>("select count(*)::int as n from beding.ledger_entry where kind = 'content-erased'"))[0]!.n // prettier-ignore
const results = async () =>
  (await adminQuery<{ n: number }>('select count(*)::int as n from beding.erasure_result'))[0]!.n
const read = async (proposalId: string) =>
  (await ask('GET', `/v1/erasure-proposals/${proposalId}`, { as: own.keys['hr-approver'] })).body
let proposalId = ''

/** The erasure job on a server that ends every session in the midst of the n-th batch, just before its COMMIT. */
const dyingIn = (batch: number) => {
  let begun = 0
  const inOrganisation: typeof database.inOrganisation = (id, work) =>
    database.inOrganisation(id, async (trx) => {
      const done = await work(trx)
      begun += 1
      if (begun === batch)
        await adminQuery(
          "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'beding_app' and datname = current_database()",
        )
      return done
    })
  const deps = { platform, database: { ...database, inOrganisation } }
  return runDueJobs({ platform, database }, [erasureJob(deps)])
}

t.test(
  'six hundred people who left make one proposal: what they were asked, then they themselves',
  async (t) => {
    const [proposal, ...others] = await night()
    t.same(others, [])
    t.match(proposal, { retentionClass: 'R2', counts: { items: 1200 } })
    proposalId = proposal.proposalId
    await ask('POST', `/v1/erasure-proposals/${proposalId}/decisions`, { as: own.keys['hr-approver'], body: { decision: 'confirm', reason: 'Verstreken.' } }) // prettier-ignore
  },
)

t.test(
  'a batch that is cut off leaves nothing, and the ones before it whole, each with its entry',
  async (t) => {
    await dyingIn(2)
    t.equal(await erasures(), 1)
    t.equal(await results(), 500)
    t.match(await read(proposalId), { state: 'confirmed', counts: { erased: 500 } })
  },
)

t.test('the next one goes on where it was, and nothing is done twice', async (t) => {
  // A connection whose end nobody has noticed yet costs a round, which is put off like any that fails.
  for (let round = 0; round < 10 && (await read(proposalId)).state !== 'executed'; round += 1) {
    platform.advanceClock(3_600_000)
    await service.execute()
  }
  t.match(await read(proposalId), {
    state: 'executed',
    counts: { items: 1200, erased: 1200, held: 0, kept: 0 },
  })
  t.equal(await erasures(), 3)
  await database.inOrganisation(organisationId, (trx) => scheduleJob(trx, organisationId, 'erasure', platform.clock())) // prettier-ignore
  await service.execute()
  t.equal(await erasures(), 3, 'done again it does nothing')
  const executed = await adminQuery("select 1 from beding.webhook_event where type = 'retention.executed'")
  t.equal(executed.length, 1)
})

t.test('nobody is left: not in lists, not in messages, not in any table', async (t) => {
  const list = await send('GET', '/v1/persons', { as: own.keys['hr-publisher'] })
  t.same(list.body.items, [])
  for (const person of [people[0]!, people[599]!])
    for (const trace of [person.workEmail, person.externalId + '"'])
      t.same(await placesOf(service, trace), [], trace)
  const [left] = await adminQuery<{ n: number }>("select count(*)::int as n from beding.delivery where address <> '' or state = 'queued'") // prettier-ignore
  t.equal(left!.n, 0, 'what waited to be sent is not sent')
  t.same(await night(), [], 'there is nothing left to propose')
  const audience = await send('POST', '/v1/assignments', { as: own.keys['hr-publisher'], body: assignment })
  t.match(audience, { status: 422, body: { code: 'audience-empty' } })
  const report = await database.readInOrganisation(organisationId, (trx) => auditLog(trx, organisationId))
  t.same(report.findings, [])
})
