import { CompiledQuery } from 'kysely'
import type { ClientBase } from 'pg'
import type { Transaction } from '#database'

/** One statement with its parameters. The text never depends on the values, so a server prepares it once. */
export type LedgerStatement = { readonly text: string; readonly values: readonly unknown[] }

/** Runs one statement in the caller's transaction. */
export type RunStatement = <Row>(statement: LedgerStatement) => Promise<Row[]>

/** Statements on a raw client, as the writer of acts uses it. */
export function onClient(client: Pick<ClientBase, 'query'>): RunStatement {
  return async <Row>({ text, values }: LedgerStatement) => {
    const result = await client.query(text, [...values])
    return result.rows as Row[]
  }
}

/** Statements in a Kysely transaction. */
export function onTransaction(trx: Transaction): RunStatement {
  return async <Row>({ text, values }: LedgerStatement) => {
    const result = await trx.executeQuery<Row>(CompiledQuery.raw(text, [...values]))
    return result.rows
  }
}
