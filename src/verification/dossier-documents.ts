import type { DossierEntry } from './dossier-entry.ts'
import { fileOf } from './dossier-files.ts'
import type { DossierView } from './dossier-view.ts'
import type { Findings } from './findings.ts'
import { sha256 } from './primitives.ts'
import { refuse } from './refusal.ts'
import { checkSealedPdf } from './sealed-pdf.ts'

/** A document of a dossier and what its entries say of it, as far as they were looked at. */
type DocumentRecord = {
  readonly isEdition: boolean
  readonly contentSha256: string | undefined
  readonly leafHash: string | undefined
  named: boolean
  /** A content hash that a publication put on record and that is not this document's. */
  otherContent: boolean
  published: boolean
}

/** The documents of a dossier. They are checked first, then its entries are shown to them one by one. */
export class DossierDocuments {
  readonly #records = new Map<string, DocumentRecord>()
  readonly #byLeaf = new Map<string, DocumentRecord>()
  #hidden = 0

  /** Checks each document: that it is the one its name says, and its seal. */
  check(findings: Findings, view: DossierView, hashes: readonly string[]): void {
    findings.each('documents', hashes, (each, hash) => {
      const record = checkDocument(each.part(documentName(hash)), view, hash)
      this.#records.set(hash, record)
      if (record.leafHash !== undefined) this.#byLeaf.set(record.leafHash, record)
    })
  }

  /** Notes what an entry says of documents. */
  see(entry: DossierEntry): void {
    const { content } = entry
    if (content === undefined || content.erased + content.withheld > 0) this.#hidden++
    const about = entry.documents.map((hash) => this.#records.get(hash))
    for (const record of [...about, this.#byLeaf.get(entry.leafHash)]) {
      if (record === undefined) continue
      record.named = true
      if (entry.contentSha256 === undefined) continue
      record.published = true
      if (entry.contentSha256 !== record.contentSha256) record.otherContent = true
    }
  }

  /** Says of each document whether an entry names it, and whether its content is what was published. */
  close(findings: Findings): void {
    findings.each('documents', this.#records, (each, [hash, record]) => {
      const inside = each.part(documentName(hash))
      if (record.isEdition && record.published) checkContent(inside, record)
      const name = 'named by an entry'
      if (record.named) inside.passed(name, 'the facts of an entry name this document')
      else if (this.#hidden > 0) {
        const sentence = `no fact that is shown names this document; ${this.#hidden} entries are not shown whole`
        inside.indeterminate(name, sentence)
      } else inside.failed(name, 'no entry of the dossier names this document')
    })
  }
}

function documentName(hash: string): string {
  return `documents/${hash}.pdf`
}

function checkDocument(findings: Findings, view: DossierView, hash: string): DocumentRecord {
  const bytes = fileOf(view.files, documentName(hash))
  findings.attempt(
    'hash',
    () => ({
      equal: sha256(bytes).toString('hex') === hash || refuse('the document is not the one its name says'),
    }),
    () => 'the document is the one its name says',
  )
  const document = checkSealedPdf(findings, view.trust, bytes, view.manifest?.organisation.id)
  return {
    isEdition: document?.kind === 'policy edition',
    contentSha256: document?.kind === 'policy edition' ? document.contentSha256 : undefined,
    leafHash: document?.kind === 'receipt' ? document.evidence?.proven.leafHash : undefined,
    named: false,
    otherContent: false,
    published: false,
  }
}

/** An edition's attached content must be the one whose hash its publication put on record. */
function checkContent(findings: Findings, { otherContent }: DocumentRecord): void {
  const name = 'published content'
  if (otherContent)
    findings.failed(name, 'policy.json is not the content whose hash the publication put on record')
  else findings.passed(name, 'policy.json is the content that was published')
}
