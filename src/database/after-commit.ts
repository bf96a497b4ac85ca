import type { Transaction } from './tables.ts'

type Work = () => Promise<void>

const open = new WeakMap<Transaction, Work[]>()

/**
 * What had to be done after COMMIT could not be done. The transaction is committed; what it gave must not leave the
 * process, because it promises something that does not hold.
 */
export class AfterCommitError extends Error {
  constructor(options: ErrorOptions) {
    super('the transaction was committed, but what had to follow before it is answered failed', options)
    this.name = 'AfterCommitError'
  }
}

/** Says that a transaction takes work for afterwards. */
export function takeAfterCommit(trx: Transaction): void {
  open.set(trx, [])
}

/**
 * Registers work for the moment after this transaction has committed. `inOrganisation` answers only when it is done, and
 * throws an AfterCommitError when it fails. Not done after a rollback, nor when the answer to COMMIT is lost. Throws a
 * TypeError for a transaction that was not opened by `inOrganisation` or `installation`.
 */
export function afterCommit(trx: Transaction, work: Work): void {
  const works = open.get(trx)
  if (works === undefined) throw new TypeError('this transaction cannot do anything after its commit')
  works.push(work)
}

/** Does what was registered, in that order. */
export async function runAfterCommit(trx: Transaction): Promise<void> {
  const works = open.get(trx) ?? []
  open.delete(trx)
  for (const work of works) {
    try {
      await work()
    } catch (cause) {
      throw new AfterCommitError({ cause })
    }
  }
}
