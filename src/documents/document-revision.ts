import { sha256, type DocumentId, type Instant } from '#core'
import type { PadesLevel } from './document-level.ts'
import type { StoredDocument } from './document-store.ts'
import { readRevision } from './pdf-revision.ts'

/** What a revision adds to a file; the first two, or four, are those of the stored document itself. */
export type RevisionKind =
  'uploaded' | 'rendered' | 'seal' | 'signature-sheet' | 'timestamp' | 'validation-data'

/** One revision of a file: the first `length` bytes of it are the file at that revision. */
export type DocumentRevision = {
  /** Its place in the file; 0 is the rendered one. */
  readonly number: number
  readonly kind: RevisionKind
  /** What the file has with it, computed from the bytes; null for one that nobody has sealed yet. */
  readonly level: PadesLevel | null
  readonly length: number
  /** Of the whole file up to its end. */
  readonly sha256: Buffer
  readonly at: Instant
  /** What a time-stamp says, and from whom it is; null for every other kind. */
  readonly timestamp: RevisionTimestamp | null
}

export type RevisionTimestamp = {
  readonly authority: string
  /** Of an authority of this installation, which proves nothing to others. */
  readonly development: boolean
  readonly provenAt: Instant
  /** The earliest end of a certificate of its chain. */
  readonly chainEndsAt: Instant
  /** Lower-case names of the algorithms it rests on. */
  readonly algorithms: readonly string[]
}

/** A revision that is appended to a stored file. */
export type AppendedRevision = DocumentRevision & {
  readonly kind: 'timestamp' | 'validation-data'
  readonly level: PadesLevel
  /** What it adds. */
  readonly bytes: Buffer
}

/** A file at one of its revisions, the newest unless another was asked for, with every revision up to that one. */
export type DocumentFile = {
  readonly documentId: DocumentId
  readonly document: StoredDocument
  readonly revision: DocumentRevision
  readonly revisions: readonly DocumentRevision[]
  readonly bytes: Buffer
}

/** The revisions that stand in the bytes of the stored document, oldest first. */
export function frozenRevisions(document: StoredDocument): DocumentRevision[] {
  const { bytes, renderedLength, renderedSha256 } = document
  // What came from elsewhere is one revision, whatever stands in it: nothing of it is ours.
  if (document.kind === 'contract-upload')
    return [
      {
        number: 0,
        kind: 'uploaded',
        level: null,
        length: bytes.length,
        sha256: document.sha256,
        at: document.createdAt,
        timestamp: null,
      },
    ]
  // Only an executed copy has more than two; reading its tables tells where they end.
  const ends = readsAsTwo(document) ? [renderedLength, bytes.length] : readRevision(bytes).ends
  return ends.map((length, number) => ({
    number,
    kind: frozenKinds[number]!,
    level: number % 2 === 0 ? null : 'B-B',
    length,
    sha256:
      length === bytes.length
        ? document.sha256
        : length === renderedLength
          ? renderedSha256
          : sha256(bytes.subarray(0, length)),
    at: document.createdAt,
    timestamp: null,
  }))
}

const frozenKinds: readonly RevisionKind[] = ['rendered', 'seal', 'signature-sheet', 'seal']

function readsAsTwo({ kind }: StoredDocument): boolean {
  return kind !== 'executed-copy'
}

/** The file with its appended revisions, up to a number. Undefined when there is no such revision. */
export function assembleFile(
  document: StoredDocument,
  appended: readonly AppendedRevision[],
  number?: number,
): DocumentFile | undefined {
  const all = [...frozenRevisions(document), ...appended.map(({ bytes: _bytes, ...revision }) => revision)]
  const revision = number === undefined ? all.at(-1)! : all[number]
  if (revision === undefined) return undefined
  const whole = Buffer.concat([document.bytes, ...appended.map(({ bytes }) => bytes)])
  return {
    documentId: document.documentId,
    document,
    revision,
    revisions: all.slice(0, revision.number + 1),
    bytes: whole.subarray(0, revision.length),
  }
}
