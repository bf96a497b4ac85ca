import { sql } from 'kysely'
import type { CivilDate, ClientId, EntryId, Instant, OrganisationId, PersonId } from '#core'
import { canonicalJson, problem } from '#core'
import type { Transaction } from '#database'
import type { Mandate, MandateCovers } from './employment.ts'
import { instantJson } from './fact-statements.ts'

type MandateRow = Omit<Mandate, 'basis'> & { readonly value: string | null }

const mandateColumns = sql`
  mandate.mandate_id as "mandateId", mandate.person_id as "personId", mandate.covers, mandate.valid_from as "validFrom",
  mandate.valid_to as "validTo", mandate_content.value, mandate.recorded_at as "recordedAt", mandate.entry_id as "entryId",
  case when mandate_end.mandate_id is not null then json_build_object('lastDay', mandate_end.last_day,
    'endedAt', ${instantJson(sql`mandate_end.ended_at`)}, 'entryId', mandate_end.entry_id) end as ending`

const mandateTables = sql`mandate
  left join mandate_content using (organisation_id, mandate_id)
  left join mandate_end using (organisation_id, mandate_id)`

function mandateOf({ value, ...row }: MandateRow): Mandate {
  return { ...row, basis: value === null ? null : (JSON.parse(value) as { basis: string }).basis }
}

/**
 * The authority under which a person may sign for the employer on a day, the one that began last; undefined when there is none.
 * One that was ended counts up to its last day.
 */
export async function findMandate(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  covers: MandateCovers,
  on: CivilDate,
): Promise<Mandate | undefined> {
  const { rows } = await sql<MandateRow>`
    select ${mandateColumns} from ${mandateTables}
    where mandate.organisation_id = ${organisationId}::uuid and mandate.person_id = ${personId}::uuid
      and ${covers} = any(mandate.covers)
      and mandate.valid_from <= ${on}::date and ${on}::date <= coalesce(mandate_end.last_day, mandate.valid_to, 'infinity')
    order by mandate.valid_from desc, mandate.recorded_at desc, mandate.mandate_id desc limit 1`.execute(trx)
  return rows[0] === undefined ? undefined : mandateOf(rows[0])
}

/** The mandate, or the problem `mandate-not-found`. */
export async function getMandate(
  trx: Transaction,
  organisationId: OrganisationId,
  mandateId: string,
): Promise<Mandate> {
  const { rows } = await sql<MandateRow>`
    select ${mandateColumns} from ${mandateTables}
    where mandate.organisation_id = ${organisationId}::uuid and mandate.mandate_id = ${mandateId}::uuid`.execute(
    trx,
  )
  if (rows[0] === undefined) throw problem('mandate-not-found')
  return mandateOf(rows[0])
}

/** A page of mandates in the order in which they were recorded, of one person where one is named. */
export async function listMandates(
  trx: Transaction,
  organisationId: OrganisationId,
  page: { readonly personId?: string; readonly after?: string; readonly limit: number },
): Promise<Mandate[]> {
  const { rows } = await sql<MandateRow>`
    select ${mandateColumns} from ${mandateTables}
    where mandate.organisation_id = ${organisationId}::uuid
      and (${page.personId ?? null}::uuid is null or mandate.person_id = ${page.personId ?? null}::uuid)
      and (${page.after ?? null}::uuid is null or mandate.mandate_id > ${page.after ?? null}::uuid)
    order by mandate.mandate_id limit ${page.limit}`.execute(trx)
  return rows.map(mandateOf)
}

/** Writes a mandate. The entry must be there already. */
export async function insertMandate(
  trx: Transaction,
  organisationId: OrganisationId,
  mandate: Mandate & { readonly basis: string },
  madeBy: ClientId,
): Promise<void> {
  await sql`
    insert into mandate (organisation_id, mandate_id, person_id, covers, valid_from, valid_to, recorded_by, recorded_at, entry_id)
    values (${organisationId}::uuid, ${mandate.mandateId}::uuid, ${mandate.personId}::uuid, ${[...mandate.covers]}::text[],
            ${mandate.validFrom}::date, ${mandate.validTo}::date, ${madeBy}::uuid, ${mandate.recordedAt}::timestamptz,
            ${mandate.entryId}::uuid)`.execute(trx)
  await sql`
    insert into mandate_content (organisation_id, mandate_id, value)
    values (${organisationId}::uuid, ${mandate.mandateId}::uuid, ${canonicalJson({ basis: mandate.basis })})`.execute(
    trx,
  )
}

/** Writes the end of a mandate. The entry must be there already. */
export async function insertMandateEnd(
  trx: Transaction,
  organisationId: OrganisationId,
  mandateId: string,
  ending: { readonly lastDay: CivilDate; readonly endedAt: Instant; readonly entryId: EntryId },
  endedBy: ClientId,
): Promise<void> {
  await sql`
    insert into mandate_end (organisation_id, mandate_id, last_day, ended_by, ended_at, entry_id)
    values (${organisationId}::uuid, ${mandateId}::uuid, ${ending.lastDay}::date, ${endedBy}::uuid,
            ${ending.endedAt}::timestamptz, ${ending.entryId}::uuid)`.execute(trx)
}
