import { verify } from 'node:crypto'
import pg from 'pg'
import t from 'tap'
import type { EntryId, OrganisationId } from '#core'
import { addMilliseconds, newUuid } from '#core'
import type { EntryDraft } from '#evidence'
import {
  appendEntries,
  appendStatement,
  auditLog,
  createDossierKey,
  createLog,
  factsOf,
  LedgerMissingError,
  LedgerMovedError,
  logSigner,
  openHead,
  parseEntry,
  planAppend,
  proveInclusion,
  publicKeys,
  readCheckpoint,
  readEntries,
  readEntry,
  readReceipt,
  signWithDossierKey,
  writeAppend,
} from '#evidence'
import { openCheckpoint } from '../../src/evidence/checkpoint.ts'
import type { Trust } from '#verification'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { testDatabase } from '../support/database.ts'
import { faultsOf } from '../support/evidence-faults.ts'
import { aLog, evidencePlatform as platform } from '../support/evidence-log.ts'
import { aDraft, sampleMoment, someDrafts } from '../support/evidence-samples.ts'

const db = await testDatabase(t)

t.test('a new log has a sealed key of its own and says so in its first entry', async (t) => {
  const log = await aLog(db)
  t.strictSame(faultsOf(log.opened, log.verifier), [])
  t.equal(log.opened.entryIndex, 0)
  t.equal(parseEntry(log.opened.entry).kind, 'log-opened')
  t.strictSame(factsOf(log.opened.disclosures), {
    organisationId: log.organisationId,
    origin: `beding.local/log/${log.organisationId}`,
    verifierKey: log.verifierKey,
  })
  const [row] = await db.adminQuery<{ key_id: string; private_key_sealed: Buffer }>(
    'select key_id, private_key_sealed from signing_key where organisation_id = $1',
    [log.organisationId],
  )
  t.equal(row?.key_id, log.verifier.keyHash)
  t.equal(row?.private_key_sealed.length, 12 + 48 + 16)
  const keys = await log.read((trx) => publicKeys(trx, log.organisationId))
  t.equal(keys.logs[0]?.verifierKey, log.verifierKey)
  t.match(keys.logs[0]?.pem, /^-----BEGIN PUBLIC KEY-----\n/)
  const again = db.database.inOrganisation(log.organisationId, (trx) =>
    createLog(platform, trx, log.organisationId, 'beding.local', sampleMoment),
  )
  await t.rejects(again, { code: '23505' }, 'an organisation has one open log')
  const host = db.database.inOrganisation(log.organisationId, (trx) =>
    createLog(platform, trx, log.organisationId, 'a host', sampleMoment),
  )
  await t.rejects(host, RangeError)
})

t.test('the dossier key signs bytes as anybody can check, and newer keys take over', async (t) => {
  const log = await aLog(db)
  const bytes = Buffer.from('SHA256SUMS')
  const work = <T>(run: Parameters<typeof db.database.inOrganisation<T>>[1]): Promise<T> =>
    db.database.inOrganisation(log.organisationId, run)
  await t.rejects(
    work((trx) => signWithDossierKey(platform, trx, log.organisationId, bytes)),
    /no dossier key/,
  )
  const first = await work((trx) => createDossierKey(platform, trx, log.organisationId, sampleMoment))
  const signed = await work((trx) => signWithDossierKey(platform, trx, log.organisationId, bytes))
  t.equal(signed.keyId, first.keyId)
  t.equal(signed.signature.length, 64)
  t.ok(verify(null, bytes, first.pem, signed.signature))
  const later = addMilliseconds(sampleMoment, 1)
  const second = await work((trx) => createDossierKey(platform, trx, log.organisationId, later))
  const signedAgain = await work((trx) => signWithDossierKey(platform, trx, log.organisationId, bytes))
  t.equal(signedAgain.keyId, second.keyId)
  const keys = await log.read((trx) => publicKeys(trx, log.organisationId))
  t.strictSame(
    keys.dossiers.map((key) => key.pem),
    [first.pem, second.pem],
  )
  t.equal(keys.logs.length, 1)
})

t.test(
  'E2: a batch is appended in order, each entry with a proof, and read again as it was answered',
  async (t) => {
    const log = await aLog(db)
    const drafts = [
      aDraft({ kind: 'assignments-created' }),
      ...someDrafts(6),
      aDraft({ facts: {}, refs: [0, 3] }),
    ]
    const answered = await log.append(drafts)
    t.strictSame(
      answered.flatMap((one) => faultsOf(one, log.verifier)),
      [],
    )
    t.strictSame(
      answered.map((one) => one.entryIndex),
      [1, 2, 3, 4, 5, 6, 7, 8],
    )
    t.strictSame(
      answered.map((one) => one.entryId),
      drafts.map((one) => one.entryId),
    )
    t.strictSame(parseEntry(answered[7]!.entry).refs, [0, 3])
    t.equal(factsOf(answered[1]!.disclosures)['note'], drafts[1]!.facts['note'])
    await log.grow(5)
    for (const one of answered) {
      t.strictSame(await log.read((trx) => readReceipt(trx, log.organisationId, one.entryId)), one)
    }
    const [stored, ...rest] = await log.read((trx) =>
      readEntries(trx, log.organisationId, [answered[2]!.entryId, answered[0]!.entryId]),
    )
    t.match(stored, { ...answered[0]!, kind: 'assignments-created', recordedAt: sampleMoment })
    t.equal(rest[0]?.entryIndex, 3)
    t.match(await log.read((trx) => readEntry(trx, log.organisationId, 5)), answered[4]!)
    t.equal(await log.read((trx) => readEntry(trx, log.organisationId, 99)), undefined)
    const unknown = newUuid(sampleMoment) as EntryId
    t.equal(await log.read((trx) => readReceipt(trx, log.organisationId, unknown)), undefined)
  },
)

function accepts(text: string, trust: Trust): boolean {
  return isAccepted(verifyFile(Buffer.from(text), 'receipt.tlog-proof', trust))
}

t.test('the offline verifier, which shares no code with the log, accepts what was answered', async (t) => {
  const log = await aLog(db)
  const answered = await log.grow(40)
  const trust = readTrust([{ name: 'log.vkey', bytes: Buffer.from(log.verifierKey) }])
  const other = readTrust([{ name: 'log.vkey', bytes: Buffer.from((await aLog(db)).verifierKey) }])
  t.strictSame(
    answered.filter((one) => !accepts(one.tlogProof, trust)),
    [],
  )
  t.strictSame(
    answered.filter((one) => accepts(one.tlogProof, other)),
    [],
  )
  t.notOk(accepts(answered[3]!.tlogProof.replace('\nindex 4\n', '\nindex 5\n'), trust))
})

t.test('every flush leaves a signed checkpoint that can be read by its size', async (t) => {
  const log = await aLog(db)
  await log.grow(3)
  await log.grow(2)
  const newest = await log.read((trx) => readCheckpoint(trx, log.organisationId))
  t.equal(newest?.size, 6)
  t.strictSame(openCheckpoint(newest!.note, log.verifier), {
    origin: log.origin,
    size: 6,
    root: newest!.root,
  })
  t.equal((await log.read((trx) => readCheckpoint(trx, log.organisationId, 4)))?.size, 4)
  t.equal(await log.read((trx) => readCheckpoint(trx, log.organisationId, 5)), undefined)
})

t.test('E3: the time of an entry never goes back, whatever the clock said', async (t) => {
  const log = await aLog(db)
  const late = addMilliseconds(sampleMoment, 60_000)
  const [first] = await log.append([aDraft({ at: late })])
  const [second, third] = await log.append([
    aDraft({ at: sampleMoment, facts: { actedAt: sampleMoment } }),
    aDraft({ at: addMilliseconds(late, 5) }),
  ])
  t.equal(parseEntry(first!.entry).at, late)
  t.equal(parseEntry(second!.entry).at, late)
  t.equal(factsOf(second!.disclosures)['actedAt'], sampleMoment)
  t.equal(parseEntry(third!.entry).at, addMilliseconds(late, 5))
  t.strictSame((await log.read((trx) => auditLog(trx, log.organisationId))).findings, [])
})

t.test('what cannot be an entry is refused and leaves the log as it was', async (t) => {
  const log = await aLog(db)
  const [known] = await log.grow(1)
  const refusals: [string, EntryDraft[], ErrorConstructor | { code: string }][] = [
    ['no drafts', [], RangeError],
    ['2,001 drafts', someDrafts(2_001), RangeError],
    ['a kind in capitals', [aDraft({ kind: 'Act' })], RangeError],
    ['a fraction', [aDraft({ facts: { hours: 1.5 } })], TypeError],
    ['an entry about itself', [aDraft({ refs: [2] })], RangeError],
    ['an entry with a known id', [aDraft({ entryId: known!.entryId })], { code: '23505' }],
    ['a batch with one bad draft', [...someDrafts(3), aDraft({ kind: '' })], RangeError],
    ['an entry of more than 65,535 bytes', [aDraft({ facts: manyFacts(1_500) })], RangeError],
  ]
  for (const [name, drafts, error] of refusals) await t.rejects(log.append(drafts), error, name)
  const [largest] = await log.append([aDraft({ facts: manyFacts(1_400) })])
  t.strictSame(faultsOf(largest!, log.verifier), [])
  t.equal(largest!.entryIndex, 2)
  t.strictSame((await log.read((trx) => auditLog(trx, log.organisationId))).findings, [])
})

function manyFacts(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, number) => [`fact${number}`, 'x']))
}

t.test('E4: a transaction that is rolled back leaves nothing, and the log goes on', async (t) => {
  const log = await aLog(db)
  const count = async (): Promise<unknown> =>
    (
      await db.adminQuery(
        `select (select count(*) from ledger_entry where organisation_id = $1) as entries,
          (select count(*) from entry_disclosure where organisation_id = $1) as disclosures,
          (select count(*) from ledger_checkpoint where organisation_id = $1) as checkpoints,
          (select count(*) from ledger_tile where organisation_id = $1) as tiles,
          (select size from ledger_head where organisation_id = $1) as size`,
        [log.organisationId],
      )
    )[0]
  const before = await count()
  const failing = db.database.inOrganisation(log.organisationId, async (trx) => {
    await appendEntries(platform, trx, log.organisationId, someDrafts(300))
    throw new Error('changed my mind')
  })
  await t.rejects(failing, /changed my mind/)
  t.strictSame(await count(), before)
  const [next] = await log.grow(1)
  t.equal(next!.entryIndex, 1)
  t.strictSame(faultsOf(next!, log.verifier), [])
})

t.test('two appends in one transaction build on each other', async (t) => {
  const log = await aLog(db)
  const [first, second] = await db.database.inOrganisation(log.organisationId, async (trx) => [
    await appendEntries(platform, trx, log.organisationId, someDrafts(3)),
    await appendEntries(platform, trx, log.organisationId, someDrafts(2)),
  ])
  t.strictSame(
    [...first!, ...second!].flatMap((one) => faultsOf(one, log.verifier)),
    [],
  )
  t.strictSame(
    second!.map((one) => one.entryIndex),
    [4, 5],
  )
})

// The raw client, as the writer of acts uses it

async function begin(client: pg.ClientBase, organisationId: OrganisationId): Promise<void> {
  await client.query('begin')
  await client.query(`set local beding.organisation = '${organisationId}'`)
}

t.test('the two halves on a raw client do what one call does', async (t) => {
  const log = await aLog(db)
  const plan = await db.database.withClient(async (client) => {
    await begin(client, log.organisationId)
    const head = await openHead(client, log.organisationId)
    const plan = planAppend(head, someDrafts(4), logSigner(platform, head), platform.randomBytes)
    await writeAppend(client, plan)
    await client.query('commit')
    return plan
  })
  for (const { entryId, entryIndex, treeSize, entry, disclosures, tlogProof } of plan.entries) {
    const answered = { entryId, entryIndex, treeSize, entry, disclosures, tlogProof }
    t.strictSame(faultsOf(answered, log.verifier), [])
    t.strictSame(await log.read((trx) => readReceipt(trx, log.organisationId, entryId)), answered)
  }
})

t.test('E5: when the head has moved nothing is written, also not what a caller puts beside it', async (t) => {
  const log = await aLog(db)
  const stale = await db.database.withClient(async (client) => {
    await begin(client, log.organisationId)
    const head = await openHead(client, log.organisationId)
    await client.query('rollback')
    return planAppend(head, someDrafts(256), logSigner(platform, head), platform.randomBytes)
  })
  t.equal(stale.tiles.length, 1)
  await log.grow(1)
  await db.database.withClient(async (client) => {
    await begin(client, log.organisationId)
    await t.rejects(writeAppend(client, stale), LedgerMovedError)
    const { text, values } = appendStatement(stale, 2)
    const beside = await client.query<{ written: number }>(
      `with ${text}, beside as (
        insert into idempotency (organisation_id, client_id, operation, idempotency_key, fingerprint, status, created_at)
        select organisation_id, $1::uuid, 'test', 'key', decode(repeat('00', 32), 'hex'), 201, now() from ledger_guard)
      select count(*)::int as written from ledger_guard`,
      [newUuid(sampleMoment), ...values],
    )
    t.equal(beside.rows[0]?.written, 0)
    // Committed on purpose: even then there must be nothing.
    await client.query('commit')
  })
  const [left] = await db.adminQuery<{ entries: number; keys: number; tiles: number }>(
    `select (select count(*)::int from ledger_entry where organisation_id = $1) as entries,
      (select count(*)::int from idempotency where organisation_id = $1) as keys,
      (select count(*)::int from ledger_tile where organisation_id = $1) as tiles`,
    [log.organisationId],
  )
  t.strictSame({ ...left }, { entries: 2, keys: 0, tiles: 0 })
  t.strictSame((await log.read((trx) => auditLog(trx, log.organisationId))).findings, [])
})

t.test('a log of another organisation, or none, is refused by name', async (t) => {
  const log = await aLog(db)
  const other = await aLog(db)
  const foreign = db.database.inOrganisation(other.organisationId, (trx) =>
    appendEntries(platform, trx, log.organisationId, someDrafts(1)),
  )
  await t.rejects(foreign, LedgerMissingError)
  const nobody = newUuid(sampleMoment) as OrganisationId
  await t.rejects(
    db.database.inOrganisation(nobody, (trx) => appendEntries(platform, trx, nobody, someDrafts(1))),
    LedgerMissingError,
  )
})

t.test('another organisation sees nothing of a log', async (t) => {
  const log = await aLog(db)
  const answered = await log.grow(300)
  const other = await aLog(db)
  const look = other.read
  const id = log.organisationId
  t.equal(await look((trx) => readReceipt(trx, id, answered[0]!.entryId)), undefined)
  t.equal(await look((trx) => readReceipt(trx, other.organisationId, answered[0]!.entryId)), undefined)
  t.equal(await look((trx) => readEntry(trx, id, 0)), undefined)
  t.equal(await look((trx) => readCheckpoint(trx, id)), undefined)
  t.strictSame(await look((trx) => publicKeys(trx, id)), { logs: [], dossiers: [] })
  await t.rejects(
    look((trx) => proveInclusion(trx, id, 0, 300)),
    LedgerMissingError,
  )
  await t.rejects(
    look((trx) => auditLog(trx, id)),
    LedgerMissingError,
  )
  const tables = [
    'signing_key',
    'ledger_log',
    'ledger_head',
    'ledger_entry',
    'entry_disclosure',
    'ledger_checkpoint',
    'ledger_tile',
  ]
  await db.database.withClient(async (client) => {
    await begin(client, other.organisationId)
    for (const table of tables) {
      const { rows } = await client.query(`select 1 from ${table} where organisation_id <> $1`, [
        other.organisationId,
      ])
      t.equal(rows.length, 0, table)
    }
    await client.query('rollback')
  })
})
