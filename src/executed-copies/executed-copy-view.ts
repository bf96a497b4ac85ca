import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type {
  ActId,
  ClientId,
  DocumentId,
  EntryId,
  Instant,
  OrganisationId,
  PersonId,
  VersionId,
} from '#core'
import { problem } from '#core'
import { readAct } from '#ceremonies'
import type { Transaction } from '#database'
import type { ExecutedCopy, Party, PartyRecord } from './executed-copy.ts'

/**
 * The acts of the parties with what is recorded of them, in the order given. Throws `act-not-found`.
 */
export async function readParties(
  trx: Transaction,
  organisationId: OrganisationId,
  parties: readonly Party[],
): Promise<PartyRecord[]> {
  const { rows } = await sql<{ act_id: string; person_id: PersonId; version_id: VersionId | null }>`
    select act.act_id, act.person_id, act.version_id from act
    where act.organisation_id = ${organisationId}::uuid
      and act.act_id = any(${parties.map(({ actId }) => actId)}::uuid[])`.execute(trx)
  const byAct = new Map(rows.map((row) => [row.act_id, row]))
  const missing = parties.flatMap(({ actId }, index) =>
    byAct.has(actId)
      ? []
      : [{ code: 'act-not-found', message: 'There is no such act.', pointer: `/parties/${index}/actId` }],
  )
  if (missing.length > 0) throw problem('act-not-found', { errors: missing })
  const records: PartyRecord[] = []
  for (const party of parties) {
    const row = byAct.get(party.actId)!
    const act = await readAct(trx, organisationId, party.actId)
    records.push({ ...party, personId: row.person_id, versionId: row.version_id, act })
  }
  return records
}

type CopyRow = {
  executed_copy_id: string
  version_id: VersionId | null
  bundle_sha256: string | null
  edition_document_id: DocumentId
  edition_sha256: string
  document_sha256: string
  byte_length: number
  document_id: DocumentId | null
  made_by: ClientId
  made_at: Instant
  entry_id: EntryId
  parties: readonly { readonly act_id: ActId; readonly capacity: Party['capacity'] }[]
}

async function readCopies(
  trx: Transaction,
  organisationId: OrganisationId,
  which: RawBuilder<unknown>,
): Promise<ExecutedCopy[]> {
  const { rows } = await sql<CopyRow>`
    select executed_copy.executed_copy_id, executed_copy.version_id, executed_copy.edition_document_id,
           encode(executed_copy.bundle_sha256, 'hex') as bundle_sha256,
           encode(coalesce(edition.sha256, executed_copy.edition_sha256), 'hex') as edition_sha256, encode(executed_copy.document_sha256, 'hex') as document_sha256,
           executed_copy.byte_length, executed_copy_document.document_id, executed_copy.made_by, executed_copy.made_at,
           executed_copy.entry_id,
           (select json_agg(json_build_object('act_id', party.act_id, 'capacity', party.capacity) order by party.party_number)
            from executed_copy_party as party
            where party.organisation_id = executed_copy.organisation_id
              and party.executed_copy_id = executed_copy.executed_copy_id) as parties
    from executed_copy
    left join document as edition on edition.organisation_id = executed_copy.organisation_id
                            and edition.document_id = executed_copy.edition_document_id
    left join executed_copy_document on executed_copy_document.organisation_id = executed_copy.organisation_id
                                    and executed_copy_document.executed_copy_id = executed_copy.executed_copy_id
    where executed_copy.organisation_id = ${organisationId}::uuid and ${which}`.execute(trx)
  return rows.map(toCopy)
}

function toCopy(row: CopyRow): ExecutedCopy {
  return {
    executedCopyId: row.executed_copy_id,
    versionId: row.version_id,
    bundleSha256: row.bundle_sha256,
    edition: { documentId: row.edition_document_id, sha256: row.edition_sha256 },
    parties: row.parties.map((party) => ({ actId: party.act_id, capacity: party.capacity })),
    documentSha256: row.document_sha256,
    byteLength: row.byte_length,
    documentId: row.document_id,
    madeBy: row.made_by,
    madeAt: row.made_at,
    entryId: row.entry_id,
  }
}

/** The copy, or the problem `executed-copy-not-found`. */
export async function getCopy(
  trx: Transaction,
  organisationId: OrganisationId,
  executedCopyId: string,
): Promise<ExecutedCopy> {
  const [copy] = await readCopies(trx, organisationId, sql`executed_copy.executed_copy_id = ${executedCopyId}::uuid`) // prettier-ignore
  if (copy === undefined) throw problem('executed-copy-not-found')
  return copy
}

/** The copy of this document that was made of exactly these acts, if one was. */
export async function findCopyOfActs(
  trx: Transaction,
  organisationId: OrganisationId,
  actsSha256: Buffer,
  documentId: DocumentId,
): Promise<ExecutedCopy | undefined> {
  const which = sql`executed_copy.acts_sha256 = ${actsSha256} and executed_copy.edition_document_id = ${documentId}::uuid`
  const [copy] = await readCopies(trx, organisationId, which)
  return copy
}

/** A page of copies, newest first; of one act where one is given, and older than `after`. */
export async function listCopies(
  trx: Transaction,
  organisationId: OrganisationId,
  page: { readonly actId?: ActId; readonly after?: string; readonly limit: number },
): Promise<ExecutedCopy[]> {
  const { actId = null, after = null, limit } = page
  return readCopies(
    trx,
    organisationId,
    sql`(${actId}::uuid is null or executed_copy.executed_copy_id in (
          select own.executed_copy_id from executed_copy_party as own
          where own.organisation_id = ${organisationId}::uuid and own.act_id = ${actId}::uuid))
        and (${after}::uuid is null or executed_copy.executed_copy_id < ${after}::uuid)
        order by executed_copy.executed_copy_id desc limit ${limit}`,
  )
}
