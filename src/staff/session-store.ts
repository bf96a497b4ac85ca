import type { ClientId, Instant, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { RoleName } from '#identity'
import type { SessionEnd, StaffSession } from './staff.ts'

type SessionTable = {
  organisation_id: string
  session_id: string
  token_sha256: Buffer
  client_id: string
  name: string
  role: string
  provider_session: string | null
  authenticated_at: Instant
  second_factor_at: Instant | null
  opened_at: Instant
  last_seen_at: Instant
  expires_at: Instant
  ended_at: Instant | null
  ended_because: SessionEnd | null
}

declare module '../database/tables.ts' {
  interface Tables {
    staff_session: SessionTable
  }
}

export type NewSession = {
  readonly sessionId: string
  readonly tokenSha256: Buffer
  readonly clientId: ClientId
  readonly name: string
  readonly role: RoleName
  readonly providerSession: string | null
  readonly authenticatedAt: Instant
  readonly secondFactorAt: Instant | null
  readonly openedAt: Instant
  readonly expiresAt: Instant
}

export async function insertSession(
  trx: Transaction,
  organisationId: OrganisationId,
  session: NewSession,
): Promise<void> {
  await trx
    .insertInto('staff_session')
    .values({
      organisation_id: organisationId,
      session_id: session.sessionId,
      token_sha256: session.tokenSha256,
      client_id: session.clientId,
      name: session.name,
      role: session.role,
      provider_session: session.providerSession,
      authenticated_at: session.authenticatedAt,
      second_factor_at: session.secondFactorAt,
      opened_at: session.openedAt,
      last_seen_at: session.openedAt,
      expires_at: session.expiresAt,
      ended_at: null,
      ended_because: null,
    })
    .execute()
}

/** The session of a token, alive or not. */
export async function findSession(
  trx: Transaction,
  organisationId: OrganisationId,
  tokenSha256: Buffer,
): Promise<StaffSession | undefined> {
  const row = await trx
    .selectFrom('staff_session')
    .innerJoin('staff_account', (join) =>
      join
        .onRef('staff_account.organisation_id', '=', 'staff_session.organisation_id')
        .onRef('staff_account.client_id', '=', 'staff_session.client_id'),
    )
    .innerJoin('sign_on_provider', (join) =>
      join
        .onRef('sign_on_provider.organisation_id', '=', 'staff_account.organisation_id')
        .onRef('sign_on_provider.provider_id', '=', 'staff_account.provider_id'),
    )
    .select([
      'staff_session.session_id',
      'staff_session.client_id',
      'staff_session.name',
      'staff_session.role',
      'staff_session.second_factor_at',
      'staff_session.opened_at',
      'staff_session.last_seen_at',
      'staff_session.expires_at',
      'staff_session.ended_at',
      'staff_account.subject',
      'staff_account.provider_id',
      'staff_account.blocked_at',
      'sign_on_provider.issuer',
    ])
    .where('staff_session.organisation_id', '=', organisationId)
    .where('staff_session.token_sha256', '=', tokenSha256)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    sessionId: row.session_id,
    clientId: row.client_id as ClientId,
    name: row.name,
    role: row.role as RoleName,
    providerId: row.provider_id,
    issuer: row.issuer,
    subject: row.subject,
    secondFactorAt: row.second_factor_at,
    openedAt: row.opened_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at,
    blockedAt: row.blocked_at,
  }
}

export async function touchSession(
  trx: Transaction,
  organisationId: OrganisationId,
  sessionId: string,
  seen: Instant,
): Promise<void> {
  await trx
    .updateTable('staff_session')
    .set({ last_seen_at: seen })
    .where('organisation_id', '=', organisationId)
    .where('session_id', '=', sessionId)
    .execute()
}

/** Ends sessions that have not ended: one, those of an account, or those of an account that another role had. Says how many. */
export async function endSessions(
  trx: Transaction,
  organisationId: OrganisationId,
  which:
    | { readonly sessionId: string }
    | { readonly clientId: ClientId; readonly otherThanRole?: RoleName; readonly providerSession?: string },
  end: { readonly at: Instant; readonly because: SessionEnd },
): Promise<number> {
  let query = trx
    .updateTable('staff_session')
    .set({ ended_at: end.at, ended_because: end.because })
    .where('organisation_id', '=', organisationId)
    .where('ended_at', 'is', null)
  if ('sessionId' in which) {
    query = query.where('session_id', '=', which.sessionId)
  } else {
    query = query.where('client_id', '=', which.clientId)
    if (which.otherThanRole !== undefined) query = query.where('role', '<>', which.otherThanRole)
    if (which.providerSession !== undefined)
      query = query.where('provider_session', '=', which.providerSession)
  }
  const { numUpdatedRows } = await query.executeTakeFirst()
  return Number(numUpdatedRows)
}
