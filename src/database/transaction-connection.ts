import {
  DefaultQueryExecutor,
  DummyDriver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  Transaction as KyselyTransaction,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
} from 'kysely'
import { DatabaseError, type PoolClient, type QueryResult as PgResult } from 'pg'
import { corked } from './corked.ts'
import type { Tables, Transaction } from './tables.ts'

const dialect: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
}
const compiler = new PostgresQueryCompiler()
const adapter = new PostgresAdapter()
const driver = new DummyDriver()

/** True for an error with which the server answered: the connection itself still works. */
export function isAnswer(error: unknown): boolean {
  return error instanceof DatabaseError && error.severity !== 'FATAL' && error.severity !== 'PANIC'
}

/**
 * One transaction on one connection. BEGIN goes out together with the first statement, in one packet and without
 * waiting for its answer, so a transaction costs one wait per statement plus one for COMMIT. When BEGIN fails, the
 * statements behind it fail too or are refused by row level security, and `finish` reports it.
 */
export class TransactionConnection implements DatabaseConnection {
  readonly #client: PoolClient
  readonly #begin: string
  #begun: Promise<unknown> | undefined
  #open = true
  /** The connection can no longer be trusted: its last answer is missing. */
  broken = false

  constructor(client: PoolClient, begin: string) {
    this.#client = client
    this.#begin = begin
  }

  /** False while nothing has been sent: there is nothing to commit. */
  get started(): boolean {
    return this.#begun !== undefined
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (!this.#open) throw new Error('this transaction has ended; nothing can be asked of it any more')
    try {
      const result = await this.#send(query)
      const { command, rowCount, rows } = result
      return /^(INSERT|UPDATE|DELETE|MERGE)$/.test(command)
        ? { numAffectedRows: BigInt(rowCount ?? 0), rows: rows as Row[] }
        : { rows: rows as Row[] }
    } catch (error) {
      if (!isAnswer(error)) this.broken = true
      throw error
    }
  }

  #send(query: CompiledQuery): Promise<PgResult> {
    const values = query.parameters as unknown[]
    if (this.#begun !== undefined) return this.#client.query(query.sql, values)
    return corked(this.#client, () => {
      this.#begun = this.#client.query(this.#begin)
      this.#begun.catch(() => undefined)
      return this.#client.query(query.sql, values)
    })
  }

  /** Sends COMMIT or ROLLBACK; gives the command that the server says it carried out. */
  async finish(command: 'commit' | 'rollback'): Promise<string> {
    this.#open = false
    const finished = this.#client.query(command)
    try {
      await this.#begun
      return (await finished).command
    } catch (error) {
      await finished.catch(() => undefined)
      if (!isAnswer(error)) this.broken = true
      throw error
    }
  }

  /** Ends it without a word to the server. */
  close(): void {
    this.#open = false
  }

  // eslint-disable-next-line require-yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('streaming is not supported: pages go by key')
  }
}

/** The Kysely view of the connection's transaction. */
export function transactionOn(connection: TransactionConnection): Transaction {
  const executor = new DefaultQueryExecutor(compiler, adapter, {
    provideConnection: (consumer) => consumer(connection),
  })
  return new KyselyTransaction<Tables>({ config: { dialect }, dialect, driver, executor })
}
