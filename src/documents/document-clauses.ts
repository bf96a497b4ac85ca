import { drawLabel, drawText, heightOf, setText, type Content, type SetText } from './document-blocks.ts'
import type { DocumentKit, StructureElement } from './document-kit.ts'
import { addElement, ensureRoom, pageRoom } from './document-kit.ts'
import { colours, column, styles } from './document-style.ts'

/** A numbered clause: a heading, and numbered paragraphs below it that may have lettered items. */
export type Clause = {
  readonly heading: string
  readonly paragraphs: readonly ClauseParagraph[]
}
export type ClauseParagraph = { readonly text: Content; readonly items?: readonly Content[] }

const numberIndent = 30
const itemIndent = 52
const spaceBefore = 11

/**
 * Clauses with numbers that can be cited: `3`, `3.1` and `3.1 a`. A list of lists; the numbers are labels of their items.
 * A heading stands with the first three lines below it, and a paragraph of at most five lines is not split.
 */
export function addClauses(kit: DocumentKit, clauses: readonly Clause[]): void {
  const list = addElement(kit, kit.root, 'L')
  for (const [index, clause] of clauses.entries()) addClause(kit, list, clause, `${index + 1}`)
  list.end()
}

function addClause(kit: DocumentKit, list: StructureElement, clause: Clause, number: string): void {
  const heading = setText(kit, clause.heading, styles.heading3, numberIndent)
  const texts = clause.paragraphs.map((paragraph) => setText(kit, paragraph.text, styles.body, numberIndent))
  ensureRoom(kit, spaceBefore + heightOf(heading) + keptHeight(texts[0]))
  kit.y += spaceBefore
  const item = addElement(kit, list, 'LI')
  drawLabel(kit, item, `${number}.`, { ...styles.heading3, colour: colours.accent })
  const body = addElement(kit, item, 'LBody')
  drawText(kit, addElement(kit, body, 'H3'), heading)
  kit.y += 2
  const inner = addElement(kit, body, 'L')
  for (const [index, paragraph] of clause.paragraphs.entries())
    addNumbered(kit, inner, texts[index]!, paragraph, `${number}.${index + 1}`)
  inner.end()
  body.end()
  item.end()
}

function addNumbered(
  kit: DocumentKit,
  list: StructureElement,
  text: SetText,
  paragraph: ClauseParagraph,
  number: string,
): void {
  const items = paragraph.items ?? []
  ensureRoom(kit, keptHeight(text) + (items.length > 0 ? styles.body.leading : 0))
  const item = addElement(kit, list, 'LI')
  drawLabel(kit, item, number, { ...styles.body, colour: colours.muted })
  const body = addElement(kit, item, 'LBody')
  drawText(kit, addElement(kit, body, 'P'), text)
  if (items.length > 0) addLettered(kit, body, items)
  body.end()
  item.end()
}

function addLettered(kit: DocumentKit, parent: StructureElement, items: readonly Content[]): void {
  const list = addElement(kit, parent, 'L')
  for (const [index, content] of items.entries()) {
    const text = setText(kit, content, styles.body, itemIndent)
    ensureRoom(kit, keptHeight(text))
    const item = addElement(kit, list, 'LI')
    drawLabel(
      kit,
      item,
      `${letterOf(index)}.`,
      { ...styles.body, colour: colours.muted },
      column.left + numberIndent,
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
