import { sql } from 'kysely'
import t from 'tap'
import { type OrganisationId } from '#core'
import { openDatabase, RolledBackError, type Transaction } from '#database'
import { parseBigint, parseDate, parseTimestamp } from '../../src/database/type-parsers.ts'
import {
  anOrganisation,
  failureOf,
  insertClient,
  insertOrganisation,
  namesOf,
  newId,
  now,
} from '../support/database-samples.ts'
import { testDatabase } from '../support/database.ts'
import { startDatabaseProxy } from '../support/database-proxy.ts'

const { database, adminQuery, targets } = await testDatabase(t)

async function isThere(id: string): Promise<boolean> {
  const rows = await adminQuery('select 1 from organisation where organisation_id = $1', [id])
  return rows.length === 1
}

t.test('D1: values come out in our forms, exactly, or not at all', async (t) => {
  const timestamps: [string, string][] = [
    ['2026-11-21 08:00:00.123+00', '2026-11-21T08:00:00.123Z'],
    ['2026-11-21 08:00:00.1+00', '2026-11-21T08:00:00.100Z'],
    ['2026-11-21 08:00:00+00', '2026-11-21T08:00:00.000Z'],
    ['2026-11-21 08:00:00.123999+00', '2026-11-21T08:00:00.123Z'],
    ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00.000Z'],
  ]
  for (const [text, instant] of timestamps) t.equal(parseTimestamp(text), instant)
  for (const text of [
    'infinity',
    '-infinity',
    '2026-11-21 09:00:00+01',
    '0044-03-15 12:00:00+00 BC',
    '12026-01-01 00:00:00+00',
  ])
    t.throws(() => parseTimestamp(text), RangeError, text)
  t.equal(parseDate('2028-02-29'), '2028-02-29')
  for (const text of ['infinity', '0044-03-15 BC']) t.throws(() => parseDate(text), RangeError, text)
  t.equal(parseBigint('9007199254740991'), 9007199254740991)
  t.equal(parseBigint('-9007199254740991'), -9007199254740991)
  for (const text of ['9007199254740992', '9223372036854775807'])
    t.throws(() => parseBigint(text), RangeError)
})

t.test(
  'D1: a session gives those forms, also inside arrays, and refuses a moment without a zone',
  async (t) => {
    const rows = await database.withClient(async (client) => {
      const { rows } = await client.query(
        `select '2026-11-21 09:00:00.5+01'::timestamptz as moment, '2026-03-01'::date as day, 7::bigint as number,
        '\\x00ff'::bytea as bytes, array['2026-11-21 09:00:00+01'::timestamptz, null] as moments,
        array['2026-03-01'::date] as days, array[1, 2]::bigint[] as numbers, array[]::bigint[] as none, $1::text as text`,
        ['é'],
      )
      return rows as unknown[]
    })
    t.same(rows, [
      {
        moment: '2026-11-21T08:00:00.500Z',
        day: '2026-03-01',
        number: 7,
        bytes: Buffer.from([0, 255]),
        moments: ['2026-11-21T08:00:00.000Z', null],
        days: ['2026-03-01'],
        numbers: [1, 2],
        none: [],
        text: 'é',
      },
    ])
    for (const refused of ['localtimestamp', '9223372036854775807::bigint', "'infinity'::timestamptz"])
      await t.rejects(
        database.withClient((client) => client.query(`select ${refused} as value`)),
        refused,
      )
    t.match(
      await database.withClient(
        async (client) =>
          (
            await client.query(
              "select current_setting('search_path') as path, current_setting('TimeZone') as zone, current_setting('jit') as jit",
            )
          ).rows[0],
      ),
      { path: 'beding', zone: 'UTC', jit: 'off' },
    )
  },
)

t.test('D2: an organisation sees and writes its own rows only', async (t) => {
  const [ours, theirs] = [await anOrganisation(database, 'Ons'), await anOrganisation(database, 'Hun')]
  t.same(await database.readInOrganisation(ours, namesOf), ['Ons'])
  t.same(await database.inOrganisation(theirs, namesOf), ['Hun'])
  t.same(await database.readInOrganisation(newId(), namesOf), [])
  t.same(await database.installation(namesOf), [], 'without an organisation there are no rows')
  t.same(
    await database.withClient(async (client) => (await client.query('select * from organisation')).rows),
    [],
  )
  const other = newId()
  const { error } = await failureOf(database.inOrganisation(ours, (trx) => insertOrganisation(trx, other)))
  t.equal(error.code, '42501', 'row level security refuses a row of another organisation')
  t.notOk(await isThere(other))
  t.equal(
    (await failureOf(database.installation((trx) => insertOrganisation(trx, other)))).error.code,
    '42501',
  )
})

t.test('D2: a change of a mutable table reaches own rows only', async (t) => {
  const [ours, theirs] = [await anOrganisation(database), await anOrganisation(database)]
  const [ourClient, theirClient] = [newId(), newId()]
  await database.inOrganisation(ours, (trx) => insertClient(trx, ours, ourClient))
  await database.inOrganisation(theirs, (trx) => insertClient(trx, theirs, theirClient))
  const changed = await database.inOrganisation(ours, async (trx) => {
    const { numAffectedRows } = await sql`update api_client set name = 'Anders'`.execute(trx)
    return numAffectedRows
  })
  t.equal(changed, 1n)
  const { error } = await failureOf(
    database.inOrganisation(ours, (trx) =>
      sql`update api_client set organisation_id = ${theirs}`.execute(trx),
    ),
  )
  t.equal(error.code, '42501', 'a row cannot be given to another organisation')
  const deleted = await database.inOrganisation(
    ours,
    async (trx) => (await sql`delete from api_client`.execute(trx)).numAffectedRows,
  )
  t.equal(deleted, 1n)
  t.same(await adminQuery('select name from api_client where client_id = $1', [theirClient]), [
    { name: 'HR' },
  ])
})

t.test('D3: a foreign key does not lead into another organisation', async (t) => {
  const [ours, theirs] = [await anOrganisation(database), await anOrganisation(database)]
  const theirClient = newId()
  await database.inOrganisation(theirs, (trx) => insertClient(trx, theirs, theirClient))
  const { failure } = await failureOf(
    database.inOrganisation(ours, (trx) =>
      sql`insert into policy (organisation_id, policy_id, name, owner, legal_nature, created_at, created_by)
        values (${ours}, ${newId()}, 'Telefoons', 'HR', 'information', ${now}, ${theirClient})`.execute(trx),
    ),
  )
  t.same(failure, { kind: 'constraint', constraint: 'policy_creator_fk', sqlState: '23503' })
})

t.test('D4: the service cannot change, remove or truncate evidence, and neither can the owner', async (t) => {
  const id = await anOrganisation(database, 'Vast')
  const attempts = [
    "update organisation set name = 'Los'",
    'delete from organisation',
    'truncate organisation cascade',
    'alter table organisation disable trigger append_only_rows',
    'alter table organisation no force row level security',
    'select * from organisation for update',
    'drop table organisation cascade',
    "set session_replication_role = 'replica'",
    'set role beding_owner',
    'create table beding.mine (a int)',
    "insert into migration (name, sha256) values ('9999-x.sql', repeat('0', 64))",
  ]
  for (const attempt of attempts) {
    const { error } = await failureOf(database.inOrganisation(id, (trx) => sql.raw(attempt).execute(trx)))
    t.equal(error.code, '42501', attempt)
  }
  for (const attempt of [
    "update organisation set name = 'Los'",
    'delete from organisation',
    'truncate organisation cascade',
  ])
    await t.rejects(adminQuery(attempt), { code: 'BE001' }, `as superuser: ${attempt}`)
  t.same(await database.readInOrganisation(id, namesOf), ['Vast'])
})

t.test('D5: work that throws leaves nothing, and the error is the one that was thrown', async (t) => {
  const id = newId()
  const thrown = new Error('no')
  const { error, failure } = await failureOf(
    database.inOrganisation(id, async (trx) => {
      await insertOrganisation(trx, id)
      throw thrown
    }),
  )
  t.equal(error, thrown)
  t.same(failure, { kind: 'other' })
  t.notOk(await isThere(id))
})

t.test('D5: an error of a statement that the work hides is not taken for a commit', async (t) => {
  const id = newId()
  const { error, failure } = await failureOf(
    database.inOrganisation(id, async (trx) => {
      await insertOrganisation(trx, id)
      await insertOrganisation(trx, id).catch(() => undefined)
    }),
  )
  t.type(error, RolledBackError)
  t.same(failure, { kind: 'definitely-not-committed' })
  t.notOk(await isThere(id))
})

t.test('D5: a transaction ends with its work', async (t) => {
  const id = await anOrganisation(database)
  let kept: Transaction | undefined
  await database.inOrganisation(id, async (trx) => {
    kept = trx
    await namesOf(trx)
  })
  await t.rejects(namesOf(kept!), /has ended/)
  await database.readInOrganisation(id, async (trx) => void (kept = trx))
  await t.rejects(namesOf(kept!), /has ended/, 'also one that asked nothing')
})

t.test('D6: an organisation id that is no UUID is refused before anything is sent', async (t) => {
  const texts = ['', 'x', "'; drop table act; --", '01A1FDE2-C063-7A4A-84C9-B7A8ADA67C8B', undefined, null, 7]
  for (const text of texts as OrganisationId[]) {
    const work = () => t.fail('must not run')
    await t.rejects(database.inOrganisation(text, work as never), TypeError)
    await t.rejects(database.readInOrganisation(text, work as never), TypeError)
    await t.rejects(database.batchInOrganisation(text, []), TypeError)
  }
})

t.test('D7: a reading transaction cannot write', async (t) => {
  const id = newId()
  const { error } = await failureOf(database.readInOrganisation(id, (trx) => insertOrganisation(trx, id)))
  t.equal(error.code, '25006')
})

t.test(
  'D8: a transaction costs one wait per statement and one for COMMIT; a batch costs one in all',
  async (t) => {
    const proxy = await startDatabaseProxy(targets.app)
    const behind = openDatabase(proxy.target, { poolSize: 1 })
    t.teardown(async () => {
      await behind.close()
      await proxy.close()
    })
    const id = await anOrganisation(behind, 'Meet')
    const turnsOf = async (work: () => Promise<unknown>) => {
      const before = proxy.turns()
      await work()
      return proxy.turns() - before
    }
    const query = { text: 'select name from organisation', values: [] }
    t.equal(
      await turnsOf(() => behind.inOrganisation(id, async () => undefined)),
      0,
      'nothing asked, nothing sent',
    )
    t.equal(await turnsOf(() => behind.inOrganisation(id, namesOf)), 2)
    t.equal(
      await turnsOf(() => behind.inOrganisation(id, async (trx) => [await namesOf(trx), await namesOf(trx)])),
      3,
    )
    t.equal(await turnsOf(() => behind.batchInOrganisation(id, [query, query, query])), 1)
    t.equal(
      await turnsOf(() => behind.readInOrganisation(id, namesOf)),
      1,
      'the answer comes before COMMIT is sent',
    )
  },
)

t.test('statements of one transaction may be asked at once, and are answered in order', async (t) => {
  const id = await anOrganisation(database)
  const numbers = await database.inOrganisation(id, (trx) =>
    Promise.all(
      Array.from(
        { length: 20 },
        async (_, index) => (await sql<{ n: number }>`select ${index}::int as n`.execute(trx)).rows[0]!.n,
      ),
    ),
  )
  t.same(
    numbers,
    Array.from({ length: 20 }, (_, index) => index),
  )
})

t.test('D9: a batch is one transaction: all of it, or nothing', async (t) => {
  const id = newId()
  const insert = {
    text: 'insert into organisation (organisation_id, name, created_at) values ($1, $2, $3)',
    values: [id, 'Samen', now],
  }
  const count = { text: 'select count(*)::int as n from organisation', values: [] }
  const results = await database.batchInOrganisation(id, [insert, count])
  t.same(
    results.map(({ rows }) => rows as unknown[]),
    [[], [{ n: 1 }]],
  )
  t.ok(await isThere(id))
  const second = newId()
  const good = { ...insert, values: [second, 'Eerst', now] }
  const bad = { ...insert, values: [second, '', now] }
  const { failure } = await failureOf(database.batchInOrganisation(second, [good, bad, count]))
  t.same(failure, { kind: 'constraint', constraint: 'organisation_name_length', sqlState: '23514' })
  t.notOk(await isThere(second))
})

t.test('D10: a borrowed connection comes back clean, or is closed', async (t) => {
  const one = openDatabase(targets.app, { poolSize: 1 })
  t.teardown(() => one.close())
  const pid = () =>
    one.withClient(
      async (client) => (await client.query('select pg_backend_pid() as pid')).rows[0].pid as number,
    )
  const first = await pid()
  t.equal(await pid(), first)
  await t.rejects(
    one.withClient((client) => client.query('select 1 / 0')),
    { code: '22012' },
  )
  t.equal(await pid(), first, 'an answered error leaves it usable')
  await t.rejects(
    one.withClient((client) => client.query('begin; select 1 / 0')),
    { code: '22012' },
  )
  t.equal(await pid(), first, 'also one that had opened a transaction')
  await t.rejects(
    one.withClient((client) => client.query('begin')),
    /inside a transaction/,
  )
  const second = await pid()
  t.not(second, first)
  await t.rejects(
    one.withClient(() => Promise.reject(new Error('ours'))),
    /ours/,
  )
  t.not(await pid(), second, 'after an error that is no answer nobody knows its state')
})

t.test('each text is prepared once per connection, under one name', async (t) => {
  const one = openDatabase(targets.app, { poolSize: 1 })
  t.teardown(() => one.close())
  for (let round = 0; round < 3; round++)
    await one.withClient((client) => client.query('select $1::int + 1 as counted', [round]))
  const rows = await one.withClient(
    async (client) =>
      (await client.query("select name from pg_prepared_statements where statement like '%as counted'")).rows,
  )
  t.equal(rows.length, 1)
})
