import { join } from 'node:path'
import type { ClientBase } from 'pg'
import { migrationsFolder } from './migration-files.ts'

/** Where the resulting schema is kept for review. */
export const schemaFile = join(migrationsFolder, 'schema.sql')

const heading = `-- What the migrations add up to, read back from the catalogue. Made by: npm run db:schema
-- Kept for review and compared by a test; nothing runs it.
`

// Every query gives rows of one column, in an order that does not depend on when or where the schema was made.
const functions = `
  select pg_get_functiondef(p.oid) as statement from pg_proc p
  where p.pronamespace = 'beding'::regnamespace order by p.proname, pg_get_function_identity_arguments(p.oid)`

const tables = `
  select format(E'create table %s (\\n%s\\n)', c.relname, string_agg(format('  %I %s%s%s', a.attname,
      format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
      coalesce(case a.attgenerated when 's' then format(' generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
        else ' default ' || pg_get_expr(d.adbin, d.adrelid) end, '')), E',\\n' order by a.attnum))
    || coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', '') as statement
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relnamespace = 'beding'::regnamespace and c.relkind in ('r', 'p')
  group by c.oid, c.relname, c.reloptions order by c.relname`

const storages = `
  select format('alter table %s alter column %I set storage %s', c.relname, a.attname,
    case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end) as statement
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'beding'::regnamespace and c.relkind in ('r', 'p') and a.attstorage <> t.typstorage
  order by c.relname, a.attname`

// 'n' is how PostgreSQL 18 lists NOT NULL, which the columns already say.
const constraints = `
  select format('alter table %s add constraint %I %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) as statement
  from pg_constraint k join pg_class c on c.oid = k.conrelid
  where k.connamespace = 'beding'::regnamespace and k.contype <> 'n'
  order by c.relname, array_position(array['p', 'u', 'c', 'f', 'x', 't'], k.contype::text), k.conname`

const indexes = `
  select pg_get_indexdef(i.indexrelid) as statement from pg_index i join pg_class x on x.oid = i.indexrelid
  where x.relnamespace = 'beding'::regnamespace
    and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  order by x.relname`

const rowSecurity = `
  select format('alter table %s %s row level security', c.relname, clause) as statement
  from pg_class c cross join lateral (values (1, 'enable', c.relrowsecurity), (2, 'force', c.relforcerowsecurity))
    as s (position, clause, present)
  where c.relnamespace = 'beding'::regnamespace and c.relkind in ('r', 'p') and present
  order by c.relname, position`

const policies = `
  select format('create policy %I on %s as %s for %s to %s using (%s) with check (%s)', p.polname, c.relname,
    case when p.polpermissive then 'permissive' else 'restrictive' end,
    case p.polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' else 'delete' end,
    case when p.polroles = '{0}'::oid[] then 'public' else array_to_string(p.polroles::regrole[], ', ') end,
    pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as statement
  from pg_policy p join pg_class c on c.oid = p.polrelid
  where c.relnamespace = 'beding'::regnamespace order by c.relname, p.polname`

const triggers = `
  select pg_get_triggerdef(g.oid) as statement from pg_trigger g join pg_class c on c.oid = g.tgrelid
  where c.relnamespace = 'beding'::regnamespace and not g.tgisinternal order by c.relname, g.tgname`

// The owner's own rights are left out: they are all of them, and newer servers know more.
const grants = `
  select format('grant %s on %s to %s', string_agg(lower(x.privilege_type), ', ' order by x.privilege_type), c.relname,
    case when x.grantee = 0 then 'public' else x.grantee::regrole::text end) as statement
  from pg_class c cross join lateral aclexplode(c.relacl) x
  where c.relnamespace = 'beding'::regnamespace and c.relkind in ('r', 'p', 'v', 'S') and x.grantee <> c.relowner
  group by c.relname, x.grantee order by c.relname, x.grantee::regrole::text`

const schemaGrants = `
  select format('grant %s on schema beding to %s', string_agg(lower(x.privilege_type), ', ' order by x.privilege_type),
    case when x.grantee = 0 then 'public' else x.grantee::regrole::text end) as statement
  from pg_namespace n cross join lateral aclexplode(n.nspacl) x
  where n.nspname = 'beding' and x.grantee <> n.nspowner
  group by x.grantee order by x.grantee::regrole::text`

const comments = `
  select format('comment on table %s is %L', c.relname, obj_description(c.oid, 'pg_class')) as statement
  from pg_class c where c.relnamespace = 'beding'::regnamespace and c.relkind in ('r', 'p')
    and obj_description(c.oid, 'pg_class') is not null order by c.relname`

const sections = [
  ['functions', functions],
  ['tables', tables],
  ['column storage', storages],
  ['constraints', constraints],
  ['indexes', indexes],
  ['row level security', rowSecurity],
  ['policies', policies],
  ['triggers', triggers],
  ['rights', schemaGrants],
  ['rights on tables', grants],
  ['classes of tables', comments],
] as const

/**
 * The schema `beding` as text, the same for the same schema on every supported version. The connection's search path is
 * put on `beding`, so that names stand without it.
 */
export async function dumpSchema(client: ClientBase): Promise<string> {
  await client.query('set search_path to beding')
  const parts = [heading]
  for (const [title, query] of sections) {
    const { rows } = await client.query<{ statement: string }>(query)
    parts.push(`\n-- ${title}\n\n`, ...rows.map(({ statement }) => `${statement.trimEnd()};\n`))
  }
  return parts.join('')
}
