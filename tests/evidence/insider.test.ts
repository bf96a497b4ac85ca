import { createPrivateKey } from 'node:crypto'
import { Client } from 'pg'
import t from 'tap'
import type { OrganisationId } from '#core'
import type { AppendedEntry, AppendPlan, EntryDraft } from '#evidence'
import {
  appendEntries,
  auditLog, planAppend, proveConsistency, proveEntries, publicKeys, readCheckpoint, readEntries, writeAppend } from '#evidence' // prettier-ignore
import { compareReports, isAccepted, readTrust, verifyFile } from '#verification'
import { openLedgerHead } from '../../src/evidence/ledger-head.ts'
import { onClient } from '../../src/evidence/ledger-connection.ts'
import { leafHash } from '../../src/evidence/merkle-hash.ts'
import { appendLeaves, emptyRange } from '../../src/evidence/merkle-range.ts'
import { noteSigner } from '../../src/evidence/note-key.ts'
import { testDatabase } from '../support/database.ts'
import type { TestLog } from '../support/evidence-log.ts'
import { aLog } from '../support/evidence-log.ts'
import { aDraft, someDrafts } from '../support/evidence-samples.ts'
import { testPlatform, testSecrets } from '../support/platform.ts'
import { aWitness, requestBody } from '../support/witness-samples.ts'

const db = await testDatabase(t)
const acts = 600

/** What the insider has: the rights of the owner, and the master key, so the log's private key. */
async function logKey(id: OrganisationId) {
  const [key] = await db.adminQuery<{ private_key_sealed: Buffer }>(
    `select private_key_sealed from signing_key where organisation_id = $1 and purpose = 'log'`,
    [id],
  )
  const der = testSecrets.open(`signing-key/log/${id}`, key!.private_key_sealed)
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}

/** Writes the log again from entry `from` on, with other facts in that entry: leaves, tiles, checkpoints, head, all new. */
async function rewrite(log: TestLog, from: number, instead: EntryDraft): Promise<void> {
  const id = log.organisationId
  const signer = noteSigner(log.origin, await logKey(id))
  const rows = await db.adminQuery<{ entry_id: string; kind: string; recorded_at: Date }>('select entry_id, kind, recorded_at from ledger_entry where organisation_id = $1 order by entry_index', [id]) // prettier-ignore
  const before = await log.read((trx) => readEntries(trx, id, rows.slice(0, from).map((row) => row.entry_id) as [])) // prettier-ignore
  const client = new Client({
    ...(db.targets.admin as object),
    options: '-c search_path=beding -c timezone=UTC',
  })
  await client.connect()
  try {
    await client.query(
      `begin; set local beding.organisation = '${id}'; set session_replication_role = replica`,
    )
    for (const [table, beyond] of [
      ['entry_disclosure', `entry_id in (select entry_id from ledger_entry where organisation_id = '${id}' and entry_index >= ${from})`],
      ['ledger_entry', `entry_index >= ${from}`],
      ['ledger_checkpoint', `size > ${from}`],
      ['ledger_tile', `(tile_index + 1) * 256 > ${from}`],
    ]) {
      await client.query(`delete from ${table} where organisation_id = '${id}' and ${beyond}`)
    } // prettier-ignore
    const frontier = frontierOf(before.map((entry) => Buffer.from(entry.entry)))
    await client.query('update ledger_head set size = $1, frontier = $2 where organisation_id = $3', [from, frontier, id]) // prettier-ignore
    const run = onClient(client)
    const write = async (drafts: readonly EntryDraft[]): Promise<AppendPlan> => {
      const plan = planAppend(await openLedgerHead(run, id), drafts, signer, testPlatform().randomBytes)
      await writeAppend(client, plan)
      return plan
    }
    await write([instead])
    await write(someDrafts(rows.length - from - 1))
    await client.query('commit')
  } finally {
    await client.end()
  }
}

function frontierOf(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(appendLeaves(emptyRange, entries.map(leafHash)).range.hashes) // prettier-ignore
}

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
  await rewrite(
    log,
    from,
    aDraft({ entryId: agreed!.entryId, facts: { choice: 'agreed', person: 'A. Bakker' } }),
  )

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
