import { eraseImportedContent, findImportedContent } from '#continuity'
import type { EntryId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { classifyDatabaseError } from '#database'
import { appendEntries, indexesInOpenLog } from '#evidence'
import type { Job } from '#jobs'
import { recordEvent } from '#webhooks'
import type { ConfirmedErasure, ErasedItem } from './erasure-store.ts'
import { assignmentsOf, entriesErasedWith, eraseItems, listConfirmed, nextItems } from './erasure-store.ts'
import { erasureKind } from './proposal-actions.ts'
import { getProposal } from './proposal-view.ts'
import type { RetentionDeps } from './retention-job.ts'

/** Most items that go in one transaction, with one entry. */
export const erasureBatchSize = 500

/** Executes what was confirmed, in batches. Scheduled when something is; a round that was cut off goes on where it was. */
export function erasureJob(deps: RetentionDeps): Job {
  return {
    kind: erasureKind,
    lease_ms: 600_000,
    async work(organisationId) {
      let failed = 0
      for (const erasure of await listConfirmed(deps.database, organisationId))
        failed += await executeErasure(deps, organisationId, erasure)
      // Throwing has the round repeated later, and only what failed is left then.
      if (failed > 0) throw new Error(`${failed} items of confirmed erasures could not be erased`)
      return null
    },
  }
}

/** Executes one proposal to its end. An item that fails does not keep the others; answers how many failed. */
async function executeErasure(
  deps: RetentionDeps,
  organisationId: OrganisationId,
  erasure: ConfirmedErasure,
): Promise<number> {
  const failed: number[] = []
  for (;;) {
    const numbers = await deps.database.readInOrganisation(organisationId, (trx) =>
      nextItems(trx, organisationId, erasure.proposalId, failed, erasureBatchSize),
    )
    if (numbers.length === 0) return failed.length
    failed.push(...(await attemptBatch(deps, organisationId, erasure, numbers)))
  }
}

/** Executes a batch; one that fails for a reason of its own is tried item by item. Answers the items that failed. */
async function attemptBatch(
  deps: RetentionDeps,
  organisationId: OrganisationId,
  erasure: ConfirmedErasure,
  numbers: readonly number[],
): Promise<number[]> {
  const { metrics, log } = deps.platform
  try {
    const items = await executeBatch(deps, organisationId, erasure, numbers)
    for (const { outcome } of items) metrics.count('beding_retention_items_total', { outcome })
    return []
  } catch (error) {
    const passing = ['unknown-outcome', 'definitely-not-committed'].includes(
      classifyDatabaseError(error).kind,
    )
    if (passing) throw error
    if (numbers.length === 1) {
      metrics.count('beding_retention_items_total', { outcome: 'failed' })
      log.error(
        { err: error, proposalId: erasure.proposalId, item: numbers[0] },
        'an item could not be erased',
      )
      return [...numbers]
    }
  }
  const failed: number[] = []
  for (const number of numbers) failed.push(...(await attemptBatch(deps, organisationId, erasure, [number])))
  return failed
}

/**
 * One batch in one transaction: the content goes, each item gets its result, and an entry `content-erased` says which
 * entries it was. It names no person.
 */
export async function executeBatch(
  deps: RetentionDeps,
  organisationId: OrganisationId,
  erasure: ConfirmedErasure,
  numbers: readonly number[],
): Promise<ErasedItem[]> {
  const { platform, database } = deps
  return database.inOrganisation(organisationId, async (trx) => {
    const entryId = platform.newId() as EntryId
    const erasedAt = platform.clock()
    const items = await eraseItems(trx, erasure.proposalId, numbers, entryId, erasedAt)
    await announceEnd(deps, trx, organisationId, erasure.proposalId)
    if (items.every(({ outcome }) => outcome !== 'erased')) return items
    await eraseImported(trx, organisationId, erasure, items)
    // Of each item its own, and of a person's row those of the letters that went with it.
    const erased = await entriesErasedWith(trx, organisationId, entryId)
    await appendEntries(platform, trx, organisationId, [
      {
        entryId,
        kind: 'content-erased',
        at: erasedAt,
        refs: await indexesInOpenLog(trx, organisationId, erased),
        facts: {
          ground: erasure.ground,
          retentionClass: erasure.retentionClass,
          fields: erasure.fields,
          proposalId: erasure.proposalId,
          decidedBy: erasure.decidedBy,
          erasedAt,
        },
      },
    ])
    return items
  })
}

/** What a restore brought back of the same acts goes with them: receipts that people had kept and that were imported. */
async function eraseImported(
  trx: Transaction,
  organisationId: OrganisationId,
  erasure: ConfirmedErasure,
  items: readonly ErasedItem[],
): Promise<void> {
  const numbers = items.filter(({ outcome }) => outcome === 'erased').map(({ number }) => number)
  const assignments = await assignmentsOf(trx, organisationId, erasure.proposalId, numbers)
  const contents = await findImportedContent(trx, organisationId, 'assignmentId', new Set(assignments))
  await eraseImportedContent(trx, organisationId, contents, erasure.fields)
}

/** Tells other systems once nothing of the proposal is left to do, in the transaction of its last batch. */
async function announceEnd(
  { platform }: RetentionDeps,
  trx: Transaction,
  organisationId: OrganisationId,
  proposalId: string,
): Promise<void> {
  const { counts } = await getProposal(trx, organisationId, proposalId)
  if (counts.erased + counts.held + counts.kept < counts.items) return
  await recordEvent(platform, trx, organisationId, {
    type: 'retention.executed',
    subject: proposalId,
    data: { proposalId, ...counts },
  })
}
