import { DatabaseError } from 'pg'

/** What a failed piece of work means for what is in the database. */
export type DatabaseFailure =
  /** The answer was lost on the way: it may be there or not. Read again by its key, on another connection. */
  | { readonly kind: 'unknown-outcome' }
  /** A passing cause, and nothing was kept. The whole work may be done again. */
  | { readonly kind: 'definitely-not-committed' }
  /** A rule of a table refused it; nothing was kept. The name is one of ours. */
  | { readonly kind: 'constraint'; readonly constraint: string; readonly sqlState: string }
  /** Not a failure of the database, or one that doing it again does not mend. */
  | { readonly kind: 'other' }

/** COMMIT was answered with ROLLBACK: an earlier statement had failed and the work hid it. Nothing was kept. */
export class RolledBackError extends Error {
  constructor(options?: ErrorOptions) {
    super(
      'the transaction was rolled back: a statement in it failed and its error was not passed on',
      options,
    )
    this.name = 'RolledBackError'
  }
}

const notCommitted = new WeakSet<object>()
const unknownOutcome = new WeakSet<object>()

/** Remembers of an error that COMMIT had not been sent when it came up. Gives the error back. */
export function markNotCommitted<E>(error: E): E {
  if (typeof error === 'object' && error !== null) notCommitted.add(error)
  return error
}

/** Remembers of an error that it came up between sending COMMIT and its answer. Gives the error back. */
export function markUnknownOutcome<E>(error: E): E {
  if (typeof error === 'object' && error !== null) unknownOutcome.add(error)
  return error
}

// Serialisation failure, deadlock, lock not available, query cancelled (statement_timeout), a failed transaction,
// no room for connections, starting up or in recovery, out of disk or memory.
const passingStates = /^(40001|40P01|55P03|57014|25P0[0-9]|25006|53[0-9A-Z]{3}|57P03)$/
// The server ended the session: administrator, crash, idle timeouts; class 08 is the connection itself;
// 40003 says so in words: statement completion unknown.
const sessionEndedStates = /^(57P01|57P02|57P04|57P05|08[0-9A-Z]{3}|40003)$/
const neverConnected = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/
const neverConnectedMessages = new Set([
  'timeout exceeded when trying to connect',
  'Connection terminated due to connection timeout',
  'timeout expired',
])
const connectionLost =
  /^(Connection terminated|Query read timeout|Client has encountered a connection error|Client was closed)/

/**
 * Says what an error means for the database (conventions 5.3 rows 2 to 6). Looks through the causes. An error without
 * SQLSTATE after a statement was sent counts as unknown unless this room knows that COMMIT had not been sent, because
 * a statement outside a transaction commits by itself.
 */
export function classifyDatabaseError(error: unknown): DatabaseFailure {
  let beforeCommit = false
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 10;
    current = current.cause, depth++
  ) {
    beforeCommit ||= notCommitted.has(current)
    const failure = classifyOne(current)
    if (failure.kind === 'unknown-outcome' && beforeCommit) return { kind: 'definitely-not-committed' }
    if (failure.kind !== 'other') return failure
  }
  return { kind: 'other' }
}

function classifyOne(error: Error): DatabaseFailure {
  if (unknownOutcome.has(error)) return { kind: 'unknown-outcome' }
  if (error instanceof RolledBackError) return { kind: 'definitely-not-committed' }
  if (error instanceof DatabaseError) return classifySqlState(error)
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (neverConnected.test(code) || neverConnectedMessages.has(error.message))
    return { kind: 'definitely-not-committed' }
  if (connectionLost.test(error.message) || /^(ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code))
    return { kind: 'unknown-outcome' }
  return { kind: 'other' }
}

function classifySqlState(error: DatabaseError): DatabaseFailure {
  const sqlState = error.code ?? ''
  if (sqlState.startsWith('23') && error.constraint !== undefined)
    return { kind: 'constraint', constraint: error.constraint, sqlState }
  if (passingStates.test(sqlState)) return { kind: 'definitely-not-committed' }
  if (sessionEndedStates.test(sqlState)) return { kind: 'unknown-outcome' }
  return { kind: 'other' }
}
