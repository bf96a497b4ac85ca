import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import type { KnownHead } from '#continuity'
import { createLedgerGuard, guardLedger, ledgerStops, scheduleContinuity } from '#continuity'
import type { OrganisationId } from '#core'
import { LedgerStoppedError, readCheckpoint, readEntries } from '#evidence'
import { runDueJobs } from '#jobs'
import { createOutsideHeads } from '#platform'
import { backUpLog } from '../support/continuity-restore.ts'
import { testDatabase } from '../support/database.ts'
import type { TestProcess } from '../support/continuity-process.ts'
import { aProcess as newProcess } from '../support/continuity-process.ts'
import { aLog } from '../support/evidence-log.ts'

const db = await testDatabase(t)
const { database } = db

const aProcess = (t: { teardown(work: () => void): void }, folder?: string): TestProcess =>
  newProcess(t, database, folder)

async function stopOf(id: OrganisationId) {
  const rows = await db.adminQuery<{ reason: string; source: string; known_size: string; head_size: string }>(
    'select reason, source, known_size::text, head_size::text from ledger_stop where organisation_id = $1',
    [id],
  )
  return rows.map((row) => `${row.reason} ${row.source} ${row.head_size} of ${row.known_size}`)
}

t.test('a ledger that is where it was goes on, and its newest checkpoint lies outside', async (t) => {
  const log = await aLog(db)
  const one = aProcess(t)
  await one.append(log, 3)
  t.equal(await guardLedger(one, log.organisationId), 'sound')
  const other = aProcess(t)
  t.equal(await guardLedger(other, log.organisationId), 'sound', 'also for a process that knows nothing')
  t.equal((await createOutsideHeads(other.folder).read()).heads[0]?.size, 4, 'which now knows')
  await one.append(log, 1)
  t.match(one.platform.metrics.render(), `beding_ledger_stopped{organisation="${log.organisationId}"} 0`)
})

t.test(
  'a log that was put back is refused by the process that signed it, before anybody looks',
  async (t) => {
    const log = await aLog(db)
    const one = aProcess(t)
    const backup = await backUpLog(db, log.organisationId)
    await one.append(log, 5)
    await backup.putBack()
    await t.rejects(one.append(log, 1), LedgerStoppedError)
    t.equal((await log.read((trx) => readCheckpoint(trx, log.organisationId)))?.size, 1, 'nothing was signed')
  },
)

t.test('a log that was put back is stopped for every process, and reading goes on', async (t) => {
  const log = await aLog(db)
  const one = aProcess(t)
  const [kept] = await one.append(log, 3)
  const backup = await backUpLog(db, log.organisationId)
  await one.append(log, 5)
  await backup.putBack()
  const started = aProcess(t, one.folder)
  const before = await ledgerStops(database)
  t.equal(await guardLedger(started, log.organisationId), 'stopped-now')
  t.equal(await guardLedger(started, log.organisationId), 'stopped-before')
  t.equal(await ledgerStops(database), before + 1)
  t.same(await stopOf(log.organisationId), ['log-behind file 4 of 9'])
  t.match(started.platform.metrics.render(), `beding_ledger_stopped{organisation="${log.organisationId}"} 1`)
  const stranger = aProcess(t)
  const refused = stranger.append(log, 1)
  await t.rejects(refused, { code: 'ledger-stopped', status: 503 }, 'also where no file is known')
  const read = await log.read((trx) => readEntries(trx, log.organisationId, [kept!.entryId]))
  t.equal(read[0]?.tlogProof, kept!.tlogProof, 'receipts are still given')
})

t.test('a log with another root at a size that was signed is stopped', async (t) => {
  const log = await aLog(db)
  const one = aProcess(t)
  const backup = await backUpLog(db, log.organisationId)
  await one.append(log, 2)
  await backup.putBack()
  // A standby that was promoted without the last acts, served by a process that did not know of them.
  await aProcess(t).append(log, 6)
  t.equal(await guardLedger(one, log.organisationId), 'stopped-now')
  t.same(await stopOf(log.organisationId), ['root-differs file 7 of 3'])
})

t.test('a size that a witness knows is enough; a note that the log did not sign is not', async (t) => {
  const log = await aLog(db)
  const one = aProcess(t)
  await one.append(log, 2)
  const witness: KnownHead = { source: 'witness raad', origin: log.origin, size: 3, root: null, note: null }
  const newest = await log.read((trx) => readCheckpoint(trx, log.organisationId))
  const forged = newest!.note.replace('\n3\n', '\n9\n')
  const junk: KnownHead = { source: 'file', origin: log.origin, size: 9, root: newest!.root, note: forged }
  t.equal(await guardLedger(one, log.organisationId, [witness, junk]), 'sound')
  const silent = async () => Promise.reject(new Error('no answer'))
  const says4 = async () => [{ ...witness, size: 4 }]
  t.equal(
    await guardLedger({ ...one, sources: [silent] }, log.organisationId),
    'sound',
    'silence stops nothing',
  )
  t.equal(await guardLedger({ ...one, sources: [silent, says4] }, log.organisationId), 'stopped-now')
  t.same(await stopOf(log.organisationId), ['log-behind witness raad 3 of 4'])
})

t.test('a writer that waits for the lock while the log is stopped does not sign', async (t) => {
  const log = await aLog(db)
  const [one, stranger] = [aProcess(t), aProcess(t)]
  await one.append(log, 1)
  const known: KnownHead = { source: 'operator', origin: log.origin, size: 99, root: null, note: null }
  let waiting: Promise<unknown> | undefined
  await database.inOrganisation(log.organisationId, async (trx) => {
    await trx.selectFrom('ledger_head').select('size').forUpdate().execute()
    const stopping = guardLedger(one, log.organisationId, [known])
    await new Promise((resolve) => setTimeout(resolve, 150))
    waiting = stranger.append(log, 1).then(() => 'signed', (error: Error) => error.name) // prettier-ignore
    await new Promise((resolve) => setTimeout(resolve, 150))
    void stopping
  })
  t.equal(await waiting, 'LedgerStoppedError')
})

t.test('before serving, every ledger that the database or a file knows is looked at', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'beding-guard-'))
  const one = aProcess(t, folder)
  const [sound, back] = [await aLog(db), await aLog(db)]
  for (const { organisationId } of [sound, back]) {
    await database.inOrganisation(organisationId, (trx) => scheduleContinuity(trx, organisationId, one.platform.clock())) // prettier-ignore
  }
  const backup = await backUpLog(db, back.organisationId)
  for (const log of [sound, back]) await one.append(log, 2)
  await backup.putBack()
  const gone = '01930000-0000-7000-8000-000000000009' as OrganisationId
  const root = Buffer.alloc(32).toString('base64')
  await one.platform.outsideHeads.keep(gone, `beding.local/log/${gone}\n3\n${root}\n\n\u2014 x AAAA\n`)
  writeFileSync(join(folder, `${gone}.${'0'.repeat(16)}.${'0'.repeat(16)}.head`), 'torn')
  const guard = createLedgerGuard(aProcess(t, folder))
  t.match(await guard.checkAll(), { sound: 1, 'stopped-now': 1, 'no-log': 1 })
  await guard.stop()
  const again = createLedgerGuard(aProcess(t, folder))
  again.connectionLost()
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  await again.stop()
  const { job } = createLedgerGuard(one)
  t.equal(await runDueJobs(one, [job]), 2, 'and every minute by whichever process comes first')
  t.equal(await runDueJobs(one, [job]), 0)
  one.platform.advanceClock(60_000)
  t.equal(await runDueJobs(one, [job]), 2)
})
