import { dictionaryAt } from './pdf-revision.ts'
import type { PdfRevision } from './pdf-revision.ts'
import { readSealDictionary, readTimestampDictionary } from './pdf-signature.ts'
import type { PdfSeal, PdfSignature } from './pdf-signature.ts'
import {
  demandNames,
  demandObjects,
  demandSameTrailer,
  demandUnchanged,
  referencesOf,
  replaced,
} from './pdf-state.ts'
import type { PdfState } from './pdf-state.ts'
import { samePdfValue, isDictionary, isName, isReference, wholeNumber } from './pdf-value.ts'
import type { PdfDictionary, PdfReference, PdfValue } from './pdf-value.ts'
import { demand, refuse } from './refusal.ts'

/**
 * Refuses an update that does anything but add the first seal: the signature dictionary, its invisible field on page 1,
 * the form that lists the field, and in page 1 and the catalog only the entries that name them. An update can replace
 * whole pages while every common viewer calls the seal valid; this rule is what stops it (decision 0022).
 */
export function readFirstSeal(state: PdfState, update: PdfRevision): PdfSeal {
  demandSameTrailer(state, update)
  const catalog = replaced(state, update, state.root, 'the catalog')
  demandCatalogGrows(catalog.before, catalog.after)
  const formReference = catalog.after.entries.get('AcroForm')
  demand(isReference(formReference), 'the form of the PDF is direct')
  const form = dictionaryAt(update, formReference, 'the form')
  demandForm(form)
  const [field, other] = referencesOf(form.entries.get('Fields'), 'the list of fields')
  demand(field !== undefined && other === undefined, 'the list of fields does not hold exactly one')
  demandPageGrows(state, update, field)
  const dictionary = dictionaryAt(update, field, 'the field of the seal')
  const signature = demandField(dictionary, state.firstPage, 'Seal')
  demandObjects(state, update, [state.root, state.firstPage], [field, signature, formReference])
  demandNoStreams(update)
  return readSealDictionary(dictionaryAt(update, signature, 'the seal'))
}

/** Refuses an update that does anything but add another seal, whose field has this name. */
export function readFurtherSeal(state: PdfState, update: PdfRevision, name: string): PdfSeal {
  return readSealDictionary(readFurtherSignature(state, update, name))
}

/** Refuses an update that does anything but add a document time-stamp, whose field has this name. */
export function readTimestamp(state: PdfState, update: PdfRevision, name: string): PdfSignature {
  return readTimestampDictionary(readFurtherSignature(state, update, name))
}

/** A further signature finds a form: it adds its field there and to page 1, and touches nothing else. */
function readFurtherSignature(state: PdfState, update: PdfRevision, name: string): PdfDictionary {
  demandSameTrailer(state, update)
  const formReference = state.catalog.entries.get('AcroForm')
  demand(isReference(formReference), 'the form of the PDF is direct')
  const form = replaced(state, update, formReference, 'the form')
  demandForm(form.after)
  const before = referencesOf(form.before.entries.get('Fields'), 'the list of fields')
  const after = referencesOf(form.after.entries.get('Fields'), 'the list of fields')
  const grown = after.length === before.length + 1 && before.every(({ id }, at) => after[at]?.id === id)
  demand(grown, 'the list of fields does not grow by one at its end')
  const field = after.at(-1) as PdfReference
  demandPageGrows(state, update, field)
  const dictionary = dictionaryAt(update, field, 'the field of the signature')
  const signature = demandField(dictionary, state.firstPage, name)
  demandObjects(state, update, [state.firstPage, formReference], [field, signature])
  demandNoStreams(update)
  return dictionaryAt(update, signature, 'the signature')
}

function demandForm(form: PdfDictionary): void {
  demandNames(form, 'the form', ['Fields', 'SigFlags'])
  demand(wholeNumber(form.entries.get('SigFlags')) === 3, 'the form does not say that the file is signed')
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

function demandPageGrows(state: PdfState, update: PdfRevision, field: PdfReference): void {
  const { before, after } = replaced(state, update, state.firstPage, 'page 1')
  demandUnchanged(before, after, 'page 1', ['Annots'])
  const old = before.entries.get('Annots') ?? { kind: 'array', items: [] }
  demand(old.kind === 'array', 'the annotations of page 1 stand elsewhere')
  const grown: PdfValue = { kind: 'array', items: [...old.items, field] }
  demand(
    samePdfValue(after.entries.get('Annots'), grown),
    'page 1 got another annotation than the field of the signature',
  )
}

/** The field and its widget are one dictionary, invisible: no area, no appearance, no action. */
function demandField(field: PdfDictionary, page: PdfReference, name: string): PdfReference {
  const names = ['Type', 'Subtype', 'FT', 'T', 'V', 'Rect', 'F', 'P']
  demandNames(field, 'the field of the signature', names, ['TU'])
  const { entries } = field
  demand(isName(entries.get('Type'), 'Annot'), 'the field of the signature is not an annotation')
  demand(isName(entries.get('Subtype'), 'Widget'), 'the field of the signature is not a widget')
  demand(isName(entries.get('FT'), 'Sig'), 'the field of the signature is not for a signature')
  demand(wholeNumber(entries.get('F')) === 132, 'the field of the signature is not printed and locked')
  demand(samePdfValue(entries.get('P'), page), 'the field of the signature is not on page 1')
  const named = entries.get('T')
  const right = named?.kind === 'string' && named.bytes.toString('latin1') === name
  demand(right, `the field of the signature is not named ${name}`)
  const described = entries.get('TU')?.kind ?? 'string'
  demand(described === 'string', 'the description of the field of the signature is not a text')
  const rectangle = entries.get('Rect')
  const empty = rectangle?.kind === 'array' && rectangle.items.length === 4
  demand(
    empty && rectangle.items.every((item) => wholeNumber(item) === 0),
    'the field of the signature is visible',
  )
  const value = entries.get('V')
  return isReference(value) ? value : refuse('the field has no signature')
}

function demandNoStreams(update: PdfRevision): void {
  for (const object of update.objects.values()) {
    demand(object.stream === undefined, 'the update brings a stream')
  }
}
