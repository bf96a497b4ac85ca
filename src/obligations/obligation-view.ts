import { CompiledQuery } from 'kysely'
import type { CivilDate, OrganisationId, PersonId } from '#core'
import { instantFromDate, problem } from '#core'
import type { Transaction } from '#database'
import { obligationQuery } from './obligation-query.ts'
import type { AskedBundle, AskedPolicy, HeldAgreement } from './obligation.ts'

/** Everything that was ever put before a person or agreed with them, as far as it bears on one day. */
export type Holdings = {
  readonly policies: readonly AskedPolicy[]
  readonly bundles: readonly AskedBundle[]
  readonly agreements: readonly HeldAgreement[]
}

/**
 * What there is about a person for a day, in one query whose cost does not grow with the organisation. Throws
 * `person-not-found`, also for a person of another organisation and one who was erased.
 */
export async function readHoldings(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  on: CivilDate,
): Promise<Holdings> {
  const { rows } = await trx.executeQuery<Holdings>(
    CompiledQuery.raw(obligationQuery, [organisationId, personId, on]),
  )
  const row = rows[0]
  if (row === undefined) throw problem('person-not-found')
  return ours(row)
}

/** Names of members that hold a moment; PostgreSQL writes those with an offset and without needless zeros. */
const moments = new Set(['actedAt', 'statusSince', 'openedAt', 'createdAt', 'concludedAt', 'at'])

/** The same value with every moment in our form. */
function ours<Value>(value: Value): Value {
  if (Array.isArray(value)) {
    for (const each of value as unknown[]) ours(each)
    return value
  }
  if (typeof value !== 'object' || value === null) return value
  const record = value as Record<string, unknown>
  for (const name of Object.keys(record)) {
    const member = record[name]
    if (typeof member === 'string' && moments.has(name)) record[name] = instantFromDate(new Date(member))
    else if (typeof member === 'object') ours(member)
  }
  return value
}
