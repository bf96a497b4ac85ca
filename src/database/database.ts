import { Pool, type PoolClient, type PoolConfig, type QueryResult } from 'pg'
import { isUuid, type OrganisationId } from '#core'
import { runAfterCommit, takeAfterCommit } from './after-commit.ts'
import type { ConnectionTarget } from './connection-target.ts'
import { corked } from './corked.ts'
import { markNotCommitted, markUnknownOutcome, RolledBackError } from './database-errors.ts'
import { keptPlans } from './kept-plans.ts'
import { StatementClient } from './statement-client.ts'
import type { Transaction } from './tables.ts'
import { isAnswer, TransactionConnection, transactionOn } from './transaction-connection.ts'
import { typeParsers } from './type-parsers.ts'

/** One statement with its values, to be sent without waiting for the one before it. */
export type Statement = { readonly text: string; readonly values: readonly unknown[] }

/** `readOnly`: it cannot write. `keepPlans`: its statements go by whole keys, and by plans that are kept (decision 0107). */
export type BatchKind = { readonly readOnly?: boolean; readonly keepPlans?: boolean }

export type Database = {
  /**
   * Does the work in one transaction that sees and writes only rows of that organisation, then commits. When it throws
   * nothing was kept, unless `classifyDatabaseError` says the outcome is unknown or it throws an AfterCommitError. Without any statement nothing is sent.
   * Throws a TypeError when the id is not a UUID.
   */
  readonly inOrganisation: <T>(id: OrganisationId, work: (trx: Transaction) => Promise<T>) => Promise<T>
  /** The same, read only. One wait for one query: the answer does not wait for the end of the transaction. */
  readonly readInOrganisation: <T>(id: OrganisationId, work: (trx: Transaction) => Promise<T>) => Promise<T>
  /**
   * The hot path: these statements in one transaction of that organisation, sent in one packet and waited for once.
   * All or nothing. A lost connection always leaves the outcome unknown, because COMMIT travels with them.
   */
  readonly batchInOrganisation: (
    id: OrganisationId,
    statements: readonly Statement[],
    kind?: BatchKind,
  ) => Promise<QueryResult[]>
  /** A transaction without an organisation: only tables classed `installation` show rows or take any. */
  readonly installation: <T>(work: (trx: Transaction) => Promise<T>) => Promise<T>
  /**
   * Lends a raw connection. It must be outside any transaction when the work ends; otherwise, and after an error that
   * is not an answer of the server, the connection is closed instead of used again.
   */
  readonly withClient: <T>(work: (client: PoolClient) => Promise<T>) => Promise<T>
  /** Waits for work under way, then closes every connection. */
  readonly close: () => Promise<void>
}

/** All in milliseconds, except the pool's size. */
export type DatabaseOptions = {
  readonly poolSize?: number
  readonly connectionTimeout_ms?: number
  /** How long the server works on one statement. */
  readonly statementTimeout_ms?: number
  readonly lockTimeout_ms?: number
  readonly idleInTransactionTimeout_ms?: number
  /** How long an answer may take before the connection counts as lost. Must be more than the statement timeout. */
  readonly queryTimeout_ms?: number
  /** Told when a connection that nobody uses dies. */
  readonly onIdleError?: (error: Error) => void
}

/** Opens a pool of connections. Nothing is asked of the server until the first use. */
export function openDatabase(target: ConnectionTarget, options: DatabaseOptions = {}): Database {
  const pool = new Pool(poolConfig(target, options))
  let closing = false
  pool.on('error', (error) => {
    if (!closing) options.onIdleError?.(error)
  })
  return {
    inOrganisation: async (id, work) => transact(pool, `begin; ${settingOrganisation(id)}`, work),
    readInOrganisation: async (id, work) => read(pool, `begin read only; ${settingOrganisation(id)}`, work),
    batchInOrganisation: async (id, statements, kind = {}) => {
      const begin = `begin${kind.readOnly === true ? ' read only' : ''}; ${settingOrganisation(id)}`
      return batch(
        pool,
        (client) => (kind.keepPlans === true ? `${begin}; ${keptPlans(client)}` : begin),
        statements,
      ).catch((error: unknown) => {
        throw kind.readOnly === true ? markNotCommitted(error) : error
      })
    },
    installation: (work) => transact(pool, 'begin', work),
    withClient: (work) => lend(pool, work),
    close: () => {
      closing = true
      return pool.end()
    },
  }
}

function poolConfig(target: ConnectionTarget, options: DatabaseOptions): PoolConfig {
  const session = [
    'search_path=beding',
    'timezone=UTC',
    'datestyle=ISO',
    'jit=off',
    `statement_timeout=${options.statementTimeout_ms ?? 15_000}`,
    `lock_timeout=${options.lockTimeout_ms ?? 5_000}`,
    `idle_in_transaction_session_timeout=${options.idleInTransactionTimeout_ms ?? 30_000}`,
  ]
  return {
    ...target,
    options: [target.options, ...session.map((setting) => `-c ${setting}`)].filter(Boolean).join(' '),
    application_name: 'beding',
    Client: StatementClient,
    types: typeParsers,
    pipeline: true,
    max: options.poolSize ?? 10,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: options.connectionTimeout_ms ?? 5_000,
    query_timeout: options.queryTimeout_ms ?? 20_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  }
}

// The id is checked, so it can stand in the text: SET takes no parameters, and one text is one packet.
function settingOrganisation(id: OrganisationId): string {
  if (typeof id !== 'string' || !isUuid(id)) throw new TypeError('an organisation id is a UUID in lower case')
  return `set local beding.organisation = '${id}'`
}

async function transact<T>(pool: Pool, begin: string, work: (trx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const connection = new TransactionConnection(client, begin)
  const trx = transactionOn(connection)
  takeAfterCommit(trx)
  let result: T
  try {
    result = await workOrRollback(connection, () => work(trx))
    if (connection.started) await commit(connection)
  } finally {
    connection.close()
    client.release(connection.broken)
  }
  await runAfterCommit(trx)
  return result
}

async function workOrRollback<T>(connection: TransactionConnection, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (connection.started && !connection.broken) await connection.finish('rollback').catch(() => undefined)
    throw markNotCommitted(error)
  }
}

async function commit(connection: TransactionConnection): Promise<void> {
  let command: string
  try {
    command = await connection.finish('commit')
  } catch (error) {
    throw isAnswer(error) ? error : markUnknownOutcome(error)
  }
  if (command !== 'COMMIT') throw new RolledBackError()
}

async function read<T>(pool: Pool, begin: string, work: (trx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const connection = new TransactionConnection(client, begin)
  let result: T
  try {
    result = await work(transactionOn(connection))
  } catch (error) {
    void finishRead(connection, client)
    throw markNotCommitted(error)
  }
  void finishRead(connection, client)
  return result
}

// Nothing was written, so nobody needs to wait for this; the connection goes back when the server has answered.
async function finishRead(connection: TransactionConnection, client: PoolClient): Promise<void> {
  if (connection.started && !connection.broken) await connection.finish('commit').catch(() => undefined)
  connection.close()
  client.release(connection.broken)
}

async function batch(
  pool: Pool,
  beginOn: (client: PoolClient) => string,
  statements: readonly Statement[],
): Promise<QueryResult[]> {
  const client = await pool.connect()
  const sent = corked(client, () => [
    client.query(beginOn(client)),
    ...statements.map(({ text, values }) => client.query(text, values as unknown[])),
    client.query('commit'),
  ])
  const answers = await Promise.allSettled(sent)
  const failures = answers
    .filter((answer) => answer.status === 'rejected')
    .map((answer) => answer.reason as unknown)
  const lost = failures.find((reason) => !isAnswer(reason))
  client.release(lost !== undefined)
  if (lost !== undefined) throw markUnknownOutcome(lost)
  if (failures.length > 0) throw failures[0]
  const results = answers.map((answer) => (answer as PromiseFulfilledResult<QueryResult>).value)
  if (results.at(-1)!.command !== 'COMMIT') throw new RolledBackError()
  return results.slice(1, -1)
}

async function lend<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let usable = false
  try {
    const result = await work(client)
    if (client.getTransactionStatus() !== 'I')
      throw new Error('a borrowed connection came back inside a transaction')
    usable = true
    return result
  } catch (error) {
    if (isAnswer(error)) usable = await leaveTransaction(client)
    throw error
  } finally {
    client.release(!usable)
  }
}

// pg hands out an error before it knows the state of the session, so the state is asked for by rolling back.
async function leaveTransaction(client: PoolClient): Promise<boolean> {
  const answered = await client.query('rollback').then(
    () => true,
    () => false,
  )
  return answered && client.getTransactionStatus() === 'I'
}
