import t from 'tap'
import {
  asMigrator,
  checkDatabase,
  evaluateCatalogue,
  readCatalogue,
  readMigrationFiles,
  type CatalogueFacts,
  type TableFacts,
} from '#database'
import { testDatabase } from '../support/database.ts'

const { database, targets } = await testDatabase(t)
const files = readMigrationFiles()
const real = await database.withClient(readCatalogue)
/** What a durable server would say, so that only the change under test is found. */
const sound: CatalogueFacts = { ...real, fsync: 'on', fullPageWrites: 'on', synchronousCommit: 'on' }

const namesIn = (facts: CatalogueFacts) =>
  evaluateCatalogue(facts, files).map(({ name, subject }) => `${name} ${subject}`)
const withTable = (name: string, change: Partial<TableFacts>): CatalogueFacts => ({
  ...sound,
  tables: sound.tables.map((table) => (table.name === name ? { ...table, ...change } : table)),
})
const tableNamed = (name: string) => sound.tables.find((table) => table.name === name)!

t.test('S1: the migrated database, seen by the login that serves, has nothing against it', async (t) => {
  t.same(evaluateCatalogue(sound, files), [])
  t.equal(real.login, 'beding_app')
  t.ok(real.tables.filter(({ comment }) => comment === 'evidence').length >= 15)
  t.same(await checkDatabase(database, files, { durability: 'waived-for-tests' }), [])
})

t.test('S2: a server that does not force commits to disk is found, unless code waives that', async (t) => {
  t.same(
    evaluateCatalogue(real, files).map(({ name }) => name),
    ['fsync-off', 'full-page-writes-off', 'synchronous-commit-off'],
    'the cluster of the tests is such a server',
  )
  t.same(evaluateCatalogue(real, files, { durability: 'waived-for-tests' }), [])
  for (const value of ['off', 'local', 'something-new'])
    t.same(namesIn({ ...sound, synchronousCommit: value }), ['synchronous-commit-off beding_app'], value)
  for (const value of ['on', 'remote_write', 'remote_apply'])
    t.same(namesIn({ ...sound, synchronousCommit: value }), [], value)
})

const changes: [string, CatalogueFacts, string[]][] = [
  ['an old server', { ...sound, serverVersion: 140_012 }, ['server-too-old server']],
  ['another encoding', { ...sound, serverEncoding: 'SQL_ASCII' }, ['server-not-utf8 server']],
  ['a standby', { ...sound, inRecovery: true }, ['server-read-only server']],
  ['a superuser', { ...sound, powers: ['superuser'] }, ['login-too-powerful beding_app']],
  ['the owner', { ...sound, memberships: ['beding_owner'] }, ['login-in-powerful-role beding_app']],
  ['a login that owns', { ...sound, owns: ['table act'] }, ['login-owns beding_app']],
  [
    'a login that stops triggers',
    { ...sound, maySwitchTriggersOff: true },
    ['login-switches-triggers beding_app'],
  ],
  ['a login that creates', { ...sound, mayCreateInSchema: true }, ['login-creates beding_app']],
  [
    'an empty database',
    { ...sound, applied: [], tables: [] },
    files.map(({ name }) => `schema-not-current ${name}`),
  ],
  [
    'a newer database',
    { ...sound, applied: [...sound.applied, { name: '9999-x.sql', sha256: '' }] },
    ['schema-differs 9999-x.sql'],
  ],
  ['a table without a class', withTable('act', { comment: null }), ['table-unclassed act']],
  ['a table of an unknown class', withTable('act', { comment: 'secret' }), ['table-unclassed act']],
  ['no row security', withTable('person', { rowSecurity: false }), ['row-security-off person']],
  ['row security not forced', withTable('person', { forced: false }), ['row-security-off person']],
  ['no policy', withTable('person', { policies: [] }), ['policy-differs person']],
  [
    'a policy for reading only',
    withTable('person', { policies: [{ ...tableNamed('person').policies[0]!, command: 'r' }] }),
    ['policy-differs person'],
  ],
  [
    'a policy that shows all',
    withTable('person', { policies: [{ ...tableNamed('person').policies[0]!, using: 'true' }] }),
    ['policy-differs person'],
  ],
  [
    'a policy that takes all',
    withTable('person', { policies: [{ ...tableNamed('person').policies[0]!, check: null }] }),
    ['policy-differs person'],
  ],
  [
    'a policy for one role',
    withTable('person', { policies: [{ ...tableNamed('person').policies[0]!, forEveryone: false }] }),
    ['policy-differs person'],
  ],
  [
    'a second policy',
    withTable('person', {
      policies: [
        tableNamed('person').policies[0]!,
        { ...tableNamed('person').policies[0]!, name: 'all', using: 'true' },
      ],
    }),
    ['policy-differs person'],
  ],
  [
    'a key without the organisation',
    withTable('person', { primaryKey: ['person_id'] }),
    ['key-without-organisation person'],
  ],
  ['no key', withTable('person', { primaryKey: [] }), ['key-without-organisation person']],
  [
    'a foreign key without it',
    withTable('act', {
      foreignKeys: [{ name: 'x', columns: ['person_id', 'organisation_id'], target: 'person' }],
    }),
    ['key-without-organisation act'],
  ],
  ...['update', 'delete', 'truncate', 'trigger'].map((privilege): [string, CatalogueFacts, string[]] => [
    `${privilege} on evidence`,
    withTable('act', { privileges: ['select', 'insert', privilege] }),
    ['evidence-changeable act'],
  ]),
  ['no trigger', withTable('act', { triggers: [] }), ['evidence-unguarded act', 'evidence-unguarded act']],
  [
    'triggers disabled',
    withTable('act', {
      triggers: tableNamed('act').triggers.map((trigger) => ({ ...trigger, enabled: 'D' })),
    }),
    ['evidence-unguarded act', 'evidence-unguarded act'],
  ],
  [
    'triggers on replicas only',
    withTable('act', {
      triggers: tableNamed('act').triggers.map((trigger) => ({ ...trigger, enabled: 'R' })),
    }),
    ['evidence-unguarded act', 'evidence-unguarded act'],
  ],
  [
    'triggers that call something else',
    withTable('act', {
      triggers: tableNamed('act').triggers.map((trigger) => ({ ...trigger, calls: 'allow' })),
    }),
    ['evidence-unguarded act', 'evidence-unguarded act'],
  ],
  [
    'no trigger against truncate',
    withTable('act', {
      triggers: tableNamed('act').triggers.filter(({ name }) => name !== 'append_only_table'),
    }),
    ['evidence-unguarded act'],
  ],
]
for (const [title, facts, expected] of changes)
  t.test(`S3: ${title} is found by name`, async (t) => {
    t.same(namesIn(facts), expected)
    for (const { sentence } of evaluateCatalogue(facts, files)) t.match(sentence, /^[A-Z].*\.$/)
  })

const sabotages: [string, string][] = [
  ['grant update on act to beding_app', 'evidence-changeable act'],
  ['grant update (choice) on act to beding_app', 'evidence-changeable act'],
  ['grant delete on act to public', 'evidence-changeable act'],
  ['grant truncate on act to beding_app', 'evidence-changeable act'],
  ['alter table act disable trigger append_only_rows', 'evidence-unguarded act'],
  ['drop trigger append_only_table on act', 'evidence-unguarded act'],
  ['alter table act no force row level security', 'row-security-off act'],
  ['alter table person disable row level security', 'row-security-off person'],
  ['create policy extra on person using (true)', 'policy-differs person'],
  ['alter policy own_organisation on person using (true)', 'policy-differs person'],
  ['create table loose (a int)', 'table-unclassed loose'],
  ['create view everyone as select * from person', 'table-unclassed everyone'],
  ['alter table act owner to beding_app', 'login-owns beding_app'],
  ['grant create on schema beding to beding_app', 'login-creates beding_app'],
  [
    'alter table person add constraint person_pk primary key (person_id, organisation_id)',
    'key-without-organisation person',
  ],
  [
    'drop trigger append_only_rows on act; create trigger append_only_rows before update or delete on act for each row execute function refuse_change_but_erasure()',
    'evidence-unguarded act',
  ],
  ['alter table opening disable trigger append_only_rows', 'evidence-unguarded opening'],
  ['create function loose() returns int language sql security definer return 1', 'definer-unknown loose'],
  ['alter function erase_items reset search_path', 'definer-looks-elsewhere erase_items'],
  ['alter function erase_items set search_path = pg_temp, beding', 'definer-looks-elsewhere erase_items'],
  ['grant execute on function erase_items to public', 'definer-for-everyone erase_items'],
  ['alter function erase_items owner to beding_migrator', 'definer-of-another erase_items'],
  ['delete from migration where name = (select max(name) from migration)', 'schema-not-current'],
  ["update migration set sha256 = repeat('0', 64) where name like '0001%'", 'schema-differs'],
]
for (const [sabotage, expected] of sabotages)
  t.test(`S4: in a real database, "${sabotage}" is found`, async (t) => {
    const facts = await asMigrator(targets.admin, async (client) => {
      await client.query('begin; set local search_path to beding')
      // Keys that lead to it would refuse the change of a primary key; they are not what is looked at.
      if (sabotage.includes('person_pk'))
        await client.query('alter table person drop constraint person_pk cascade')
      await client.query(sabotage)
      await client.query('set local role beding_app')
      return readCatalogue(client)
    })
    const findings = evaluateCatalogue(facts, files, { durability: 'waived-for-tests' })
    t.ok(
      findings.some(({ name, subject }) => `${name} ${subject}`.startsWith(expected)),
      JSON.stringify(findings),
    )
  })
