import { findOfferedDocuments } from '#acknowledgements'
import type { CivilDate, DocumentId, EntryId, ProblemDetail } from '#core'
import { civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import { getContract, getEmployment } from '#employments'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import { makeCheck, type CheckView } from '#legal-checks'
import { getPerson } from '#people'
import type { Platform } from '#platform'
import { recordEvent } from '#webhooks'
import { factsOfMaterial } from './agreement-facts.ts'
import { insertAgreement, insertImportedContent } from './agreement-store.ts'
import { tellChanges } from './change-notice.ts'
import { readEmploymentMaterial } from './facts-view.ts'
import type { ImportedContent, ImportedDocument } from './imported.ts'
import { jurisdiction } from './offer-actions.ts'

/** What the employer tells of an agreement that was made before it used this service. */
export type ImportCommand = Omit<ImportedContent, 'documents'> & {
  readonly employmentId: string
  readonly contractId: string | null
  /** The main document first. */
  readonly documents: readonly { readonly documentId: DocumentId; readonly mark: string | null }[]
}

export type ImportedAgreement = { readonly agreementId: string; readonly check: CheckView }

/**
 * Takes over an agreement from before, and says what the rules see of it: history is weighed, not mended. It is never in force here:
 * nobody acted in a ceremony of this service. Its state is `imported`, with its findings. Throws `employment-not-found`, `person-not-found`,
 * `contract-not-found`, `document-not-found` and `agreement-unfit`.
 */
export async function importAgreement(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: ImportCommand,
): Promise<ImportedAgreement> {
  const { organisationId, clientId } = caller
  const { employmentId, contractId, documents: named, ...told } = command
  const createdAt = platform.clock()
  const today = civilDateIn(createdAt)
  const employment = await getEmployment(trx, organisationId, employmentId)
  await getPerson(trx, organisationId, employment.personId)
  if (contractId !== null) await requireOwnContract(trx, caller, employmentId, contractId)
  const documents = await readDocuments(trx, caller, employment.personId, named)
  const content: ImportedContent = { ...told, documents }
  const defects = importDefects(content, today)
  if (defects.length > 0) throw problem('agreement-unfit', { errors: defects })
  const agreementId = platform.newId()
  const facts = factsOfMaterial({
    provenance: 'imported',
    asOf: today,
    agreementId,
    personId: employment.personId,
    employment: await readEmploymentMaterial(trx, organisationId, employmentId, contractId, { on: today, knownAt: createdAt }), // prettier-ignore
    imported: content,
  })
  const check = await makeCheck(platform, trx, caller, {
    jurisdiction,
    moments: ['draft', 'sign', 'enforce'],
    facts,
    personId: employment.personId,
  })
  const entryId = platform.newId() as EntryId
  const agreement = { agreementId, employmentId, personId: employment.personId, contractId, signCheckId: check.check.legalCheckId, signedOn: told.signedOn, createdBy: clientId } // prettier-ignore
  await appendEntries(platform, trx, organisationId, [
    {
      entryId,
      kind: 'agreement-imported',
      at: createdAt,
      facts: {
        ...agreement,
        signedHow: told.signedHow,
        documentSha256: documents.map(({ sha256 }) => sha256),
        referredTo: told.references.map(({ mark, attached }) => `${mark}:${attached ? 'attached' : 'not attached'}`), // prettier-ignore
      },
    },
  ])
  await insertAgreement(trx, organisationId, { ...agreement, ...nobodyActed, createdAt, entryId })
  await insertImportedContent(trx, organisationId, agreementId, content)
  await recordEvent(platform, trx, organisationId, {
    type: 'agreement.imported',
    subject: agreementId,
    data: { agreementId, employmentId, legalCheckId: check.check.legalCheckId },
  })
  await tellChanges(platform, trx, organisationId, agreement)
  return { agreementId, check }
}

const nobodyActed = {
  provenance: 'imported',
  representativeId: null,
  mandateId: null,
  bundleSha256: null,
  employeeAssignmentId: null,
  representativeAssignmentId: null,
  annexes: [],
} as const

async function requireOwnContract(
  trx: Transaction,
  { organisationId }: Caller,
  employmentId: string,
  contractId: string,
): Promise<void> {
  const contract = await getContract(trx, organisationId, contractId)
  if (contract.employmentId !== employmentId)
    throw problem('agreement-unfit', {
      errors: [{ code: 'contract-of-another', message: 'The contract is of another employment.', pointer: '/contractId' }], // prettier-ignore
    })
}

async function readDocuments(
  trx: Transaction,
  { organisationId }: Caller,
  personId: Parameters<typeof findOfferedDocuments>[2],
  named: ImportCommand['documents'],
): Promise<ImportedDocument[]> {
  const found = await findOfferedDocuments(trx, organisationId, personId, named.map((each) => each.documentId)) // prettier-ignore
  const missing = named.flatMap(
    ({ documentId }, index) =>
    found.has(documentId)
      ? []
      : [{ code: 'document-not-found', message: 'There is no such document of this person.', pointer: `/documents/${index}/documentId` }], // prettier-ignore
  )
  if (missing.length > 0) throw problem('document-not-found', { errors: missing })
  return named.map(({ documentId, mark }, index) => {
    const { sha256, language } = found.get(documentId)!
    return { documentId, sha256, role: index === 0 ? 'main' : 'annex', mark, language }
  })
}

/** What is told must hold together: a file that is named is among the documents, and nothing was signed in days to come. */
function importDefects(content: ImportedContent, today: CivilDate): ProblemDetail[] {
  const { documents, references, signedOn, signedHow } = content
  const ids = documents.map(({ documentId }) => documentId)
  const strangers = references.flatMap(
    ({ documentId }, index) =>
    documentId === null || ids.includes(documentId)
      ? []
      : [{ code: 'document-not-named', message: 'This file is not among the documents.', pointer: `/references/${index}/documentId` }], // prettier-ignore
  )
  const twice = ids.flatMap((id, index) => (ids.indexOf(id) < index ? [{ code: 'document-twice', message: 'Stands there already.', pointer: `/documents/${index}/documentId` }] : [])) // prettier-ignore
  const early = signedOn !== null && signedOn > today
  const contradiction = signedHow === 'not-signed' && signedOn !== null
  return [
    ...strangers,
    ...twice,
    ...(early ? [{ code: 'day-ahead', message: 'This day has not come yet.', pointer: '/signedOn' }] : []),
    ...(contradiction ? [{ code: 'contradiction', message: 'What was not signed has no day of signing.', pointer: '/signedOn' }] : []), // prettier-ignore
  ]
}
