import type { CivilDate, EntryId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { lockPerson } from './employment-store.ts'
import type { Mandate, MandateCovers } from './employment.ts'
import { getMandate, insertMandate, insertMandateEnd } from './mandate-store.ts'

export type MandateStatement = {
  readonly personId: PersonId
  readonly covers: readonly MandateCovers[]
  readonly validFrom: CivilDate
  readonly validTo: CivilDate | null
  readonly basis: string
}

/**
 * Records the authority of a person to sign for the employer, with an entry in the ledger. Throws `person-not-found` or
 * `mandate-unfit`.
 */
export async function recordMandate(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  statement: MandateStatement,
): Promise<Mandate> {
  const { organisationId, clientId } = caller
  await lockPerson(trx, organisationId, statement.personId)
  if (statement.validTo !== null && statement.validTo < statement.validFrom)
    throw unfit('end-before-start', 'It ends before it begins.', '/validTo')
  if (new Set(statement.covers).size !== statement.covers.length)
    throw unfit('covers-twice', 'It covers the same twice.', '/covers')
  const mandate = {
    ...statement,
    mandateId: platform.newId(),
    recordedAt: platform.clock(),
    entryId: platform.newId() as EntryId,
    ending: null,
  }
  const { entryId, recordedAt, ending: _none, ...facts } = mandate
  await appendEntries(platform, trx, organisationId, [
    { entryId, kind: 'mandate-recorded', at: recordedAt, facts: { ...facts, recordedBy: clientId } },
  ])
  await insertMandate(trx, organisationId, mandate, clientId)
  return mandate
}

/**
 * Ends a mandate with a last day, with an entry in the ledger; what was signed under it stays. Throws `mandate-not-found`,
 * `mandate-ended` or `mandate-unfit`.
 */
export async function endMandate(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  mandateId: string,
  said: { readonly lastDay: CivilDate; readonly reason: string },
): Promise<Mandate> {
  const { organisationId, clientId } = caller
  const { personId } = await getMandate(trx, organisationId, mandateId)
  await lockPerson(trx, organisationId, personId)
  const mandate = await getMandate(trx, organisationId, mandateId)
  const { lastDay, reason } = said
  if (mandate.ending !== null) throw problem('mandate-ended')
  if (lastDay < mandate.validFrom)
    throw unfit('end-before-start', 'It would end before it begins.', '/lastDay')
  if (mandate.validTo !== null && lastDay > mandate.validTo)
    throw unfit('end-too-late', 'It ends earlier by itself.', '/lastDay')
  const ending = { lastDay, endedAt: platform.clock(), entryId: platform.newId() as EntryId }
  await appendEntries(platform, trx, organisationId, [
    {
      entryId: ending.entryId,
      kind: 'mandate-ended',
      at: ending.endedAt,
      facts: { mandateId, personId, lastDay, reason, endedBy: clientId },
    },
  ])
  await insertMandateEnd(trx, organisationId, mandateId, ending, clientId)
  return { ...mandate, ending }
}

function unfit(code: string, message: string, pointer: string) {
  return problem('mandate-unfit', { errors: [{ code, message, pointer }] })
}
