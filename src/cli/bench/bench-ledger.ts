import { randomBytes } from 'node:crypto'
import type { ClientBase } from 'pg'
import type { EntryId, OrganisationId } from '#core'
import type { Database } from '#database'
import { corked } from '#database'
import type { AppendPlan, EntryDraft, LedgerHead } from '#evidence'
import {
  appendedEntries,
  appendStatement,
  headAfter,
  logSigner,
  openHead,
  planAppend,
  releaseAppend,
} from '#evidence'
import type { Platform } from '#platform'
import { foundOrganisation } from '../../found-organisation.ts'
import { median } from './turns.ts'

/** Medians over the repeats, at one number of clients. */
export type LedgerFigures = {
  readonly clients: number
  readonly appendsPerSecond: number
  /** Appends with receipt to inserts of the same rows, one transaction each, by the same driver and clients. */
  readonly toRawInserts: number
  /** Everybody in one organisation to the same clients spread over ten. */
  readonly hotToMany: number
}

type Stage = { readonly platform: Platform; readonly database: Database }
type Append = (client: number) => Promise<unknown>

const organisations = 10
const factCount = 28
const batchMax = 256

/** Measures the ledger by itself: entries with receipts by group commit, without HTTP and without anything else an act is. */
export async function benchLedger(
  stage: Stage,
  clientCounts: readonly number[],
  repeats: number,
  appends: number,
): Promise<LedgerFigures[]> {
  const ids: OrganisationId[] = []
  for (let index = 0; index <= organisations; index += 1)
    ids.push(await anOrganisation(stage, `Ledger ${index}`))
  const rawLog = await logIdOf(stage, ids[0]!)
  const figures: LedgerFigures[] = []
  let rawIndex = 1_000_000_000
  for (const clients of clientCounts) {
    const rates = { hot: [] as number[], many: [] as number[], raw: [] as number[] }
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const hot = groupCommit(stage)
      rates.hot.push(await load(clients, appends, () => hot(ids[0]!, aDraft(stage.platform))))
      rates.raw.push(await load(clients, appends, () => insertRaw(stage, ids[0]!, rawLog, (rawIndex += 1))))
      const many = groupCommit(stage)
      rates.many.push(await load(clients, appends, (client) => many(ids[1 + (client % organisations)]!, aDraft(stage.platform)))) // prettier-ignore
    }
    const ratios = (to: number[]): number => median(rates.hot.map((rate, turn) => rate / to[turn]!))
    figures.push({ clients, appendsPerSecond: median(rates.hot), toRawInserts: ratios(rates.raw), hotToMany: ratios(rates.many) }) // prettier-ignore
  }
  return figures
}

async function anOrganisation({ platform, database }: Stage, name: string): Promise<OrganisationId> {
  const organisationId = platform.newId() as OrganisationId
  await database.inOrganisation(organisationId, (trx) =>
    foundOrganisation(platform, trx, { organisationId, name, originHost: 'bench.local', clients: [] }),
  )
  return organisationId
}

async function logIdOf({ database }: Stage, organisationId: OrganisationId): Promise<string> {
  const [result] = await database.batchInOrganisation(organisationId, [
    { text: 'select ledger_head.log_id from ledger_head where ledger_head.organisation_id = $1', values: [organisationId] }, // prettier-ignore
  ])
  return String(result!.rows[0].log_id)
}

/** A closed loop of `clients`; appends per second. */
async function load(clients: number, count: number, append: Append): Promise<number> {
  let next = 0
  const client = async (_: unknown, number: number): Promise<void> => {
    while (next < count) {
      next += 1
      await append(number)
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: clients }, client))
  return count / ((performance.now() - start) / 1000)
}

function aDraft({ newId, clock }: Platform): EntryDraft {
  const facts = Object.fromEntries(Array.from({ length: factCount }, (_, fact) => [`fact${fact}`, `a value of some length, number ${fact}`])) // prettier-ignore
  return { entryId: newId() as EntryId, kind: 'act', at: clock(), facts }
}

type Waiting = { readonly draft: EntryDraft; readonly resolve: (entry: unknown) => void; readonly reject: (error: unknown) => void } // prettier-ignore

/**
 * The writer of acts, reduced to its ledger: one run of flushes of an organisation at a time, each planned while the one
 * before it is written (decision 0109); whoever waits goes into one of the next.
 */
function groupCommit(stage: Stage): (organisationId: OrganisationId, draft: EntryDraft) => Promise<unknown> {
  const queues = new Map<OrganisationId, Waiting[]>()
  return (organisationId, draft) =>
    new Promise((resolve, reject) => {
      const queue = queues.get(organisationId)
      if (queue !== undefined) return void queue.push({ draft, resolve, reject })
      const fresh = [{ draft, resolve, reject }]
      queues.set(organisationId, fresh)
      void (async () => {
        while (fresh.length > 0) {
          await new Promise((next) => setImmediate(next))
          await stage.database.withClient((client) => runOf(stage, client, organisationId, fresh))
        }
        queues.delete(organisationId)
      })()
    })
}

async function runOf(stage: Stage, client: ClientBase, organisationId: OrganisationId, queue: Waiting[]) {
  const { platform } = stage
  const begin = `begin; set local beding.organisation = '${organisationId}'`
  let head: LedgerHead | undefined
  let underWay = 0
  let before: Promise<void> = Promise.resolve()
  while (queue.length > 0) {
    const share = Math.ceil((queue.length + underWay) / 3)
    const batch = queue.splice(0, Math.min(Math.max(share, 8), batchMax))
    underWay += batch.length
    const locked = head ?? (await corked(client, () => Promise.all([client.query(begin), openHead(client, organisationId)])))[1] // prettier-ignore
    const plan = planAppend(locked, batch.map((each) => each.draft), logSigner(platform, locked), platform.randomBytes) // prettier-ignore
    const written = write(client, plan, head === undefined ? undefined : begin)
    const answered = answer(stage, written, plan, batch).then(() => void (underWay -= batch.length))
    // Two at most: one that is written and one behind it.
    await before
    before = answered
    head = headAfter(plan)
    if (head === undefined) break
    if (queue.length === 0) await before
  }
  await before
}

async function write(client: ClientBase, plan: AppendPlan, begin: string | undefined): Promise<void> {
  const { text, values } = appendStatement(plan)
  const statement = `with ${text}\nselect count(*)::int as written from ledger_guard`
  const [, written] = await corked(client, () =>
    Promise.all([
      begin === undefined ? undefined : client.query(begin),
      client.query<{ written: number }>(statement, [...values]),
      client.query('commit'),
    ]),
  )
  if (written.rows[0]?.written !== 1) throw new Error('the head has moved')
}

async function answer(
  { platform }: Stage,
  written: Promise<void>,
  plan: AppendPlan,
  batch: Waiting[],
): Promise<void> {
  try {
    await written
    await releaseAppend(platform, plan)
    const entries = appendedEntries(plan)
    batch.forEach((each, position) => each.resolve(entries[position]))
  } catch (error) {
    for (const each of batch) each.reject(error)
  }
}

const rawText = `
with entries as (
  insert into ledger_entry (organisation_id, log_id, entry_index, entry_id, kind, entry, leaf_hash, proof_size, proof, recorded_at)
  values ($1::uuid, $2::uuid, $3::bigint, $4::uuid, 'act', $5, $6, $3::bigint + 1, $7, $8::timestamptz)
)
insert into entry_disclosure (organisation_id, entry_id, disclosures) values ($1::uuid, $4::uuid, $9::text[])`

const rawEntry = randomBytes(950).toString('base64')
const rawDisclosures = Array.from({ length: factCount }, () => randomBytes(58).toString('base64url'))

async function insertRaw(
  { platform, database }: Stage,
  organisationId: OrganisationId,
  logId: string,
  index: number,
): Promise<void> {
  // prettier-ignore
  await database.batchInOrganisation(organisationId, [
    { text: rawText, values: [organisationId, logId, index, platform.newId(), rawEntry, Buffer.alloc(32), Buffer.alloc(480), platform.clock(), rawDisclosures] }, // prettier-ignore
  ])
}
