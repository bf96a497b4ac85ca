import { sql } from 'kysely'
import type { CivilDate, ClientId, DocumentId, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { Letter } from './letter.ts'

/** Writes a letter and says which document it is. The document and the entry must be there already. */
export async function insertLetter(
  trx: Transaction,
  organisationId: OrganisationId,
  letter: Letter & { readonly subject: string; readonly madeBy: ClientId },
): Promise<void> {
  await sql`
    insert into letter (organisation_id, letter_id, kind, person_id, holds_from, document_sha256, made_by, made_at, entry_id)
    values (${organisationId}::uuid, ${letter.documentId}::uuid, ${letter.kind}, ${letter.personId}::uuid,
            ${letter.holdsFrom}::date, decode(${letter.sha256}, 'hex'), ${letter.madeBy}::uuid,
            ${letter.createdAt}::timestamptz, ${letter.entryId}::uuid)`.execute(trx)
  await sql`
    insert into letter_document (organisation_id, letter_id, document_id, subject)
    values (${organisationId}::uuid, ${letter.documentId}::uuid, ${letter.documentId}::uuid, ${letter.subject})`.execute(
    trx,
  )
}

/** A warning that is kept, as a later one refers to it. */
export type KeptWarning = {
  readonly givenOn: CivilDate
  readonly subject: string
  readonly documentSha256: string
}

/** The warning to this person with this document, or the problem `document-not-found`; so is one to somebody else. */
export async function getWarning(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  documentId: DocumentId,
): Promise<KeptWarning> {
  const { rows } = await sql<{ given_on: CivilDate; subject: string; document_sha256: string }>`
    select letter.holds_from as given_on, letter_document.subject, encode(letter.document_sha256, 'hex') as document_sha256
    from letter join letter_document using (organisation_id, letter_id)
    where letter.organisation_id = ${organisationId}::uuid and letter.letter_id = ${documentId}::uuid
      and letter.person_id = ${personId}::uuid and letter.kind = 'warning'`.execute(trx)
  const row = rows[0]
  if (row === undefined) throw problem('document-not-found')
  return { givenOn: row.given_on, subject: row.subject, documentSha256: row.document_sha256 }
}
