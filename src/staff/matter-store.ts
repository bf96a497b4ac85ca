import { sql } from 'kysely'
import type { ClientId, EntryId, Instant, OrganisationId, PersonId, PolicyId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { HeldAccess } from './matter-decisions.ts'
import type { Matter, MatterAccess, MatterSubject, StaffRead } from './staff.ts'

/** Whether there is such a person or policy here. A person who was erased is not there. */
export async function subjectExists(
  trx: Transaction,
  organisationId: OrganisationId,
  subject: MatterSubject,
): Promise<boolean> {
  const { rows } =
    subject.kind === 'person'
      ? await sql`select from person where person.organisation_id = ${organisationId}::uuid
          and person.person_id = ${subject.personId}::uuid and person.erased_at is null`.execute(trx)
      : await sql`select from policy where policy.organisation_id = ${organisationId}::uuid
          and policy.policy_id = ${subject.policyId}::uuid`.execute(trx)
  return rows.length > 0
}

export async function insertMatter(
  trx: Transaction,
  organisationId: OrganisationId,
  matter: Matter & { readonly entryId: EntryId },
): Promise<void> {
  const { subject } = matter
  await sql`
    insert into matter (organisation_id, matter_id, title, person_id, policy_id, opened_by, opened_at, entry_id)
    values (${organisationId}::uuid, ${matter.matterId}::uuid, ${matter.title},
            ${subject.kind === 'person' ? subject.personId : null}::uuid,
            ${subject.kind === 'policy' ? subject.policyId : null}::uuid,
            ${matter.openedBy}::uuid, ${matter.openedAt}::timestamptz, ${matter.entryId}::uuid)`.execute(trx)
}

type MatterRow = {
  matter_id: string
  title: string
  person_id: PersonId | null
  policy_id: PolicyId | null
  opened_by: ClientId
  opened_at: Instant
}

export type MatterFilter = {
  readonly matterId?: string
  /** Only those to which this account has access at the moment. */
  readonly openTo?: { readonly clientId: ClientId; readonly moment: Instant }
  readonly after?: string
  readonly limit?: number
}

/** Matters in the order in which they were opened. */
export async function listMatters(
  trx: Transaction,
  organisationId: OrganisationId,
  filter: MatterFilter,
): Promise<Matter[]> {
  const { matterId, openTo, after, limit } = filter
  const conditions = [sql`matter.organisation_id = ${organisationId}::uuid`]
  if (matterId !== undefined) conditions.push(sql`matter.matter_id = ${matterId}::uuid`)
  if (after !== undefined) conditions.push(sql`matter.matter_id > ${after}::uuid`)
  if (openTo !== undefined)
    conditions.push(sql`exists (
      select from matter_access
      left join matter_access_end on matter_access_end.organisation_id = matter_access.organisation_id
                                 and matter_access_end.access_id = matter_access.access_id
      where matter_access.organisation_id = matter.organisation_id and matter_access.matter_id = matter.matter_id
        and matter_access.client_id = ${openTo.clientId}::uuid and matter_access_end.access_id is null
        and matter_access.readable_from <= ${openTo.moment}::timestamptz
        and matter_access.readable_until > ${openTo.moment}::timestamptz)`)
  const { rows } = await sql<MatterRow>`
    select matter.matter_id, matter.title, matter.person_id, matter.policy_id, matter.opened_by, matter.opened_at
    from matter where ${sql.join(conditions, sql` and `)}
    order by matter.matter_id limit ${limit ?? null}::bigint`.execute(trx)
  return rows.map((row) => ({
    matterId: row.matter_id,
    title: row.title,
    subject: subjectOf(row),
    openedBy: row.opened_by,
    openedAt: row.opened_at,
  }))
}

/** The matter, or the problem `matter-not-found`. */
export async function getMatter(
  trx: Transaction,
  organisationId: OrganisationId,
  matterId: string,
): Promise<Matter> {
  const [matter] = await listMatters(trx, organisationId, { matterId })
  if (matter === undefined) throw problem('matter-not-found')
  return matter
}

function subjectOf(row: Pick<MatterRow, 'person_id' | 'policy_id'>): MatterSubject {
  return row.person_id !== null
    ? { kind: 'person', personId: row.person_id }
    : { kind: 'policy', policyId: row.policy_id! }
}

export async function insertAccess(
  trx: Transaction,
  organisationId: OrganisationId,
  access: Omit<MatterAccess, 'name' | 'endedAt'> & { readonly entryId: EntryId },
): Promise<void> {
  await sql`
    insert into matter_access (organisation_id, access_id, matter_id, client_id, readable_from, readable_until, granted_by,
                               granted_at, entry_id)
    values (${organisationId}::uuid, ${access.accessId}::uuid, ${access.matterId}::uuid, ${access.clientId}::uuid,
            ${access.readableFrom}::timestamptz, ${access.readableUntil}::timestamptz, ${access.grantedBy}::uuid,
            ${access.grantedAt}::timestamptz, ${access.entryId}::uuid)`.execute(trx)
}

/** Takes access back. A second time fails on `matter_access_end_pk`. */
export async function insertAccessEnd(
  trx: Transaction,
  organisationId: OrganisationId,
  end: {
    readonly accessId: string
    readonly endedBy: ClientId
    readonly endedAt: Instant
    readonly entryId: EntryId
  },
): Promise<void> {
  await sql`
    insert into matter_access_end (organisation_id, access_id, ended_by, ended_at, entry_id)
    values (${organisationId}::uuid, ${end.accessId}::uuid, ${end.endedBy}::uuid, ${end.endedAt}::timestamptz,
            ${end.entryId}::uuid)`.execute(trx)
}

type AccessRow = {
  access_id: string
  matter_id: string
  client_id: ClientId
  name: string
  readable_from: Instant
  readable_until: Instant
  granted_by: ClientId
  granted_at: Instant
  ended_at: Instant | null
  person_id: PersonId | null
  policy_id: PolicyId | null
}

async function accessRows(
  trx: Transaction,
  organisationId: OrganisationId,
  which: { readonly matterId: string } | { readonly clientId: ClientId },
): Promise<AccessRow[]> {
  const condition =
    'matterId' in which
      ? sql`matter_access.matter_id = ${which.matterId}::uuid`
      : sql`matter_access.client_id = ${which.clientId}::uuid`
  const { rows } = await sql<AccessRow>`
    select matter_access.access_id, matter_access.matter_id, matter_access.client_id, api_client.name,
           matter_access.readable_from, matter_access.readable_until, matter_access.granted_by, matter_access.granted_at,
           matter_access_end.ended_at, matter.person_id, matter.policy_id
    from matter_access
    join matter on matter.organisation_id = matter_access.organisation_id and matter.matter_id = matter_access.matter_id
    join api_client on api_client.organisation_id = matter_access.organisation_id and api_client.client_id = matter_access.client_id
    left join matter_access_end on matter_access_end.organisation_id = matter_access.organisation_id
                               and matter_access_end.access_id = matter_access.access_id
    where matter_access.organisation_id = ${organisationId}::uuid and ${condition}
    order by matter_access.access_id`.execute(trx)
  return rows
}

/** Everything that an account was ever given access to, oldest first. */
export async function listHeldAccess(
  trx: Transaction,
  organisationId: OrganisationId,
  clientId: ClientId,
): Promise<HeldAccess[]> {
  const rows = await accessRows(trx, organisationId, { clientId })
  return rows.map((row) => ({ ...toAccess(row), subject: subjectOf(row) }))
}

/** Who was given access to a matter, oldest first. */
export async function listAccess(
  trx: Transaction,
  organisationId: OrganisationId,
  matterId: string,
): Promise<MatterAccess[]> {
  return (await accessRows(trx, organisationId, { matterId })).map(toAccess)
}

function toAccess(row: AccessRow): MatterAccess {
  return {
    accessId: row.access_id,
    matterId: row.matter_id,
    clientId: row.client_id,
    name: row.name,
    readableFrom: row.readable_from,
    readableUntil: row.readable_until,
    grantedBy: row.granted_by,
    grantedAt: row.granted_at,
    endedAt: row.ended_at,
  }
}

/** Writes down that something was read. */
export async function insertRead(
  trx: Transaction,
  organisationId: OrganisationId,
  read: StaffRead & { readonly matterId: string; readonly requestId: string },
): Promise<void> {
  await sql`
    insert into staff_read (organisation_id, read_id, matter_id, access_id, client_id, session_id, operation, thing, thing_id,
                            request_id, read_at)
    values (${organisationId}::uuid, ${read.readId}::uuid, ${read.matterId}::uuid, ${read.accessId}::uuid,
            ${read.clientId}::uuid, ${read.sessionId}::uuid, ${read.operation}, ${read.thing}, ${read.thingId}::uuid,
            ${read.requestId}, ${read.readAt}::timestamptz)`.execute(trx)
}

/** What was read for a matter, in the order in which it was asked for. */
export async function listReads(
  trx: Transaction,
  organisationId: OrganisationId,
  matterId: string,
  after: string | undefined,
  limit: number,
): Promise<(StaffRead & { readonly name: string })[]> {
  const { rows } = await sql<{
    read_id: string
    access_id: string
    client_id: ClientId
    session_id: string
    operation: string
    thing: string
    thing_id: string
    read_at: Instant
    name: string
  }>`
    select staff_read.read_id, staff_read.access_id, staff_read.client_id, staff_read.session_id, staff_read.operation,
           staff_read.thing, staff_read.thing_id, staff_read.read_at, staff_session.name
    from staff_read
    join staff_session on staff_session.organisation_id = staff_read.organisation_id
                      and staff_session.session_id = staff_read.session_id
    where staff_read.organisation_id = ${organisationId}::uuid and staff_read.matter_id = ${matterId}::uuid
      and (${after ?? null}::uuid is null or staff_read.read_id > ${after ?? null}::uuid)
    order by staff_read.read_id limit ${limit}`.execute(trx)
  return rows.map((row) => ({
    readId: row.read_id,
    accessId: row.access_id,
    clientId: row.client_id,
    sessionId: row.session_id,
    operation: row.operation,
    thing: row.thing,
    thingId: row.thing_id,
    readAt: row.read_at,
    name: row.name,
  }))
}
