import {
  firstReference,
  readDictionary,
  readRevision,
  referencesIn,
  withReference,
  type PdfRevision,
} from './pdf-revision.ts'
import { need, PdfStructureError } from './pdf-structure.ts'
import { writeUpdate } from './pdf-update.ts'
import { readCarried, renumber, withNumbers, type CarriedObject, type Numbering } from './sheet-objects.ts'

/**
 * Puts the pages of a signature sheet behind a sealed document by one incremental update (decision 0102). The bytes of
 * the document stay as they are, and so does everything in it: the update rewrites the list of pages, the parent tree
 * and the element of the document, each only longer at its end, and adds the objects that the new pages need. The same
 * two files give the same bytes. Throws a PdfStructureError for a file that our own writer did not make.
 */
export function appendSheet(frozen: Buffer, sheet: Buffer): Buffer {
  const target = readPlaces(readRevision(frozen))
  const source = readPlaces(readRevision(sheet))
  const carried = readCarried(source.revision, [...source.pages, source.document], [source.tree, source.root])
  const numbering: Numbering = {
    numbers: new Map([
      [source.tree, target.tree],
      [source.root, target.document],
      ...[...carried.keys()].map((number, index): [number, number] => [number, target.revision.size + index]),
    ]),
    firstKey: target.structure.nextKey,
  }
  const objects = new Map([
    [target.tree, longerTree(target, source, numbering)],
    [target.root, longerRoot(target, source, numbering)],
    [target.document, longerDocument(target, numbering.numbers.get(source.document)!)],
    ...[...carried].map(([number, object]: [number, CarriedObject]): [number, string] => [
      numbering.numbers.get(number)!,
      renumber(number === source.document ? asPart(object) : object, numbering),
    ]),
  ])
  return writeUpdate(target.revision, objects)
}

/** Where the pages and the structure of a file stand. */
type Places = {
  readonly revision: PdfRevision
  /** The one node of the page tree. */
  readonly tree: number
  readonly pages: readonly number[]
  /** The root of the structure tree, and the element of the document under it. */
  readonly root: number
  readonly document: number
  readonly structure: StructureRoot
}

type StructureRoot = {
  /** The lines of the parent tree: a key, and the elements of what has this key. */
  readonly lines: readonly string[]
  readonly nextKey: number
}

function readPlaces(revision: PdfRevision): Places {
  const catalog = readDictionary(revision, revision.root)
  const tree = firstReference(catalog, 'Pages')
  const root = firstReference(catalog, 'StructTreeRoot')
  const rootDictionary = readDictionary(revision, root)
  return {
    revision,
    tree,
    pages: readTree(readDictionary(revision, tree)),
    root,
    document: firstReference(rootDictionary, 'K'),
    structure: readStructure(rootDictionary),
  }
}

function readTree(dictionary: string): number[] {
  const [, count] = need(
    /^<<\n\/Type \/Pages\n\/Count (\d+)\n\/Kids \[[^\]\n]+\]\n>>$/.exec(dictionary),
    'the page tree',
  )
  const pages = referencesIn(dictionary, 'Kids')
  if (pages.length !== Number(count)) throw new PdfStructureError('the page tree has another count')
  return pages
}

/** A tree with one key has no limits: they would say what the key says. */
const rootForm =
  /^<<\n\/Type \/StructTreeRoot\n\/ParentTree <<\n(?: {2}\/Limits \[0 (\d+)\]\n)? {2}\/Nums \[\n([^]+?)\n\]\n>>\n\/ParentTreeNextKey (\d+)\n\/K \[(\d+) 0 R\]\n>>$/

function readStructure(dictionary: string): StructureRoot {
  const [, last, nums, next] = need(rootForm.exec(dictionary), 'the root of the structure tree')
  const lines = nums!.split('\n')
  const inOrder = lines.every((line, key) => line.startsWith(`    ${key} `))
  const limit = last === undefined ? 0 : Number(last)
  if (!inOrder || limit !== lines.length - 1 || Number(next) !== lines.length)
    throw new PdfStructureError('the parent tree is not a row of keys')
  return { lines, nextKey: lines.length }
}

function longerTree(target: Places, source: Places, { numbers }: Numbering): string {
  const pages = [...target.pages, ...source.pages.map((page) => numbers.get(page)!)]
  return `<<\n/Type /Pages\n/Count ${pages.length}\n/Kids [${pages.map((page) => `${page} 0 R`).join(' ')}]\n>>`
}

function longerRoot(target: Places, source: Places, numbering: Numbering): string {
  const { lines } = target.structure
  const added = source.structure.lines.map((line, key) => {
    // Only a page has a list of elements: a sheet has no links, whose keys name one element.
    const [, elements] = need(/^ {4}\d+ (\[[\d R]+\])$/.exec(line), 'the parent tree of the sheet')
    return `    ${numbering.firstKey + key} ${withNumbers(elements!, numbering)}`
  })
  if (added.length !== source.pages.length) throw new PdfStructureError('a page of the sheet has no elements')
  const all = [...lines, ...added]
  return [
    '<<',
    '/Type /StructTreeRoot',
    '/ParentTree <<',
    `  /Limits [0 ${all.length - 1}]`,
    '  /Nums [',
    ...all,
    ']',
    '>>',
    `/ParentTreeNextKey ${all.length}`,
    `/K [${target.document} 0 R]`,
    '>>',
  ].join('\n')
}

/** The element of the document with the sheet as its last part: a tagged file has one element at the top (14.8.4.2). */
function longerDocument(target: Places, part: number): string {
  const dictionary = readDictionary(target.revision, target.document)
  need(
    /^<<\n\/S \/Document\n\/P \d+ 0 R\n\/K \[[\d R]+\]\n>>$/.exec(dictionary),
    'the element of the document',
  )
  return withReference(dictionary, 'K', part)
}

/** The sheet as a part of the document that it goes into. */
function asPart(document: CarriedObject): CarriedObject {
  const dictionary = document.dictionary.replace(/^<<\n\/S \/Document\n/, '<<\n/S /Part\n')
  return { ...document, dictionary }
}
