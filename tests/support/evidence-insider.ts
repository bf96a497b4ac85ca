import { createPrivateKey } from 'node:crypto'
import { Client } from 'pg'
import type { EntryId, OrganisationId } from '#core'
import { toInstant } from '#core'
import type { EntryDraft, Facts } from '#evidence'
import { factsOf, planAppend, writeAppend } from '#evidence'
import { onClient } from '../../src/evidence/ledger-connection.ts'
import { openLedgerHead } from '../../src/evidence/ledger-head.ts'
import { leafHash } from '../../src/evidence/merkle-hash.ts'
import { appendLeaves, emptyRange } from '../../src/evidence/merkle-range.ts'
import { noteSigner } from '../../src/evidence/note-key.ts'
import type { TestDatabase } from './database.ts'
import { testPlatform, testSecrets } from './platform.ts'

type Insider = Pick<TestDatabase, 'adminQuery' | 'targets'>
type Row = { entry_id: EntryId; kind: string; recorded_at: Date; entry: Buffer; disclosures: string[] }

/** What the insider has: the rights of the owner, and the master key, so the log's private key. */
async function logKey({ adminQuery }: Insider, id: OrganisationId) {
  const [key] = await adminQuery<{ private_key_sealed: Buffer }>(
    `select private_key_sealed from signing_key where organisation_id = $1 and purpose = 'log'`,
    [id],
  )
  const der = testSecrets.open(`signing-key/log/${id}`, key!.private_key_sealed)
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}

/**
 * Writes a log again from entry `from` on, with other facts in that entry: leaves, tiles, checkpoints and head are all
 * new and fit each other. What others said about the old checkpoints is thrown away.
 */
export async function rewriteLog(
  insider: Insider,
  log: { readonly organisationId: OrganisationId; readonly origin: string },
  from: number,
  change: (facts: Facts) => Facts,
): Promise<void> {
  const id = log.organisationId
  const signer = noteSigner(log.origin, await logKey(insider, id))
  const rows = await insider.adminQuery<Row>(
    `select ledger_entry.entry_id, kind, recorded_at, entry, disclosures from ledger_entry
     join entry_disclosure using (organisation_id, entry_id) where organisation_id = $1 order by entry_index`,
    [id],
  )
  const drafts = rows.slice(from).map((row, position): EntryDraft => {
    const facts = factsOf(row.disclosures)
    return {
      entryId: row.entry_id,
      kind: row.kind,
      at: toInstant(row.recorded_at.toISOString()),
      facts: position === 0 ? change(facts) : facts,
    }
  })
  const client = new Client({ ...(insider.targets.admin as object), options: '-c search_path=beding -c timezone=UTC' }) // prettier-ignore
  await client.connect()
  try {
    await client.query(
      `begin; set local beding.organisation = '${id}'; set session_replication_role = replica`,
    )
    for (const [table, beyond] of [
      ['ledger_anchor', `size > ${from}`],
      ['entry_disclosure', `entry_id in (select entry_id from ledger_entry where organisation_id = '${id}' and entry_index >= ${from})`],
      ['ledger_entry', `entry_index >= ${from}`],
      ['ledger_checkpoint', `size > ${from}`],
      ['ledger_tile', `(tile_index + 1) * 256 > ${from}`],
    ]) await client.query(`delete from ${table} where organisation_id = '${id}' and ${beyond}`) // prettier-ignore
    const kept = rows.slice(0, from).map((row) => leafHash(row.entry))
    const frontier = Buffer.concat(appendLeaves(emptyRange, kept).range.hashes)
    await client.query('update ledger_head set size = $1, frontier = $2 where organisation_id = $3', [from, frontier, id]) // prettier-ignore
    const run = onClient(client)
    // The changed entry by itself, so that there are checkpoints at both sides of it, as there were.
    for (const part of [drafts.slice(0, 1), drafts.slice(1)].filter((each) => each.length > 0)) {
      const plan = planAppend(await openLedgerHead(run, id), part, signer, testPlatform().randomBytes)
      await writeAppend(client, plan)
    }
    await client.query('commit')
  } finally {
    await client.end()
  }
}
