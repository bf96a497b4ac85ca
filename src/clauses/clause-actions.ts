import type { EntryId } from '#core'
import { canonicalJson, problem, sha256Hex } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { defectsOf } from './clause-decisions.ts'
import { getContent, getTemplate, insertReview, insertTemplate, insertVersion } from './clause-store.ts'
import type { ClauseContent, ClauseReview, ClauseTemplate } from './clause-template.ts'
import { starters } from './starters/index.ts'

/** Where the text of a new template comes from: a starter text, or one's own. */
export type TemplateSource = { readonly starterId: string } | { readonly content: ClauseContent }

/**
 * Takes a text into the library as version 1 of a template, with an entry in the ledger. Throws `starter-not-found`,
 * `clause-content-unfit` or `template-name-taken`.
 */
export async function createTemplate(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  name: string,
  source: TemplateSource,
): Promise<ClauseTemplate> {
  const starterId = 'starterId' in source ? source.starterId : null
  const content = 'starterId' in source ? starters.get(source.starterId) : source.content
  if (content === undefined) throw problem('starter-not-found')
  requireSound(content)
  const templateId = platform.newId()
  const template = { templateId, kind: content.kind, name, starterId, createdAt: platform.clock() }
  if (!(await insertTemplate(trx, caller.organisationId, template, caller.clientId)))
    throw problem('template-name-taken')
  await keepVersion(platform, trx, caller, template, 1, content)
  return getTemplate(trx, caller.organisationId, templateId)
}

/**
 * Makes the next version of a template; those before stay as they are, and so does everything made from them. Throws
 * `clause-template-not-found`, `clause-content-unfit` (another kind is one too), `clause-unchanged` or `version-number-taken`.
 */
export async function createVersion(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  templateId: string,
  content: ClauseContent,
): Promise<ClauseTemplate> {
  const template = await getTemplate(trx, caller.organisationId, templateId)
  if (content.kind !== template.kind)
    throw problem('clause-content-unfit', {
      errors: [
        { code: 'kind-differs', message: `This template is a ${template.kind}.`, pointer: '/content/kind' },
      ],
    })
  requireSound(content)
  const newest = template.versions.at(-1)!
  if (newest.contentSha256 === hashOf(content)) throw problem('clause-unchanged')
  await keepVersion(platform, trx, caller, template, newest.versionNumber + 1, content)
  return getTemplate(trx, caller.organisationId, templateId)
}

/** Keeps what counsel said of exactly this text, with an entry in the ledger. Throws `clause-template-not-found`. */
export async function reviewVersion(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  place: { readonly templateId: string; readonly versionNumber: number },
  said: Pick<ClauseReview, 'reviewer' | 'outcome' | 'remarks'>,
): Promise<ClauseReview> {
  const { organisationId, clientId } = caller
  const { templateId, versionNumber } = place
  const { contentSha256 } = await getContent(trx, organisationId, templateId, versionNumber)
  const review: ClauseReview = {
    ...said,
    reviewId: platform.newId(),
    reviewedAt: platform.clock(),
    entryId: platform.newId() as EntryId,
  }
  const { entryId, reviewedAt, ...facts } = review
  await appendEntries(platform, trx, organisationId, [
    {
      entryId,
      kind: 'clause-reviewed',
      at: reviewedAt,
      facts: { ...facts, templateId, versionNumber, contentSha256, reviewedBy: clientId },
    },
  ])
  await insertReview(trx, organisationId, { ...place, contentSha256 }, review, clientId)
  return review
}

function requireSound(content: ClauseContent): void {
  const errors = defectsOf(content)
  if (errors.length > 0) throw problem('clause-content-unfit', { errors })
}

function hashOf(content: ClauseContent): string {
  return sha256Hex(canonicalJson(content))
}

async function keepVersion(
  platform: Platform,
  trx: Transaction,
  { organisationId, clientId }: Caller,
  template: Omit<ClauseTemplate, 'versions'>,
  versionNumber: number,
  content: ClauseContent,
): Promise<void> {
  const { templateId, kind, name, starterId } = template
  const contentSha256 = hashOf(content)
  const createdAt = platform.clock()
  const entryId = platform.newId() as EntryId
  await appendEntries(platform, trx, organisationId, [
    {
      entryId,
      kind: 'clause-version-made',
      at: createdAt,
      facts: {
        templateId,
        clauseKind: kind,
        name,
        starterId,
        versionNumber,
        contentSha256,
        madeBy: clientId,
      },
    },
  ])
  const version = { templateId, versionNumber, content, contentSha256, createdAt, entryId }
  if (!(await insertVersion(trx, organisationId, version, clientId))) throw problem('version-number-taken')
}
