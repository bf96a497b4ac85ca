import { samePdfValue, isDictionary, isName, isReference, wholeNumber } from './pdf-value.ts'
import type { PdfDictionary, PdfObject, PdfReference, PdfString, PdfValue } from './pdf-value.ts'
import { dictionaryAt } from './pdf-revision.ts'
import type { PdfRevision } from './pdf-revision.ts'
import { sha256 } from './primitives.ts'
import { demand, refuse } from './refusal.ts'

/** The seal found in the update of a PDF, as written there; its cryptography is not looked at yet. */
export type PdfSeal = {
  /** The signature dictionary. */
  readonly dictionary: PdfDictionary
  readonly contents: PdfString
  /** The moment the sealer claims, or undefined. */
  readonly claimedAt: string
}

/**
 * Refuses an update that does anything but add a seal: the signature dictionary, its invisible field on page 1, the form
 * that lists the field, and in page 1 and the catalog only the entries that name them. An update can replace whole pages
 * while every common viewer calls the seal valid; this rule is what stops it (decision 0022).
 */
export function readSeal(base: PdfRevision, update: PdfRevision): PdfSeal {
  demandSameTrailer(base, update)
  const catalogReference = base.trailer.entries.get('Root')
  const catalog = replaced(base, update, catalogReference, 'the catalog')
  const pageReference = firstPage(base)
  const page = replaced(base, update, pageReference, 'page 1')
  demandCatalogGrows(catalog.before, catalog.after)
  const form = dictionaryAt(update, catalog.after.entries.get('AcroForm'), 'the form')
  demandNames(form, 'the form', ['Fields', 'SigFlags'])
  demand(wholeNumber(form.entries.get('SigFlags')) === 3, 'the form does not say that the file is signed')
  const fieldReference = onlyItem(form.entries.get('Fields'), 'the list of fields')
  demandPageGrows(page.before, page.after, fieldReference)
  const field = dictionaryAt(update, fieldReference, 'the field of the seal')
  const signatureReference = demandField(field, pageReference)
  const dictionary = dictionaryAt(update, signatureReference, 'the seal')
  const formReference = catalog.after.entries.get('AcroForm')
  demandNothingElse(base, update, [
    catalogReference,
    pageReference,
    fieldReference,
    signatureReference,
    formReference,
  ])
  return { dictionary, ...readSignatureDictionary(dictionary) }
}

/**
 * Refuses unless the seal covers every byte of the file but its own hex string: the range starts at 0, leaves out exactly
 * that string and runs to the end. Returns the SHA-256 of what is covered.
 */
export function digestOfSealedBytes(bytes: Buffer, seal: PdfSeal): Buffer {
  const range = seal.dictionary.entries.get('ByteRange')
  demand(range?.kind === 'array' && range.items.length === 4, 'the range of the seal is not four numbers')
  const [first, firstLength, second, secondLength] = range.items.map((item) => wholeNumber(item))
  demand(first === 0, 'the range of the seal does not start at the first byte')
  demand(
    firstLength === seal.contents.start,
    'the range of the seal does not stop right before its hex string',
  )
  demand(second === seal.contents.end, 'the range of the seal does not go on right after its hex string')
  demand(
    second + (secondLength ?? -1) === bytes.length,
    'the range of the seal does not run to the end of the file',
  )
  return sha256(Buffer.concat([bytes.subarray(0, firstLength), bytes.subarray(second)]))
}

/** The CMS inside the hex string: lower-case digits, the DER value, then zeros only. */
export function cmsOf(bytes: Buffer, { contents }: PdfSeal): Buffer {
  const digits = bytes.toString('latin1', contents.start, contents.end)
  demand(/^<[0-9a-f]*>$/.test(digits), 'the hex string of the seal is not in lower case')
  const padded = contents.bytes
  demand(
    padded.length >= 4 && padded.length <= 65_536,
    'the hex string of the seal is empty or longer than 64 KiB',
  )
  demand(padded[0] === 0x30 && padded[1] === 0x82, 'the hex string of the seal does not hold a CMS')
  const length = 4 + padded.readUInt16BE(2)
  demand(length <= padded.length, 'the CMS of the seal is cut off')
  demand(
    padded.subarray(length).every((byte) => byte === 0),
    'bytes are hidden after the CMS of the seal',
  )
  return padded.subarray(0, length)
}

function demandSameTrailer(base: PdfRevision, update: PdfRevision): void {
  demandNames(base.trailer, 'the first trailer', ['Size', 'Root', 'Info', 'ID'])
  demandNames(update.trailer, 'the second trailer', ['Size', 'Root', 'Info', 'ID', 'Prev'])
  for (const name of ['Root', 'Info']) {
    const same = samePdfValue(base.trailer.entries.get(name), update.trailer.entries.get(name))
    demand(same, `the second trailer has another /${name}`)
  }
  const [before, after] = [base.trailer.entries.get('ID'), update.trailer.entries.get('ID')]
  demand(
    before?.kind === 'array' && after?.kind === 'array' && after.items.length === 2,
    'a trailer has no /ID',
  )
  demand(samePdfValue(before.items[0], after.items[0]), 'the second trailer is that of another document')
}

function replaced(
  base: PdfRevision,
  update: PdfRevision,
  reference: PdfValue | undefined,
  what: string,
): { before: PdfDictionary; after: PdfDictionary } {
  const before = dictionaryAt(base, reference, what)
  demand(
    isReference(reference) && update.objects.has(reference.id),
    `the update does not add the seal to ${what}`,
  )
  return { before, after: dictionaryAt(update, reference, what) }
}

function firstPage(base: PdfRevision): PdfReference {
  const catalog = dictionaryAt(base, base.trailer.entries.get('Root'), 'the catalog')
  let reference = catalog.entries.get('Pages')
  // A tree of pages deeper than this is a circle.
  for (let depth = 0; depth < 32; depth++) {
    const node = dictionaryAt(base, reference, 'the tree of pages')
    if (isName(node.entries.get('Type'), 'Page'))
      return isReference(reference) ? reference : refuse('page 1 is direct')
    const kids = node.entries.get('Kids')
    demand(kids?.kind === 'array' && kids.items.length > 0, 'the PDF has no pages')
    reference = kids.items[0]
  }
  return refuse('the tree of pages is too deep')
}

function demandCatalogGrows(before: PdfDictionary, after: PdfDictionary): void {
  for (const name of ['AcroForm', 'Extensions', 'Perms', 'DSS']) {
    demand(!before.entries.has(name), `the rendered document already has /${name}`)
  }
  demandUnchanged(before, after, 'the catalog', ['AcroForm', 'Extensions'])
  const extensions = after.entries.get('Extensions')
  if (extensions === undefined) return
  demand(isDictionary(extensions) && extensions.entries.size === 1, 'the extensions are not exactly one')
  const developer = extensions.entries.get('ESIC')
  demand(isDictionary(developer), 'the extension is not that of PAdES')
  const names = [...developer.entries.keys()].filter((name) => name !== 'Type')
  demand(names.toSorted().join() === 'BaseVersion,ExtensionLevel', 'the extension has the wrong form')
}

function demandPageGrows(before: PdfDictionary, after: PdfDictionary, field: PdfReference): void {
  demandUnchanged(before, after, 'page 1', ['Annots'])
  const old = before.entries.get('Annots') ?? { kind: 'array', items: [] }
  demand(old.kind === 'array', 'the annotations of page 1 stand elsewhere')
  const grown: PdfValue = { kind: 'array', items: [...old.items, field] }
  demand(samePdfValue(after.entries.get('Annots'), grown), 'page 1 got another annotation than the seal')
}

function demandUnchanged(
  before: PdfDictionary,
  after: PdfDictionary,
  what: string,
  free: readonly string[],
): void {
  for (const name of new Set([...before.entries.keys(), ...after.entries.keys()])) {
    const same = free.includes(name) || samePdfValue(before.entries.get(name), after.entries.get(name))
    demand(same, `the update changes /${name} of ${what}`)
  }
}

/** The field and its widget are one dictionary, invisible: no area, no appearance, no action. */
function demandField(field: PdfDictionary, page: PdfReference): PdfReference {
  const names = ['Type', 'Subtype', 'FT', 'T', 'V', 'Rect', 'F', 'P']
  demandNames(field, 'the field of the seal', names, ['TU'])
  demand(isName(field.entries.get('Type'), 'Annot'), 'the field of the seal is not an annotation')
  demand(isName(field.entries.get('Subtype'), 'Widget'), 'the field of the seal is not a widget')
  demand(isName(field.entries.get('FT'), 'Sig'), 'the field of the seal is not for a signature')
  demand(wholeNumber(field.entries.get('F')) === 132, 'the field of the seal is not printed and locked')
  demand(samePdfValue(field.entries.get('P'), page), 'the field of the seal is not on page 1')
  const rectangle = field.entries.get('Rect')
  const empty = rectangle?.kind === 'array' && rectangle.items.length === 4
  demand(
    empty && rectangle.items.every((item) => wholeNumber(item) === 0),
    'the field of the seal is visible',
  )
  const value = field.entries.get('V')
  return isReference(value) ? value : refuse('the field of the seal has no signature')
}

function readSignatureDictionary(dictionary: PdfDictionary): { contents: PdfString; claimedAt: string } {
  const optional = ['Reason', 'Name', 'Location', 'ContactInfo']
  demandNames(dictionary, 'the seal', ['Type', 'Filter', 'SubFilter', 'ByteRange', 'Contents', 'M'], optional)
  demand(isName(dictionary.entries.get('Type'), 'Sig'), 'the seal is not a signature')
  demand(isName(dictionary.entries.get('Filter'), 'Adobe.PPKLite'), 'the seal has another handler')
  demand(
    isName(dictionary.entries.get('SubFilter'), 'ETSI.CAdES.detached'),
    'the seal is not a PAdES signature',
  )
  const contents = dictionary.entries.get('Contents')
  demand(contents?.kind === 'string', 'the seal has no signature value')
  return { contents, claimedAt: claimedTime(dictionary.entries.get('M')) }
}

/** The claimed time in UTC: `D:20261121080000Z`, also with `+00'00'` behind it. */
function claimedTime(value: PdfValue | undefined): string {
  const text = value?.kind === 'string' ? value.bytes.toString('latin1') : ''
  const parts = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|\+00'00'?)$/.exec(text)
  demand(parts !== null, 'the time of the seal is not written in UTC')
  const [, year, month, day, hour, minute, second] = parts
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  demand(!Number.isNaN(Date.parse(instant)), 'the time of the seal does not exist')
  return instant
}

function demandNothingElse(
  base: PdfRevision,
  update: PdfRevision,
  allowed: readonly (PdfValue | undefined)[],
): void {
  const expected = new Set(allowed.filter(isReference).map((reference) => reference.id))
  const size = wholeNumber(base.trailer.entries.get('Size')) ?? 0
  const known = [base.trailer.entries.get('Root'), firstPage(base)].filter(isReference).map(({ id }) => id)
  for (const object of update.objects.values()) demandExpected(object, expected, known, size)
  demand(update.objects.size === expected.size, 'the update lacks a part of the seal')
  const added = update.objects.size - known.length
  demand(
    wholeNumber(update.trailer.entries.get('Size')) === size + added,
    'the second trailer has the wrong /Size',
  )
}

function demandExpected(
  object: PdfObject,
  expected: ReadonlySet<number>,
  known: readonly number[],
  size: number,
): void {
  demand(expected.has(object.id), `the update brings object ${object.id}, which is no part of the seal`)
  demand(known.includes(object.id) || object.id >= size, `the update replaces object ${object.id}`)
  demand(object.stream === undefined, 'the update brings a stream')
}

function demandNames(
  dictionary: PdfDictionary,
  what: string,
  names: readonly string[],
  optional: readonly string[] = [],
): void {
  for (const name of names) demand(dictionary.entries.has(name), `${what} of the PDF lacks /${name}`)
  for (const name of dictionary.entries.keys()) {
    demand(
      names.includes(name) || optional.includes(name),
      `${what} of the PDF has /${name}, which has no place there`,
    )
  }
}

function onlyItem(value: PdfValue | undefined, what: string): PdfReference {
  demand(value?.kind === 'array' && value.items.length === 1, `${what} does not hold exactly one`)
  const [item] = value.items
  return isReference(item) ? item : refuse(`${what} does not hold a reference`)
}
