import type { ClientBase } from 'pg'

/**
 * Plans are kept, because making them took more than the look-ups of sixteen acts; but one that was made when a table was
 * small may join by a part of a key, and would then cost more with every row. So a connection makes them anew with its
 * batches 1, 2, 4, 8 … and every 128th: no plan serves longer than the connection had before it (decision 0107).
 */
const planSettings = 'set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan'
const plansKeptMax = 128

const batchesOf = new WeakMap<ClientBase, number>()

/** What the beginning of a transaction says so that its statements go by plans that are kept. Counts it. */
export function keptPlans(client: ClientBase): string {
  const count = (batchesOf.get(client) ?? 0) + 1
  batchesOf.set(client, count)
  const isRenewed = count % plansKeptMax === 0 || Number.isInteger(Math.log2(count))
  return isRenewed ? `${planSettings}; discard plans` : planSettings
}
