import t from 'tap'
import type { AppendedEntry } from '#evidence'
import {
  appendEntries,
  auditLog,
  proveConsistency,
  proveEntries,
  publicKeys,
  readCheckpoint,
} from '#evidence'
import { compareReports, isAccepted, readTrust, verifyFile } from '#verification'
import { testDatabase } from '../support/database.ts'
import type { TestLog } from '../support/evidence-log.ts'
import { aLog } from '../support/evidence-log.ts'
import { aDraft, someDrafts } from '../support/evidence-samples.ts'
import { rewriteLog } from '../support/evidence-insider.ts'
import { testPlatform } from '../support/platform.ts'
import { aWitness, requestBody } from '../support/witness-samples.ts'

const db = await testDatabase(t)
const acts = 600

async function pins(log: TestLog) {
  const keys = await log.read((trx) => publicKeys(trx, log.organisationId))
  return readTrust([{ name: 'log.vkey', bytes: Buffer.from(keys.logs[0]!.verifierKey) }])
}

t.test('an insider with the database and the key rewrites a log from the middle', async (t) => {
  const log = await aLog(db)
  const id = log.organisationId
  await log.grow(acts / 2 - 1)
  const [agreed] = await log.append([aDraft({ facts: { choice: 'not-agreed', person: 'A. Bakker' } })])
  const held: AppendedEntry[] = [agreed!, ...(await log.grow(acts / 2))]
  const before = await log.read((trx) => readCheckpoint(trx, id))
  const witness = await aWitness(t, [log.verifierKey])
  t.equal((await witness.post(requestBody(0, [], before!.note))).status, 200, 'a witness saw it')
  const from = agreed!.entryIndex
  await rewriteLog(db, log, from, (facts) => ({ ...facts, choice: 'agreed' }))

  await t.test('the complete internal audit passes', async (t) => {
    const report = await log.read((trx) => auditLog(trx, id))
    t.same(report.findings, [])
    t.equal(report.entriesChecked, acts + 1)
  })

  await t.test('receipts held outside and the rewritten log prove two histories to anybody', async (t) => {
    const trust = await pins(log)
    const claimed = await log.read((trx) => readCheckpoint(trx, id))
    t.equal(claimed!.size, before!.size, 'as large as it was')
    const [theirs] = await log.read((trx) => proveEntries(trx, id, [from], claimed!.size))
    const mine = verifyFile(Buffer.from(agreed!.tlogProof), 'receipt.tlog-proof', trust)
    const told = verifyFile(Buffer.from(theirs!), 'dossier.tlog-proof', trust)
    t.ok(isAccepted(mine), 'the receipt is good')
    t.ok(isAccepted(told), 'and so is what the log says today')
    const [proof] = compareReports([mine, told])
    t.match(proof!.sentence, /two leaves at index 300/)
    t.match(proof!.first.note, /^beding\.local/)
    const newest = verifyFile(Buffer.from(held.at(-1)!.tlogProof), 'last.tlog-proof', trust)
    const sentences = compareReports([newest, told]).map((found) => found.sentence)
    t.match(sentences[0], /two roots for size 601/)
    const contradicted = await Promise.all(
      held.map(async (receipt) => {
        const report = verifyFile(Buffer.from(receipt.tlogProof), 'receipt', trust)
        const [now] = await log.read((trx) => proveEntries(trx, id, [receipt.entryIndex], claimed!.size))
        return compareReports([report, verifyFile(Buffer.from(now!), 'now', trust)]).length > 0
      }),
    )
    t.equal(contradicted.filter(Boolean).length, held.length, 'every receipt from the middle on exposes it')
  })

  await t.test(
    'a witness that saw the log refuses the rewritten one, whatever proof comes with it',
    async (t) => {
      // A process that knows of nothing signs on: the one that signed before would refuse.
      await db.database.inOrganisation(id, (trx) => appendEntries(testPlatform(), trx, id, someDrafts(5)))
      const claimed = await log.read((trx) => readCheckpoint(trx, id))
      const proof = await log.read((trx) => proveConsistency(trx, id, before!.size, claimed!.size))
      const refused = await witness.post(requestBody(before!.size, proof, claimed!.note))
      t.equal(refused.status, 422)
      const again = await witness.post(requestBody(before!.size, [], (await log.read((trx) => readCheckpoint(trx, id, before!.size)))!.note)) // prettier-ignore
      t.equal(again.status, 422, 'also at the size that it has seen')
      t.ok(witness.witness.lastCosigned(log.origin)!.note.startsWith(before!.note), 'and keeps what it saw')
    },
  )
})
