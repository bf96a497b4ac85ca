import { randomBytes } from 'node:crypto'
import type { OrganisationId } from '#core'
import { sha256 } from '#core'
import type { Database } from '#database'
import { contextText, replayText } from '#ceremonies'
import type { LoadResult } from './http-load.ts'
import { summary } from './http-load.ts'
import { benchId, benchToken } from './prepare-store.ts'

/** What the raw replay needs to know of the organisation it writes into. */
export type ReplayGround = {
  readonly organisationId: OrganisationId
  readonly logId: string
  readonly versionId: string
  readonly documentId: string
}

const insertText = `
with entries as (
  insert into ledger_entry (organisation_id, log_id, entry_index, entry_id, kind, entry, leaf_hash, proof_size, proof, recorded_at)
  values ($1::uuid, $2::uuid, $3::bigint, $4::uuid, 'act', $5, $6, $3::bigint + 1, $7, $8::timestamptz)
), disclosed as (
  insert into entry_disclosure (organisation_id, entry_id, disclosures) values ($1::uuid, $4::uuid, $9::text[])
), acts as (
  insert into act (organisation_id, act_id, assignment_id, person_id, version_id, document_id, language, choice, assurance, evidence_level, acted_at, entry_id, person_entry_number, statement_id)
  values ($1::uuid, $10::uuid, $11::uuid, $12::uuid, $13::uuid, $14::uuid, 'nl', 'seen', 'mailbox-employer', 'E3', $8::timestamptz, $4::uuid, 1, 'main')
)
insert into idempotency (organisation_id, client_id, operation, idempotency_key, fingerprint, status, subject_id, created_at)
values ($1::uuid, $11::uuid, 'recordAct', $15, $6, 201, $10::uuid, $8::timestamptz)`

const entryIndexBase = 1_000_000_000

/**
 * The same reads and the same four inserts as an act, sent by the bare driver: one transaction an act, all its
 * statements in one packet, named, over ten connections. No HTTP, no hashing, no signature, no ledger head to wait for.
 * Entries and disclosures have the size of real ones.
 */
export async function replayRaw(
  database: Database,
  ground: ReplayGround,
  clients: number,
  from: number,
  count: number,
): Promise<LoadResult> {
  const latencies_ms: number[] = []
  let next = from
  const entry = randomBytes(900).toString('base64')
  const disclosures = Array.from({ length: 28 }, () => randomBytes(52).toString('base64url'))
  const client = async (): Promise<void> => {
    while (next < from + count) {
      const index = next
      next += 1
      const start = performance.now()
      await database.batchInOrganisation(
        ground.organisationId,
        statementsFor(ground, index, entry, disclosures),
      )
      latencies_ms.push(performance.now() - start)
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: clients }, client))
  return summary(latencies_ms, (performance.now() - start) / 1000)
}

function statementsFor(ground: ReplayGround, index: number, entry: string, disclosures: readonly string[]) {
  const { organisationId, logId, versionId, documentId } = ground
  const id = (purpose: string): string => benchId(organisationId, purpose, index)
  const token = sha256(benchToken(organisationId, index))
  const now = new Date().toISOString()
  const written = [organisationId, logId, entryIndexBase + index, id('entry'), entry, token, Buffer.alloc(544), now, disclosures, id('act'), id('assignment'), id('person'), versionId, documentId, id('key')] // prettier-ignore
  return [
    { text: contextText, values: [organisationId, [token], ['nl'], ['main']] },
    { text: replayText, values: [organisationId, [id('assignment')], [id('key')]] },
    { text: insertText, values: written },
  ]
}
