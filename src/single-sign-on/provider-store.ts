import type { ClientId, Instant, OrganisationId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { SignInPurpose } from './attempt.ts'
import type {
  ClientAuthentication,
  PersonMatch,
  ProviderSettings,
  RoleRule,
  SealedProvider,
  TokenAlgorithm,
} from './provider.ts'

type ProviderTable = {
  organisation_id: string
  provider_id: string
  name: string
  issuer: string
  client_id: string
  client_authentication: ClientAuthentication
  sealed_secret: Buffer
  public_jwk: string | null
  algorithms: string[]
  scopes: string[]
  for_persons: boolean
  for_staff: boolean
  person_claim: string
  person_matches: PersonMatch
  verified_claim: string
  role_claim: string | null
  role_mapping: unknown
  second_factor_amr: string[]
  second_factor_acr: string[]
  max_age_s: number
  state: 'enabled' | 'disabled'
  created_by: string
  created_at: Instant
  updated_at: Instant
}

type CompletionTable = { organisation_id: string; attempt_id: string; completed_at: Instant }

declare module '../database/tables.ts' {
  interface Tables {
    sign_on_provider: ProviderTable
    sign_on_completion: CompletionTable
  }
}

const providerColumns = [
  'sign_on_provider.provider_id',
  'sign_on_provider.name',
  'sign_on_provider.issuer',
  'sign_on_provider.client_id',
  'sign_on_provider.client_authentication',
  'sign_on_provider.sealed_secret',
  'sign_on_provider.public_jwk',
  'sign_on_provider.algorithms',
  'sign_on_provider.scopes',
  'sign_on_provider.for_persons',
  'sign_on_provider.for_staff',
  'sign_on_provider.person_claim',
  'sign_on_provider.person_matches',
  'sign_on_provider.verified_claim',
  'sign_on_provider.role_claim',
  'sign_on_provider.role_mapping',
  'sign_on_provider.second_factor_amr',
  'sign_on_provider.second_factor_acr',
  'sign_on_provider.max_age_s',
  'sign_on_provider.state',
  'sign_on_provider.created_by',
  'sign_on_provider.created_at',
  'sign_on_provider.updated_at',
] as const

export async function insertProvider(
  trx: Transaction,
  organisationId: OrganisationId,
  provider: SealedProvider,
): Promise<void> {
  await trx
    .insertInto('sign_on_provider')
    .values({
      organisation_id: organisationId,
      provider_id: provider.providerId,
      issuer: provider.issuer,
      client_authentication: provider.clientAuthentication,
      sealed_secret: provider.sealedSecret,
      public_jwk: provider.publicJwk,
      created_by: provider.createdBy,
      created_at: provider.createdAt,
      updated_at: provider.updatedAt,
      ...settingsRow(provider),
    })
    .execute()
}

/** Replaces what may change of a provider, and its secret. */
export async function updateProvider(
  trx: Transaction,
  organisationId: OrganisationId,
  provider: SealedProvider,
): Promise<void> {
  await trx
    .updateTable('sign_on_provider')
    .set({ ...settingsRow(provider), sealed_secret: provider.sealedSecret, updated_at: provider.updatedAt })
    .where('organisation_id', '=', organisationId)
    .where('provider_id', '=', provider.providerId)
    .execute()
}

function settingsRow(settings: ProviderSettings) {
  return {
    name: settings.name,
    client_id: settings.clientId,
    algorithms: [...settings.algorithms],
    scopes: [...settings.scopes],
    for_persons: settings.forPersons,
    for_staff: settings.forStaff,
    person_claim: settings.personClaim,
    person_matches: settings.personMatches,
    verified_claim: settings.verifiedClaim,
    role_claim: settings.roleClaim,
    role_mapping: JSON.stringify(settings.roleMapping),
    second_factor_amr: [...settings.secondFactorAmr],
    second_factor_acr: [...settings.secondFactorAcr],
    max_age_s: settings.maxAgeSeconds,
    state: settings.state,
  }
}

/** Every provider of the organisation, oldest first; there are few. */
export async function listProviders(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<SealedProvider[]> {
  const rows = await trx
    .selectFrom('sign_on_provider')
    .select(providerColumns)
    .where('sign_on_provider.organisation_id', '=', organisationId)
    .orderBy('sign_on_provider.provider_id')
    .execute()
  return rows.map(toProvider)
}

/** Takes the provider's row for a change, or throws `sign-on-provider-not-found`. */
export async function lockProvider(
  trx: Transaction,
  organisationId: OrganisationId,
  providerId: string,
): Promise<SealedProvider> {
  const row = await trx
    .selectFrom('sign_on_provider')
    .select(providerColumns)
    .where('sign_on_provider.organisation_id', '=', organisationId)
    .where('sign_on_provider.provider_id', '=', providerId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw problem('sign-on-provider-not-found')
  return toProvider(row)
}

/** The provider, when it is enabled and meant for this; otherwise nothing says whether it exists. */
export async function findUsableProvider(
  trx: Transaction,
  organisationId: OrganisationId,
  providerId: string,
  purpose: SignInPurpose,
): Promise<SealedProvider | undefined> {
  const row = await trx
    .selectFrom('sign_on_provider')
    .select(providerColumns)
    .where('sign_on_provider.organisation_id', '=', organisationId)
    .where('sign_on_provider.provider_id', '=', providerId)
    .where('sign_on_provider.state', '=', 'enabled')
    .where(purpose === 'person' ? 'sign_on_provider.for_persons' : 'sign_on_provider.for_staff', '=', true)
    .executeTakeFirst()
  return row === undefined ? undefined : toProvider(row)
}

/** What somebody who wants to sign in can choose from. */
export async function listSignOnChoices(
  trx: Transaction,
  organisationId: OrganisationId,
  purpose: SignInPurpose,
): Promise<{ readonly providerId: string; readonly name: string }[]> {
  const providers = await listProviders(trx, organisationId)
  return providers
    .filter((each) => each.state === 'enabled' && (purpose === 'person' ? each.forPersons : each.forStaff))
    .map(({ providerId, name }) => ({ providerId, name }))
}

/**
 * Claims an attempt for the one sign-in that it may become, and forgets those from before `before`. Throws
 * `sign-on-expired` for one that was claimed.
 */
export async function claimAttempt(
  trx: Transaction,
  organisationId: OrganisationId,
  attemptId: string,
  at: Instant,
  before: Instant,
): Promise<void> {
  const result = await trx
    .insertInto('sign_on_completion')
    .values({ organisation_id: organisationId, attempt_id: attemptId, completed_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (result.numInsertedOrUpdatedRows !== 1n) throw problem('sign-on-expired')
  await trx
    .deleteFrom('sign_on_completion')
    .where('organisation_id', '=', organisationId)
    .where('completed_at', '<', before)
    .execute()
}

function toProvider(row: Omit<ProviderTable, 'organisation_id'>): SealedProvider {
  return {
    providerId: row.provider_id,
    name: row.name,
    issuer: row.issuer,
    clientId: row.client_id,
    clientAuthentication: row.client_authentication,
    sealedSecret: row.sealed_secret,
    publicJwk: row.public_jwk,
    algorithms: row.algorithms as TokenAlgorithm[],
    scopes: row.scopes,
    forPersons: row.for_persons,
    forStaff: row.for_staff,
    personClaim: row.person_claim,
    personMatches: row.person_matches,
    verifiedClaim: row.verified_claim,
    roleClaim: row.role_claim,
    roleMapping: row.role_mapping as RoleRule[],
    secondFactorAmr: row.second_factor_amr,
    secondFactorAcr: row.second_factor_acr,
    maxAgeSeconds: row.max_age_s,
    state: row.state,
    createdBy: row.created_by as ClientId,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
