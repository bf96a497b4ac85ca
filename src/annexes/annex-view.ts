import { sql } from 'kysely'
import type { CivilDate, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { Annex, AnnexContent } from './annex.ts'

/** Which annexes: of an employment, a contract or a person, or these. All that are given must fit. */
export type AnnexFilter = {
  readonly employmentId?: string
  readonly contractId?: string
  readonly personId?: PersonId
  readonly annexIds?: readonly string[]
  /** Only with this mark. */
  readonly mark?: string
}

type AnnexRow = Omit<Annex, 'content'> & { readonly content: string | null }

const columns = sql`
  annex.annex_id as "annexId", annex.employment_id as "employmentId", annex.person_id as "personId",
  annex.contract_id as "contractId", annex.mark, annex.kind, annex.language, annex.effective_from as "effectiveFrom",
  annex.effective_until as "effectiveUntil", annex.replaces,
  (select later.annex_id from annex as later
   where later.organisation_id = annex.organisation_id and later.replaces = annex.annex_id) as "replacedBy",
  annex.document_id as "documentId", encode(annex.document_sha256, 'hex') as "documentSha256",
  encode(annex.content_sha256, 'hex') as "contentSha256", annex.draft_check_id as "draftCheckId",
  annex.created_by as "createdBy", annex.created_at as "createdAt", annex.entry_id as "entryId", annex_content.content`

/** The annex, or the problem `annex-not-found`. */
export async function readAnnex(
  trx: Transaction,
  organisationId: OrganisationId,
  annexId: string,
): Promise<Annex> {
  const [annex] = await readAnnexes(trx, organisationId, { annexIds: [annexId] })
  if (annex === undefined) throw problem('annex-not-found')
  return annex
}

/** The annexes that fit, oldest first, each with everything it was composed of. One query, whatever their number. */
export async function readAnnexes(
  trx: Transaction,
  organisationId: OrganisationId,
  filter: AnnexFilter,
): Promise<Annex[]> {
  const { employmentId, contractId, personId, annexIds, mark } = filter
  const { rows } = await sql<AnnexRow>`
    select ${columns}
    from annex left join annex_content using (organisation_id, annex_id)
    where annex.organisation_id = ${organisationId}::uuid
      ${employmentId === undefined ? sql`` : sql`and annex.employment_id = ${employmentId}::uuid`}
      ${contractId === undefined ? sql`` : sql`and annex.contract_id = ${contractId}::uuid`}
      ${personId === undefined ? sql`` : sql`and annex.person_id = ${personId}::uuid`}
      ${annexIds === undefined ? sql`` : sql`and annex.annex_id = any(${[...annexIds]}::uuid[])`}
      ${mark === undefined ? sql`` : sql`and annex.mark = ${mark}`}
    order by annex.created_at, annex.annex_id`.execute(trx)
  return rows.map(({ content, ...annex }) => ({
    ...annex,
    content: content === null ? null : (JSON.parse(content) as AnnexContent),
  }))
}

/**
 * The list of relations that holds on a day under a mark of an employment, whoever signed it: of those that begin on the day
 * or before, and have not ended, the one that comes in the place of the others. Null when there is none.
 */
export function listOnDay(annexes: readonly Annex[], mark: string, day: CivilDate): Annex | null {
  const begun = annexes.filter(
    (annex) =>
      annex.kind === 'relation-list' &&
      annex.mark === mark &&
      annex.effectiveFrom <= day &&
      (annex.effectiveUntil === null || day <= annex.effectiveUntil),
  )
  const replaced = new Set(begun.map((annex) => annex.replaces))
  return begun.findLast((annex) => !replaced.has(annex.annexId)) ?? null
}
