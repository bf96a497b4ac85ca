import type { ClientBase } from 'pg'
import type { OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { Platform } from '#platform'
import type { AppendedEntry, AppendPlan, EntryDraft } from './append-plan.ts'
import { appendedEntries, planAppend } from './append-plan.ts'
import { writeLedgerAppend } from './append-statement.ts'
import { onClient, onTransaction } from './ledger-connection.ts'
import type { LedgerHead } from './ledger-head.ts'
import { openLedgerHead } from './ledger-head.ts'
import { logSigner } from './signing-key.ts'

/** What appending takes from the platform. */
export type AppendDependencies = Pick<Platform, 'secrets' | 'randomBytes'>

/**
 * Appends 1 to 2,000 entries to the organisation's log, in the order given. Locks the head, so call it last in the
 * transaction. All or nothing with the caller's transaction: hand the results out after it has committed, never
 * before, because they hold a signature over a tree that exists only then.
 *
 * Throws a LedgerMissingError without a log, a RangeError or TypeError for a draft that cannot be an entry.
 * Decision 0011.
 */
export async function appendEntries(
  deps: AppendDependencies,
  trx: Transaction,
  organisationId: OrganisationId,
  drafts: readonly EntryDraft[],
): Promise<AppendedEntry[]> {
  const run = onTransaction(trx)
  const head = await openLedgerHead(run, organisationId)
  const plan = planAppend(head, drafts, logSigner(deps, head), deps.randomBytes)
  await writeLedgerAppend(run, plan)
  return appendedEntries(plan)
}

/**
 * The first half for a writer on a raw client: locks the head and reads it. The client stands in a transaction of this
 * organisation (`beding.organisation` is set). Draw up the batch after this returns: what is planned under the lock
 * cannot be stale. Then `planAppend`, and `writeAppend` or a statement of one's own around `appendStatement`.
 */
export async function openHead(
  client: Pick<ClientBase, 'query'>,
  organisationId: OrganisationId,
): Promise<LedgerHead> {
  return openLedgerHead(onClient(client), organisationId)
}

/** The second half: writes the plan in one statement. Throws a LedgerMovedError, and then it has written nothing. */
export async function writeAppend(client: Pick<ClientBase, 'query'>, plan: AppendPlan): Promise<void> {
  await writeLedgerAppend(onClient(client), plan)
}
