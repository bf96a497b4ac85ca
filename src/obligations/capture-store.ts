import { sql } from 'kysely'
import type { ClientId, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { Capture, CaptureCommand } from './capture.ts'

/** Writes a capture with its bytes and words. The entry must be there already. */
export async function insertCapture(
  trx: Transaction,
  organisationId: OrganisationId,
  capture: Capture,
  command: CaptureCommand,
  keptBy: ClientId,
): Promise<void> {
  await sql`
    insert into contact_capture (organisation_id, capture_id, person_id, captured_on, visibility, media_type, byte_length,
                                 content_sha256, kept_by, kept_at, entry_id)
    values (${organisationId}::uuid, ${capture.captureId}::uuid, ${capture.personId}::uuid, ${capture.capturedOn}::date,
            ${capture.visibility}, ${capture.mediaType}, ${capture.byteLength}, decode(${capture.sha256}, 'hex'),
            ${keptBy}::uuid, ${capture.keptAt}::timestamptz, ${capture.entryId}::uuid)`.execute(trx)
  await sql`
    insert into contact_capture_content (organisation_id, capture_id, bytes, source, shows)
    values (${organisationId}::uuid, ${capture.captureId}::uuid, ${command.bytes}, ${command.source}, ${command.shows})`.execute(
    trx,
  )
}

/** A capture with its words; these are null once the person was erased. */
export type KeptCapture = Capture & {
  readonly entryIndex: number
  readonly source: string | null
  readonly shows: string | null
}

type Row = Omit<KeptCapture, 'entryIndex'> & { readonly entryIndex: string | number }

const columns = sql`
  contact_capture.capture_id as "captureId", contact_capture.person_id as "personId", contact_capture.captured_on as "capturedOn",
  contact_capture.visibility, contact_capture.media_type as "mediaType", contact_capture.byte_length as "byteLength",
  encode(contact_capture.content_sha256, 'hex') as sha256, contact_capture.kept_at as "keptAt",
  contact_capture.entry_id as "entryId", ledger_entry.entry_index as "entryIndex",
  contact_capture_content.source, contact_capture_content.shows
  from contact_capture
  join ledger_entry using (organisation_id, entry_id)
  left join contact_capture_content using (organisation_id, capture_id)`

/** Every capture of the contacts of a person, by the day of the print. */
export async function listCaptures(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<KeptCapture[]> {
  const { rows } = await sql<Row>`
    select ${columns}
    where contact_capture.organisation_id = ${organisationId}::uuid and contact_capture.person_id = ${personId}::uuid
    order by contact_capture.captured_on, contact_capture.capture_id`.execute(trx)
  return rows.map(kept)
}

/** These captures of the person by id, in the order asked for. Throws `capture-not-found` for any that is not theirs. */
export async function getCaptures(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  captureIds: readonly string[],
): Promise<KeptCapture[]> {
  if (captureIds.length === 0) return []
  const { rows } = await sql<Row>`
    select ${columns}
    where contact_capture.organisation_id = ${organisationId}::uuid and contact_capture.person_id = ${personId}::uuid
      and contact_capture.capture_id = any(${captureIds}::uuid[])`.execute(trx)
  const found = new Map(rows.map((row) => [row.captureId, kept(row)]))
  return captureIds.map((id) => {
    const capture = found.get(id)
    if (capture === undefined) throw problem('capture-not-found')
    return capture
  })
}

/** The bytes of a capture of the person, exactly as they were handed in. Throws `capture-not-found`, `content-erased`. */
export async function readCaptureBytes(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  captureId: string,
): Promise<{ readonly capture: KeptCapture; readonly bytes: Buffer }> {
  const [capture] = await getCaptures(trx, organisationId, personId, [captureId])
  const { rows } = await sql<{ bytes: Buffer }>`
    select contact_capture_content.bytes from contact_capture_content
    where contact_capture_content.organisation_id = ${organisationId}::uuid
      and contact_capture_content.capture_id = ${captureId}::uuid`.execute(trx)
  if (rows[0] === undefined) throw problem('content-erased')
  return { capture: capture!, bytes: rows[0].bytes }
}

/** Whether these bytes are kept about the person already. */
export async function isCaptureHeld(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  sha256: string,
): Promise<boolean> {
  const { rows } = await sql`
    select from contact_capture
    where contact_capture.organisation_id = ${organisationId}::uuid and contact_capture.person_id = ${personId}::uuid
      and contact_capture.content_sha256 = decode(${sha256}, 'hex')`.execute(trx)
  return rows.length > 0
}

function kept(row: Row): KeptCapture {
  return { ...row, entryIndex: Number(row.entryIndex) }
}
