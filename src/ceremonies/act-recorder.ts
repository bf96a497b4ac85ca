import type pg from 'pg'
import type { ActId, OrganisationId, VersionId } from '#core'
import { hexToUuid, ProblemError } from '#core'
import type { Database } from '#database'
import type { AppendPlan } from '#evidence'
import {
  appendedEntries,
  LedgerMovedError,
  LedgerStoppedError,
  logSigner,
  openHead,
  planAppend,
  releaseAppend,
  releaseReceipt,
} from '#evidence'
import { getOrganisation } from '#organisations'
import type { Platform } from '#platform'
import type { PublishedVersion } from '#policies'
import { getVersionById } from '#policies'
import { actAnswer } from './act-answer.ts'
import type { BatchVerdict } from './act-batch.ts'
import { decideBatch } from './act-batch.ts'
import { contextStatement, replayStatement, writeStatement } from './act-batch-statements.ts'
import { readActAnswer } from './act-view.ts'
import type { ActResult, ActSubmission, RecordBatch } from './act-writer.ts'
import type { LinkContext } from './act.ts'

export type RecorderDeps = { readonly platform: Platform; readonly database: Database }

type Known = { readonly name: string; readonly versions: Map<VersionId, PublishedVersion> }

const versionsKeptMax = 200

/** A version that the batch needs and that is not in memory yet. */
class VersionsMissing extends Error {
  readonly versionIds: readonly VersionId[]
  constructor(versionIds: readonly VersionId[]) {
    super('versions are not in memory')
    this.versionIds = versionIds
  }
}

/**
 * Makes the recorder of acts: one transaction for a batch, with the ledger's head locked first, everything read after
 * that, and one statement that writes entries, acts and keys. Its checkpoint is kept outside the database before
 * anything is answered (decision 0066). What cannot change (published versions, the name of the organisation) is kept in
 * memory; a version that is not there yet is fetched outside the lock and the batch starts again.
 */
export function createActRecorder(deps: RecorderDeps): RecordBatch {
  const kept = new Map<OrganisationId, Known>()
  return async (organisationId, batch) => {
    for (;;) {
      const known = kept.get(organisationId) ?? {
        name: await nameOf(deps, organisationId),
        versions: new Map(),
      }
      kept.set(organisationId, known)
      try {
        return await recordBatch(deps, organisationId, batch, known)
      } catch (error) {
        if (error instanceof LedgerStoppedError) return batch.map(() => ({ kind: 'refused', problem: error }))
        if (!(error instanceof VersionsMissing)) throw error
        await fetchVersions(deps, organisationId, error.versionIds, known)
      }
    }
  }
}

async function nameOf(deps: RecorderDeps, organisationId: OrganisationId): Promise<string> {
  const organisation = await deps.database.readInOrganisation(organisationId, (trx) => getOrganisation(trx, organisationId)) // prettier-ignore
  return organisation.name
}

async function fetchVersions(
  deps: RecorderDeps,
  organisationId: OrganisationId,
  versionIds: readonly VersionId[],
  known: Known,
): Promise<void> {
  if (known.versions.size > versionsKeptMax) known.versions.clear()
  await deps.database.readInOrganisation(organisationId, async (trx) => {
    for (const versionId of versionIds)
      known.versions.set(versionId, await getVersionById(trx, organisationId, versionId))
  })
}

async function recordBatch(
  deps: RecorderDeps,
  organisationId: OrganisationId,
  batch: readonly ActSubmission[],
  known: Known,
): Promise<readonly ActResult[]> {
  const results: ActResult[] = []
  const { verdict, plan } = await deps.database.withClient(async (client) => {
    try {
      return await writeBatch(deps, client, organisationId, batch, known, results)
    } catch (error) {
      // A connection that answers no more takes its transaction with it.
      await client.query('rollback').catch(() => undefined)
      throw error
    }
  })
  if (plan !== undefined) {
    await releaseAppend(deps.platform, plan)
    deps.platform.metrics.count('beding_acts_total', {}, plan.entries.length)
  }
  for (const [position, actId] of verdict.replays) {
    results[position] = await replayOf(deps, organisationId, actId)
  }
  for (const [position, first] of verdict.twins) {
    const result = results[first]!
    results[position] = result.kind === 'recorded' ? { ...result, replayed: true } : result
  }
  return results
}

/** The answer again; when its content was erased meanwhile, that is this one's answer and no failure of the batch. */
async function replayOf(
  deps: RecorderDeps,
  organisationId: OrganisationId,
  actId: ActId,
): Promise<ActResult> {
  try {
    const answer = await deps.database.readInOrganisation(organisationId, (trx) => readActAnswer(trx, organisationId, actId)) // prettier-ignore
    await releaseReceipt(deps.platform, organisationId, answer.receipt)
    return { kind: 'recorded', replayed: true, answer }
  } catch (error) {
    if (error instanceof ProblemError) return { kind: 'refused', problem: error }
    throw error
  }
}

/**
 * Plans are kept, because making them took more than the look-ups of sixteen acts; but one that was made when a table was
 * small may join by a part of a key, and would then cost more with every act. So a connection makes them anew with its
 * batches 1, 2, 4, 8 … and every 128th: no plan serves longer than the connection had before it (decision 0107).
 */
const planSettings = 'set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan'
const plansKeptMax = 128

const batchesOf = new WeakMap<pg.ClientBase, number>()

function beginText(client: pg.ClientBase, organisationId: OrganisationId): string {
  const count = (batchesOf.get(client) ?? 0) + 1
  batchesOf.set(client, count)
  const renewed = count % plansKeptMax === 0 || Number.isInteger(Math.log2(count)) ? '; discard plans' : ''
  return `begin; set local beding.organisation = '${organisationId}'; ${planSettings}${renewed}`
}

type WrittenBatch = { readonly verdict: BatchVerdict; readonly plan: AppendPlan | undefined }

/**
 * The transaction of a batch: everything is asked in one go and waited for once, then written and committed in one go.
 * The statements run in the order in which they are sent, so what is read is read under the lock.
 */
async function writeBatch(
  deps: RecorderDeps,
  client: pg.ClientBase,
  organisationId: OrganisationId,
  batch: readonly ActSubmission[],
  known: Known,
  results: ActResult[],
): Promise<WrittenBatch> {
  const { clock, newId, randomBytes } = deps.platform
  const clientIds = batch.map((each) => linkClientId(each.tokenSha256))
  const [, head, contexts, answered] = await Promise.all([
    client.query(beginText(client, organisationId)),
    openHead(client, organisationId),
    readContexts(client, organisationId, batch),
    readAnswered(client, organisationId, batch, clientIds),
  ])
  const missing = [...contexts.values()].map((each) => each.versionId).filter((id) => !known.versions.has(id))
  if (missing.length > 0) throw new VersionsMissing([...new Set(missing)])
  const organisation = { organisationId, name: known.name }
  const verdict = decideBatch(batch, { organisation, clientIds, contexts, answered, versions: known.versions, now: clock(), newId, nextIndex: head.range.size }) // prettier-ignore
  for (const [position, result] of verdict.refused) results[position] = result
  if (verdict.accepted.length === 0) {
    await client.query('commit')
    return { verdict, plan: undefined }
  }
  const plan = planAppend(head, verdict.accepted.map((each) => each.draft), logSigner(deps.platform, head), randomBytes) // prettier-ignore
  const write = writeStatement(plan, verdict.accepted.map((each) => each.row)) // prettier-ignore
  const [written, commit] = await Promise.all([
    client.query<{ written: number }>(write.text, [...write.values]),
    client.query('commit'),
  ])
  if (written.rows[0]?.written !== 1) throw new LedgerMovedError(organisationId, head.range.size)
  // COMMIT of a transaction that failed answers ROLLBACK without an error.
  if (commit.command !== 'COMMIT') throw new Error('the batch was not committed')
  const entries = appendedEntries(plan)
  verdict.accepted.forEach(({ position, row }, index) => {
    const { statement } = batch[position]!.command
    results[position] = {
      kind: 'recorded',
      replayed: false,
      answer: actAnswer(row.act, statement, entries[index]!),
    }
  })
  return { verdict, plan }
}

/** The client under which keys of a link stand: made from the token's hash, so that nobody else can have it. */
function linkClientId(tokenSha256: Buffer): string {
  return hexToUuid(tokenSha256.subarray(0, 16).toString('hex'))!
}

async function readContexts(
  client: pg.ClientBase,
  organisationId: OrganisationId,
  batch: readonly ActSubmission[],
): Promise<Map<number, LinkContext>> {
  const { text, values } = contextStatement(organisationId, batch)
  const { rows } = await client.query<ContextRow>(text, [...values])
  return new Map(rows.map((row) => [row.position - 1, toContext(row)]))
}

async function readAnswered(
  client: pg.ClientBase,
  organisationId: OrganisationId,
  batch: readonly ActSubmission[],
  clientIds: readonly string[],
): Promise<Map<number, { fingerprint: Buffer; actId: ActId }>> {
  const { text, values } = replayStatement(organisationId, batch, clientIds)
  const { rows } = await client.query<{ position: number; fingerprint: Buffer; subject_id: string }>(text, [
    ...values,
  ])
  return new Map(
    rows.map((row) => [row.position - 1, { fingerprint: row.fingerprint, actId: row.subject_id as ActId }]),
  )
}

type ContextRow = Record<
  | 'assignment_id' | 'version_id' | 'person_id' | 'person_name' | 'person_external_id' | 'expires_at'
  | 'withdrawn_from' | 'existing_act_id' | 'delivered_at' | 'delivery_channel' | 'address' | 'opened_at',
  string
> & { position: number; person_entry_number: number | null; entry_index: number | null } // prettier-ignore

function toContext(row: ContextRow): LinkContext {
  return {
    assignmentId: row.assignment_id,
    versionId: row.version_id,
    personId: row.person_id,
    personName: row.person_name,
    personExternalId: row.person_external_id,
    expiresAt: row.expires_at,
    withdrawnFrom: row.withdrawn_from,
    existingActId: row.existing_act_id,
    deliveredAt: row.delivered_at,
    deliveryChannel: row.delivery_channel,
    address: row.address,
    openedAt: row.opened_at,
    lastAct:
      row.person_entry_number === null
        ? null
        : { number: row.person_entry_number, entryIndex: row.entry_index },
  } as LinkContext
}
