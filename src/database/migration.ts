import { Client, type ClientBase, type DatabaseError } from 'pg'
import type { ConnectionTarget } from './connection-target.ts'
import { DatabaseRefusal } from './database-refusal.ts'
import {
  type AppliedMigration,
  type MigrationFile,
  planMigration,
  readMigrationFiles,
  refusalSentence,
} from './migration-files.ts'
import { appRole, ensureRoles, ownerRole, readLoginPower } from './role-setup.ts'

/** 'beding' in ASCII: which advisory lock of the database serialises migrators. */
const lockKey = 0x626564696e67

/**
 * Brings a database to the newest schema. Afterwards the roles exist and every file is applied, each in a transaction
 * of its own together with its row in `beding.migration`; gives the names it applied. Any number may run at once: they
 * wait for each other and the later ones find nothing to do. One that is killed leaves whole migrations behind.
 * Throws DatabaseRefusal when the files and the database disagree, or the login may not do this. Decision 0004.
 */
export async function migrate(
  target: ConnectionTarget,
  files: readonly MigrationFile[] = readMigrationFiles(),
): Promise<string[]> {
  return asMigrator(target, (client) => migrateOn(client, files))
}

/** Lends a connection for work on roles and schema: no statement timeout, errors passed on, closed afterwards. */
export async function asMigrator<T>(
  target: ConnectionTarget,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    ...target,
    application_name: 'beding-migrator',
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** `migrate` on a connection that is not in a transaction. */
export async function migrateOn(client: ClientBase, files: readonly MigrationFile[]): Promise<string[]> {
  await client.query('select pg_advisory_lock($1::bigint)', [lockKey])
  try {
    await ensureRoles(client, await readLoginPower(client))
    await ensureSchema(client)
    const plan = planMigration(files, await readApplied(client))
    if (plan.kind === 'refused') throw new DatabaseRefusal(refusalSentence(plan))
    for (const file of plan.files) await apply(client, file)
    return plan.files.map(({ name }) => name)
  } catch (error) {
    throw notPermitted(error) ?? error
  } finally {
    // The lock also ends with the connection, should this not arrive.
    await client.query('select pg_advisory_unlock($1::bigint)', [lockKey]).catch(() => undefined)
  }
}

function notPermitted(error: unknown): DatabaseRefusal | undefined {
  if ((error as DatabaseError).code !== '42501') return undefined
  return new DatabaseRefusal(
    `The login that migrates may not set up this database: ${(error as Error).message}.`,
    {
      cause: error,
    },
  )
}

async function ensureSchema(client: ClientBase): Promise<void> {
  const { rows } = await client.query("select to_regclass('beding.migration') is not null as there")
  if ((rows[0] as { there: boolean }).there) return
  await client.query(`
    begin;
    create schema if not exists beding authorization ${ownerRole};
    set local role ${ownerRole};
    grant usage on schema beding to ${appRole};
    create table if not exists beding.migration (
      name text not null constraint migration_pk primary key,
      sha256 text not null constraint migration_sha256_hex check (sha256 ~ '^[0-9a-f]{64}$'),
      applied_at timestamptz(3) not null default now()
    );
    comment on table beding.migration is 'installation';
    grant select on beding.migration to ${appRole};
    commit`)
}

/** What was applied, in order. Empty when the schema is not there. Needs SELECT on `beding.migration` only. */
export async function readApplied(client: ClientBase): Promise<AppliedMigration[]> {
  try {
    const { rows } = await client.query<AppliedMigration>(
      'select name, sha256 from beding.migration order by name',
    )
    return rows
  } catch (error) {
    if (/^(42P01|3F000)$/.test((error as DatabaseError).code ?? '')) return []
    throw error
  }
}

async function apply(client: ClientBase, file: MigrationFile): Promise<void> {
  try {
    await client.query(`begin; set local role ${ownerRole}; set local search_path to beding`)
    await client.query(file.sql)
    await client.query('insert into beding.migration (name, sha256) values ($1, $2)', [
      file.name,
      file.sha256,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => undefined)
    throw new Error(`migration ${file.name} failed: ${(cause as Error).message}`, { cause })
  }
}
