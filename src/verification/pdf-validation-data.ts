import { dictionaryAt } from './pdf-revision.ts'
import type { PdfRevision } from './pdf-revision.ts'
import {
  demandNames,
  demandObjects,
  demandSameTrailer,
  demandUnchanged,
  referencesOf,
  replaced,
} from './pdf-state.ts'
import type { PdfState } from './pdf-state.ts'
import { isDictionary, isName, isReference, samePdfValue, wholeNumber } from './pdf-value.ts'
import type { PdfDictionary, PdfReference, PdfValue } from './pdf-value.ts'
import { sha256 } from './primitives.ts'
import { demand, refuse } from './refusal.ts'

export type StreamKind = 'Certs' | 'OCSPs' | 'CRLs'

/** What a revision adds to the validation data of a document (DSS, EN 319 142-1, 5.4.2), as bytes not yet looked at. */
export type AddedData = {
  readonly streams: readonly { readonly kind: StreamKind; readonly bytes: Buffer }[]
  /** The signatures it gathers data for, by their keys. */
  readonly signatures: readonly string[]
}

const kinds = ['Certs', 'OCSPs', 'CRLs'] as const
const entryNames: Readonly<Record<StreamKind, string>> = { Certs: 'Cert', OCSPs: 'OCSP', CRLs: 'CRL' }
const streamSizeMax = 256 * 1024
const streamsMax = 512

/** Says whether the update has to do with the validation data, rightly or not. */
export function touchesValidationData(state: PdfState, update: PdfRevision): boolean {
  const known = state.catalog.entries.get('DSS')
  return update.objects.has(state.root.id) || (isReference(known) && update.objects.has(known.id))
}

/**
 * Refuses an update that does anything but let the validation data grow: lists grow at their end by the new streams, and
 * entries of signatures are added, never changed. Of the catalog only the first such update adds one entry. No signature
 * need follow, so the second half of the trailer's /ID is a checksum over all bytes before the table (decision 0083).
 * `keys` are those of the signatures that the file has by now.
 */
export function readValidationData(
  bytes: Buffer,
  state: PdfState,
  update: PdfRevision,
  keys: ReadonlySet<string>,
): AddedData {
  demandSameTrailer(state, update)
  const known = state.catalog.entries.get('DSS')
  if (known === undefined) demandCatalogNamesStore(state, update)
  else
    demand(!update.objects.has(state.root.id), 'the update takes away or changes the validation data (DSS)')
  const reference = known ?? dictionaryAt(update, state.root, 'the catalog').entries.get('DSS')
  demand(isReference(reference), 'the validation data (DSS) stands in the catalog itself')
  const after = dictionaryAt(update, reference, 'the validation data')
  const before =
    known === undefined ? undefined : replaced(state, update, known, 'the validation data').before
  demandNames(after, 'the validation data', ['Type'], [...kinds, 'VRI'])
  demand(isName(after.entries.get('Type'), 'DSS'), 'the validation data is not of the type DSS')
  const added = kinds.flatMap((kind) => grownList(kind, before, after).map((each) => ({ kind, each })))
  const fresh = added.map(({ each }) => each)
  const replacedOnes = known === undefined ? [state.root] : [reference]
  demandObjects(state, update, replacedOnes, known === undefined ? [reference, ...fresh] : fresh)
  demand(
    new Set(fresh.map(({ id }) => id)).size === fresh.length,
    'one stream stands in two lists of the DSS',
  )
  const signatures = grownEntries(before, after, keys)
  demand(fresh.length + signatures.length > 0, 'the update adds no validation data')
  demandCheckedTrailer(bytes, state, update)
  return { streams: added.map(({ kind, each }) => ({ kind, bytes: streamOf(update, each) })), signatures }
}

function demandCatalogNamesStore(state: PdfState, update: PdfRevision): void {
  const { before, after } = replaced(state, update, state.root, 'the catalog')
  demandUnchanged(before, after, 'the catalog', ['DSS'])
  demand(after.entries.has('DSS'), 'the update rewrites the catalog for nothing')
}

function grownList(
  kind: StreamKind,
  before: PdfDictionary | undefined,
  after: PdfDictionary,
): PdfReference[] {
  const old = listOf(kind, before?.entries.get(kind))
  const now = listOf(kind, after.entries.get(kind))
  const kept = old.every(({ id }, at) => now[at]?.id === id)
  demand(kept, `the update takes away from /${kind} of the validation data (DSS), which may only grow`)
  demand(now.length <= streamsMax, `the validation data has more than ${streamsMax} streams in /${kind}`)
  return now.slice(old.length)
}

function listOf(kind: string, value: PdfValue | undefined): PdfReference[] {
  if (value === undefined) return []
  const references = referencesOf(value, `/${kind} of the validation data`)
  demand(references.length > 0, `/${kind} of the validation data is an empty list`)
  return references
}

/** Entries of single signatures (VRI): those that were there stay as they are; the keys of new ones are returned. */
function grownEntries(
  before: PdfDictionary | undefined,
  after: PdfDictionary,
  keys: ReadonlySet<string>,
): string[] {
  const [old, now] = [before, after].map((store) => {
    const entries = store?.entries.get('VRI')
    demand(entries === undefined || isDictionary(entries), '/VRI of the validation data is not a dictionary')
    return entries?.entries ?? new Map<string, PdfValue>()
  }) as [ReadonlyMap<string, PdfValue>, ReadonlyMap<string, PdfValue>]
  for (const [key, entry] of old) {
    const kept = samePdfValue(entry, now.get(key))
    demand(kept, `the update takes away or changes the entry ${key} of the validation data (DSS)`)
  }
  const added = [...now.keys()].filter((key) => !old.has(key))
  for (const key of added) {
    demand(keys.has(key), `the validation data has an entry ${key}, which is the key of no signature here`)
    demandEntry(now.get(key) as PdfValue, after)
  }
  return added
}

function demandEntry(entry: PdfValue, store: PdfDictionary): void {
  demand(isDictionary(entry), 'an entry of the validation data is not a dictionary')
  demandNames(entry, 'an entry of the validation data', ['Type'], Object.values(entryNames))
  demand(isName(entry.entries.get('Type'), 'VRI'), 'an entry of the validation data is not of the type VRI')
  for (const kind of kinds) {
    const whole = new Set(listOf(kind, store.entries.get(kind)).map(({ id }) => id))
    const named = listOf(entryNames[kind], entry.entries.get(entryNames[kind]))
    const within = named.every(({ id }) => whole.has(id))
    demand(within, `an entry of the validation data names a stream that is not in /${kind}`)
  }
}

function streamOf(update: PdfRevision, reference: PdfReference): Buffer {
  const object = update.objects.get(reference.id)
  const stream = object?.stream ?? refuse(`object ${reference.id} of the validation data is not a stream`)
  const plain = isDictionary(object?.value) && [...object.value.entries.keys()].join() === 'Length'
  demand(plain, `the stream ${reference.id} of the validation data is packed or described`)
  demand(stream.length <= streamSizeMax, `the stream ${reference.id} of the validation data is over 256 KiB`)
  return stream
}

/** The trailer in its one form, with the checksum that stands for a signature over this revision. */
function demandCheckedTrailer(bytes: Buffer, state: PdfState, update: PdfRevision): void {
  const { entries } = update.trailer
  const [size, previous] = [entries.get('Size'), entries.get('Prev')].map(wholeNumber)
  const [info, identifier] = [entries.get('Info'), entries.get('ID')]
  demand(isReference(info) && identifier?.kind === 'array', 'the trailer of the validation data lacks /Info')
  const [first] = identifier.items
  demand(first?.kind === 'string', 'the trailer of the validation data lacks the /ID of the document')
  const table = update.crossReferenceOffset
  const checksum = sha256(bytes.subarray(0, table)).toString('hex', 0, 16)
  const expected =
    `trailer\n<<\n/Size ${size}\n/Root ${state.root.id} 0 R\n/Info ${info.id} 0 R\n` +
    `/ID [<${first.bytes.toString('hex')}> <${checksum}>]\n/Prev ${previous}\n>>\nstartxref\n${table}\n%%EOF\n`
  demand(
    bytes.toString('latin1', update.trailerStart, update.end) === expected,
    'the trailer of the validation data is not in its one form, with the checksum of what stands before it',
  )
}
