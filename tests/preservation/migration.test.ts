import t from 'tap'
import { asMigrator, migrate, readMigrationFiles } from '#database'
import { emptyDatabase } from '../support/database.ts'

const organisationId = '0193f000-0000-7000-8000-000000000001'
const documentId = '0193f000-0000-7000-8000-00000000000d'

t.test('a document from before is put into the calendar, and its rows stay protected', async (t) => {
  const target = await emptyDatabase(t)
  const files = readMigrationFiles()
  const position = files.findIndex(({ name }) => name === '0015-document-revisions.sql')
  await migrate(target, files.slice(0, position))
  await asMigrator(target, (client) =>
    client.query(`
      set search_path to beding;
      insert into organisation values ('${organisationId}', 'Bakkerij De Wit', now());
      insert into signing_key values ('${organisationId}', 'seal-1', 'seal', 'ecdsa-p256', '\\x00', '\\x00', 'x', now());
      insert into document values ('${organisationId}', '${documentId}', 'receipt', 'application/pdf', 'T', 'nl', '\\x00',
        decode(repeat('00', 32), 'hex'), 1, decode(repeat('00', 32), 'hex'), 'B-B', 'seal-1', now())`),
  )
  await migrate(target, files.slice(0, position + 1))
  await asMigrator(target, async (client) => {
    const due = await client.query(
      "select kind, due_at <= now() as is_due from beding.work_due where kind = 'preservation'",
    )
    t.same(due.rows, [{ kind: 'preservation', is_due: true }])
    const states = await client.query(
      'select document_id, level, step, due_at <= now() as is_due from beding.document_preservation',
    )
    t.same(states.rows, [{ document_id: documentId, level: 'B-B', step: 'timestamp', is_due: true }])
    const tables = await client.query(
      "select relname from pg_class where relname in ('document', 'document_preservation', 'document_revision') and relforcerowsecurity and relrowsecurity order by relname",
    )
    t.same(
      tables.rows.map(({ relname }) => relname),
      ['document', 'document_preservation', 'document_revision'],
    )
  })
})
