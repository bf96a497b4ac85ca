import { dictionaryAt } from './pdf-revision.ts'
import type { PdfRevision, PdfView } from './pdf-revision.ts'
import { isName, isReference, samePdfValue, wholeNumber } from './pdf-value.ts'
import type { PdfDictionary, PdfObject, PdfReference, PdfValue } from './pdf-value.ts'
import { demand, refuse } from './refusal.ts'

/** The document as it stands after some of its revisions. It starts as the rendered one and grows by `apply`. */
export class PdfState implements PdfView {
  readonly objects: Map<number, PdfObject>
  trailer: PdfDictionary
  readonly firstPage: PdfReference
  readonly root: PdfReference

  constructor(base: PdfRevision) {
    this.objects = new Map(base.objects)
    this.trailer = base.trailer
    demandNames(base.trailer, 'the first trailer', ['Size', 'Root', 'Info', 'ID'])
    const root = base.trailer.entries.get('Root')
    this.root = isReference(root) ? root : refuse('the catalog of the PDF is direct')
    this.firstPage = firstPageOf(this)
  }

  /** The number that the next new object must have. */
  get size(): number {
    return wholeNumber(this.trailer.entries.get('Size')) ?? refuse('a trailer of the PDF has no /Size')
  }

  get catalog(): PdfDictionary {
    return dictionaryAt(this, this.root, 'the catalog')
  }

  /** Takes over a revision. It must have been found to do nothing but what is allowed. */
  apply(update: PdfRevision): void {
    for (const [id, object] of update.objects) this.objects.set(id, object)
    this.trailer = update.trailer
  }
}

function firstPageOf(base: PdfView): PdfReference {
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

/** Refuses a trailer of an update that is not the one before with another size, another second id and a way back. */
export function demandSameTrailer(state: PdfState, update: PdfRevision): void {
  demandNames(update.trailer, 'the trailer of the update', ['Size', 'Root', 'Info', 'ID', 'Prev'])
  for (const name of ['Root', 'Info']) {
    const same = samePdfValue(state.trailer.entries.get(name), update.trailer.entries.get(name))
    demand(same, `the trailer of the update has another /${name}`)
  }
  const [before, after] = [state.trailer.entries.get('ID'), update.trailer.entries.get('ID')]
  demand(
    before?.kind === 'array' && after?.kind === 'array' && after.items.length === 2,
    'a trailer has no /ID',
  )
  demand(
    samePdfValue(before.items[0], after.items[0]),
    'the trailer of the update is that of another document',
  )
}

/**
 * Refuses an update that brings another object than these: the replaced ones, which were there before, and the new ones,
 * which take the next free numbers without a gap.
 */
export function demandObjects(
  state: PdfState,
  update: PdfRevision,
  replaced: readonly PdfReference[],
  added: readonly PdfReference[],
): void {
  const old = new Set(replaced.map(({ id }) => id))
  const fresh = new Set(added.map(({ id }) => id))
  const { size } = state
  for (const { id } of update.objects.values()) {
    const right = old.has(id) ? id < size : fresh.has(id) && id >= size
    const verb = state.objects.has(id) ? 'replaces' : 'brings'
    demand(right, `the update ${verb} object ${id}, which has no place in it`)
  }
  demand(update.objects.size === old.size + fresh.size, 'the update lacks a part of what it should bring')
  demand(
    wholeNumber(update.trailer.entries.get('Size')) === size + fresh.size,
    'the trailer of the update has the wrong /Size',
  )
}

/** A dictionary before and after an update, which must write it anew. */
export function replaced(
  state: PdfState,
  update: PdfRevision,
  reference: PdfValue | undefined,
  what: string,
): { before: PdfDictionary; after: PdfDictionary } {
  const before = dictionaryAt(state, reference, what)
  const written = isReference(reference) && update.objects.has(reference.id)
  demand(written, `the update does not write ${what} anew`)
  return { before, after: dictionaryAt(update, reference, what) }
}

/** Refuses a dictionary that differs from the one before in anything but these entries. */
export function demandUnchanged(
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

/** Refuses a dictionary that lacks one of the names, or has one that is not named here. */
export function demandNames(
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

/** The references of an array, each of generation 0 and none twice. */
export function referencesOf(value: PdfValue | undefined, what: string): PdfReference[] {
  demand(value?.kind === 'array', `${what} of the PDF is not a list`)
  const references = value.items.map((item) =>
    isReference(item) && item.generation === 0 ? item : refuse(`${what} of the PDF holds something else`),
  )
  const once = new Set(references.map(({ id }) => id)).size === references.length
  demand(once, `${what} of the PDF names one object twice`)
  return references
}
