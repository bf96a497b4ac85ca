import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { EntryId, OrganisationId, VersionId } from '#core'
import type { Database } from '#database'
import { appendEntries } from '#evidence'
import type { Platform } from '#platform'
import type { ReplayGround } from './raw-replay.ts'

/** The token of assignment `index` in an organisation; the database makes the same one. */
export function benchToken(organisationId: OrganisationId, index: number): string {
  return createHash('sha256').update(`${organisationId}/${index}`).digest('base64url')
}

/** The id under `purpose` and `index`; the database makes the same one. */
export function benchId(organisationId: OrganisationId, purpose: string, index: number): string {
  const hex = createHash('md5').update(`${organisationId}/${purpose}/${index}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/**
 * Fills an organisation with `count` persons who each have been handed a version, got a message and opened its link: the
 * state in which an act is recorded. Written in bulk, because what is measured begins after it.
 */
export async function fillOrganisation(
  platform: Platform,
  database: Database,
  organisationId: OrganisationId,
  versionId: VersionId,
  count: number,
): Promise<void> {
  const entryId = platform.newId() as EntryId
  const now = platform.clock()
  await database.inOrganisation(organisationId, async (trx) => {
    await appendEntries(platform, trx, organisationId, [
      { entryId, kind: 'assignments-created', at: now, facts: { versionId, count } },
    ])
    const id = (purpose: string) => sql`md5(${organisationId} || ${`/${purpose}/`} || i)::uuid`
    const token = sql`sha256(convert_to(rtrim(translate(encode(sha256(convert_to(${organisationId} || '/' || i, 'UTF8')), 'base64'), '+/', '-_'), '='), 'UTF8'))`
    const each = sql`from generate_series(0, ${count - 1}) as i`
    await sql`insert into person (organisation_id, person_id, external_id, given_name, family_name, work_email, language, created_at, updated_at)
      select ${organisationId}::uuid, ${id('person')}, 'B-' || i, 'Anna', 'de Vries ' || i, 'b' || i || '@voorbeeld.example', 'nl', ${now}::timestamptz, ${now}::timestamptz ${each}`.execute(
      trx,
    )
    await sql`insert into assignment (organisation_id, assignment_id, version_id, person_id, due_date, created_by, created_at, entry_id)
      select ${organisationId}::uuid, ${id('assignment')}, ${versionId}::uuid, ${id('person')}, '2099-12-31', ${organisationId}::uuid, ${now}::timestamptz, ${entryId}::uuid ${each}`.execute(
      trx,
    )
    await sql`insert into delivery (organisation_id, delivery_id, assignment_id, address, state, attempts, next_attempt_at, created_at)
      select ${organisationId}::uuid, ${id('delivery')}, ${id('assignment')}, 'b@voorbeeld.example', 'handed-over', 1, ${now}::timestamptz, ${now}::timestamptz ${each}`.execute(
      trx,
    )
    await sql`insert into delivery_event (organisation_id, event_id, delivery_id, assignment_id, kind, channel, address, detail, occurred_at)
      select ${organisationId}::uuid, ${id('event')}, ${id('delivery')}, ${id('assignment')}, 'handed-over', 'smtp', 'b' || i || '@voorbeeld.example', '250 ok', ${now}::timestamptz ${each}`.execute(
      trx,
    )
    await sql`insert into link (organisation_id, token_sha256, assignment_id, delivery_id, issued_at, expires_at)
      select ${organisationId}::uuid, ${token}, ${id('assignment')}, ${id('delivery')}, ${now}::timestamptz, '2099-12-31Z' ${each}`.execute(
      trx,
    )
    await sql`insert into opening (organisation_id, token_sha256, language, assignment_id, opened_at, user_agent, network_class)
      select ${organisationId}::uuid, ${token}, 'nl', ${id('assignment')}, ${now}::timestamptz, 'bench', 'loopback' ${each}`.execute(
      trx,
    )
  })
}

/** What the raw replay writes into: the open log, and the Dutch document of the version. */
export async function readGround(
  database: Database,
  organisationId: OrganisationId,
  versionId: VersionId,
): Promise<ReplayGround> {
  return database.readInOrganisation(organisationId, async (trx) => {
    const { rows } = await sql<{ log_id: string; document_id: string }>`
      select ledger_head.log_id, policy_edition.document_id from ledger_head, policy_edition
      where policy_edition.version_id = ${versionId}::uuid and policy_edition.language = 'nl'`.execute(trx)
    return { organisationId, versionId, logId: rows[0]!.log_id, documentId: rows[0]!.document_id }
  })
}
