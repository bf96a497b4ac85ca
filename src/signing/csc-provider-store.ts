import { sql } from 'kysely'
import type { ClientId, Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { SealedCscProvider } from './csc-provider.ts'

type ProviderRow = {
  readonly provider_id: string
  readonly name: string
  readonly base_url: string
  readonly client_id: string
  readonly sealed_secret: Buffer
  readonly created_by: ClientId
  readonly created_at: Instant
  readonly retired_at: Instant | null
}

const columns = sql`csc_provider.provider_id, csc_provider.name, csc_provider.base_url, csc_provider.client_id,
  csc_provider.sealed_secret, csc_provider.created_by, csc_provider.created_at, csc_provider.retired_at`

/** Writes a provider. Another that is in use must have been retired before. */
export async function insertCscProvider(
  trx: Transaction,
  organisationId: OrganisationId,
  provider: SealedCscProvider,
): Promise<void> {
  await sql`
    insert into csc_provider (organisation_id, provider_id, name, base_url, client_id, sealed_secret, created_by, created_at)
    values (${organisationId}::uuid, ${provider.providerId}::uuid, ${provider.name}, ${provider.baseUrl},
      ${provider.clientId}, ${provider.sealedSecret}::bytea, ${provider.createdBy}::uuid, ${provider.createdAt}::timestamptz)`.execute(
    trx,
  )
}

/** Retires the provider that is in use, if there is one, and gives its identifier. Others who change it wait. */
export async function retireCscProvider(
  trx: Transaction,
  organisationId: OrganisationId,
  at: Instant,
): Promise<string | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended('beding.csc-provider ' || ${organisationId}, 0))`.execute(trx) // prettier-ignore
  const { rows } = await sql<{ provider_id: string }>`
    update csc_provider set retired_at = ${at}::timestamptz
    where csc_provider.organisation_id = ${organisationId}::uuid and csc_provider.retired_at is null
    returning csc_provider.provider_id`.execute(trx)
  return rows[0]?.provider_id
}

/** The provider in use, or undefined. */
export async function findCscProvider(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<SealedCscProvider | undefined> {
  const { rows } = await sql<ProviderRow>`
    select ${columns} from csc_provider
    where csc_provider.organisation_id = ${organisationId}::uuid and csc_provider.retired_at is null`.execute(
    trx,
  )
  return rows.map(toProvider)[0]
}

/** Every provider that was ever in use, oldest first; there are few. */
export async function listCscProviders(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<SealedCscProvider[]> {
  const { rows } = await sql<ProviderRow>`
    select ${columns} from csc_provider
    where csc_provider.organisation_id = ${organisationId}::uuid
    order by csc_provider.created_at, csc_provider.retired_at nulls last, csc_provider.provider_id`.execute(
    trx,
  )
  return rows.map(toProvider)
}

function toProvider(row: ProviderRow): SealedCscProvider {
  return {
    providerId: row.provider_id,
    name: row.name,
    baseUrl: row.base_url,
    clientId: row.client_id,
    sealedSecret: row.sealed_secret,
    createdBy: row.created_by,
    createdAt: row.created_at,
    retiredAt: row.retired_at,
  }
}
