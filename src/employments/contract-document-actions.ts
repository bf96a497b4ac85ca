import type { DocumentId, EntryId } from '#core'
import { problem, ProblemError, sha256 } from '#core'
import type { Transaction } from '#database'
import { findMissingGlyph, storeUploadedDocument } from '#documents'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { insertContractDocument, listContractDocuments } from './contract-document-store.ts'
import type { ContractDocument, ContractUpload } from './contract-document.ts'
import type { ContractExaminer, ContractReading } from './contract-examiner.ts'
import { lockPerson } from './employment-store.ts'

/** A file whose pages could be read, and that is kept nowhere yet. */
export type ReadContract = { readonly upload: ContractUpload; readonly pageTexts: readonly string[] }

const sentences: Readonly<Record<Extract<ContractReading, { kind: 'unreadable' }>['because'], string>> = {
  broken: 'The file is broken or has no pages. Make the PDF again.',
  encrypted: 'The file asks for a password. Save it without one.',
  'too-many-pages': 'The file has more than 500 pages.',
  'no-text':
    'No text can be read on this page; it may be a scan. Run text recognition, or export the PDF from the text.',
}

/**
 * The slow half, outside any transaction: has the file read in the process apart. A refusal is returned and not thrown, because the
 * request may be a repetition of one that succeeded: `document-not-a-pdf`, `document-not-examined` or
 * `contract-document-unreadable` with each page on which nothing can be read. `examination-busy` is thrown.
 */
export async function readUpload(
  examiner: ContractExaminer,
  upload: ContractUpload,
): Promise<ReadContract | ProblemError> {
  if (upload.bytes.toString('latin1', 0, 5) !== '%PDF-') return problem('document-not-a-pdf')
  const examination = await examiner.examine({}, upload.bytes)
  if (examination.kind === 'stopped') return problem('document-not-examined')
  const { answer } = examination
  if (answer.kind === 'read')
    // A text of the database holds no zero character, and no reader sees one.
    return { upload, pageTexts: answer.pages.map((text) => text.replaceAll('\u0000', '')) }
  const { because, pages } = answer
  const places = pages.length === 0 ? ['the file'] : pages.map((page) => `page ${page}`)
  return problem('contract-document-unreadable', {
    errors: places.slice(0, 50).map((parameter) => ({ code: because, message: sentences[because], parameter })), // prettier-ignore
  })
}

/**
 * The short half, in one transaction: keeps the file byte for byte, with its hash in the ledger and whose contract it is. It is
 * never sealed and never changes. Throws `person-not-found`, or `contract-document-known` for a file that is here already.
 */
export async function keepUpload(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  { upload, pageTexts }: ReadContract,
): Promise<ContractDocument> {
  const { organisationId, clientId } = caller
  const { personId, title, language, bytes } = upload
  await lockPerson(trx, organisationId, personId)
  if (findMissingGlyph(title) !== undefined) throw problem('character-without-glyph')
  const digest = sha256(bytes)
  const document: ContractDocument = {
    documentId: platform.newId() as DocumentId,
    personId,
    title,
    language,
    sha256: digest.toString('hex'),
    byteLength: bytes.length,
    pages: pageTexts.length,
    uploadedAt: platform.clock(),
    entryId: platform.newId() as EntryId,
  }
  const known = await listContractDocuments(trx, organisationId, personId)
  const same = known.find((each) => each.sha256 === document.sha256)
  if (same !== undefined)
    throw problem('contract-document-known', {
      errors: [{ code: 'document', message: `It is document ${same.documentId}.`, parameter: 'the file' }],
    })
  const { documentId, uploadedAt, entryId, pages, byteLength } = document
  const record = { documentId, kind: 'contract-upload' as const, title, language, createdAt: uploadedAt }
  await storeUploadedDocument(trx, organisationId, record, { bytes, sha256: digest })
  await appendEntries(platform, trx, organisationId, [
    {
      entryId,
      kind: 'contract-uploaded',
      at: uploadedAt,
      facts: {
        documentId,
        documentSha256: document.sha256,
        personId,
        title,
        language,
        pages,
        byteLength,
        uploadedBy: clientId,
      },
    },
  ])
  await insertContractDocument(trx, organisationId, document, pageTexts, clientId)
  return document
}
