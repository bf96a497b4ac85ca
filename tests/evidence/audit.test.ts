import t from 'tap'
import type { OrganisationId } from '#core'
import type { EntryDraft } from '#evidence'
import {
  appendEntries,
  auditLog,
  LedgerBrokenError,
  LedgerMovedError,
  LedgerStoppedError,
  proveConsistency,
  proveEntries,
  readCheckpoint,
} from '#evidence'
import { openCheckpoint } from '../../src/evidence/checkpoint.ts'
import { verifyConsistency } from '../../src/evidence/merkle-verification.ts'
import { testDatabase } from '../support/database.ts'
import { faultsOf } from '../support/evidence-faults.ts'
import { aLog, evidencePlatform as platform } from '../support/evidence-log.ts'
import { aDraft, someDrafts } from '../support/evidence-samples.ts'
import { testPlatform } from '../support/platform.ts'

const db = await testDatabase(t)

// Tampering, as the owner of the database could

/** Runs as superuser with triggers and foreign keys switched off. */
async function tamper(statements: string): Promise<void> {
  await db.adminQuery(
    `set session_replication_role = replica; ${statements}; set session_replication_role = default`,
  )
}

/** Appends as a process would that knows of no head outside the database. */
async function appendElsewhere(id: OrganisationId, drafts: readonly EntryDraft[]): Promise<void> {
  await db.database.inOrganisation(id, (trx) => appendEntries(testPlatform(), trx, id, drafts))
}

t.test('a private key that was sealed for another organisation, or not at all, signs nothing', async (t) => {
  const log = await aLog(db)
  const other = await aLog(db)
  await tamper(
    `update signing_key set private_key_sealed = (select private_key_sealed from signing_key
      where organisation_id = '${other.organisationId}') where organisation_id = '${log.organisationId}'`,
  )
  const elsewhere = { ...platform, secrets: { ...platform.secrets } }
  const append = db.database.inOrganisation(log.organisationId, (trx) =>
    appendEntries(elsewhere, trx, log.organisationId, someDrafts(1)),
  )
  await t.rejects(append, LedgerBrokenError)
})

t.test('a proof that would be wrong is not handed out', async (t) => {
  const log = await aLog(db)
  await log.grow(300)
  await tamper(
    `update ledger_tile set hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1)
    where organisation_id = '${log.organisationId}'`,
  )
  await t.rejects(
    log.read((trx) => proveEntries(trx, log.organisationId, [0], 301)),
    LedgerBrokenError,
    LedgerMovedError,
  )
})

t.test('E10: nothing is signed on top of a head that is not the head of the last signed tree', async (t) => {
  const log = await aLog(db)
  await log.grow(5)
  const id = log.organisationId
  await tamper(
    `update ledger_head set frontier = set_byte(frontier, 0, get_byte(frontier, 0) # 1) where organisation_id = '${id}'`,
  )
  await t.rejects(log.grow(1), LedgerStoppedError, 'a process that signed the other tree knows at once')
  await t.rejects(
    appendElsewhere(id, someDrafts(1)),
    LedgerMovedError,
    'and one that knows nothing does not sign either',
  )
  await tamper(`update ledger_head set frontier = '' where organisation_id = '${id}'`)
  await t.rejects(log.grow(1), LedgerBrokenError)
  t.equal((await log.read((trx) => readCheckpoint(trx, id)))?.size, 6)
})

const tamperings: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'a disclosure changed',
    `update entry_disclosure set disclosures[1] = disclosures[1] || 'A' where @ and entry_id = (select entry_id from ledger_entry where @ and entry_index = 7)`,
    ['disclosure-differs', 'disclosure-malformed'],
  ],
  [
    'the disclosures of two entries swapped',
    `update entry_disclosure set disclosures = (select other.disclosures from entry_disclosure other join ledger_entry using (organisation_id, entry_id) where other.organisation_id = '%' and entry_index = 8) where @ and entry_id = (select entry_id from ledger_entry where @ and entry_index = 7)`,
    ['disclosure-differs'],
  ],
  [
    'disclosures deleted',
    `delete from entry_disclosure where @ and entry_id = (select entry_id from ledger_entry where @ and entry_index = 7)`,
    ['disclosures-missing'],
  ],
  [
    'an entry changed',
    `update ledger_entry set entry = convert_to(replace(convert_from(entry, 'UTF8'), '"kind":"act"', '"kind":"adt"'), 'UTF8') where @ and entry_index = 7`,
    [
      'leaf-hash-differs',
      'proof-fails',
      'entry-kind-differs',
      'tile-differs',
      'checkpoint-root-differs',
      'head-differs',
    ],
  ],
  [
    'an entry and its leaf hash changed',
    `update ledger_entry set entry = convert_to('{}', 'UTF8'), leaf_hash = sha256('\\x007b7d'::bytea) where @ and entry_index = 7`,
    ['proof-fails', 'entry-malformed', 'tile-differs', 'checkpoint-root-differs', 'head-differs'],
  ],
  [
    'a leaf hash changed',
    `update ledger_entry set leaf_hash = sha256('') where @ and entry_index = 7`,
    ['leaf-hash-differs'],
  ],
  [
    'a kind changed',
    `update ledger_entry set kind = 'other' where @ and entry_index = 7`,
    ['entry-kind-differs'],
  ],
  [
    'a time changed',
    `update ledger_entry set recorded_at = recorded_at - interval '1 day' where @ and entry_index = 7`,
    ['entry-time-differs'],
  ],
  [
    'a proof changed',
    `update ledger_entry set proof = set_byte(proof, 0, get_byte(proof, 0) # 1) where @ and entry_index = 7`,
    ['proof-fails'],
  ],
  [
    'two entries in another order',
    `create temporary table moved as select * from ledger_entry where @ and entry_index = 8;
    delete from ledger_entry where @ and entry_index = 8;
    update ledger_entry set entry_index = 8 where @ and entry_index = 7;
    insert into ledger_entry select (jsonb_populate_record(moved, '{"entry_index": 7}')).* from moved; drop table moved`,
    ['proof-fails', 'tile-differs', 'checkpoint-root-differs', 'head-differs'],
  ],
  ['an entry deleted', `delete from ledger_entry where @ and entry_index = 7`, ['entry-missing']],
  ['the last entry deleted', `delete from ledger_entry where @ and entry_index = 307`, ['entry-missing']],
  [
    'the last entries and the head cut off',
    `delete from ledger_entry where @ and entry_index >= 301; update ledger_head set size = 301 where @`,
    ['head-differs', 'beyond-head'],
  ],
  [
    'a tile changed',
    `update ledger_tile set hashes = set_byte(hashes, 9, get_byte(hashes, 9) # 1) where @`,
    ['tile-differs'],
  ],
  ['a tile deleted', `delete from ledger_tile where @`, ['tile-missing']],
  [
    'a tile too many',
    `insert into ledger_tile select organisation_id, log_id, 0, 5, hashes from ledger_tile where @`,
    ['tile-unexpected'],
  ],
  [
    'a root changed',
    `update ledger_checkpoint set root = sha256('') where @ and size = 301`,
    ['proof-fails', 'checkpoint-root-differs'],
  ],
  [
    'a note changed',
    `update ledger_checkpoint set note = replace(note, E'\\n301\\n', E'\\n302\\n') where @ and size = 301`,
    ['checkpoint-note-invalid'],
  ],
  [
    'a note of another size',
    `update ledger_checkpoint set note = (select note from ledger_checkpoint where @ and size = 308) where @ and size = 301`,
    ['checkpoint-note-invalid', 'checkpoint-root-differs'],
  ],
  [
    'a time of a checkpoint changed',
    `update ledger_checkpoint set created_at = created_at - interval '1 day' where @ and size = 301`,
    ['checkpoint-time-differs'],
  ],
  ['a checkpoint deleted', `delete from ledger_checkpoint where @ and size = 301`, ['checkpoint-missing']],
  [
    'a checkpoint beyond the head',
    `insert into ledger_checkpoint select organisation_id, log_id, 400, root, note, created_at from ledger_checkpoint where @ and size = 301`,
    ['beyond-head'],
  ],
  [
    'a frontier changed',
    `update ledger_head set frontier = set_byte(frontier, 0, get_byte(frontier, 0) # 1) where @`,
    ['head-differs'],
  ],
  [
    'a last time changed',
    `update ledger_head set last_at = last_at - interval '1 day' where @`,
    ['head-differs'],
  ],
  [
    'another public key',
    `update signing_key set public_key = sha256('') where @`,
    ['key-differs', 'checkpoint-note-invalid'],
  ],
]

t.test('E7: the audit of an untouched log finds nothing', async (t) => {
  const log = await aLog(db)
  await log.grow(300)
  await log.grow(7)
  const report = await log.read((trx) => auditLog(trx, log.organisationId))
  const newest = await log.read((trx) => readCheckpoint(trx, log.organisationId))
  t.strictSame(report, {
    logId: log.logId,
    origin: log.origin,
    entriesChecked: 308,
    rootHash: newest!.root.toString('hex'),
    findings: [],
    findingsOmitted: 0,
  })
})

for (const [name, statements, expected] of tamperings) {
  t.test(`E7: the audit finds ${name}`, async (t) => {
    const log = await aLog(db)
    await log.grow(300)
    await log.grow(7)
    const where = `organisation_id = '${log.organisationId}'`
    await tamper(statements.replaceAll('@', where).replaceAll('%', log.organisationId))
    const report = await log.read((trx) => auditLog(trx, log.organisationId))
    t.strictSame([...new Set(report.findings.map((one) => one.name))].toSorted(), expected.toSorted())
  })
}

t.test(
  'E8: whoever has the key and the database can rewrite a log so that no audit sees it; receipts do',
  async (t) => {
    const log = await aLog(db)
    const [held] = await log.grow(1)
    await log.grow(5)
    const id = log.organisationId
    const tables = ['entry_disclosure', 'ledger_checkpoint', 'ledger_tile', 'ledger_entry']
    await tamper(
      tables.map((table) => `delete from ${table} where organisation_id = '${id}'`).join(';') +
        `; update ledger_head set size = 0, frontier = '' where organisation_id = '${id}'`,
    )
    await appendElsewhere(id, [
      aDraft({ kind: 'log-opened' }),
      aDraft({ facts: { choice: 'agreed' } }),
      ...someDrafts(5),
    ])
    const report = await log.read((trx) => auditLog(trx, id))
    t.strictSame(report.findings, [], 'the log agrees with itself')
    const claimed = await log.read((trx) => readCheckpoint(trx, id))
    const proof = await log.read((trx) => proveConsistency(trx, id, held!.treeSize, claimed!.size))
    t.strictSame(faultsOf(held!, log.verifier), [], 'the receipt is still signed by the same key')
    const receipt = openCheckpoint(held!.tlogProof.slice(held!.tlogProof.indexOf('\n\n') + 2), log.verifier)
    t.notOk(
      verifyConsistency({
        oldSize: receipt.size,
        newSize: claimed!.size,
        oldRoot: receipt.root,
        newRoot: claimed!.root,
        proof,
      }),
      'but no proof leads from it to the log of today: two signed trees that contradict each other',
    )
  },
)

t.test(
  'E8: a log put back to an earlier checkpoint agrees with itself; a later receipt does not',
  async (t) => {
    const log = await aLog(db)
    await log.grow(4)
    const [head] = await db.adminQuery<{ frontier: Buffer }>(
      'select frontier from ledger_head where organisation_id = $1',
      [log.organisationId],
    )
    const [held] = await log.grow(1)
    const id = log.organisationId
    await tamper(
      `delete from entry_disclosure where organisation_id = '${id}' and entry_id = '${held!.entryId}';
    delete from ledger_entry where organisation_id = '${id}' and entry_index = 5;
    delete from ledger_checkpoint where organisation_id = '${id}' and size = 6;
    update ledger_head set size = 5, frontier = decode('${head!.frontier.toString('hex')}', 'hex')
    where organisation_id = '${id}'`,
    )
    t.strictSame((await log.read((trx) => auditLog(trx, id))).findings, [], 'the log agrees with itself')
    t.strictSame(faultsOf(held!, log.verifier), [], 'the receipt is signed by the log')
    t.equal(held!.treeSize, 6)
    t.equal(
      (await log.read((trx) => readCheckpoint(trx, id)))?.size,
      5,
      'for a tree the log says it never had',
    )
  },
)
