import { sql } from 'kysely'
import type { AssignmentId, Instant, OrganisationId } from '#core'
import type { Statement, Transaction } from '#database'
import { byteaArray, instantArray, textArray, uuidArray } from '#database'
import type { Language } from '#people'
import type { NetworkClass } from './act.ts'

export type NewLink = {
  readonly tokenSha256: Buffer
  readonly assignmentId: AssignmentId
  /** The message that it goes with; null for one that was made for a person who is here. */
  readonly deliveryId: string | null
  readonly issuedAt: Instant
  readonly expiresAt: Instant
}

/** Writes the hash of a new link's token. The token itself never comes here. */
export async function insertLink(
  trx: Transaction,
  organisationId: OrganisationId,
  link: NewLink,
): Promise<void> {
  await sql`
    insert into link (organisation_id, token_sha256, assignment_id, delivery_id, issued_at, expires_at)
    values (${organisationId}::uuid, ${link.tokenSha256}, ${link.assignmentId}::uuid, ${link.deliveryId}::uuid,
            ${link.issuedAt}::timestamptz, ${link.expiresAt}::timestamptz)`.execute(trx)
}

export type NewOpening = {
  readonly tokenSha256: Buffer
  readonly assignmentId: AssignmentId
  readonly language: Language
  readonly openedAt: Instant
  readonly userAgent: string
  readonly networkClass: NetworkClass
}

/** Records first openings of links, each in a language; where there is one already nothing changes. */
export function openingsStatement(organisationId: string, openings: readonly NewOpening[]): Statement {
  const column = <Value>(pick: (opening: NewOpening) => Value): Value[] => openings.map(pick)
  return {
    text: openingsText,
    values: [
      organisationId,
      byteaArray(column((each) => each.tokenSha256)),
      textArray(column((each) => each.language)),
      uuidArray(column((each) => each.assignmentId)),
      instantArray(column((each) => each.openedAt)),
      textArray(column((each) => each.userAgent)),
      textArray(column((each) => each.networkClass)),
    ],
  }
}

const openingsText = `
insert into opening (organisation_id, token_sha256, language, assignment_id, opened_at, user_agent, network_class)
select $1::uuid, one.*
from unnest($2::bytea[], $3::text[], $4::uuid[], $5::timestamptz[], $6::text[], $7::text[]) as one
on conflict on constraint opening_pk do nothing`

/**
 * Closes a link whose reader said that it is not for them. The entry must be there already.
 */
export async function insertMisdelivery(
  trx: Transaction,
  organisationId: OrganisationId,
  report: {
    readonly tokenSha256: Buffer
    readonly assignmentId: AssignmentId
    readonly reportedAt: Instant
    readonly entryId: string
  },
): Promise<void> {
  await sql`
    insert into misdelivery (organisation_id, token_sha256, assignment_id, reported_at, entry_id)
    values (${organisationId}::uuid, ${report.tokenSha256}, ${report.assignmentId}::uuid,
            ${report.reportedAt}::timestamptz, ${report.entryId}::uuid)`.execute(trx)
}
