import type { CivilDate, OrganisationId, PolicyId, VersionId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { LegalNature, PolicyContent } from './content.ts'
import type { Edition } from './policy.ts'
import './policy-tables.ts'
import { listEditions } from './version-store.ts'

/** What other rooms need to know of a published version. */
export type PublishedVersion = {
  readonly versionId: VersionId
  readonly policyId: PolicyId
  readonly policyName: string
  readonly legalNature: LegalNature
  readonly versionNumber: number
  readonly effectiveFrom: CivilDate
  /** Frozen and shared: the same object is handed out again. Placeholders stand in it; see `fillContent`. */
  readonly content: PolicyContent
  readonly editions: readonly Edition[]
  /** The first day on which it no longer holds; absent as long as nobody withdrew it. */
  readonly withdrawnFrom?: CivilDate
}

/** The published version of a policy with this number, or `policy-version-not-found`. */
export async function getPublishedVersion(
  trx: Transaction,
  organisationId: OrganisationId,
  policyId: PolicyId,
  versionNumber: number,
): Promise<PublishedVersion> {
  return readVersion(
    trx,
    organisationId,
    await factsQuery(trx, organisationId)
      .where('policy_version.policy_id', '=', policyId)
      .where('policy_version.version_number', '=', versionNumber)
      .executeTakeFirst(),
  )
}

/** The published version with this id, or `policy-version-not-found`. */
export async function getVersionById(
  trx: Transaction,
  organisationId: OrganisationId,
  versionId: VersionId,
): Promise<PublishedVersion> {
  return readVersion(
    trx,
    organisationId,
    await factsQuery(trx, organisationId)
      .where('policy_version.version_id', '=', versionId)
      .executeTakeFirst(),
  )
}

function factsQuery(trx: Transaction, organisationId: OrganisationId) {
  return trx
    .selectFrom('policy_version')
    .innerJoin('policy', (join) =>
      join
        .onRef('policy.organisation_id', '=', 'policy_version.organisation_id')
        .onRef('policy.policy_id', '=', 'policy_version.policy_id'),
    )
    .leftJoin('policy_withdrawal', (join) =>
      join
        .onRef('policy_withdrawal.organisation_id', '=', 'policy_version.organisation_id')
        .onRef('policy_withdrawal.version_id', '=', 'policy_version.version_id'),
    )
    .select([
      'policy_version.version_id as versionId',
      'policy_version.policy_id as policyId',
      'policy.name as policyName',
      'policy.legal_nature as legalNature',
      'policy_version.version_number as versionNumber',
      'policy_version.effective_from as effectiveFrom',
      'policy_version.content_sha256 as contentSha256',
      'policy_withdrawal.withdrawn_from as withdrawnFrom',
    ])
    .where('policy_version.organisation_id', '=', organisationId)
}

type FactsRow = Awaited<ReturnType<ReturnType<typeof factsQuery>['executeTakeFirstOrThrow']>>

async function readVersion(
  trx: Transaction,
  organisationId: OrganisationId,
  row: FactsRow | undefined,
): Promise<PublishedVersion> {
  if (row === undefined) throw problem('policy-version-not-found')
  const { contentSha256, withdrawnFrom, ...facts } = row
  return {
    ...facts,
    content: await contentOf(trx, organisationId, facts.versionId, contentSha256.toString('hex')),
    editions: await listEditions(trx, organisationId, facts.versionId),
    ...(withdrawnFrom === null ? {} : { withdrawnFrom }),
  }
}

/** Parsed contents by their SHA-256, so that an entry can never be stale. The least recently used one goes first. */
const contents = new Map<string, PolicyContent>()
const contentsKept = 100

async function contentOf(
  trx: Transaction,
  organisationId: OrganisationId,
  versionId: VersionId,
  sha256: string,
): Promise<PolicyContent> {
  const content = contents.get(sha256) ?? (await loadContent(trx, organisationId, versionId))
  contents.delete(sha256)
  contents.set(sha256, content)
  if (contents.size > contentsKept) contents.delete(contents.keys().next().value!)
  return content
}

async function loadContent(
  trx: Transaction,
  organisationId: OrganisationId,
  versionId: VersionId,
): Promise<PolicyContent> {
  const { content } = await trx
    .selectFrom('policy_version')
    .select('policy_version.content')
    .where('policy_version.organisation_id', '=', organisationId)
    .where('policy_version.version_id', '=', versionId)
    .executeTakeFirstOrThrow()
  return deepFreeze(JSON.parse(content) as PolicyContent)
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze)
  return value
}
