import { exactObject, isObject, parseCanonicalJson } from './canonical-json.ts'
import type { Json, JsonObject } from './canonical-json.ts'
import { sha256 } from './primitives.ts'
import { demand } from './refusal.ts'
import { decodeUtf8, isInstant, isSha256Hex, isUuid } from './strict-text.ts'
import type { Archive } from './zip-archive.ts'

/** The files of a dossier that every dossier has, besides those of entries and documents. */
const fixedNames = [
  'README.txt',
  'SHA256SUMS',
  'SHA256SUMS.sig',
  'checkpoint',
  'keys/dossier.pem',
  'keys/log.pem',
  'keys/log.vkey',
  'keys/root.pem',
  'manifest.json',
]
const documentName = /^documents\/([0-9a-f]{64})\.pdf$/
const entryName =
  /^entries\/([0-9]{12})\/(entry\.json|disclosures\.txt|receipt\.tlog-proof|dossier\.tlog-proof)$/
const entryParts = ['entry.json', 'receipt.tlog-proof', 'dossier.tlog-proof']

/** What stands in the archive: hashes of its documents and indexes of its entries, ascending. */
export type DossierContents = { readonly documents: readonly string[]; readonly indexes: readonly number[] }

/** Refuses a file that is missing or that no dossier has. */
export function readContents(files: Archive): DossierContents {
  for (const name of fixedNames) demand(files.has(name), `the file ${name} is missing`)
  const documents: string[] = []
  const indexes = new Set<number>()
  for (const name of files.keys()) {
    const document = documentName.exec(name)?.[1]
    const entry = entryName.exec(name)?.[1]
    if (document !== undefined) documents.push(document)
    else if (entry !== undefined) indexes.add(Number(entry))
    else demand(fixedNames.includes(name), `the file ${name} does not belong in a dossier`)
  }
  for (const index of indexes) {
    for (const part of entryParts)
      demand(files.has(`${entryFolder(index)}/${part}`), `${entryFolder(index)} lacks ${part}`)
  }
  return { documents, indexes: [...indexes].toSorted((left, right) => left - right) }
}

/** The folder of an entry: its index in twelve digits. */
export function entryFolder(index: number): string {
  return `entries/${String(index).padStart(12, '0')}`
}

/** Refuses unless SHA256SUMS names every other file with its hash, each once, sorted, and nothing else. */
export function demandChecksums(files: Archive): void {
  const listed = new Set(decodeUtf8(fileOf(files, 'SHA256SUMS')).split('\n').slice(0, -1))
  const expected = [...files]
    .filter(([name]) => !name.startsWith('SHA256SUMS'))
    .toSorted(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map(([name, bytes]) => ({ name, line: `${sha256(bytes).toString('hex')}  ${name}` }))
  const wrong = expected.filter(({ line }) => !listed.has(line)).map(({ name }) => name)
  demand(wrong.length === 0, `SHA256SUMS does not hold the hash of ${wrong.join(', ')}`)
  const text = expected.map(({ line }) => `${line}\n`).join('')
  demand(
    fileOf(files, 'SHA256SUMS').equals(Buffer.from(text)),
    'SHA256SUMS has lines for no file or is not sorted',
  )
}

/** The bytes of a file that `readContents` found; refuses where it did not. */
export function fileOf(files: Archive, name: string): Buffer {
  const bytes = files.get(name)
  demand(bytes !== undefined, `the file ${name} is missing`)
  return bytes
}

export type ManifestEntry = {
  readonly index: number
  readonly kind: string
  readonly documents: readonly string[]
}

export type Manifest = {
  readonly checkpointSize: number
  readonly createdAt: string
  readonly dossierId: string
  readonly organisation: { readonly id: string; readonly name: string }
  readonly subject: { readonly id: string; readonly kind: 'person' | 'policy' }
  readonly entries: ReadonlyMap<number, ManifestEntry>
  readonly documentTitles: ReadonlyMap<string, string>
}

const manifestNames = [
  'checkpointSize',
  'createdAt',
  'documents',
  'dossierId',
  'entries',
  'format',
  'organisation',
  'subject',
]

/** Reads the manifest: canonical JSON with exactly the members of format 1. */
export function parseManifest(bytes: Uint8Array): Manifest {
  const value = exactObject(parseCanonicalJson(bytes), 'the manifest', manifestNames)
  const { checkpointSize, createdAt, dossierId } = value
  demand(value['format'] === 'beding-dossier/v1', 'the manifest is not of format beding-dossier/v1')
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
  demand(
    subject['kind'] === 'person' || subject['kind'] === 'policy',
    'the subject is not a person or policy',
  )
  return {
    checkpointSize,
    createdAt,
    dossierId,
    organisation: { id: organisation['id'], name: organisation['name'] },
    subject: { id: subject['id'], kind: subject['kind'] },
    entries: parseEntries(value['entries'] as Json),
    documentTitles: parseDocuments(value['documents'] as Json),
  }
}

/** Refuses a manifest that does not list exactly the entries and documents of the archive. */
export function demandSameContents(manifest: Manifest, contents: DossierContents): void {
  const { entries, documentTitles } = manifest
  for (const index of contents.indexes)
    demand(entries.has(index), `the manifest does not list entry ${index}`)
  for (const hash of contents.documents)
    demand(documentTitles.has(hash), `the manifest does not list document ${hash}`)
  demand(entries.size === contents.indexes.length, 'the manifest lists an entry that is not there')
  demand(documentTitles.size === contents.documents.length, 'the manifest lists a document that is not there')
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

function parseDocuments(value: Json): Map<string, string> {
  const titles = new Map<string, string>()
  for (const item of listOf(value, 'the documents')) {
    const { file, sha256: hash, title } = exactObject(item, 'a document', ['file', 'sha256', 'title'])
    demand(isSha256Hex(hash) && typeof title === 'string', 'a document of the manifest has no hash or title')
    demand(file === `documents/${hash}.pdf`, 'a document of the manifest has another file name than its hash')
    demand(!titles.has(hash), 'a document stands in the manifest twice')
    titles.set(hash, title)
  }
  return titles
}

function listOf(value: Json, what: string): JsonObject[] {
  demand(Array.isArray(value) && value.every(isObject), `${what} of the manifest are not a list`)
  return value as JsonObject[]
}

function isIndex(value: Json | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
