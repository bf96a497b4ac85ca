import { sql } from 'kysely'
import type { CivilDate, EntryId, OrganisationId } from '#core'
import { canonicalJson, civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { queueChanges } from './change-store.ts'
import { insertOrganisationFacts, type NewFact } from './employment-store.ts'
import type { OrganisationFact, OrganisationFactKind, OrganisationFactValues } from './employment.ts'
import { instantJson } from './fact-sql.ts'

/** A fact of the organisation as it is stated, or the one that is taken back. */
export type OrganisationStatement =
  | {
      [Kind in OrganisationFactKind]: {
        readonly kind: Kind
        readonly validFrom: CivilDate
        readonly value: OrganisationFactValues[Kind]
      }
    }[OrganisationFactKind]
  | { readonly retracts: string; readonly reason: string }

/**
 * Records what is true of the organisation from a day on, or takes such a fact back; an entry in the ledger, and the questions of
 * law that follow are queued. Throws `employment-fact-not-found` or `employment-fact-retracted`.
 */
export async function recordOrganisationFact(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  statement: OrganisationStatement,
): Promise<OrganisationFact> {
  const { organisationId, clientId } = caller
  const now = platform.clock()
  const ids = { factId: platform.newId(), entryId: platform.newId() as EntryId, recordedAt: now }
  const row: NewFact<OrganisationFactKind> =
    'retracts' in statement
      ? {
          ...ids,
          ...(await retractable(trx, organisationId, statement.retracts)),
          retracts: statement.retracts,
          value: { reason: statement.reason },
        }
      : { ...ids, ...statement, retracts: null }
  const { factId, kind, validFrom, retracts, value, entryId } = row
  await appendEntries(platform, trx, organisationId, [
    {
      entryId,
      kind: retracts === null ? 'organisation-fact-recorded' : 'organisation-fact-retracted',
      at: now,
      facts: {
        factId,
        factKind: kind,
        validFrom,
        value: canonicalJson(value),
        recordedBy: clientId,
        ...(retracts === null ? { backDated: validFrom < civilDateIn(now) } : { retracts }),
      },
    },
  ])
  await insertOrganisationFacts(trx, organisationId, [row], clientId)
  const subjectId = retracts ?? factId
  await queueChanges(trx, organisationId, [
    {
      changeId: platform.newId(),
      employmentId: null,
      subject: 'organisation-fact',
      subjectId,
      recordedBy: clientId,
      recordedAt: now,
    },
  ])
  return (await listOrganisationFacts(trx, organisationId)).find((fact) => fact.factId === subjectId)!
}

async function retractable(
  trx: Transaction,
  organisationId: OrganisationId,
  factId: string,
): Promise<Pick<OrganisationFact, 'kind' | 'validFrom'>> {
  // Of two that take the same fact back the second waits and then finds it gone.
  await sql`select pg_advisory_xact_lock(hashtextextended('beding.organisation-fact ' || ${factId}, 0))`.execute(
    trx,
  )
  const fact = (await listOrganisationFacts(trx, organisationId)).find((each) => each.factId === factId)
  if (fact === undefined) throw problem('employment-fact-not-found')
  if (fact.retractedAt !== null) throw problem('employment-fact-retracted')
  return { kind: fact.kind, validFrom: fact.validFrom }
}

/** Everything recorded of the organisation, as it was recorded, with when it was retracted. */
export async function listOrganisationFacts(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<OrganisationFact[]> {
  const { rows } = await sql<Omit<OrganisationFact, 'value' | 'backDated'> & { readonly value: string }>`
    select fact.fact_id as "factId", fact.kind, fact.valid_from as "validFrom", fact.recorded_at as "recordedAt",
           fact.entry_id as "entryId", fact.value, ${instantJson(sql`taken.recorded_at`)} as "retractedAt"
    from organisation_fact as fact
    left join organisation_fact as taken
      on taken.organisation_id = fact.organisation_id and taken.retracts = fact.fact_id
    where fact.organisation_id = ${organisationId}::uuid and fact.retracts is null
    order by fact.recorded_at, fact.fact_id`.execute(trx)
  return rows.map(
    (row) =>
      ({
        ...row,
        value: JSON.parse(row.value) as unknown,
        backDated: row.validFrom < civilDateIn(row.recordedAt),
      }) as OrganisationFact,
  )
}
