import type { DocumentId, OrganisationId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { StoredDocument } from '#documents'
import { loadDocument } from '#documents'
import type { Language } from '#people'
import type { ActSubject } from './act-subject.ts'
import type { BundleDocument } from './bundle.ts'
import { mainDocument } from './bundle.ts'

/** A document as it is listed to the person. */
export type ShownDocument = Omit<BundleDocument, 'pages'> & { readonly pages: number | null }

/** The documents of a ceremony in a language, the main one first. */
export function documentsOf(subject: ActSubject, language: Language): readonly ShownDocument[] {
  if (subject.kind === 'bundle') return subject.bundle.manifest.documents
  return subject.version.editions
    .filter((edition) => edition.language === language)
    .map(({ documentId, sha256, title, byteLength }) => ({
      documentId,
      role: 'main',
      mark: null,
      title,
      sha256,
      byteLength,
      pages: null,
      language,
    }))
}

/**
 * The bytes of a document of a ceremony: the one named, or the main one. Throws `document-not-found` for one that is not in
 * it, whatever else there is, and for a file that has gone.
 */
export async function readCeremonyDocument(
  trx: Transaction,
  organisationId: OrganisationId,
  subject: ActSubject,
  asked: { readonly language: Language; readonly documentId: DocumentId | null },
): Promise<StoredDocument> {
  const found = documentIdIn(subject, asked)
  if (found === undefined) throw problem('document-not-found')
  return loadDocument(trx, organisationId, found)
}

function documentIdIn(
  subject: ActSubject,
  { language, documentId }: { readonly language: Language; readonly documentId: DocumentId | null },
): DocumentId | undefined {
  if (subject.kind === 'bundle') {
    const { documents } = subject.bundle.manifest
    if (documentId === null) return mainDocument(subject.bundle).documentId
    return documents.find((each) => each.documentId === documentId)?.documentId
  }
  const { editions } = subject.version
  return editions.find((each) =>
    documentId === null ? each.language === language : each.documentId === documentId,
  )?.documentId
}
