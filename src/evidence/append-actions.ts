import type { ClientBase } from 'pg'
import type { OrganisationId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { afterCommit } from '#database'
import type { Platform } from '#platform'
import type { AppendedEntry, AppendPlan, EntryDraft } from './append-plan.ts'
import { appendedEntries, planAppend } from './append-plan.ts'
import { writeLedgerAppend } from './append-statement.ts'
import { onClient, onTransaction } from './ledger-connection.ts'
import type { LedgerHead } from './ledger-head.ts'
import { openLedgerHead } from './ledger-head.ts'
import { splitProof } from './receipt-proof.ts'
import { logSigner } from './signing-key.ts'

/** What appending takes from the platform. */
export type AppendDependencies = Pick<Platform, 'secrets' | 'randomBytes' | 'outsideHeads'>

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
  afterCommit(trx, () => releaseAppend(deps, plan))
  return appendedEntries(plan)
}

/**
 * Keeps the checkpoint of a plan outside the database. A writer on a raw client calls it after COMMIT and before
 * anything of the plan leaves the process. Throws `service-busy` when it cannot be kept: then what was committed stays,
 * and is answered once it can be kept (decision 0066).
 */
export async function releaseAppend(deps: Pick<Platform, 'outsideHeads'>, plan: AppendPlan): Promise<void> {
  await releaseCheckpoint(deps, plan.before.organisationId, plan.checkpoint.note)
}

/** The same for a stored receipt that is handed out again: free when this process has kept that size or a later one. */
export async function releaseReceipt(
  deps: Pick<Platform, 'outsideHeads'>,
  organisationId: OrganisationId,
  receipt: Pick<AppendedEntry, 'tlogProof'>,
): Promise<void> {
  await releaseCheckpoint(deps, organisationId, splitProof(receipt.tlogProof).checkpoint)
}

async function releaseCheckpoint(
  deps: Pick<Platform, 'outsideHeads'>,
  organisationId: OrganisationId,
  note: string,
): Promise<void> {
  try {
    await deps.outsideHeads.keep(organisationId, note)
  } catch (cause) {
    throw problem('service-busy', { retryAfter_s: 5, cause })
  }
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
