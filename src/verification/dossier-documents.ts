import type { DossierEntry } from './dossier-entry.ts'
import { fileOf } from './dossier-files.ts'
import type { RecordedFile } from './dossier-manifest.ts'
import type { DossierView } from './dossier-view.ts'
import type { Findings } from './findings.ts'
import { isAtLeast } from './long-term-level.ts'
import type { Level } from './long-term-level.ts'
import { sha256 } from './primitives.ts'
import { demand, refuse } from './refusal.ts'
import type { DocumentReport } from './report.ts'
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
  check(findings: Findings, view: DossierView, hashes: readonly string[], atLeast?: Level): void {
    findings.each('documents', hashes, (each, hash) => {
      const record = checkDocument(each.part(documentName(hash)), view, hash, atLeast)
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

function checkDocument(
  findings: Findings,
  view: DossierView,
  hash: string,
  atLeast: Level | undefined,
): DocumentRecord {
  const bytes = fileOf(view.files, documentName(hash))
  const organisationId = view.manifest?.organisation.id
  const recorded = view.manifest?.documents.get(hash)?.recorded
  if (recorded?.level === 'none') {
    checkWholeFile(findings, bytes, hash)
    return recordOf(undefined)
  }
  const document = checkSealedPdf(findings, view.trust, bytes, { organisationId, atLeast })
  if (recorded !== undefined) checkRecord(findings, recorded, { bytes, hash, found: document?.report })
  else checkWholeFile(findings, bytes, hash)
  return recordOf(document?.held)
}

function recordOf(held: NonNullable<ReturnType<typeof checkSealedPdf>>['held'] | undefined): DocumentRecord {
  return {
    isEdition: held?.kind === 'policy edition',
    contentSha256: held?.kind === 'policy edition' ? held.contentSha256 : undefined,
    leafHash: held?.kind === 'receipt' ? held.evidence?.proven.leafHash : undefined,
    named: false,
    otherContent: false,
    published: false,
  }
}

/**
 * Without a record, the name of a document is the hash of all its bytes; so it is of a file from elsewhere, which has no seal:
 * what proves that one is that an entry names it.
 */
function checkWholeFile(findings: Findings, bytes: Buffer, hash: string): void {
  findings.attempt(
    'hash',
    () => ({
      equal: sha256(bytes).toString('hex') === hash || refuse('the document is not the one its name says'),
    }),
    () => 'the document is the one its name says',
  )
}

/**
 * A document may have grown since acts referred to it: its name is the hash of what was frozen then, the beginning of the
 * file up to the end of a revision. The manifest says which revisions there are, so that none can be cut off.
 */
function checkRecord(
  findings: Findings,
  listed: RecordedFile,
  { bytes, hash, found }: { bytes: Buffer; hash: string; found: DocumentReport | undefined },
): void {
  findings.attempt(
    'hash',
    () => {
      const frozen = bytes.subarray(0, listed.frozenLength)
      const same = frozen.length === listed.frozenLength && sha256(frozen).toString('hex') === hash
      demand(same, 'the document is not the one its name says')
      const ends = found?.revisions.some(({ length, number }) => length === listed.frozenLength && number > 0)
      demand(ends !== false, 'no revision ends where the manifest says the document was frozen')
      return listed
    },
    ({ frozenLength }) => `the document is the one its name says, in its first ${frozenLength} bytes`,
  )
  if (found === undefined) return
  findings.attempt(
    'revisions',
    () => {
      const { revisions } = found
      for (const [position, { kind, length, sha256: recorded }] of listed.revisions.entries()) {
        const there = revisions[position]
        demand(there !== undefined, `revision ${position}, which the manifest records, is cut off`)
        const same = there.kind === kind && there.length === length && there.sha256 === recorded
        demand(same, `revision ${position} is not the one that the manifest records`)
      }
      demand(
        revisions.length === listed.revisions.length,
        'the document has revisions that the manifest does not record',
      )
      return listed
    },
    ({ revisions }) => `${revisions.length} revisions, as the manifest records them`,
  )
  if (listed.level !== 'none') checkRecordedLevel(findings, listed.level, found.level)
}

function checkRecordedLevel(findings: Findings, recorded: Level, reached: Level | undefined): void {
  const name = 'recorded level'
  if (isAtLeast(reached, recorded))
    findings.passed(name, `the document reaches the level ${recorded} that is recorded`)
  else if (reached === undefined)
    findings.indeterminate(name, 'no level was reached, so the recorded one was not confirmed')
  else findings.failed(name, `the document reaches ${reached}, below the recorded level ${recorded}`)
}

/** An edition's attached content must be the one whose hash its publication put on record. */
function checkContent(findings: Findings, { otherContent }: DocumentRecord): void {
  const name = 'published content'
  if (otherContent)
    findings.failed(name, 'policy.json is not the content whose hash the publication put on record')
  else findings.passed(name, 'policy.json is the content that was published')
}
