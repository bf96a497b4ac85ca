import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import {
  asLogin,
  asMigrator,
  DatabaseRefusal,
  dumpSchema,
  openServingDatabase,
  readMigrationFiles,
  schemaFile,
  SelfCheckError,
  type ConnectionTarget,
} from '#database'
import { createSecrets, type DatabaseConfig } from '#platform'
import { testPlatform } from '../support/platform.ts'
import { startTestCluster } from '../support/test-cluster.ts'

const { log } = testPlatform()
const debian = '/usr/lib/postgresql/15'
const servers = [
  { title: 'PostgreSQL 18 out of npm', options: {}, present: true },
  {
    title: 'PostgreSQL 15',
    options: { binaries: { folder: debian, major: 15 } },
    present: existsSync(`${debian}/bin/initdb`),
  },
]

for (const { title, options, present } of servers)
  t.test(title, { skip: !present && 'not on this machine' }, async (t) => {
    const cluster = await startTestCluster({ ...options, durable: true })
    t.teardown(cluster.stop)
    let made = 0
    const admin = (text: string, target: ConnectionTarget = cluster.target) =>
      asMigrator(target, async (client) => (await client.query(text)).rows as unknown[])
    const aDatabase = async (): Promise<ConnectionTarget> => {
      const database = `setup_${++made}`
      await admin(`create database ${database}`)
      return { ...cluster.target, database }
    }
    const aLogin = async (target: ConnectionTarget, attributes: string): Promise<ConnectionTarget> => {
      const name = `login_${++made}`
      await admin(`create role ${name} login password 'secret' ${attributes}`)
      return asLogin(target, name, 'secret')
    }
    const urlOf = ({ user, password, host, port, database }: ConnectionTarget) =>
      `postgres://${user}:${String(password)}@${host}:${port}/${database}`
    const masterKey = randomBytes(32)
    const serve = (target: ConnectionTarget, migration?: ConnectionTarget, key = masterKey) => {
      const config: DatabaseConfig = {
        kind: 'external',
        url: urlOf(target),
        migrationUrl: migration === undefined ? undefined : urlOf(migration),
      }
      return openServingDatabase({ config, home: '/nowhere', secrets: createSecrets(key), log })
    }
    const servedAs = async (...parameters: Parameters<typeof serve>) => {
      const serving = await serve(...parameters)
      const login = await serving.database.withClient(
        async (client) => (await client.query('select current_user as login')).rows[0].login as string,
      )
      await serving.stop()
      return { login, applied: serving.applied.length }
    }
    const everything = readMigrationFiles().length

    t.test(
      'R1: a login that may make roles but is no superuser sets up a server that has none of ours',
      async (t) => {
        const target = await aDatabase()
        const login = await aLogin(target, 'createrole')
        await admin(`grant create on database ${target.database} to ${login.user}`)
        t.same(await servedAs(login), { login: 'beding_app', applied: everything })
        t.same(await servedAs(login), { login: 'beding_app', applied: 0 })
        t.same(
          await servedAs(login, undefined, randomBytes(32)),
          { login: 'beding_app', applied: 0 },
          'a new master key is a new password',
        )
      },
    )

    t.test('R2: a superuser sets up and is not what is served as', async (t) => {
      const target = await aDatabase()
      t.same(await servedAs(target), { login: 'beding_app', applied: everything })
    })

    t.test('R3: with a migration login the other one serves as it is', async (t) => {
      const target = await aDatabase()
      const migrator = await aLogin(target, '')
      await admin(
        `grant beding_migrator to ${migrator.user}; grant create on database ${target.database} to ${migrator.user}`,
      )
      const service = await aLogin(target, 'in role beding_app')
      t.same(await servedAs(service, migrator), { login: service.user, applied: everything })
      t.same(
        await servedAs(service),
        { login: service.user, applied: 0 },
        'and without it once the schema is current',
      )
      await t.rejects(serve(migrator), SelfCheckError, 'the migration login may not serve')
      await t.rejects(serve(target, migrator), SelfCheckError, 'neither may a superuser')
    })

    t.test('R4: an ordinary login on a database that is not set up is refused in one sentence', async (t) => {
      const target = await aDatabase()
      const service = await aLogin(target, 'in role beding_app')
      await t.rejects(serve(service), {
        name: 'DatabaseRefusal',
        message: /^The database schema is not current \(.*DATABASE_MIGRATION_URL/,
      })
      const stranger = await aLogin(target, '')
      await t.rejects(serve(service, stranger), {
        name: 'DatabaseRefusal',
        message: /^The login login_\d+ may not set up the database/,
      })
      const halfway = await aLogin(target, 'in role beding_migrator')
      await t.rejects(serve(service, halfway), {
        name: 'DatabaseRefusal',
        message: /permission denied for database/,
      })
    })

    t.test(
      'R5: a server that cannot be used is refused in one sentence that holds no password',
      async (t) => {
        const target = await aDatabase()
        const cases: [ConnectionTarget, RegExp][] = [
          [
            asLogin(target, 'postgres', 'wrong'),
            /cannot be used as postgres: password authentication failed/,
          ],
          [{ ...target, database: 'absent' }, /database "absent" does not exist/],
        ]
        for (const [wrong, message] of cases) {
          const error: unknown = await serve(wrong).catch((reason: unknown) => reason)
          t.type(error, DatabaseRefusal)
          t.match(error, { message })
          t.notOk(String(error).includes(String(wrong.password)))
        }
      },
    )

    t.test('R6: a role whose commits do not wait for the disk is refused, whoever set that', async (t) => {
      const target = await aDatabase()
      t.match(await servedAs(target), { login: 'beding_app' })
      for (const value of ['off', 'local']) {
        await admin(`alter role beding_app set synchronous_commit = ${value}`)
        await t.rejects(serve(target), {
          name: 'SelfCheckError',
          message: /synchronous_commit must be on for beding_app/,
        })
      }
      await admin('alter role beding_app reset synchronous_commit')
      t.match(await servedAs(target), { login: 'beding_app' })
    })

    t.test('M4: the schema is the same on this server as the one kept for review', async (t) => {
      const target = await aDatabase()
      await servedAs(target)
      t.equal(await asMigrator(target, dumpSchema), readFileSync(schemaFile, 'utf8'))
    })
  })
