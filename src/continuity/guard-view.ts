import { sql } from 'kysely'
import type { OrganisationId } from '#core'
import type { Database } from '#database'
import { guardKind } from './guard-kinds.ts'

/** Every organisation whose ledger is guarded in this database. */
export async function guardedOrganisations(
  database: Pick<Database, 'installation'>,
): Promise<OrganisationId[]> {
  const { rows } = await database.installation((trx) =>
    sql<{ organisation_id: OrganisationId }>`
      select work_due.organisation_id from work_due where work_due.kind = ${guardKind}
      order by work_due.organisation_id`.execute(trx),
  )
  return rows.map((row) => row.organisation_id)
}
