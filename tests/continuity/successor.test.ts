import t from 'tap'
import { guardLedger, importReceipts, ledgerStops, openSuccessor, OperatorRefusal } from '#continuity'
import type { AppendedEntry } from '#evidence'
import {
  auditLog,
  factsOf,
  formatEvidenceFile,
  getLog,
  isSignedBy,
  listLogs,
  proveConsistency,
  proveEntries,
  publicKeys,
  readCheckpoint,
  readEntries,
  readEntry,
  rootAt,
} from '#evidence'
import { isAccepted, readTrust, verifyFile } from '#verification'
import type { TestProcess } from '../support/continuity-process.ts'
import { aProcess } from '../support/continuity-process.ts'
import { backUpLog } from '../support/continuity-restore.ts'
import { testDatabase } from '../support/database.ts'
import type { TestLog } from '../support/evidence-log.ts'
import { aLog } from '../support/evidence-log.ts'

const db = await testDatabase(t)
const { database } = db
const incident = 'The database server was restored from the backup of 20 November.'

/** A log that lost its last five entries to a restore, with the receipts that people kept. */
async function aRestoredLog(t: { teardown(work: () => void): void }) {
  const log = await aLog(db)
  const one = aProcess(t, database)
  const early = await one.append(log, 3)
  const backup = await backUpLog(db, log.organisationId)
  const lost = await one.append(log, 5)
  await backup.putBack()
  return { log, one, early, lost, backup, after: aProcess(t, database, one.folder) }
}

const evidenceFile = (entry: AppendedEntry, name = `receipt-${entry.entryIndex}.json`) => {
  return { name, bytes: Buffer.from(formatEvidenceFile(entry)) }
}

async function verified(log: TestLog, proof: string): Promise<boolean> {
  const keys = await log.read((trx) => publicKeys(trx, log.organisationId))
  const pins = keys.logs.map(({ verifierKey }, place) => ({
    name: `${place}.vkey`,
    bytes: Buffer.from(verifierKey),
  }))
  return isAccepted(verifyFile(Buffer.from(proof), 'x.tlog-proof', readTrust(pins)))
}

t.test('a successor quotes the last known checkpoint, what was restored, and the incident', async (t) => {
  const { log, one, lost, after } = await aRestoredLog(t)
  const id = log.organisationId
  t.equal(await guardLedger(after, id), 'stopped-now')
  const stops = await ledgerStops(database)
  const restoredRoot = await log.read((trx) => rootAt(trx, id, 4))
  const opened = await openSuccessor(after, id, { incident })
  t.equal(opened.origin, `beding.local/log/2/${id}`)
  t.ok(opened.origin.endsWith(`/${id}`), 'a verifier still tells whose log it is')
  t.equal(opened.opened.entryIndex, 0)
  const first = await log.read((trx) => readEntry(trx, id, 0))
  t.equal(first!.kind, 'log-succeeded')
  const facts = factsOf(first!.disclosures as string[])
  const knownCheckpoint = lost[0]!.tlogProof.slice(lost[0]!.tlogProof.indexOf('\n\n') + 2)
  t.same(facts, {
    organisationId: id,
    origin: opened.origin,
    verifierKey: opened.verifierKey,
    incident,
    previousOrigin: log.origin,
    restoredSize: 4,
    restoredRoot: restoredRoot.toString('base64'),
    knownOrigin: log.origin,
    knownSize: 9,
    knownCheckpoint,
    stoppedBecause: 'log-behind',
  })
  t.equal(await ledgerStops(database), stops - 1)
  const [entry] = await one.append(log, 1)
  t.equal(entry!.entryIndex, 1, 'also a process that knew the old log goes on')
  t.ok(await verified(log, entry!.tlogProof))
  t.equal(await guardLedger(after, id), 'sound')
})

t.test('everything reads the older log as before, by its id', async (t) => {
  const { log, early, after } = await aRestoredLog(t)
  const id = log.organisationId
  await openSuccessor(after, id, { incident })
  await after.append(log, 4)
  const [old, open] = await log.read((trx) => listLogs(trx, id))
  t.match(old!, { origin: log.origin, size: 4, open: false, stoppedAt: null })
  t.match(open!, { size: 5, open: true })
  const stored = await log.read((trx) =>
    readEntries(
      trx,
      id,
      early.map((one) => one.entryId),
    ),
  )
  t.same(stored.map((one) => one.tlogProof), early.map((one) => one.tlogProof), 'receipts are the same bytes') // prettier-ignore
  t.ok(await verified(log, stored[0]!.tlogProof), 'under the key of the old log, which stays published')
  t.equal((await log.read((trx) => publicKeys(trx, id))).logs.length, 2)
  t.same(stored.map((one) => one.logId), early.map(() => log.logId)) // prettier-ignore
  const proofs = await log.read((trx) => proveEntries(trx, id, [1, 2], 4, log.logId))
  for (const proof of proofs) t.ok(await verified(log, proof))
  const newest = await log.read((trx) => readCheckpoint(trx, id, undefined, log.logId))
  t.equal(newest!.size, 4)
  t.ok(isSignedBy(newest!.note, old!))
  t.notOk(isSignedBy(newest!.note, open!))
  t.equal((await log.read((trx) => readCheckpoint(trx, id)))!.size, 5, 'unnamed is the open one')
  t.equal((await log.read((trx) => readEntry(trx, id, 0, log.logId)))!.kind, 'log-opened')
  t.ok((await log.read((trx) => proveConsistency(trx, id, 1, 4, log.logId))).length > 0)
  await t.rejects(
    log.read((trx) => proveConsistency(trx, id, 1, 5, log.logId)),
    RangeError,
  )
  t.equal((await log.read((trx) => getLog(trx, id, log.logId))).size, 4)
  const audit = await log.read((trx) => auditLog(trx, id, log.logId))
  t.match(audit, { entriesChecked: 4, findings: [], origin: log.origin })
})

t.test('there is nothing to succeed while nothing contradicts the log', async (t) => {
  const log = await aLog(db)
  const one = aProcess(t, database)
  await one.append(log, 2)
  await t.rejects(openSuccessor(one, log.organisationId, { incident }), OperatorRefusal)
  await t.rejects(openSuccessor(one, log.organisationId, { incident: ' ' }), OperatorRefusal)
  await t.rejects(
    openSuccessor(one, log.organisationId, { incident, checkpoint: 'no note' }),
    OperatorRefusal,
  )
  await t.rejects(importReceipts(one, log.organisationId, []).then(() => importReceipts(one, log.organisationId, [{ name: 'x', bytes: Buffer.alloc(1) }])), OperatorRefusal) // prettier-ignore
  t.equal((await one.append(log, 1))[0]!.entryIndex, 3, 'and the log goes on')
})

t.test('a checkpoint that an operator brings is enough where no file knows anything', async (t) => {
  const { log, lost } = await aRestoredLog(t)
  const bare = aProcess(t, database)
  t.equal(await guardLedger(bare, log.organisationId), 'sound')
  const checkpoint = lost[0]!.tlogProof.slice(lost[0]!.tlogProof.indexOf('\n\n') + 2)
  const forged = checkpoint.replace('\n9\n', '\n90\n')
  await t.rejects(openSuccessor(bare, log.organisationId, { incident, checkpoint: forged }), OperatorRefusal)
  const { origin } = await openSuccessor(bare, log.organisationId, { incident, checkpoint })
  t.equal(origin, `beding.local/log/2/${log.organisationId}`)
})

t.test(
  'a database from before the successor was opened is stopped, and the next log has a third name',
  async (t) => {
    const { log, after, backup } = await aRestoredLog(t)
    const id = log.organisationId
    await openSuccessor(after, id, { incident })
    await after.append(log, 2)
    await backup.putBack()
    const again = aProcess(t, database, after.folder)
    t.equal(await guardLedger(again, id), 'stopped-now')
    const { origin } = await openSuccessor(again, id, { incident })
    t.equal(origin, `beding.local/log/3/${id}`)
  },
)

const outcomes = async (process: TestProcess, log: TestLog, files: Parameters<typeof importReceipts>[2]) => {
  const results = await importReceipts(process, log.organisationId, files)
  return results.map((result) =>
    result.kind === 'imported' ? `${result.index} as ${result.entryIndex}` : result.reason,
  )
}

t.test(
  'receipts that people kept are put beside the log; wrong ones and doubles are refused by name',
  async (t) => {
    const { log, early, lost, after } = await aRestoredLog(t)
    const id = log.organisationId
    const other = await aLog(db)
    const [foreign] = await other.grow(1)
    await openSuccessor(after, id, { incident })
    const [first, second, third] = lost
    const changed = { ...second!, disclosures: [...second!.disclosures].toReversed() }
    const cut = {
      name: 'cut.tlog-proof',
      bytes: Buffer.from(second!.tlogProof.replace('index 5', 'index 6')),
    }
    const bare = { name: '6.tlog-proof', bytes: Buffer.from(third!.tlogProof), disclosures: `${third!.disclosures.join('\n')}\n` } // prettier-ignore
    const files = [
      evidenceFile(first!),
      evidenceFile(first!, 'again.json'),
      evidenceFile(early[0]!),
      evidenceFile(foreign!),
      evidenceFile(changed),
      cut,
      bare,
      { name: 'photo.jpg', bytes: Buffer.from('JFIF') },
      { name: 'half.json', bytes: Buffer.from('{"entry":') },
    ]
    t.same(await outcomes(after, log, files), [
      '4 as 1',
      'twice',
      'still-there',
      'not-proven',
      'disclosures-differ',
      'not-proven',
      '6 as 2',
      'not-a-receipt',
      'not-a-receipt',
    ])
    t.same(await outcomes(after, log, [evidenceFile(first!), evidenceFile(second!)]), [
      'imported-already',
      '5 as 3',
    ])
    const imported = await log.read((trx) => readEntry(trx, id, 1))
    t.equal(imported!.kind, 'receipt-imported', 'never an act')
    t.match(factsOf(imported!.disclosures as string[]), {
      origin: log.origin,
      index: 4,
      entry: first!.entry,
      checkpoint: first!.tlogProof.slice(first!.tlogProof.indexOf('\n\n') + 2),
      standing: 'beyond-restored-log',
    })
    const kept = await db.adminQuery<{ disclosures: string[] }>('select disclosures from imported_disclosure where organisation_id = $1 and entry_id = $2', [id, imported!.entryId]) // prettier-ignore
    t.same(kept[0]!.disclosures, first!.disclosures)
    t.same((await log.read((trx) => auditLog(trx, id))).findings, [])
  },
)

t.test('a receipt of the branch that was lost stands beside one that took its place', async (t) => {
  const { log, lost, after } = await aRestoredLog(t)
  // Before anybody noticed, a process that knew of nothing signed on.
  await aProcess(t, database).append(log, 3)
  t.equal(await guardLedger(after, log.organisationId), 'stopped-now')
  await openSuccessor(after, log.organisationId, { incident })
  t.same(await outcomes(after, log, lost.slice(0, 4).map((entry) => evidenceFile(entry))), ['4 as 1', '5 as 2', '6 as 3', '7 as 4']) // prettier-ignore
  const entries = await Promise.all(
    [1, 4].map((index) => log.read((trx) => readEntry(trx, log.organisationId, index))),
  )
  const standings = entries.map((entry) => factsOf(entry!.disclosures as string[])['standing'])
  t.same(standings, ['contradicts-restored-log', 'beyond-restored-log'])
})
