import type { Kysely, Transaction as KyselyTransaction } from 'kysely'

/**
 * The tables of the schema `beding` as Kysely knows them. Each room adds its own by declaration merging, beside the
 * queries that use them:
 *
 *   declare module '../database/tables.ts' { interface Tables { person: PersonTable } }
 */
// oxlint-disable-next-line no-empty-interface -- filled by the rooms
export interface Tables {}

/** A transaction that is open, and has its organisation set where the caller asked for one. */
export type Transaction = KyselyTransaction<Tables>
export type Queries = Kysely<Tables>
