import type { ClientBase } from 'pg'
import { ownerRole } from './role-setup.ts'

export type TriggerFacts = {
  readonly name: string
  readonly calls: string
  /** 'O' and 'A' fire in ordinary sessions; 'D' is disabled, 'R' fires on replicas only. */
  readonly enabled: string
  /** Bits of pg_trigger.tgtype: 1 row, 2 before, 8 delete, 16 update, 32 truncate. */
  readonly type: number
}

export type PolicyFacts = {
  readonly name: string
  readonly permissive: boolean
  /** '*' for all commands. */
  readonly command: string
  readonly forEveryone: boolean
  readonly using: string | null
  readonly check: string | null
}

export type ForeignKeyFacts = {
  readonly name: string
  readonly columns: readonly string[]
  readonly target: string
}

export type TableFacts = {
  readonly name: string
  readonly comment: string | null
  readonly rowSecurity: boolean
  readonly forced: boolean
  readonly primaryKey: readonly string[]
  readonly policies: readonly PolicyFacts[]
  readonly triggers: readonly TriggerFacts[]
  readonly foreignKeys: readonly ForeignKeyFacts[]
  /** What the login that serves may do, on the table or on any column of it. */
  readonly privileges: readonly string[]
}

/** A function that runs with the rights of its owner. */
export type DefinerFacts = {
  readonly name: string
  readonly owner: string
  /** Where it looks for tables and functions, if it says so itself. */
  readonly searchPath: string | null
  readonly forEveryone: boolean
}

/** Everything the self-check judges, read as the login that serves. */
export type CatalogueFacts = {
  readonly login: string
  readonly serverVersion: number
  readonly serverEncoding: string
  readonly inRecovery: boolean
  readonly fsync: string
  readonly fullPageWrites: string
  readonly synchronousCommit: string
  /** What the login is itself or could become by membership: superuser, bypassrls, createrole, createdb, replication. */
  readonly powers: readonly string[]
  /** Roles with power over data or server that the login belongs to: the owner and predefined roles. */
  readonly memberships: readonly string[]
  readonly owns: readonly string[]
  readonly maySwitchTriggersOff: boolean
  readonly mayCreateInSchema: boolean
  readonly tables: readonly TableFacts[]
  readonly definers: readonly DefinerFacts[]
  readonly applied: readonly { readonly name: string; readonly sha256: string }[]
}

const dangerousRoles = [
  ownerRole,
  'pg_write_all_data',
  'pg_execute_server_program',
  'pg_write_server_files',
  'pg_maintain',
]

const catalogueQuery = `
with me as (select oid, rolname from pg_roles where rolname = current_user),
mine as (select r.* from pg_roles r, me where pg_has_role(me.oid, r.oid, 'member')),
space as (select oid, nspowner from pg_namespace where nspname = 'beding')
select current_user::text as "login",
  current_setting('server_version_num')::int as "serverVersion",
  current_setting('server_encoding') as "serverEncoding",
  pg_is_in_recovery() as "inRecovery",
  current_setting('fsync') as "fsync",
  current_setting('full_page_writes') as "fullPageWrites",
  current_setting('synchronous_commit') as "synchronousCommit",
  array(select power from mine cross join lateral (values
    ('superuser', rolsuper), ('bypassrls', rolbypassrls), ('createrole', rolcreaterole),
    ('createdb', rolcreatedb), ('replication', rolreplication)) as p (power, has) where has group by power order by 1) as "powers",
  array(select rolname::text from mine where rolname = any($1) order by 1) as "memberships",
  array(
    select 'database ' || datname from pg_database, me where datname = current_database() and datdba = me.oid
    union all select 'schema beding' from space, me where nspowner = me.oid
    union all select 'table ' || relname from pg_class, space, me where relnamespace = space.oid and relowner = me.oid
    union all select 'function ' || proname from pg_proc, space, me where pronamespace = space.oid and proowner = me.oid
    order by 1) as "owns",
  has_parameter_privilege('session_replication_role', 'set') as "maySwitchTriggersOff",
  coalesce((select has_schema_privilege(oid, 'create') from space), false) as "mayCreateInSchema",
  coalesce((select json_agg(t order by t.name) from (
    select c.relname as "name", obj_description(c.oid, 'pg_class') as "comment",
      c.relrowsecurity as "rowSecurity", c.relforcerowsecurity as "forced",
      array(select a.attname::text from pg_constraint k, unnest(k.conkey) with ordinality as u (attnum, position)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = u.attnum
        where k.conrelid = c.oid and k.contype = 'p' order by u.position) as "primaryKey",
      coalesce((select json_agg(json_build_object('name', p.polname, 'permissive', p.polpermissive, 'command', p.polcmd,
        'forEveryone', p.polroles = '{0}'::oid[], 'using', pg_get_expr(p.polqual, p.polrelid),
        'check', pg_get_expr(p.polwithcheck, p.polrelid)) order by p.polname) from pg_policy p where p.polrelid = c.oid), '[]') as "policies",
      coalesce((select json_agg(json_build_object('name', g.tgname, 'calls', f.proname, 'enabled', g.tgenabled, 'type', g.tgtype)
        order by g.tgname) from pg_trigger g join pg_proc f on f.oid = g.tgfoid where g.tgrelid = c.oid and not g.tgisinternal), '[]') as "triggers",
      coalesce((select json_agg(json_build_object('name', k.conname, 'target', d.relname, 'columns',
        (select json_agg(a.attname order by u.position) from unnest(k.conkey) with ordinality as u (attnum, position)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = u.attnum)) order by k.conname)
        from pg_constraint k join pg_class d on d.oid = k.confrelid where k.conrelid = c.oid and k.contype = 'f'), '[]') as "foreignKeys",
      array(select p from unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as p
        where has_table_privilege(c.oid, p)
          or (p in ('select', 'insert', 'update', 'references') and has_any_column_privilege(c.oid, p))) as "privileges"
    from pg_class c, space where c.relnamespace = space.oid and c.relkind in ('r', 'p', 'f', 'v', 'm')
  ) t), '[]') as "tables",
  coalesce((select json_agg(f order by f.name) from (
    select p.proname as "name", r.rolname as "owner",
      (select substring(setting from 13) from unnest(p.proconfig) as setting where setting like 'search_path=%') as "searchPath",
      exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as acl
        where acl.grantee = 0 and acl.privilege_type = 'EXECUTE') as "forEveryone"
    from pg_proc p join pg_roles r on r.oid = p.proowner, space where p.pronamespace = space.oid and p.prosecdef
  ) f), '[]') as "definers"`

/** Reads the facts as the login of the connection. `applied` is empty when there is no schema or it may not be read. */
export async function readCatalogue(client: ClientBase): Promise<CatalogueFacts> {
  const { rows } = await client.query<Omit<CatalogueFacts, 'applied'>>(catalogueQuery, [dangerousRoles])
  const facts = rows[0]!
  const readable = facts.tables.some(
    ({ name, privileges }) => name === 'migration' && privileges.includes('select'),
  )
  if (!readable) return { ...facts, applied: [] }
  const applied = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from beding.migration order by name',
  )
  return { ...facts, applied: applied.rows }
}
