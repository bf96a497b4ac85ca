import t from 'tap'
import { asMigrator, migrate, readMigrationFiles } from '#database'
import { emptyDatabase } from '../support/database.ts'

const organisationId = '0193f000-0000-7000-8000-000000000001'

t.test('a log from before there were anchors gets its first one, and its rows stay protected', async (t) => {
  const target = await emptyDatabase(t)
  const files = readMigrationFiles()
  const position = files.findIndex(({ name }) => name === '0011-anchors.sql')
  await migrate(target, files.slice(0, position))
  await asMigrator(target, (client) =>
    client.query(`
      set search_path to beding;
      insert into organisation values ('${organisationId}', 'Bakkerij De Wit', now());
      insert into signing_key values ('${organisationId}', '0a0b0c0d', 'log', 'ed25519', '\\x00', '\\x00', null, now());
      insert into ledger_log (organisation_id, log_id, origin, key_id, created_at)
        values ('${organisationId}', gen_random_uuid(), 'beding.local/log/1', '0a0b0c0d', now())`),
  )
  await migrate(target, files.slice(0, position + 1))
  await asMigrator(target, async (client) => {
    const due = await client.query(
      'select organisation_id, kind, due_at <= now() as is_due from beding.work_due',
    )
    t.same(due.rows, [{ organisation_id: organisationId, kind: 'anchoring', is_due: true }])
    const log = await client.query(
      "select relforcerowsecurity as forced, relrowsecurity as secured from pg_class where oid = 'beding.ledger_log'::regclass",
    )
    t.same(log.rows, [{ forced: true, secured: true }])
  })
})
