import type { CivilDate, DocumentId, ProblemCode, ProblemDetail } from '#core'
import { choicesForPurpose } from '#ceremonies'
import { plainText } from '#documents'
import type { OfferBundle, OfferedDocument, StatedReference } from './offer.ts'

export type OfferFacts = {
  readonly today: CivilDate
  /** By id; what is not there, or was made for somebody else, is missing. */
  readonly documents: ReadonlyMap<DocumentId, OfferedDocument>
}

export type OfferRefusal = { readonly code: ProblemCode; readonly errors: readonly ProblemDetail[] }

/** The kinds of documents that a person can be asked about. */
const offeredKinds = ['annex', 'contract-upload', 'exit-letter', 'policy-edition', 'warning']

/**
 * Says whether a bundle may be offered, and if not, what is wrong and where. Every annex must be referred to by the main
 * document, with words that stand on the page that is named: an annex that the contract does not point to did not become
 * part of it (ECLI:NL:HR:2017:364). A clause has its own statement only where there is something to agree to.
 */
export function decideOffer(command: OfferBundle, facts: OfferFacts): OfferRefusal | undefined {
  if (command.dueDate < facts.today) return { code: 'due-date-past', errors: [] }
  const missing = idsOf(command).flatMap(({ documentId, pointer }) =>
    facts.documents.has(documentId)
      ? []
      : [{ code: 'document-not-found', message: 'There is no such document for this person.', pointer }],
  )
  if (missing.length > 0) return { code: 'document-not-found', errors: missing }
  const unfit = [...checkDocuments(command, facts), ...checkStatements(command)]
  if (unfit.length > 0) return { code: 'bundle-unfit', errors: unfit }
  const loose = checkReferences(command, facts.documents.get(command.main.documentId)!)
  return loose.length > 0 ? { code: 'annex-not-referred-to', errors: loose } : undefined
}

function idsOf({ main, annexes }: OfferBundle): { documentId: DocumentId; pointer: string }[] {
  return [
    { documentId: main.documentId, pointer: '/main/documentId' },
    ...annexes.map(({ documentId }, index) => ({ documentId, pointer: `/annexes/${index}/documentId` })),
  ]
}

function checkDocuments(command: OfferBundle, { documents }: OfferFacts): ProblemDetail[] {
  const main = documents.get(command.main.documentId)!
  const ids = idsOf(command)
  const details = ids.flatMap(({ documentId, pointer }, index) => {
    const document = documents.get(documentId)!
    return [
      ...(ids.findIndex((each) => each.documentId === documentId) < index
        ? [detail('document-twice', 'Stands in the bundle already.', pointer)]
        : []),
      ...(offeredKinds.includes(document.kind) && document.pages !== null
        ? []
        : [
            detail(
              'document-kind-unfit',
              `A ${document.kind} cannot be put before a person to answer.`,
              pointer,
            ),
          ]),
    ]
  })
  if (main.language !== command.language)
    details.push(detail('language-differs', 'The main document is in another language.', '/language'))
  if ((main.kind === 'warning') !== (command.purpose === 'warning'))
    details.push(
      detail('purpose-unfit', 'A warning, and only a warning, has the purpose warning.', '/purpose'),
    )
  if (main.kind === 'exit-letter' && command.purpose !== 'notice')
    details.push(
      detail('purpose-unfit', 'An exit letter is told; nobody is asked to agree to it.', '/purpose'),
    )
  return details
}

function checkStatements({ purpose, clauses }: OfferBundle): ProblemDetail[] {
  const details: ProblemDetail[] = []
  if (clauses.length > 0 && !choicesForPurpose(purpose).includes('agreed-conditionally'))
    details.push(detail('clause-unfit', 'Nothing is agreed to here clause by clause.', '/clauses'))
  clauses.forEach(({ statementId }, index) => {
    const first = clauses.findIndex((each) => each.statementId === statementId)
    if (statementId === 'main' || first < index)
      details.push(
        detail('statement-twice', 'Another statement has this id.', `/clauses/${index}/statementId`),
      )
  })
  return details
}

function checkReferences({ annexes }: OfferBundle, main: OfferedDocument): ProblemDetail[] {
  return annexes.flatMap(({ references }, index) => {
    if (references.length === 0)
      return [
        detail(
          'reference-missing',
          'Nothing in the main document refers to it.',
          `/annexes/${index}/references`,
        ),
      ]
    return references.flatMap((reference, at) =>
      standsIn(main, reference)
        ? []
        : [
            detail(
              'reference-not-found',
              'These words do not stand on that page of the main document.',
              `/annexes/${index}/references/${at}`,
            ),
          ],
    )
  })
}

function standsIn({ pages }: OfferedDocument, { text, page }: StatedReference): boolean {
  return pages?.[page - 1]?.includes(plainText(text)) ?? false
}

function detail(code: string, message: string, pointer: string): ProblemDetail {
  return { code, message, pointer }
}
