import { sql } from 'kysely'
import type { ClientId, EntryId, Instant, OrganisationId } from '#core'
import { canonicalJson, problem } from '#core'
import type { Transaction } from '#database'
import type { ClauseContent, ClauseReview, ClauseTemplate, ClauseVersion } from './clause-template.ts'

export type NewTemplate = Omit<ClauseTemplate, 'versions'>
export type NewVersion = {
  readonly templateId: string
  readonly versionNumber: number
  readonly content: ClauseContent
  readonly contentSha256: string
  readonly createdAt: Instant
  readonly entryId: EntryId
}

/** Writes a template without a version. False when another has its name. */
export async function insertTemplate(
  trx: Transaction,
  organisationId: OrganisationId,
  template: NewTemplate,
  madeBy: ClientId,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into clause_template (organisation_id, template_id, kind, name, starter_id, created_by, created_at)
    values (${organisationId}::uuid, ${template.templateId}::uuid, ${template.kind}, ${template.name}, ${template.starterId},
            ${madeBy}::uuid, ${template.createdAt}::timestamptz)
    on conflict on constraint clause_template_name_once do nothing`.execute(trx)
  return numAffectedRows === 1n
}

/** Writes a version. False when the number was taken meanwhile. */
export async function insertVersion(
  trx: Transaction,
  organisationId: OrganisationId,
  version: NewVersion,
  madeBy: ClientId,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into clause_template_version (organisation_id, template_id, version_number, content, content_sha256, created_by,
                                         created_at, entry_id)
    values (${organisationId}::uuid, ${version.templateId}::uuid, ${version.versionNumber}, ${canonicalJson(version.content)},
            decode(${version.contentSha256}, 'hex'), ${madeBy}::uuid, ${version.createdAt}::timestamptz, ${version.entryId}::uuid)
    on conflict on constraint clause_template_version_pk do nothing`.execute(trx)
  return numAffectedRows === 1n
}

export async function insertReview(
  trx: Transaction,
  organisationId: OrganisationId,
  place: { readonly templateId: string; readonly versionNumber: number; readonly contentSha256: string },
  review: ClauseReview,
  madeBy: ClientId,
): Promise<void> {
  await sql`
    insert into clause_review (organisation_id, review_id, template_id, version_number, content_sha256, reviewer, outcome, remarks,
                               reviewed_by, reviewed_at, entry_id)
    values (${organisationId}::uuid, ${review.reviewId}::uuid, ${place.templateId}::uuid, ${place.versionNumber},
            decode(${place.contentSha256}, 'hex'), ${review.reviewer}, ${review.outcome}, ${review.remarks}, ${madeBy}::uuid,
            ${review.reviewedAt}::timestamptz, ${review.entryId}::uuid)`.execute(trx)
}

type TemplateRow = Omit<ClauseTemplate, 'versions'> & { readonly versions: readonly ClauseVersion[] }

const templateColumns = sql`
  clause_template.template_id as "templateId", kind, name, starter_id as "starterId", clause_template.created_at as "createdAt",
  (select coalesce(json_agg(json_build_object(
      'versionNumber', version.version_number, 'contentSha256', encode(version.content_sha256, 'hex'),
      'createdAt', to_char(version.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'entryId', version.entry_id,
      'reviews', (select coalesce(json_agg(json_build_object(
          'reviewId', review.review_id, 'reviewer', review.reviewer, 'outcome', review.outcome, 'remarks', review.remarks,
          'reviewedAt', to_char(review.reviewed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'entryId', review.entry_id) order by review.reviewed_at, review.review_id), '[]'::json)
        from clause_review as review
        where review.organisation_id = version.organisation_id and review.template_id = version.template_id
          and review.version_number = version.version_number)
    ) order by version.version_number), '[]'::json)
   from clause_template_version as version
   where version.organisation_id = clause_template.organisation_id
     and version.template_id = clause_template.template_id) as versions`

/** The library of an organisation by name, each template with its versions and what counsel said of them. */
export async function listTemplates(
  trx: Transaction,
  organisationId: OrganisationId,
  limit: number,
): Promise<ClauseTemplate[]> {
  const { rows } = await sql<TemplateRow>`
    select ${templateColumns} from clause_template
    where clause_template.organisation_id = ${organisationId}::uuid
    order by name limit ${limit}`.execute(trx)
  return rows
}

/** The template, or the problem `clause-template-not-found`. */
export async function getTemplate(
  trx: Transaction,
  organisationId: OrganisationId,
  templateId: string,
): Promise<ClauseTemplate> {
  const { rows } = await sql<TemplateRow>`
    select ${templateColumns} from clause_template
    where clause_template.organisation_id = ${organisationId}::uuid
      and clause_template.template_id = ${templateId}::uuid`.execute(trx)
  if (rows[0] === undefined) throw problem('clause-template-not-found')
  return rows[0]
}

/** The text of a version with its hash, or the problem `clause-template-not-found`. */
export async function getContent(
  trx: Transaction,
  organisationId: OrganisationId,
  templateId: string,
  versionNumber: number,
): Promise<{ readonly content: ClauseContent; readonly contentSha256: string }> {
  const { rows } = await sql<{ content: string; sha256: string }>`
    select content, encode(content_sha256, 'hex') as sha256 from clause_template_version
    where organisation_id = ${organisationId}::uuid and template_id = ${templateId}::uuid
      and version_number = ${versionNumber}`.execute(trx)
  const row = rows[0]
  if (row === undefined) throw problem('clause-template-not-found')
  return { content: JSON.parse(row.content) as ClauseContent, contentSha256: row.sha256 }
}
