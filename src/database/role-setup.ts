import type { ClientBase, DatabaseError } from 'pg'
import { DatabaseRefusal } from './database-refusal.ts'
import { scramVerifier } from './scram-verifier.ts'

/** Owns the schema; nobody logs in as it. */
export const ownerRole = 'beding_owner'
/** May become the owner; for a login that migrates. */
export const migratorRole = 'beding_migrator'
/** What the service serves as: holds exactly the rights that the migrations grant. */
export const appRole = 'beding_app'

/** What a login can do, as far as setting up roles goes. */
export type LoginPower = {
  readonly login: string
  readonly superuser: boolean
  readonly createsRoles: boolean
  readonly createsInDatabase: boolean
  /** Which of our roles exist. */
  readonly existing: readonly string[]
  /** May `set role beding_owner`. */
  readonly becomesOwner: boolean
}

/** True when the login can make the roles and the schema: it is for migrating, never for serving. */
export function isPrivileged(power: LoginPower): boolean {
  return power.superuser || (power.createsRoles && power.createsInDatabase)
}

export async function readLoginPower(client: ClientBase): Promise<LoginPower> {
  const { rows } = await client.query<LoginPower>(
    `select current_user::text as login, rolsuper as superuser, rolcreaterole as "createsRoles",
       has_database_privilege(current_database(), 'create') as "createsInDatabase",
       array(select r.rolname::text from pg_roles r where r.rolname = any($1) order by 1) as existing,
       coalesce((select case when current_setting('server_version_num')::int >= 160000
           then pg_has_role(current_user, r.oid, 'set') else pg_has_role(current_user, r.oid, 'member') end
         from pg_roles r where r.rolname = $2), false) as "becomesOwner"
     from pg_roles where rolname = current_user`,
    [[ownerRole, migratorRole, appRole], ownerRole],
  )
  return rows[0]!
}

/**
 * Makes the three roles that are missing and lets this login become the owner. Afterwards all three exist: owner and
 * migrator without login, the app without any special right. Refuses when roles are missing and the login may not make
 * them. Safe to run twice at once, also from different databases of one server.
 */
export async function ensureRoles(client: ClientBase, power: LoginPower): Promise<void> {
  const missing = [ownerRole, migratorRole, appRole].filter((role) => !power.existing.includes(role))
  if (missing.length === 0 && power.becomesOwner) return
  if (!power.superuser && !power.createsRoles)
    throw new DatabaseRefusal(
      `The login ${power.login} may not set up the database: the roles ${[ownerRole, migratorRole, appRole].join(', ')} ` +
        `must exist and ${power.login} must be a member of ${migratorRole}, or it must be allowed to create roles.`,
    )
  for (const role of missing)
    await unlessThere(
      client,
      `create role ${role} nologin nosuperuser nocreatedb nocreaterole nobypassrls noreplication`,
    )
  await unlessThere(client, `grant ${ownerRole} to ${migratorRole}`)
  // A superuser needs no membership, and one more member of the owner is one more login to guard.
  if (!power.superuser) await unlessThere(client, `grant ${migratorRole} to current_user`)
}

/** Lets the app role log in with this password. */
export async function setAppPassword(client: ClientBase, password: string): Promise<void> {
  await unlessThere(client, `alter role ${appRole} login password '${scramVerifier(password)}'`)
}

// Roles belong to the whole server, so another database's set-up can be at the same rows at this moment: 42710 and
// 23505 say that it was first, XX000 ("tuple concurrently updated") that it was in between.
async function unlessThere(client: ClientBase, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(statement)
      return
    } catch (error) {
      const code = (error as DatabaseError).code
      if (code === '42710' || (code === '23505' && statement.startsWith('create'))) return
      if (attempt >= 20 || (code !== 'XX000' && code !== '23505')) throw error
    }
  }
}
