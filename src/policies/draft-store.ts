import type { ClientId, Instant, OrganisationId, PolicyId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { PolicyContent } from './content.ts'
import { canonicalContent } from './content-bytes.ts'
import type { Approval, Draft } from './policy.ts'
import './policy-tables.ts'

/** Where a draft stands. */
export type DraftPlace = {
  readonly organisationId: OrganisationId
  readonly policyId: PolicyId
  readonly versionNumber: number
}

/** Writes the first revision of a new draft. */
export async function insertDraft(
  trx: Transaction,
  place: DraftPlace,
  content: PolicyContent,
  authorId: ClientId,
  at: Instant,
): Promise<void> {
  const { text, sha256 } = canonicalContent(content)
  await trx
    .insertInto('policy_draft')
    .values({
      organisation_id: place.organisationId,
      policy_id: place.policyId,
      version_number: place.versionNumber,
      content: text,
      content_sha256: sha256,
      revision: 1,
      author_id: authorId,
      approved_by: null,
      approved_at: null,
      created_at: at,
      updated_at: at,
    })
    .execute()
}

function draftQuery(trx: Transaction, place: Pick<DraftPlace, 'organisationId' | 'policyId'>) {
  return trx
    .selectFrom('policy_draft')
    .select([
      'policy_draft.policy_id',
      'policy_draft.version_number',
      'policy_draft.content',
      'policy_draft.content_sha256',
      'policy_draft.revision',
      'policy_draft.author_id',
      'policy_draft.approved_by',
      'policy_draft.approved_at',
      'policy_draft.created_at',
      'policy_draft.updated_at',
    ])
    .where('policy_draft.organisation_id', '=', place.organisationId)
    .where('policy_draft.policy_id', '=', place.policyId)
}

type DraftRow = Awaited<ReturnType<ReturnType<typeof draftQuery>['executeTakeFirstOrThrow']>>

/** The one open draft of a policy, or undefined. */
export async function findOpenDraft(
  trx: Transaction,
  place: Pick<DraftPlace, 'organisationId' | 'policyId'>,
): Promise<Draft | undefined> {
  const row = await draftQuery(trx, place).executeTakeFirst()
  return row === undefined ? undefined : toDraft(row)
}

/** The draft, or `policy-draft-not-found`. */
export async function getDraft(trx: Transaction, place: DraftPlace): Promise<Draft> {
  const row = await draftQuery(trx, place)
    .where('policy_draft.version_number', '=', place.versionNumber)
    .executeTakeFirst()
  if (row === undefined) throw problem('policy-draft-not-found')
  return toDraft(row)
}

/**
 * The draft, kept from others until the transaction ends. `policy-version-published` when that number has been
 * published, whatever was meant to be done to it (P1); `policy-draft-not-found` when there never was one.
 */
export async function lockDraft(trx: Transaction, place: DraftPlace): Promise<Draft> {
  const row = await draftQuery(trx, place)
    .where('policy_draft.version_number', '=', place.versionNumber)
    .forUpdate()
    .executeTakeFirst()
  if (row !== undefined) return toDraft(row)
  const published = await trx
    .selectFrom('policy_version')
    .select('policy_version.version_id')
    .where('policy_version.organisation_id', '=', place.organisationId)
    .where('policy_version.policy_id', '=', place.policyId)
    .where('policy_version.version_number', '=', place.versionNumber)
    .executeTakeFirst()
  throw problem(published === undefined ? 'policy-draft-not-found' : 'policy-version-published')
}

/** Puts a new revision in the place of the one before, written by `authorId` and approved by nobody (P6). */
export async function replaceDraft(
  trx: Transaction,
  place: DraftPlace,
  draft: Draft,
  content: PolicyContent,
  authorId: ClientId,
  at: Instant,
): Promise<void> {
  const { text, sha256 } = canonicalContent(content)
  await draftUpdate(trx, place, draft)
    .set({
      content: text,
      content_sha256: sha256,
      revision: draft.revision + 1,
      author_id: authorId,
      approved_by: null,
      approved_at: null,
      updated_at: at,
    })
    .executeTakeFirstOrThrow()
}

/** Writes who approved this revision. */
export async function saveApproval(
  trx: Transaction,
  place: DraftPlace,
  draft: Draft,
  approval: Approval,
): Promise<void> {
  await draftUpdate(trx, place, draft)
    .set({ approved_by: approval.approvedBy, approved_at: approval.approvedAt })
    .executeTakeFirstOrThrow()
}

function draftUpdate(trx: Transaction, place: DraftPlace, draft: Draft) {
  return trx
    .updateTable('policy_draft')
    .where('policy_draft.organisation_id', '=', place.organisationId)
    .where('policy_draft.policy_id', '=', place.policyId)
    .where('policy_draft.version_number', '=', place.versionNumber)
    .where('policy_draft.revision', '=', draft.revision)
}

/** Takes a draft away; its text goes on as the published version. */
export async function deleteDraft(trx: Transaction, place: DraftPlace): Promise<void> {
  await trx
    .deleteFrom('policy_draft')
    .where('policy_draft.organisation_id', '=', place.organisationId)
    .where('policy_draft.policy_id', '=', place.policyId)
    .where('policy_draft.version_number', '=', place.versionNumber)
    .executeTakeFirstOrThrow()
}

function toDraft(row: DraftRow): Draft {
  return {
    policyId: row.policy_id,
    versionNumber: row.version_number,
    content: JSON.parse(row.content) as PolicyContent,
    contentSha256: row.content_sha256.toString('hex'),
    revision: row.revision,
    authorId: row.author_id,
    approval:
      row.approved_by === null || row.approved_at === null
        ? null
        : { approvedBy: row.approved_by, approvedAt: row.approved_at },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
