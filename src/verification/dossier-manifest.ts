import { exactObject, isObject, parseCanonicalJson } from './canonical-json.ts'
import type { Json, JsonObject } from './canonical-json.ts'
import type { DossierContents } from './dossier-files.ts'
import { levels } from './long-term-level.ts'
import type { Level } from './long-term-level.ts'
import { demand } from './refusal.ts'
import { isInstant, isSha256Hex, isUuid } from './strict-text.ts'

/** Whom or what a dossier is about; of an act it is the bundle that its person takes home. */
export type SubjectKind = 'person' | 'policy' | 'act'

/** What the manifest says of an anchor. */
export type ManifestAnchor = {
  readonly timestamps: number
  readonly cosigned: boolean
  /** Whether one of its time-stamps comes from an authority for development. */
  readonly development: boolean
}

export type ManifestEntry = {
  readonly index: number
  readonly kind: string
  readonly documents: readonly string[]
}

/** What the manifest says of a document; in format 2 there is nothing recorded: its name is the hash of the whole file. */
export type ManifestDocument = { readonly title: string; readonly recorded: RecordedFile | undefined }

/** Which bytes of a document acts refer to, and which revisions its file has. */
export type RecordedFile = {
  /** How many bytes from the start of the file have the hash that is its name. */
  readonly frozenLength: number
  /** `none`: a file that was made elsewhere and that the organisation never sealed. */
  readonly level: Level | 'none'
  /** Oldest first. The hash is over all bytes up to the length. */
  readonly revisions: readonly ManifestRevision[]
}
type ManifestRevision = { readonly kind: string; readonly length: number; readonly sha256: string }

export type Manifest = {
  readonly checkpointSize: number
  readonly createdAt: string
  readonly dossierId: string
  readonly organisation: { readonly id: string; readonly name: string }
  readonly subject: { readonly id: string; readonly kind: SubjectKind }
  readonly entries: ReadonlyMap<number, ManifestEntry>
  readonly documents: ReadonlyMap<string, ManifestDocument>
  readonly anchors: ReadonlyMap<number, ManifestAnchor>
  /** Why the dossier, or its newest part, has no trusted time; undefined if nothing hindered it. */
  readonly unanchored: string | undefined
}

const manifestNames = [
  'anchors',
  'checkpointSize',
  'createdAt',
  'documents',
  'dossierId',
  'entries',
  'format',
  'organisation',
  'subject',
  'unanchored',
]

const formats = { old: 'beding-dossier/v2', now: 'beding-dossier/v3' }

/** Reads the manifest: canonical JSON with exactly the members of format 2 or 3. */
export function parseManifest(bytes: Uint8Array): Manifest {
  const value = exactObject(parseCanonicalJson(bytes), 'the manifest', manifestNames)
  const { checkpointSize, createdAt, dossierId } = value
  const { format } = value
  demand(format === formats.old || format === formats.now, `the manifest is not of format ${formats.now}`)
  demand(isIndex(checkpointSize), 'the size of the checkpoint in the manifest is not a number')
  demand(isInstant(createdAt), 'the time in the manifest is not a moment')
  demand(isUuid(dossierId), 'the id of the dossier is not a UUID')
  const organisation = exactObject(value['organisation'] as Json, 'the organisation', ['id', 'name'])
  const subject = exactObject(value['subject'] as Json, 'the subject', ['id', 'kind'])
  demand(
    isUuid(organisation['id']) && typeof organisation['name'] === 'string',
    'the organisation has no id or name',
  )
  demand(isUuid(subject['id']), 'the subject of the dossier has no id')
  demand(isSubjectKind(subject['kind']), 'the subject is not a person, policy or act')
  const { unanchored } = value
  demand(
    unanchored === null || (typeof unanchored === 'string' && unanchored !== ''),
    'the manifest does not say why there is no anchor, or that there is one',
  )
  return {
    checkpointSize,
    createdAt,
    dossierId,
    organisation: { id: organisation['id'], name: organisation['name'] },
    subject: { id: subject['id'], kind: subject['kind'] },
    entries: parseEntries(value['entries'] as Json),
    documents: parseDocuments(value['documents'] as Json, format === formats.now),
    anchors: parseAnchors(value['anchors'] as Json, checkpointSize),
    unanchored: (unanchored as string | null) ?? undefined,
  }
}

/** Refuses a manifest that does not list exactly the entries, documents and anchors of the archive. */
export function demandSameContents(manifest: Manifest, contents: DossierContents): void {
  const { entries, documents } = manifest
  for (const index of contents.indexes)
    demand(entries.has(index), `the manifest does not list entry ${index}`)
  for (const hash of contents.documents)
    demand(documents.has(hash), `the manifest does not list document ${hash}`)
  demand(entries.size === contents.indexes.length, 'the manifest lists an entry that is not there')
  demand(documents.size === contents.documents.length, 'the manifest lists a document that is not there')
  for (const { size, timestamps, cosigned } of contents.anchors) {
    const listed = manifest.anchors.get(size)
    const same = listed?.timestamps === timestamps && listed.cosigned === cosigned
    demand(same, `the manifest does not list anchor ${size} as it is there`)
  }
  demand(manifest.anchors.size === contents.anchors.length, 'the manifest lists an anchor that is not there')
}

function parseEntries(value: Json): Map<number, ManifestEntry> {
  const entries = new Map<number, ManifestEntry>()
  let previous = -1
  for (const item of listOf(value, 'the entries')) {
    const { index, kind, documents } = exactObject(item, 'an entry', ['documents', 'index', 'kind'])
    demand(isIndex(index) && index > previous, 'the entries of the manifest are not in order')
    demand(typeof kind === 'string', 'an entry of the manifest has no kind')
    demand(
      Array.isArray(documents) && documents.every(isSha256Hex),
      'an entry of the manifest has odd documents',
    )
    entries.set(index, { index, kind, documents })
    previous = index
  }
  return entries
}

const documentNames = ['file', 'sha256', 'title']
const recordNames = ['frozenLength', 'length', 'level', 'revisions', 'sha256OfFile']

function parseDocuments(value: Json, hasRecords: boolean): Map<string, ManifestDocument> {
  const documents = new Map<string, ManifestDocument>()
  for (const item of listOf(value, 'the documents')) {
    const names = hasRecords ? [...documentNames, ...recordNames] : documentNames
    const document = exactObject(item, 'a document', names)
    const { file, sha256: hash, title } = document
    demand(isSha256Hex(hash) && typeof title === 'string', 'a document of the manifest has no hash or title')
    demand(file === `documents/${hash}.pdf`, 'a document of the manifest has another file name than its hash')
    demand(!documents.has(hash), 'a document stands in the manifest twice')
    documents.set(hash, { title, recorded: hasRecords ? parseRecord(document, hash) : undefined })
  }
  return documents
}

function parseRecord(document: JsonObject, hash: string): RecordedFile {
  const { frozenLength, length, level, sha256OfFile } = document
  demand(isIndex(frozenLength), 'a document of the manifest does not say how long it was when it was frozen')
  demand(level === 'none' || levels.includes(level as Level), 'a document of the manifest has no level')
  const revisions = parseRevisions(document['revisions'] as Json)
  const uploaded = revisions.length === 1 && revisions[0]?.kind === 'uploaded'
  demand((level === 'none') === uploaded, 'only a file from elsewhere, as it came, is without a level')
  const frozen = revisions.some((each) => each.length === frozenLength && each.sha256 === hash)
  demand(frozen, 'no revision in the manifest is the one that its document is named after')
  const last = revisions.at(-1)
  demand(
    last?.length === length && last?.sha256 === sha256OfFile,
    'the last revision of a document in the manifest is not its whole file',
  )
  return { frozenLength, level: level as RecordedFile['level'], revisions }
}

function parseRevisions(value: Json): ManifestRevision[] {
  let before = 0
  return listOf(value, 'the revisions').map((item) => {
    const { kind, length, sha256 } = exactObject(item, 'a revision', ['kind', 'length', 'sha256'])
    demand(typeof kind === 'string' && isSha256Hex(sha256), 'a revision of the manifest has no kind or hash')
    demand(isIndex(length) && length > before, 'the revisions of a document in the manifest do not grow')
    before = length
    return { kind, length, sha256 }
  })
}

function parseAnchors(value: Json, checkpointSize: number): Map<number, ManifestAnchor> {
  const anchors = new Map<number, ManifestAnchor>()
  let previous = 0
  for (const item of listOf(value, 'the anchors')) {
    const names = ['cosigned', 'development', 'size', 'timestamps']
    const { cosigned, development, size, timestamps } = exactObject(item, 'an anchor', names)
    demand(isIndex(size) && size > previous, 'the anchors of the manifest are not in order')
    demand(size <= checkpointSize, 'an anchor of the manifest is larger than the checkpoint')
    demand(isIndex(timestamps), 'an anchor of the manifest does not count its time-stamps')
    const flags = typeof cosigned === 'boolean' && typeof development === 'boolean'
    demand(flags, 'an anchor of the manifest does not say whether it is cosigned and for development')
    anchors.set(size, { timestamps, cosigned: cosigned as boolean, development: development as boolean })
    previous = size
  }
  return anchors
}

function isSubjectKind(value: Json | undefined): value is SubjectKind {
  return value === 'person' || value === 'policy' || value === 'act'
}

function listOf(value: Json, what: string): JsonObject[] {
  demand(Array.isArray(value) && value.every(isObject), `${what} of the manifest are not a list`)
  return value as JsonObject[]
}

function isIndex(value: Json | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
