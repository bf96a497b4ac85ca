import {
  drawBar,
  drawLabel,
  drawText,
  heightOf,
  setText,
  type Content,
  type SetText,
} from './document-blocks.ts'
import type { DocumentKit, StructureElement } from './document-kit.ts'
import { addElement, ensureRoom, pageRoom, setLines } from './document-kit.ts'
import { colours, column, styles, type TextStyle } from './document-style.ts'

/** A numbered clause: a heading, and numbered paragraphs below it that may have lettered items. */
export type Clause = {
  readonly heading: string
  readonly paragraphs: readonly ClauseParagraph[]
  /** How it is cited; its place in the list unless given. */
  readonly number?: string
  /** What stands below its paragraphs, beside a bar. */
  readonly remark?: ClauseRemark
}
/** A remark has a heading and paragraphs, or only the note in small print under them. */
export type ClauseRemark = {
  readonly heading: string | null
  readonly paragraphs: readonly string[]
  readonly note: string
}
export type ClauseParagraph = { readonly text: Content; readonly items?: readonly Content[] }

const numberIndent = 30
const itemIndent = 22
const spaceBefore = 11
const labelGap = 8

/**
 * Clauses with numbers that can be cited: `3`, `3.1` and `3.1 a`. A list of lists; the numbers are labels of their items.
 * A heading stands with the first three lines below it, and a paragraph of at most five lines is not split.
 */
export function addClauses(kit: DocumentKit, clauses: readonly Clause[]): void {
  const list = addElement(kit, kit.root, 'L')
  const indent = clauses.reduce((most, clause) => Math.max(most, labelWidth(kit, clause)), numberIndent)
  for (const [index, clause] of clauses.entries())
    addClause(kit, list, clause, clause.number ?? `${index + 1}`, indent)
  list.end()
}

/** What the longest label of a clause with a number of its own takes, with the gap behind it. */
function labelWidth(kit: DocumentKit, { number, paragraphs }: Clause): number {
  if (number === undefined) return 0
  const widthOf = (label: string, style: TextStyle): number =>
    (setLines(kit, label, style, column.width)[0] ?? []).reduce((sum, piece) => sum + piece.width, labelGap)
  return Math.max(
    widthOf(`${number}.`, styles.heading3),
    widthOf(`${number}.${paragraphs.length}`, styles.body),
  )
}

function addClause(
  kit: DocumentKit,
  list: StructureElement,
  clause: Clause,
  number: string,
  indent: number,
): void {
  const heading = setText(kit, clause.heading, styles.heading3, indent)
  const texts = clause.paragraphs.map((paragraph) => setText(kit, paragraph.text, styles.body, indent))
  ensureRoom(kit, spaceBefore + heightOf(heading) + keptHeight(texts[0]))
  kit.y += spaceBefore
  const item = addElement(kit, list, 'LI')
  drawLabel(kit, item, `${number}.`, { ...styles.heading3, colour: colours.accent })
  const body = addElement(kit, item, 'LBody')
  drawText(kit, addElement(kit, body, 'H3'), heading)
  kit.y += 2
  const inner = addElement(kit, body, 'L')
  for (const [index, paragraph] of clause.paragraphs.entries())
    addNumbered(kit, inner, texts[index]!, paragraph, { number: `${number}.${index + 1}`, indent })
  inner.end()
  if (clause.remark !== undefined) addRemark(kit, body, clause.remark, indent)
  body.end()
  item.end()
}

/** The heading stands with the first lines below it; the bar goes along with the whole. */
function addRemark(
  kit: DocumentKit,
  body: StructureElement,
  { heading, paragraphs, note }: ClauseRemark,
  indent: number,
): void {
  const texts = paragraphs.map((paragraph) => setText(kit, paragraph, styles.body, indent))
  const small = setText(kit, note, styles.note, indent)
  const head = heading === null ? undefined : setText(kit, heading, styles.term, indent)
  ensureRoom(kit, (head === undefined ? 0 : heightOf(head)) + keptHeight(texts[0] ?? small))
  kit.y += 2
  for (const text of [...(head === undefined ? [] : [head]), ...texts]) {
    drawText(kit, addElement(kit, body, 'P'), { ...text, bar: true })
    drawBar(kit, text.style.spaceAfter + 1, kit.y - text.style.spaceAfter - 1)
  }
  drawText(kit, addElement(kit, body, 'P'), { ...small, bar: true })
  kit.y += 4
}

function addNumbered(
  kit: DocumentKit,
  list: StructureElement,
  text: SetText,
  paragraph: ClauseParagraph,
  { number, indent }: { readonly number: string; readonly indent: number },
): void {
  const items = paragraph.items ?? []
  ensureRoom(kit, keptHeight(text) + (items.length > 0 ? styles.body.leading : 0))
  const item = addElement(kit, list, 'LI')
  drawLabel(kit, item, number, { ...styles.body, colour: colours.muted })
  const body = addElement(kit, item, 'LBody')
  drawText(kit, addElement(kit, body, 'P'), text)
  if (items.length > 0) addLettered(kit, body, items, indent)
  body.end()
  item.end()
}

function addLettered(
  kit: DocumentKit,
  parent: StructureElement,
  items: readonly Content[],
  indent: number,
): void {
  const list = addElement(kit, parent, 'L')
  for (const [index, content] of items.entries()) {
    const text = setText(kit, content, styles.body, indent + itemIndent)
    ensureRoom(kit, keptHeight(text))
    const item = addElement(kit, list, 'LI')
    drawLabel(
      kit,
      item,
      `${letterOf(index)}.`,
      { ...styles.body, colour: colours.muted },
      column.left + indent,
    )
    drawText(kit, addElement(kit, addElement(kit, item, 'LBody'), 'P'), text)
    item.end()
  }
  list.end()
}

/** What of a paragraph has to have room before it begins: all of a short one, three lines of a long one. */
function keptHeight(text: SetText | undefined): number {
  if (text === undefined) return 0
  const lines = text.lines.length <= 5 ? text.lines.length : 3
  return Math.min(lines * text.style.leading, pageRoom / 2)
}

/** a to z, then aa, ab …: as many as anybody writes. */
function letterOf(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26))
  return index < 26 ? letter : `${letterOf(Math.floor(index / 26) - 1)}${letter}`
}

/** A term and what it means. */
export type Definition = { readonly term: string; readonly meaning: Content }

/** Terms with their meanings: a list whose labels are the terms. A term stands with the first two lines of its meaning. */
export function addDefinitions(kit: DocumentKit, definitions: readonly Definition[]): void {
  if (definitions.length === 0) return
  const list = addElement(kit, kit.root, 'L')
  for (const { term, meaning } of definitions) {
    const text = setText(kit, meaning, styles.body, numberIndent)
    const label = setText(kit, term, styles.term)
    ensureRoom(kit, heightOf(label) + Math.min(text.lines.length, 2) * styles.body.leading)
    const item = addElement(kit, list, 'LI')
    drawText(kit, addElement(kit, item, 'Lbl'), label)
    drawText(kit, addElement(kit, addElement(kit, item, 'LBody'), 'P'), text)
    item.end()
  }
  list.end()
}
