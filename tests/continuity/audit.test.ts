import t from 'tap'
import { auditSliceJob, auditStep, completeAuditJob, scheduleContinuity } from '#continuity'
import { toInstant } from '#core'
import { readCheckpoint, rootAt } from '#evidence'
import { runDueJobs } from '#jobs'
import { auditAge_s, nextNight } from '../../src/continuity/audit-decisions.ts'
import { listFindings, listRuns } from '../../src/continuity/audit-store.ts'
import { testDatabase } from '../support/database.ts'
import type { TestLog } from '../support/evidence-log.ts'
import { aLog } from '../support/evidence-log.ts'
import { testPlatform } from '../support/platform.ts'

const db = await testDatabase(t)
const { database } = db
const platform = testPlatform()
const deps = { platform, database }

async function tamper(statements: string): Promise<void> {
  await db.adminQuery(
    `set session_replication_role = replica; ${statements}; set session_replication_role = default`,
  )
}

/** Steps until the audit has been through, at most so often. */
async function goThrough(log: TestLog, scope: 'slice' | 'complete', entriesMax: number): Promise<number> {
  for (let steps = 1; steps <= 200; steps += 1) {
    if ((await auditStep(deps, log.organisationId, scope, entriesMax)) === 'ended') return steps
  }
  throw new Error('the audit does not end')
}

const runsOf = (log: TestLog) => log.read((trx) => listRuns(trx, log.organisationId, 10))
const findingsOf = async (log: TestLog) => {
  const { findings } = await log.read((trx) => listFindings(trx, log.organisationId, 50))
  return findings.map(({ name, subject }) => `${name} ${subject}`).toSorted()
}

t.test('an audit in slices of any size recomputes what one in a single piece does', async (t) => {
  const log = await aLog(db)
  for (const count of [1, 300, 17, 256, 40]) await log.grow(count)
  const newest = await log.read((trx) => readCheckpoint(trx, log.organisationId))
  for (const entriesMax of [1_000, 256, 100, 7]) {
    t.equal(await goThrough(log, 'complete', entriesMax), Math.ceil(615 / entriesMax))
    const [run] = await runsOf(log)
    t.match(run!, { entries: 615, findings: 0, anchoredSize: null })
    t.same(run!.root, newest!.root)
  }
  t.same(await findingsOf(log), [])
})

t.test('the log may grow between two slices', async (t) => {
  const log = await aLog(db)
  await log.grow(300)
  t.equal(await auditStep(deps, log.organisationId, 'complete', 200), 'more')
  await log.grow(300)
  await goThrough(log, 'complete', 200)
  const [run] = await runsOf(log)
  t.match(run!, { entries: 601, findings: 0 })
})

t.test('a mismatch is named once, stops nothing, and is told', async (t) => {
  const log = await aLog(db)
  await log.grow(300)
  const where = `organisation_id = '${log.organisationId}'`
  await tamper(`update ledger_entry set leaf_hash = sha256('') where ${where} and entry_index = 7`)
  await tamper(`update ledger_tile set hashes = set_byte(hashes, 9, get_byte(hashes, 9) # 1) where ${where}`)
  await goThrough(log, 'slice', 100)
  t.same(await findingsOf(log), ['leaf-hash-differs entry 7', 'tile-differs tile 0/0'])
  t.match(platform.metrics.render(), `beding_ledger_audit_findings{organisation="${log.organisationId}"} 2`)
  const events = () =>
    db.adminQuery<{ type: string; body: string }>(`select * from webhook_event where ${where}`)
  const told = (await events()).map((event) => JSON.stringify(event)).filter((text) => text.includes('ledger.audit-failed')) // prettier-ignore
  t.equal(told.length, 2, 'an event for each slice that found something new')
  t.match(told[0], /leaf-hash-differs/)
  await goThrough(log, 'complete', 1_000)
  t.equal((await events()).length, 2, 'what is known is not told again')
  const [run] = await runsOf(log)
  t.equal(run!.findings, 2, 'but the run counts it')
  await log.grow(1)
  const healed = await log.read((trx) => readCheckpoint(trx, log.organisationId))
  t.equal(healed!.size, 302, 'the ledger goes on')
})

t.test('the newest anchor is what a rewritten log cannot lead to', async (t) => {
  const log = await aLog(db)
  await log.grow(20)
  const root = await log.read((trx) => rootAt(trx, log.organisationId, 11))
  const through = async (anchor: { size: number; root: Buffer } | undefined) => {
    const anchored = { ...deps, newestAnchor: async () => anchor }
    platform.advanceClock(1)
    await auditStep(anchored, log.organisationId, 'complete')
    const [run] = await runsOf(log)
    return run!.anchoredSize
  }
  t.equal(await through(undefined), null)
  t.equal(await through({ size: 11, root }), 11)
  t.same(await findingsOf(log), [])
  await through({ size: 12, root })
  await through({ size: 99, root })
  t.same(await findingsOf(log), ['anchor-beyond-head anchor 99', 'anchor-root-differs anchor 12'])
})

t.test(
  'the jobs: a slice each minute with an hour between two audits, and a complete one at night',
  async (t) => {
    const log = await aLog(db)
    await log.grow(5)
    const id = log.organisationId
    platform.setClock(toInstant('2026-11-21T08:00:00.000Z'))
    await database.inOrganisation(id, (trx) => scheduleContinuity(trx, id, platform.clock()))
    const jobs = [auditSliceJob(deps), completeAuditJob(deps)]
    t.equal(await runDueJobs(deps, jobs), 0)
    platform.setClock(toInstant('2026-11-21T08:01:00.000Z'))
    t.equal(await runDueJobs(deps, jobs), 1)
    platform.setClock(toInstant('2026-11-21T09:00:59.000Z'))
    t.equal(await runDueJobs(deps, jobs), 0)
    platform.setClock(toInstant('2026-11-22T02:30:00.000Z'))
    t.equal(await runDueJobs(deps, jobs), 2)
    t.equal((await runsOf(log)).length, 1)
    t.equal(await runDueJobs(deps, jobs), 0)
    platform.setClock(toInstant('2026-11-22T03:30:00.000Z'))
    t.equal(await runDueJobs(deps, [jobs[0]!]), 1)
    t.match(platform.metrics.render(), `beding_ledger_audit_age_seconds{organisation="${id}"} 3600`)
  },
)

t.test('03:30 in the Netherlands, also in the nights in which the clock changes', async (t) => {
  const cases = [
    ['2026-11-21T08:00:00.000Z', '2026-11-22T02:30:00.000Z'],
    ['2026-11-22T02:29:59.999Z', '2026-11-22T02:30:00.000Z'],
    ['2026-11-22T02:30:00.000Z', '2026-11-23T02:30:00.000Z'],
    ['2026-07-01T00:00:00.000Z', '2026-07-01T01:30:00.000Z'],
    ['2026-03-28T12:00:00.000Z', '2026-03-29T01:30:00.000Z'],
    ['2026-10-24T12:00:00.000Z', '2026-10-25T02:30:00.000Z'],
  ] as const
  for (const [now, night] of cases) t.equal(nextNight(toInstant(now)), night, `after ${now}`)
  t.equal(auditAge_s([], toInstant(cases[0][0])), undefined)
})
