import { createHash } from 'node:crypto'
import { Pool, type QueryResultRow } from 'pg'
import tap from 'tap'
import { toBase64Url } from '#core'
import {
  asLogin,
  asMigrator,
  openDatabase,
  prepareDatabase,
  readMigrationFiles,
  type ConnectionTarget,
  type Database,
  type DatabaseOptions,
} from '#database'
import { testSecrets } from './platform.ts'
import { clusterVariable, startTestCluster } from './test-cluster.ts'

export type TestDatabase = {
  /** As the service has it: the restricted login, row level security in force. */
  readonly database: Database
  /** One statement as superuser, outside row level security; gives the rows. */
  readonly adminQuery: <Row extends QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>
  readonly urls: { readonly app: string; readonly admin: string }
  readonly targets: { readonly app: ConnectionTarget; readonly admin: ConnectionTarget }
}

/** What a test of tap offers of which only this is needed. */
type Teardown = { teardown(work: () => unknown): void }

let cluster: Promise<ConnectionTarget> | undefined
let clonesMade = 0

/**
 * A database of its own for a test file: empty, migrated, gone afterwards. The server is the one that the runner
 * started; a file that runs alone starts one and stops it. Call it once per file with the root test and share it.
 */
export async function testDatabase(t: Teardown, options: DatabaseOptions = {}): Promise<TestDatabase> {
  const server = await (cluster ??= findCluster())
  const template = await ensureTemplate(server)
  const name = `test_${process.pid}_${++clonesMade}`
  await asMigrator(server, (client) =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  )
  const admin = { ...server, database: name }
  const app = asLogin(admin, 'beding_app', appPassword())
  const database = openDatabase(app, { poolSize: 10, ...options })
  const pool = new Pool({ ...admin, options: '-c search_path=beding -c timezone=UTC', max: 2 })
  pool.on('error', () => undefined)
  t.teardown(async () => {
    await Promise.all([database.close(), pool.end()])
    await asMigrator(server, (client) => client.query(`drop database ${name} with (force)`))
  })
  return {
    database,
    adminQuery: async (text, values) => (await pool.query(text, values)).rows,
    urls: { app: urlOf(app), admin: urlOf(admin) },
    targets: { app, admin },
  }
}

/** An empty database of its own, without the schema, as superuser. For tests of setting up itself. */
export async function emptyDatabase(t: Teardown): Promise<ConnectionTarget> {
  const server = await (cluster ??= findCluster())
  // The roles belong to the server; a template makes sure they are there with the password of the tests.
  await ensureTemplate(server)
  const name = `test_${process.pid}_${++clonesMade}`
  await asMigrator(server, (client) => client.query(`create database ${name}`))
  t.teardown(() =>
    asMigrator(server, (client) => client.query(`drop database if exists ${name} with (force)`)),
  )
  return { ...server, database: name }
}

async function findCluster(): Promise<ConnectionTarget> {
  const shared = process.env[clusterVariable]
  if (shared !== undefined) return JSON.parse(shared) as ConnectionTarget
  const own = await startTestCluster()
  // With the root test and before any clone's, so that it runs last: tap undoes in reverse order.
  tap.teardown(async () => {
    cluster = undefined
    await own.stop()
  })
  return own.target
}

function appPassword(): string {
  return toBase64Url(testSecrets.derive('database-login/beding_app'))
}

/** The migrated database that clones are made of; its name follows from the migrations, so a change makes a new one. */
async function ensureTemplate(server: ConnectionTarget): Promise<string> {
  const files = readMigrationFiles()
  const digest = createHash('sha256')
  for (const { name, sha256 } of files) digest.update(`${name} ${sha256}\n`)
  const template = `template_${digest.digest('hex').slice(0, 16)}`
  await asMigrator(server, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [template])
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template])
    if (rowCount === 1) return
    await client.query(`drop database if exists ${template}_draft with (force)`)
    await client.query(`create database ${template}_draft`)
    const target = { ...server, database: `${template}_draft` }
    await prepareDatabase({ target, migrationTarget: undefined, secrets: testSecrets, files })
    await client.query(`alter database ${template}_draft rename to ${template}`)
  })
  return template
}

function urlOf(target: ConnectionTarget): string {
  const { user, password, host, port, database } = target
  return `postgres://${user}:${String(password)}@${host}:${port}/${database}`
}
