import type { OrganisationId } from '#core'
import { ProblemError } from '#core'

/** The organisation has no log: it was not made with `createLog`, or the caller stands in another organisation. */
export class LedgerMissingError extends Error {
  constructor(organisationId: OrganisationId) {
    super(`organisation ${organisationId} has no open log`)
    this.name = 'LedgerMissingError'
  }
}

/**
 * The head is not where the plan expects it, or is not the head of the last tree that was signed; so nothing of the
 * plan was written. Roll back, open the head again and plan anew; the plan at hand holds a signature over a tree that
 * does not exist and must be thrown away. When it comes again at the same size, run `auditLog`.
 */
export class LedgerMovedError extends Error {
  constructor(organisationId: OrganisationId, expectedSize: number) {
    super(
      `the log of organisation ${organisationId} is not the signed log of ${expectedSize} entries of the plan`,
    )
    this.name = 'LedgerMovedError'
  }
}

/**
 * A newer head of this log, or another one, is known outside the database, so the log is not signed any more. It is the
 * refusal `ledger-stopped` already, because no caller can do anything about it.
 */
export class LedgerStoppedError extends ProblemError {
  constructor() {
    super('ledger-stopped')
    this.name = 'LedgerStoppedError'
  }
}

/** What is stored contradicts itself. Nothing is signed on top of it; `auditLog` says what is wrong. */
export class LedgerBrokenError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'LedgerBrokenError'
  }
}
