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
import { demand, refuse } from './refusal.ts'

/** Names that the new objects of a sheet may use: text on pages, its fonts, and its structure. Nothing that could act. */
const names = new Set(
  `Type Page Parent MediaBox Contents Resources UserUnit StructParents Tabs S ProcSet PDF Text ImageB ImageC ImageI Font
  ColorSpace Length Filter FlateDecode Subtype Type0 CIDFontType2 BaseFont Encoding Identity-H Identity DescendantFonts
  ToUnicode CIDSystemInfo Registry Ordering Supplement FontDescriptor W CIDToGIDMap FontName Flags FontBBox ItalicAngle
  Ascent Descent CapHeight XHeight StemV FontFile2 P K Pg A O Table Scope Row Column Part H1 H2 TR TH TD L LI Lbl
  LBody`.split(/\s+/),
)
const fontName = /^(?:F\d{1,4}|[A-Z]{6}\+[A-Za-z0-9-]{1,64})$/
const pageNames = ['Type', 'Parent', 'MediaBox', 'Contents', 'Resources', 'UserUnit', 'StructParents', 'Tabs']

/**
 * Refuses an update that does anything but add the pages of a signature sheet behind those of the document: the list of
 * pages, the parent tree and the element of the document grow at their end, and the new objects hold text only, refer to
 * each other only, and are all needed (decision 0085). Returns how many pages are new.
 */
export function readSignatureSheet(state: PdfState, update: PdfRevision): number {
  demandSameTrailer(state, update)
  const { entries } = state.catalog
  const tree = referenceOf(entries.get('Pages'), 'the list of pages')
  const root = referenceOf(entries.get('StructTreeRoot'), 'the structure of the document')
  const pages = readNewPages(state, update, tree)
  const structure = replaced(state, update, root, 'the structure of the document')
  demandStructureGrows(structure.before, structure.after, pages.length)
  const [top, other] = referencesOf(structure.before.entries.get('K'), 'the top of the structure')
  demand(top !== undefined && other === undefined, 'the structure of the document has not one top')
  const part = readPart(state, update, top)
  const parts = new Parts(state, update)
  for (const page of pages) parts.follow(page, { Parent: tree })
  parts.follow(part, { P: top })
  demandObjects(state, update, [tree, root, top], parts.found)
  demandKeysOf(structure, pages, parts)
  return pages.length
}

function readNewPages(state: PdfState, update: PdfRevision, tree: PdfReference): PdfReference[] {
  const what = 'the list of pages'
  const { before, after } = replaced(state, update, tree, what)
  demandUnchanged(before, after, what, ['Count', 'Kids'])
  const [old, now] = [before, after].map((list) => {
    const kids = referencesOf(list.entries.get('Kids'), what)
    demand(wholeNumber(list.entries.get('Count')) === kids.length, `${what} has another count than pages`)
    return kids
  }) as [PdfReference[], PdfReference[]]
  const kept = old.every(({ id }, at) => now[at]?.id === id)
  demand(kept && now.length > old.length, 'the update does not add pages at the end')
  for (const page of old) {
    const known = dictionaryAt(state, page, 'a page')
    demand(isName(known.entries.get('Type'), 'Page'), `${what} is not flat`)
  }
  return now.slice(old.length)
}

/** The parent tree gets one key for each new page, in a row behind those that are there. */
function demandStructureGrows(before: PdfDictionary, after: PdfDictionary, pages: number): void {
  const what = 'the structure of the document'
  demandUnchanged(before, after, what, ['ParentTree', 'ParentTreeNextKey'])
  const next = wholeNumber(before.entries.get('ParentTreeNextKey'))
  demand(
    next !== undefined && wholeNumber(after.entries.get('ParentTreeNextKey')) === next + pages,
    'the keys of the structure do not grow by one for each new page',
  )
  const [old, now] = [before, after].map((each) => each.entries.get('ParentTree'))
  demand(isDictionary(old) && isDictionary(now), 'the parent tree stands elsewhere')
  demandNames(old, 'the parent tree', ['Nums'], ['Limits'])
  demandNames(now, 'the parent tree', ['Nums', 'Limits'])
  const limits = now.entries.get('Limits')
  const [low, high] = limits?.kind === 'array' && limits.items.length === 2 ? limits.items : []
  const right = wholeNumber(low) === 0 && wholeNumber(high) === next + pages - 1
  demand(right, 'the limits of the parent tree are wrong')
  const [listed, grown] = [old, now].map((each) => each.entries.get('Nums'))
  demand(listed?.kind === 'array' && grown?.kind === 'array', 'the parent tree has no list')
  const kept = listed.items.every((item, at) => samePdfValue(item, grown.items[at]))
  demand(kept, 'the update changes the parent tree')
  demand(grown.items.length === listed.items.length + 2 * pages, 'the parent tree grows by another count')
}

/** Each new page has its key, and the elements under that key are new ones. */
function demandKeysOf(
  { before, after }: { readonly before: PdfDictionary; readonly after: PdfDictionary },
  pages: readonly PdfReference[],
  parts: Parts,
): void {
  const next = wholeNumber(before.entries.get('ParentTreeNextKey')) ?? 0
  const grown = (after.entries.get('ParentTree') as PdfDictionary).entries.get('Nums')
  const items = grown?.kind === 'array' ? grown.items.slice(-2 * pages.length) : []
  for (const [position, page] of pages.entries()) {
    const key = next + position
    demand(wholeNumber(items[2 * position]) === key, 'a key of the parent tree is out of its row')
    for (const element of referencesOf(items[2 * position + 1], 'the parent tree'))
      demand(parts.has(element), 'the parent tree names an element that is not new')
    const { entries } = parts.dictionaryOf(page)
    demand(wholeNumber(entries.get('StructParents')) === key, 'a new page has another key than its own')
  }
}

/** The element of the document gets one more part at its end. */
function readPart(state: PdfState, update: PdfRevision, top: PdfReference): PdfReference {
  const what = 'the element of the document'
  const { before, after } = replaced(state, update, top, what)
  demandUnchanged(before, after, what, ['K'])
  const [old, now] = [before, after].map((each) => referencesOf(each.entries.get('K'), what)) as [
    PdfReference[],
    PdfReference[],
  ]
  const kept = old.every(({ id }, at) => now[at]?.id === id)
  demand(kept && now.length === old.length + 1, `${what} does not grow by one part at its end`)
  const part = now.at(-1) as PdfReference
  const { entries } = dictionaryAt(update, part, 'the part')
  demand(isName(entries.get('S'), 'Part'), 'the new part of the document is not a part')
  return part
}

/** The new objects of a sheet, found by following references from its pages and its part. */
class Parts {
  readonly found: PdfReference[] = []
  readonly #known = new Set<number>()
  readonly #state: PdfState
  readonly #update: PdfRevision

  constructor(state: PdfState, update: PdfRevision) {
    this.#state = state
    this.#update = update
  }

  has({ id }: PdfReference): boolean {
    return this.#known.has(id)
  }

  dictionaryOf(reference: PdfReference): PdfDictionary {
    return dictionaryAt(this.#update, reference, 'a part of the sheet')
  }

  /** Takes an object and all that it leads to. Only these entries of it may, and must, lead back to old objects. */
  follow(start: PdfReference, back: Readonly<Record<string, PdfReference>>): void {
    const dictionary = this.dictionaryOf(start)
    for (const [name, old] of Object.entries(back))
      demand(samePdfValue(dictionary.entries.get(name), old), `/${name} of a part of the sheet is another`)
    if (isName(dictionary.entries.get('Type'), 'Page')) demandNames(dictionary, 'a new page', pageNames)
    this.#add(start)
    const waiting = [...dictionary.entries].flatMap(([key, value]) =>
      Object.hasOwn(back, key) ? [] : [...this.#referencesIn(key, value)],
    )
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (this.#known.has(next.id)) continue
      this.#add(next)
      const { entries } = this.dictionaryOf(next)
      demand(!isName(entries.get('Type'), 'Page'), 'the sheet has a page that is not listed')
      for (const [key, value] of entries) waiting.push(...this.#referencesIn(key, value))
    }
  }

  #add(reference: PdfReference): void {
    demand(!this.#known.has(reference.id), 'a part of the sheet stands there twice')
    demand(
      reference.id >= this.#state.size && reference.generation === 0,
      `the sheet refers to object ${reference.id} of the document`,
    )
    demand(this.#update.objects.has(reference.id), `object ${reference.id} of the sheet is missing`)
    this.#known.add(reference.id)
    this.found.push(reference)
  }

  *#referencesIn(key: string, value: PdfValue): Generator<PdfReference> {
    demandPlainName(key)
    if (isReference(value)) yield value
    else if (value.kind === 'name') demandPlainName(value.name)
    else if (value.kind === 'string') {
      const plain = ['Adobe', 'Identity'].includes(value.bytes.toString('latin1'))
      demand(plain, 'the sheet has a text outside its pages')
    } else if (value.kind === 'array') {
      for (const item of value.items) yield* this.#referencesIn(key, item)
    } else if (value.kind === 'dictionary') {
      for (const [inner, member] of value.entries) yield* this.#referencesIn(inner, member)
    }
  }
}

function demandPlainName(name: string): void {
  demand(names.has(name) || fontName.test(name), `the sheet has /${name}, which no sheet needs`)
}

function referenceOf(value: PdfValue | undefined, what: string): PdfReference {
  return isReference(value) && value.generation === 0 ? value : refuse(`${what} is not a reference`)
}
