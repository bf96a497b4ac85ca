import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t from 'tap'
import { sha256Hex } from '#core'
import {
  asMigrator,
  dumpSchema,
  migrate,
  planMigration,
  readMigrationFiles,
  schemaFile,
  type ConnectionTarget,
  type MigrationFile,
} from '#database'
import { emptyDatabase, testDatabase } from '../support/database.ts'

const file = (name: string, sql: string): MigrationFile => ({ name, sql, sha256: sha256Hex(sql) })
const first = file('0001-first.sql', 'create table first (a int)')
const second = file('0002-second.sql', 'create table second (a int)')
const third = file('0003-third.sql', 'create table third (a int)')

const tablesOf = (target: ConnectionTarget) =>
  asMigrator(target, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'beding' and tablename <> 'migration' order by 1",
    )
    return rows.map(({ name }) => name)
  })

t.test('M1: the plan is what has not been applied, and never contradicts what has', async (t) => {
  const applied = [{ name: first.name, sha256: first.sha256 }]
  t.same(planMigration([first, second], []), { kind: 'run', files: [first, second] })
  t.same(planMigration([first, second], applied), { kind: 'run', files: [second] })
  t.same(planMigration([first], applied), { kind: 'run', files: [] })
  t.match(planMigration([{ ...first, sha256: 'other' }, second], applied), {
    reason: 'changed',
    name: first.name,
  })
  t.match(planMigration([second], applied), { reason: 'missing', name: first.name })
  t.match(planMigration([first, second], [{ name: second.name, sha256: second.sha256 }]), {
    reason: 'out-of-order',
    name: first.name,
  })
})

t.test('M2: nothing becomes everything, and a second time there is nothing to do', async (t) => {
  const target = await emptyDatabase(t)
  const names = readMigrationFiles().map(({ name }) => name)
  t.ok(names.length >= 8)
  t.same(await migrate(target), names)
  t.same(await migrate(target), [])
})

t.test('M3: everything in the schema belongs to the owner and nobody logs in as that', async (t) => {
  const { adminQuery } = await testDatabase(t)
  t.same(
    await adminQuery(
      "select distinct relowner::regrole::text as owner from pg_class where relnamespace = 'beding'::regnamespace union select proowner::regrole::text from pg_proc where pronamespace = 'beding'::regnamespace",
    ),
    [{ owner: 'beding_owner' }],
  )
  t.same(
    await adminQuery(
      "select rolname, rolcanlogin, rolsuper, rolcreaterole, rolbypassrls from pg_roles where rolname like 'beding%' order by 1",
    ),
    [
      {
        rolname: 'beding_app',
        rolcanlogin: true,
        rolsuper: false,
        rolcreaterole: false,
        rolbypassrls: false,
      },
      {
        rolname: 'beding_migrator',
        rolcanlogin: false,
        rolsuper: false,
        rolcreaterole: false,
        rolbypassrls: false,
      },
      {
        rolname: 'beding_owner',
        rolcanlogin: false,
        rolsuper: false,
        rolcreaterole: false,
        rolbypassrls: false,
      },
    ],
  )
})

t.test(
  'M4: the schema kept for review is the schema that the migrations make (npm run db:schema)',
  async (t) => {
    const { targets } = await testDatabase(t)
    t.equal(await asMigrator(targets.admin, dumpSchema), readFileSync(schemaFile, 'utf8'))
  },
)

t.test('M5: an applied file that changed, went missing or came late is refused by name', async (t) => {
  const target = await emptyDatabase(t)
  await migrate(target, [first, third])
  const changed = file(first.name, `${first.sql} -- a word`)
  await t.rejects(migrate(target, [changed, third]), {
    name: 'DatabaseRefusal',
    message: /0001-first\.sql was changed/,
  })
  await t.rejects(migrate(target, [third]), {
    name: 'DatabaseRefusal',
    message: /0001-first\.sql was applied/,
  })
  await t.rejects(migrate(target, [first, second, third]), {
    name: 'DatabaseRefusal',
    message: /0002-second\.sql has a lower/,
  })
  t.same(await tablesOf(target), ['first', 'third'])
})

t.test('M6: a file that fails leaves nothing of itself, and what came before stays', async (t) => {
  const target = await emptyDatabase(t)
  const broken = file('0002-broken.sql', 'create table half (a int); select 1 / 0;')
  await t.rejects(
    migrate(target, [first, broken, third]),
    /migration 0002-broken\.sql failed: division by zero/,
  )
  t.same(await tablesOf(target), ['first'])
  t.same(await migrate(target, [first, second, third]), [second.name, third.name])
})

t.test('M7: twenty at once apply each file once', async (t) => {
  const target = await emptyDatabase(t)
  const files = readMigrationFiles()
  const applied = await Promise.all(Array.from({ length: 20 }, () => migrate(target, files)))
  t.same(
    applied.flat().sort(),
    files.map(({ name }) => name),
  )
  t.equal(applied.filter((names) => names.length > 0).length, 1, 'one did it all')
})

t.test('M8: a migrator that is killed half way leaves whole files, and the next one goes on', async (t) => {
  const target = await emptyDatabase(t)
  const slow = file('0002-slow.sql', 'create table slow (a int); select pg_sleep(20)')
  const files = [first, slow]
  const module = new URL('../../src/database/migration.ts', import.meta.url).href
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { migrate } = await import(${JSON.stringify(module)}); await migrate(${JSON.stringify(target)}, ${JSON.stringify(files)})`,
    ],
    { stdio: 'inherit' },
  )
  const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  const watcher = new Client(target)
  await watcher.connect()
  t.teardown(() => watcher.end())
  const sleeping =
    "select pid from pg_stat_activity where datname = current_database() and query like '%pg_sleep(20)%' and pid <> pg_backend_pid()"
  while ((await watcher.query(sleeping)).rowCount === 0) await sleep(20)
  child.kill('SIGKILL')
  t.equal(await ended, 'SIGKILL')
  // The server notices a dead client only when it next speaks to it; an administrator, or a keepalive, ends it sooner.
  const { rows } = await watcher.query<{ pid: number }>(sleeping)
  await watcher.query('select pg_terminate_backend($1)', [rows[0]!.pid])
  t.same(await migrate(target, [first, second]), [second.name])
  t.same(await tablesOf(target), ['first', 'second'])
})
