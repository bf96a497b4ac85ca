import { dictionaryAt } from './pdf-revision.ts'
import type { PdfRevision } from './pdf-revision.ts'
import { isName, isReference, samePdfValue, wholeNumber } from './pdf-value.ts'
import type { PdfDictionary, PdfValue } from './pdf-value.ts'
import { inflate } from './primitives.ts'
import { demand, refuse } from './refusal.ts'

/** The one file attached to a document. */
export type Attachment = { readonly name: string; readonly bytes: Buffer }

const attachmentSizeMax = 16 * 1024 * 1024

/**
 * Takes the attached file out of a rendered document. There must be exactly one, listed by name and as the document's
 * associated file, so that no two readers can find different ones.
 */
export function readAttachment(base: PdfRevision): Attachment {
  const embedded = [...base.objects.values()].filter(
    ({ value }) => value.kind === 'dictionary' && isName(value.entries.get('Type'), 'EmbeddedFile'),
  )
  demand(embedded.length === 1, `the document has ${embedded.length} attached files instead of one`)
  const catalog = dictionaryAt(base, base.trailer.entries.get('Root'), 'the catalog')
  const names = dictionaryAt(base, catalog.entries.get('Names'), 'the list of names')
  const files = dictionaryAt(base, names.entries.get('EmbeddedFiles'), 'the list of attached files')
  const list = files.entries.get('Names')
  demand(list?.kind === 'array' && list.items.length === 2, 'the list of attached files does not hold one')
  const [key, reference] = list.items
  const associated = catalog.entries.get('AF')
  const same = associated?.kind === 'array' && associated.items.length === 1
  demand(same && samePdfValue(associated.items[0], reference), 'the attached file is not associated')
  const description = dictionaryAt(base, reference, 'the attached file')
  const name = textOf(key)
  demand(textOf(description.entries.get('F')) === name, 'the attached file has two names')
  demand(textOf(description.entries.get('UF')) === name, 'the attached file has two names')
  const target = dictionaryAt(base, description.entries.get('EF'), 'the attached file').entries.get('F')
  demand(isReference(target) && target.id === embedded[0]?.id, 'the attached file is not the embedded one')
  return { name, bytes: unpack(embedded[0]?.value as PdfDictionary, embedded[0]?.stream) }
}

function unpack(dictionary: PdfDictionary, stream: Buffer | undefined): Buffer {
  demand(stream !== undefined, 'the attached file has no bytes')
  const filter = dictionary.entries.get('Filter')
  const bytes = filter === undefined ? stream : unpackStream(stream, filter)
  const parameters = dictionary.entries.get('Params')
  demand(parameters?.kind === 'dictionary', 'the attached file has no parameters')
  demand(
    wholeNumber(parameters.entries.get('Size')) === bytes.length,
    'the attached file has another length than named',
  )
  return bytes
}

function unpackStream(stream: Buffer, filter: PdfValue): Buffer {
  demand(isName(filter, 'FlateDecode'), 'the attached file is packed in a way not used here')
  const inflated = inflate(stream, attachmentSizeMax)
  demand(
    inflated !== undefined,
    'the attached file cannot be unpacked within 16 MiB, or bytes follow after it',
  )
  return inflated
}

function textOf(value: PdfValue | undefined): string {
  return value?.kind === 'string' ? value.bytes.toString('latin1') : refuse('the attached file has no name')
}

const activeKeys = new Set(['AA', 'JS', 'OpenAction', 'OCProperties', 'OC', 'XFA', 'RichMediaContent'])
const activeNames = new Set(
  (
    'JavaScript Launch GoToR GoToE SubmitForm ImportData ResetForm Movie Sound Rendition SetOCGState Trans ' +
    'GoTo3DView RichMedia RichMediaExecute FileAttachment'
  ).split(' '),
)

/** Refuses scripts, actions that run by themselves and layers: with them one file can show different pages. */
export function demandNoActiveContent(base: PdfRevision): void {
  for (const { id, value } of base.objects.values()) {
    demand(!isActive(value), `object ${id} of the document can change what is shown`)
  }
}

function isActive(value: PdfValue): boolean {
  if (value.kind === 'name') return activeNames.has(value.name)
  if (value.kind === 'array') return value.items.some(isActive)
  if (value.kind !== 'dictionary') return false
  return [...value.entries].some(([key, member]) => activeKeys.has(key) || isActive(member))
}
