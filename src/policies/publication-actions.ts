import type { CivilDate, DocumentId, EntryId, Instant, VersionId } from '#core'
import { civilDateIn, problem, ProblemError } from '#core'
import type { Transaction } from '#database'
import { documentTitle, loadSealKey, sealDocument, storeDocument } from '#documents'
import type { PolicyEditionInput, SealedDocument, SealKey } from '#documents'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import { getOrganisation } from '#organisations'
import type { Language } from './content.ts'
import type { Decision } from './draft-decisions.ts'
import { decidePublication } from './draft-decisions.ts'
import type { DraftPlace } from './draft-store.ts'
import { deleteDraft, getDraft, lockDraft } from './draft-store.ts'
import type { PolicyDeps } from './policy-deps.ts'
import type { Draft, Edition, Policy, PolicyVersion } from './policy.ts'
import { getPolicy, lockPolicy } from './policy-store.ts'
import { publicationEntry } from './publication-entry.ts'
import { insertVersion, listHistory } from './version-store.ts'

type SealedEdition = {
  readonly language: Language
  readonly title: string
  readonly sealed: SealedDocument
}

/** What has been rendered and sealed, and of exactly which revision. Nobody has seen it and nothing is kept of it yet. */
export type PreparedPublication = {
  readonly place: DraftPlace
  readonly effectiveFrom: CivilDate
  readonly publishedAt: Instant
  readonly revision: number
  readonly contentSha256: string
  readonly editions: readonly SealedEdition[]
}

/**
 * The slow half, before and outside any transaction: renders and seals every edition of the draft as it stands. A refusal is
 * returned and not thrown, because the request may be a repetition of one that succeeded: then the answer kept under
 * its Idempotency-Key goes first.
 */
export async function preparePublication(
  deps: PolicyDeps,
  place: DraftPlace,
  effectiveFrom: CivilDate,
): Promise<PreparedPublication | ProblemError> {
  const publishedAt = deps.platform.clock()
  try {
    const inputs = await deps.database.readInOrganisation(place.organisationId, async (trx) => {
      const policy = await getPolicy(trx, place.organisationId, place.policyId)
      const draft = await readDraft(trx, place)
      requireAccepted(await judge(trx, place, policy, draft, effectiveFrom, publishedAt))
      const { name } = await getOrganisation(trx, place.organisationId)
      return {
        draft,
        key: await loadSealKey(deps.platform, trx, place.organisationId),
        editions: editionInputs(name, policy, draft, effectiveFrom, publishedAt),
      }
    })
    const { draft, key } = inputs
    const { revision, contentSha256 } = draft
    const editions = await Promise.all(
      inputs.editions.map((input) => sealEdition(deps, key, input, publishedAt)),
    )
    return { place, effectiveFrom, publishedAt, revision, contentSha256, editions }
  } catch (error) {
    if (error instanceof ProblemError) return error
    throw error
  }
}

/** The draft, or the reason why there is none: never written, or published already. */
async function readDraft(trx: Transaction, place: DraftPlace): Promise<Draft> {
  const published = await listHistory(trx, place.organisationId, place.policyId)
  if (published.some((version) => version.versionNumber === place.versionNumber))
    throw problem('policy-version-published')
  return getDraft(trx, place)
}

async function judge(
  trx: Transaction,
  place: DraftPlace,
  policy: Policy,
  draft: Draft,
  effectiveFrom: CivilDate,
  moment: Instant,
): Promise<Decision> {
  const history = await listHistory(trx, place.organisationId, place.policyId)
  return decidePublication(draft, effectiveFrom, {
    legalNature: policy.legalNature,
    today: civilDateIn(moment),
    latestEffectiveFrom: history.at(-1)?.effectiveFrom ?? null,
  })
}

function requireAccepted(decision: Decision): void {
  if (decision.kind === 'accepted') return
  const errors = decision.errors?.map((error) => ({ ...error, pointer: `/content${error.pointer ?? ''}` }))
  throw problem(decision.code, errors === undefined ? {} : { errors: errors.slice(0, 200) })
}

function editionInputs(
  organisationName: string,
  policy: Policy,
  draft: Draft,
  effectiveFrom: CivilDate,
  publishedAt: Instant,
): PolicyEditionInput[] {
  return draft.content.languages.map((language) => ({
    kind: 'policy-edition',
    organisationName,
    policyName: policy.name,
    versionNumber: draft.versionNumber,
    legalNature: policy.legalNature,
    language,
    effectiveFrom,
    content: draft.content,
    contentSha256: draft.contentSha256,
    publishedAt,
  }))
}

async function sealEdition(
  deps: PolicyDeps,
  key: SealKey,
  input: PolicyEditionInput,
  at: Instant,
): Promise<SealedEdition> {
  const rendered = await deps.pool.render(input)
  const sealed = await sealDocument(key, rendered, { at, name: input.organisationName })
  return { language: input.language, title: documentTitle(input), sealed }
}

/**
 * The short half, in one transaction: only the very revision that was sealed is published, and only if it still may
 * be. Keeps the documents, takes the draft away, appends the ledger entry, writes the version. Whatever
 * fails, nothing is left behind and the draft stays as it was (P12).
 */
export async function publishVersion(
  deps: PolicyDeps,
  trx: Transaction,
  caller: Caller,
  prepared: PreparedPublication,
): Promise<PolicyVersion> {
  const { place, effectiveFrom, publishedAt } = prepared
  const policy = await lockPolicy(trx, place.organisationId, place.policyId)
  const draft = await lockDraft(trx, place)
  if (draft.revision !== prepared.revision || draft.contentSha256 !== prepared.contentSha256)
    throw problem('policy-draft-changed')
  requireAccepted(await judge(trx, place, policy, draft, effectiveFrom, deps.platform.clock()))
  const version: PolicyVersion = {
    versionId: deps.platform.newId() as VersionId,
    policyId: place.policyId,
    versionNumber: place.versionNumber,
    content: draft.content,
    contentSha256: draft.contentSha256,
    effectiveFrom,
    authorId: draft.authorId,
    // requireAccepted refuses a draft without approval.
    approval: draft.approval!,
    publishedBy: caller.clientId,
    publishedAt,
    entryId: deps.platform.newId() as EntryId,
    editions: await keepEditions(deps, trx, prepared),
  }
  await deleteDraft(trx, place)
  await appendEntries(deps.platform, trx, place.organisationId, [publicationEntry(policy, version)])
  // After the entry, because the row points at it.
  await insertVersion(trx, place.organisationId, version)
  return version
}

/** Keeps every sealed edition for ever. */
async function keepEditions(
  deps: PolicyDeps,
  trx: Transaction,
  prepared: PreparedPublication,
): Promise<Edition[]> {
  const { organisationId } = prepared.place
  const at = prepared.publishedAt
  const kept: Edition[] = []
  for (const { language, title, sealed } of prepared.editions) {
    const documentId = deps.platform.newId() as DocumentId
    const record = { documentId, kind: 'policy-edition', title, language, createdAt: at } as const
    await storeDocument(trx, organisationId, record, sealed)
    const { bytes, sha256 } = sealed
    kept.push({ language, documentId, title, sha256: sha256.toString('hex'), byteLength: bytes.length })
  }
  return kept
}
