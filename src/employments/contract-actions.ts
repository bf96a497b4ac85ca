import type { EntryId, PersonId, ProblemDetail } from '#core'
import { civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { queueChanges, type EmploymentChange } from './change-store.ts'
import { contractDefects, type ContractStatement } from './contract-decisions.ts'
import { findContractFile, insertContract, insertContractRetraction } from './contract-store.ts'
import { periodOf } from './employment-decisions.ts'
import { lockPerson } from './employment-store.ts'
import { getContract, getEmployment, readContracts, readHistory } from './employment-view.ts'
import type { Contract } from './employment.ts'

/**
 * Records a contract of an employment: a first one, a renewal or conversion of one before, an addendum or a settlement. An entry
 * in the ledger with the hash of its file. Throws `employment-not-found`, `person-not-found` (erased), `document-not-found` or
 * `contract-unfit`.
 */
export async function recordContract(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  employmentId: string,
  statement: ContractStatement,
): Promise<ContractOfPerson> {
  const { organisationId, clientId } = caller
  const { personId } = await getEmployment(trx, organisationId, employmentId)
  await lockPerson(trx, organisationId, personId)
  const now = platform.clock()
  const known = await readContracts(trx, organisationId, employmentId, now)
  const period = periodOf(await readHistory(trx, organisationId, employmentId, now))!
  const { documentId } = statement
  const file =
    documentId === null ? undefined : await findContractFile(trx, organisationId, personId, documentId)
  if (documentId !== null && file === undefined) throw problem('document-not-found', { errors: [notThere] })
  const errors = [
    ...contractDefects(statement, known, period),
    ...(file !== undefined && file.uploaded !== (statement.provenance === 'uploaded')
      ? [provenanceDiffers]
      : []),
  ]
  if (errors.length > 0) throw problem('contract-unfit', { errors })
  const contract: Contract = {
    ...statement,
    contractId: platform.newId(),
    employmentId,
    documentSha256: file?.sha256 ?? null,
    recordedAt: now,
    retractedAt: null,
    entryId: platform.newId() as EntryId,
  }
  const { entryId, recordedAt, retractedAt: _none, kind, ...facts } = contract
  await appendEntries(platform, trx, organisationId, [
    {
      entryId,
      kind: 'contract-recorded',
      at: recordedAt,
      facts: {
        ...facts,
        contractKind: kind,
        personId,
        backDated: contract.startsOn < civilDateIn(now),
        recordedBy: clientId,
      },
    },
  ])
  await insertContract(trx, organisationId, contract, clientId)
  await queueChanges(trx, organisationId, [changeOf(platform, caller, contract, now)])
  return { contract, personId }
}

/** A contract with the person whose it is. */
export type ContractOfPerson = { readonly contract: Contract; readonly personId: PersonId }

const notThere: ProblemDetail = {
  code: 'document-not-found',
  message: 'No document of this person can be a contract under this identifier.',
  pointer: '/documentId',
}
const provenanceDiffers: ProblemDetail = {
  code: 'provenance-differs',
  message: 'A file that was uploaded has the provenance uploaded, one that was made here made-here.',
  pointer: '/provenance',
}

/**
 * Says that a contract was recorded in error. From then on it is not known to have been one; what was known before stays. Throws
 * `contract-not-found` (also of another employment), `contract-retracted` or `contract-followed`.
 */
export async function retractContract(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  place: { readonly employmentId: string; readonly contractId: string },
  reason: string,
): Promise<ContractOfPerson> {
  const { organisationId, clientId } = caller
  const { personId } = await getEmployment(trx, organisationId, place.employmentId)
  await lockPerson(trx, organisationId, personId)
  const contract = await getContract(trx, organisationId, place.contractId)
  if (contract.employmentId !== place.employmentId) throw problem('contract-not-found')
  if (contract.retractedAt !== null) throw problem('contract-retracted')
  const now = platform.clock()
  const known = await readContracts(trx, organisationId, place.employmentId, now)
  if (known.some(({ follows }) => follows === contract.contractId)) throw problem('contract-followed')
  const retraction = { retractedAt: now, entryId: platform.newId() as EntryId }
  await appendEntries(platform, trx, organisationId, [
    {
      entryId: retraction.entryId,
      kind: 'contract-retracted',
      at: now,
      facts: { ...place, personId, reason, retractedBy: clientId },
    },
  ])
  await insertContractRetraction(trx, organisationId, contract.contractId, retraction, clientId)
  await queueChanges(trx, organisationId, [changeOf(platform, caller, contract, now)])
  return { contract: { ...contract, retractedAt: now }, personId }
}

function changeOf(
  platform: Platform,
  { clientId }: Caller,
  { employmentId, contractId }: Contract,
  recordedAt: EmploymentChange['recordedAt'],
): EmploymentChange {
  return {
    changeId: platform.newId(),
    employmentId,
    subject: 'contract',
    subjectId: contractId,
    recordedBy: clientId,
    recordedAt,
  }
}
