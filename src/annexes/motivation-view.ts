import { sql } from 'kysely'
import type { OrganisationId } from '#core'
import type { Transaction } from '#database'
import { motivationHash } from './motivation.ts'

/**
 * Other functions for which the very same words are in use in this organisation, in alphabetical order. A text that is used
 * for several says that it was not written for this employee (art. 7:653 lid 2 BW); whether that is so is for a lawyer.
 */
export async function functionsWithSameText(
  trx: Transaction,
  organisationId: OrganisationId,
  text: string,
  functionRef: string,
): Promise<string[]> {
  const { rows } = await sql<{ function_ref: string }>`
    select distinct function_ref from annex_motivation_content
    where organisation_id = ${organisationId}::uuid and text_sha256 = ${motivationHash(text)}
      and lower(btrim(function_ref)) <> lower(btrim(${functionRef}))
    order by function_ref limit 100`.execute(trx)
  return rows.map((row) => row.function_ref)
}
