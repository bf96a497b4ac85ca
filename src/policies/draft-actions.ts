import type { OrganisationId, PolicyId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { findMissingGlyph } from '#documents'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { checkContent, checkLine } from './content-checks.ts'
import type { Language, PolicyContent } from './content.ts'
import { decideApproval } from './draft-decisions.ts'
import type { DraftPlace } from './draft-store.ts'
import { findOpenDraft, getDraft, insertDraft, lockDraft, replaceDraft, saveApproval } from './draft-store.ts'
import type { Draft, Policy } from './policy.ts'
import { insertPolicy, lockPolicy } from './policy-store.ts'
import { findTemplate } from './template.ts'
import { getVersion, listHistory } from './version-store.ts'

/** Demands that the client saw this state of the draft; see `requireMatch` of `http`. */
export type MatchCheck = (draft: Draft) => void

export type NewPolicy = Pick<Policy, 'name' | 'owner' | 'legalNature'>

/** Makes a policy without any text. `policy-content-invalid` for a name or owner that cannot be printed. */
export async function createPolicy(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  wanted: NewPolicy,
): Promise<Policy> {
  const errors = [
    ...checkLine(wanted.name, '/name', findMissingGlyph),
    ...checkLine(wanted.owner, '/owner', findMissingGlyph),
  ]
  if (errors.length > 0) throw problem('policy-content-invalid', { errors })
  const policy: Policy = {
    policyId: platform.newId() as PolicyId,
    ...wanted,
    createdAt: platform.clock(),
    createdBy: caller.clientId,
  }
  await insertPolicy(trx, caller.organisationId, policy)
  return policy
}

/** What a draft begins from; exactly one of them. */
export type DraftSource = {
  readonly content?: PolicyContent
  readonly templateId?: string
  readonly copyOfVersion?: number
}

/**
 * Starts the next version of a policy. Its number is one more than the last published one's; a policy has one draft at
 * a time (P11), otherwise `policy-draft-exists`.
 */
export async function createDraft(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  policyId: PolicyId,
  source: DraftSource,
): Promise<Draft> {
  const { organisationId } = caller
  await lockPolicy(trx, organisationId, policyId)
  if ((await findOpenDraft(trx, { organisationId, policyId })) !== undefined)
    throw problem('policy-draft-exists')
  const history = await listHistory(trx, organisationId, policyId)
  const place = { organisationId, policyId, versionNumber: (history.at(-1)?.versionNumber ?? 0) + 1 }
  const content = await startingContent(trx, organisationId, policyId, source)
  await insertDraft(trx, place, content, caller.clientId, platform.clock())
  return getDraft(trx, place)
}

async function startingContent(
  trx: Transaction,
  organisationId: OrganisationId,
  policyId: PolicyId,
  source: DraftSource,
): Promise<PolicyContent> {
  if (source.content !== undefined) return accepted(source.content)
  if (source.templateId !== undefined) {
    const template = findTemplate(source.templateId)
    if (template === undefined) throw problem('policy-template-not-found')
    return template.content
  }
  const { content } = await getVersion(trx, organisationId, policyId, source.copyOfVersion ?? 0)
  return { ...content, changeSummary: emptyText(content.languages) }
}

function emptyText(languages: readonly Language[]): PolicyContent['changeSummary'] {
  return Object.fromEntries(languages.map((language) => [language, '']))
}

/** Writes a new revision in the place of the one the client read. The approval of the old one is gone (P6). */
export async function changeDraft(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  place: DraftPlace,
  content: PolicyContent,
  requireSeen: MatchCheck,
): Promise<Draft> {
  const draft = await lockDraft(trx, place)
  requireSeen(draft)
  await replaceDraft(trx, place, draft, accepted(content), caller.clientId, platform.clock())
  return getDraft(trx, place)
}

/** Approves exactly the revision that the client read; never by the client that wrote it (P6). */
export async function approveDraft(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  place: DraftPlace,
  requireSeen: MatchCheck,
): Promise<Draft> {
  const draft = await lockDraft(trx, place)
  requireSeen(draft)
  const outcome = decideApproval(draft, caller.clientId)
  if (outcome.kind === 'refused') throw problem(outcome.code)
  await saveApproval(trx, place, draft, { approvedBy: caller.clientId, approvedAt: platform.clock() })
  return getDraft(trx, place)
}

const errorsReportedMax = 200

/** The content, or `policy-content-invalid` with every place that is wrong, as pointers into the request. */
function accepted(content: PolicyContent): PolicyContent {
  const errors = checkContent(content, findMissingGlyph)
  if (errors.length === 0) return content
  throw problem('policy-content-invalid', {
    errors: errors
      .slice(0, errorsReportedMax)
      .map((error) => ({ ...error, pointer: `/content${error.pointer ?? ''}` })),
  })
}
