import type { CivilDate, EntryId, OrganisationId } from '#core'
import { canonicalJson, civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { queueChanges } from './change-store.ts'
import { insertOrganisationFacts, type NewFact } from './employment-store.ts'
import type { OrganisationFact, OrganisationFactKind, OrganisationFactValues } from './employment.ts'
import { listOrganisationFacts, lockOrganisationFact } from './organisation-fact-store.ts'

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
  await lockOrganisationFact(trx, factId)
  const fact = (await listOrganisationFacts(trx, organisationId)).find((each) => each.factId === factId)
  if (fact === undefined) throw problem('employment-fact-not-found')
  if (fact.retractedAt !== null) throw problem('employment-fact-retracted')
  return { kind: fact.kind, validFrom: fact.validFrom }
}
