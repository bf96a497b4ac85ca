import { sql } from 'kysely'
import t from 'tap'
import { isUuid } from '#core'
import { classifyDatabaseError, openDatabase, type Transaction } from '#database'
import {
  anOrganisation,
  failureOf,
  insertClient,
  insertOrganisation,
  namesOf,
  newId,
  now,
} from '../support/database-samples.ts'
import { testDatabase } from '../support/database.ts'
import { startDatabaseProxy, type CommitFault } from '../support/database-proxy.ts'

const { database, adminQuery, targets } = await testDatabase(t)

async function isThere(id: string): Promise<boolean> {
  const rows = await adminQuery('select 1 from organisation where organisation_id = $1', [id])
  return rows.length === 1
}

t.test('D11: passing refusals of the server are known not to have committed', async (t) => {
  const hasty = openDatabase(targets.app, {
    poolSize: 2,
    statementTimeout_ms: 100,
    lockTimeout_ms: 50,
    connectionTimeout_ms: 200,
  })
  t.teardown(() => hasty.close())
  const id = await anOrganisation(database)
  const client = newId()
  await database.inOrganisation(id, (trx) => insertClient(trx, id, client))
  const slow = await failureOf(hasty.inOrganisation(id, (trx) => sql`select pg_sleep(1)`.execute(trx)))
  t.match(slow, { error: { code: '57014' }, failure: { kind: 'definitely-not-committed' } })
  const rename = (trx: Transaction) =>
    sql`update api_client set name = 'Bezet' where client_id = ${client}`.execute(trx)
  await database.inOrganisation(id, async (trx) => {
    await rename(trx)
    t.match(await failureOf(hasty.inOrganisation(id, rename)), {
      error: { code: '55P03' },
      failure: { kind: 'definitely-not-committed' },
    })
  })
  const release = Promise.withResolvers<void>()
  const held = [1, 2].map(() => hasty.withClient(() => release.promise))
  t.match(await failureOf(hasty.inOrganisation(id, namesOf)), {
    failure: { kind: 'definitely-not-committed' },
  })
  release.resolve()
  await Promise.all(held)
  t.same(await hasty.inOrganisation(id, namesOf), ['Bakkerij'], 'and it goes on afterwards')
})

t.test(
  'D11: a deadlock is resolved by the server, and the one that lost is known not to have committed',
  async (t) => {
    const id = await anOrganisation(database)
    const clients = [newId(), newId()]
    for (const client of clients) await database.inOrganisation(id, (trx) => insertClient(trx, id, client))
    const update = (trx: Transaction, client: string) =>
      sql`update api_client set name = 'X' where client_id = ${client}`.execute(trx)
    const arrived = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const outcomes = await Promise.allSettled(
      [0, 1].map((mine) =>
        database.inOrganisation(id, async (trx) => {
          await update(trx, clients[mine]!)
          arrived[mine]!.resolve()
          await arrived[1 - mine]!.promise
          await update(trx, clients[1 - mine]!)
        }),
      ),
    )
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
    t.equal(lost.length, 1)
    t.match(lost[0]!.reason, { code: '40P01' })
    t.same(classifyDatabaseError(lost[0]!.reason), { kind: 'definitely-not-committed' })
  },
)

t.test('D11: a server that is not there, or ends the session before COMMIT, has not committed', async (t) => {
  const nowhere = openDatabase({ ...targets.app, port: 1 })
  t.same((await failureOf(nowhere.installation(namesOf))).failure, { kind: 'definitely-not-committed' })
  const id = newId()
  const { failure } = await failureOf(
    database.inOrganisation(id, async (trx) => {
      await insertOrganisation(trx, id)
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
      await adminQuery('select pg_terminate_backend($1)', [rows[0]!.pid])
      await namesOf(trx)
    }),
  )
  t.same(failure, { kind: 'definitely-not-committed' })
  t.notOk(await isThere(id))
  t.ok(isUuid(await anOrganisation(database)), 'the pool goes on')
})

const faults: [CommitFault, 'unknown-outcome' | 'definitely-not-committed', boolean][] = [
  ['reset-after', 'unknown-outcome', true],
  ['silence-after', 'unknown-outcome', true],
  ['reset-before', 'unknown-outcome', false],
]
for (const [fault, kind, there] of faults)
  t.test(
    `D12: COMMIT with ${fault} on the wire is ${kind}, and the next work gets another connection`,
    async (t) => {
      const proxy = await startDatabaseProxy(targets.app)
      const behind = openDatabase(proxy.target, { poolSize: 1, queryTimeout_ms: 300 })
      t.teardown(async () => {
        await behind.close()
        await proxy.close()
      })
      await anOrganisation(behind, 'Warm')
      for (const way of ['transaction', 'batch'] as const) {
        proxy.setFault(fault)
        const id = newId()
        const work =
          way === 'transaction'
            ? behind.inOrganisation(id, (trx) => insertOrganisation(trx, id))
            : behind.batchInOrganisation(id, [
                {
                  text: 'insert into organisation (organisation_id, name, created_at) values ($1, $2, $3)',
                  values: [id, 'B', now],
                },
              ])
        t.same((await failureOf(work)).failure, { kind }, way)
        proxy.setFault('none')
        t.equal(await isThere(id), there, `${way}: the row is ${there ? '' : 'not '}there`)
        t.same(
          await behind.readInOrganisation(id, namesOf),
          there ? [way === 'batch' ? 'B' : 'Bakkerij'] : [],
        )
      }
    },
  )

t.test('D12: what a room wraps around an error does not hide what it means', async (t) => {
  const lost = new Error('Connection terminated unexpectedly')
  t.same(classifyDatabaseError(new Error('while recording the act', { cause: lost })), {
    kind: 'unknown-outcome',
  })
  t.same(classifyDatabaseError(Object.assign(new Error('x'), { code: 'ECONNRESET' })), {
    kind: 'unknown-outcome',
  })
  for (const other of [new Error('x'), 'text', undefined, null, new TypeError('y')])
    t.same(classifyDatabaseError(other), { kind: 'other' })
  const wrapped = await failureOf(
    database.inOrganisation(newId(), async () => {
      throw new Error('while reading', { cause: new Error('Query read timeout') })
    }),
  )
  t.same(wrapped.failure, { kind: 'definitely-not-committed' }, 'COMMIT had not been sent')
})
