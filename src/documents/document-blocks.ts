import type { DocumentKit, StructureElement } from './document-kit.ts'
import {
  addElement,
  drawArtifact,
  ensureRoom,
  nextPage,
  pageRoom,
  roomLeft,
  setLines,
} from './document-kit.ts'
import { colours, column, page, styles, type TextStyle } from './document-style.ts'
import { widthAtSizeOne } from './font-library.ts'
import { drawRun } from './text-drawing.ts'
import type { Line, Piece, Segment } from './text-layout.ts'

export type Content = string | readonly Segment[]

/** A block's lines with where and how they are drawn. */
export type SetText = {
  readonly lines: readonly Line[]
  readonly style: TextStyle
  readonly x: number
  /** A bar at the left of the column, beside the lines. */
  readonly bar?: boolean
}

/** Sets a text at `indent` points from the left of the column, as wide as the column allows. */
export function setText(kit: DocumentKit, content: Content, style: TextStyle, indent = 0): SetText {
  const width = column.width - indent
  return { lines: withoutRunt(kit, content, style, width), style, x: column.left + indent }
}

const runtShare = 0.14

/** Lines of which the last is not a single short word, where a slightly narrower column prevents that. */
function withoutRunt(kit: DocumentKit, content: Content, style: TextStyle, width: number): Line[] {
  const lines = setLines(kit, content, style, width)
  if (lines.length < 2 || lineWidth(lines.at(-1)) > width * runtShare) return lines
  for (const share of [0.97, 0.94, 0.91, 0.87]) {
    const narrower = setLines(kit, content, style, width * share)
    if (narrower.length > lines.length) break
    if (lineWidth(narrower.at(-1)) > width * runtShare) return narrower
  }
  return lines
}

function lineWidth(line: Line | undefined): number {
  const last = line?.at(-1)
  return last === undefined ? 0 : last.x + last.width
}

export function heightOf(text: SetText): number {
  return text.lines.length * text.style.leading + text.style.spaceAfter
}

/** A heading. It moves to the next page together with the first lines of what follows it. */
export function addHeading(kit: DocumentKit, level: 1 | 2, content: string, followedBy = 48): void {
  const style = level === 1 ? styles.heading1 : styles.heading2
  const text = setBalanced(kit, content, style)
  const before = kit.y > page.top ? style.spaceBefore : 0
  ensureRoom(kit, before + heightOf(text) + followedBy)
  kit.y += kit.y > page.top ? style.spaceBefore : 0
  drawText(kit, addElement(kit, kit.root, `H${level}`), text)
  kit.pdf.outline.addItem(content)
}

/** Lines of about the same length, because one word alone under a heading looks like a mistake. */
function setBalanced(kit: DocumentKit, content: string, style: TextStyle): SetText {
  let lines = setLines(kit, content, style, column.width)
  for (let width = column.width - 12; width > column.width / 2; width -= 12) {
    const narrower = setLines(kit, content, style, width)
    if (narrower.length > lines.length) break
    lines = narrower
  }
  return { lines, style, x: column.left }
}

/** A paragraph of the document. Broken over two pages it leaves at least two lines on each. */
export function addParagraph(kit: DocumentKit, content: Content, style: TextStyle = styles.body): void {
  drawText(kit, addElement(kit, kit.root, 'P'), setText(kit, content, style))
}

/** A sentence that announces the quote after it and stays with the first lines of it. */
export function addLead(kit: DocumentKit, content: string): void {
  const text = setText(kit, content, styles.body)
  ensureRoom(kit, heightOf(text) + 3 * styles.quote.leading)
  drawText(kit, addElement(kit, kit.root, 'P'), text)
}

/** A list whose items have numbers of our own in front of them. */
export function addNumberedList(kit: DocumentKit, items: readonly Content[]): void {
  const list = addElement(kit, kit.root, 'L')
  for (const [index, content] of items.entries()) {
    const text = setText(kit, content, styles.body, 20)
    ensureRoom(kit, Math.min(heightOf(text), styles.body.leading * 3))
    const item = addElement(kit, list, 'LI')
    drawLabel(kit, item, `${index + 1}.`, { ...styles.body, weight: 'regular', colour: colours.muted })
    drawText(kit, addElement(kit, addElement(kit, item, 'LBody'), 'P'), text)
    item.end()
  }
  list.end()
}

/** A quote with a bar at its side; on one page when it is no longer than a third of it. */
export function addQuote(kit: DocumentKit, content: string): void {
  const text = { ...setText(kit, content, styles.quote, 16), bar: true }
  const height = heightOf(text)
  if (height <= pageRoom / 3) ensureRoom(kit, height)
  const quote = addElement(kit, kit.root, 'BlockQuote')
  drawText(kit, addElement(kit, quote, 'P'), text)
  quote.end()
  kit.y += 12
}

/** Draws a label at `x` (the left edge of the column) without moving down, for the text that follows beside it. */
export function drawLabel(
  kit: DocumentKit,
  item: StructureElement,
  label: string,
  style: TextStyle,
  x: number = column.left,
): void {
  const element = addElement(kit, item, 'Lbl')
  const lines = setLines(kit, label, style, column.width)
  drawOnPage(kit, element, { lines, style, x }, lines, kit.y)
  element.end()
}

/** A hairline over the column at the current height. */
export function drawHairline(kit: DocumentKit, y: number = kit.y): void {
  drawArtifact(kit, 'Layout', () =>
    kit.pdf
      .lineWidth(0.6)
      .moveTo(column.left, y)
      .lineTo(column.left + column.width, y)
      .stroke(colours.hairline),
  )
}

/** Draws lines into an element, over as many pages as they need, moves below them and ends the element. */
export function drawText(kit: DocumentKit, element: StructureElement, text: SetText): void {
  let rest = text.lines
  while (rest.length > 0) {
    const count = linesForPage(kit, rest.length, text.style.leading)
    if (count > 0) {
      if (text.bar === true) drawBar(kit, count * text.style.leading)
      drawOnPage(kit, element, text, rest.slice(0, count), kit.y)
      kit.y += count * text.style.leading
      rest = rest.slice(count)
    }
    if (rest.length > 0) nextPage(kit)
  }
  kit.y += text.style.spaceAfter
  element.end()
}

/** A bar at the left of the column, from just below the current height or another. */
export function drawBar(kit: DocumentKit, height: number, top: number = kit.y): void {
  drawArtifact(kit, 'Layout', () => kit.pdf.rect(column.left, top + 1, 2.4, height - 1).fill(colours.accent))
}

/** How many of the next lines go on this page, so that no single line stands alone on either side of a break. */
function linesForPage(kit: DocumentKit, count: number, leading: number): number {
  const fitting = Math.floor((roomLeft(kit) + 0.01) / leading)
  if (fitting >= count) return count
  const kept = count - fitting < 2 ? count - 2 : fitting
  if (kept >= 2) return kept
  return kit.y > page.top ? 0 : Math.max(fitting, 1)
}

/**
 * Draws lines on the current page. Text between links is marked content of the element; each link is a Link element
 * that ends before anything else, because pdfkit takes the page of a link from where its element ends.
 */
function drawOnPage(
  kit: DocumentKit,
  element: StructureElement,
  text: SetText,
  lines: readonly Line[],
  top: number,
): void {
  const placed = lines.flatMap((line, index) =>
    line.map((piece) => ({ piece, y: top + index * text.style.leading })),
  )
  for (const group of groupByLink(placed)) {
    const link = group[0]?.piece.segment.link
    const draw = () => group.forEach(({ piece, y }) => drawPiece(kit, text, piece, y))
    if (link === undefined) {
      element.add(draw)
      continue
    }
    const linkElement = addElement(kit, element, 'Link')
    linkElement.add(draw)
    for (const { piece, y } of group) annotateLink(kit, linkElement, text, piece, y, link)
    linkElement.end()
  }
}

type PlacedPiece = { readonly piece: Piece; readonly y: number }

function groupByLink(placed: readonly PlacedPiece[]): PlacedPiece[][] {
  const groups: PlacedPiece[][] = []
  for (const one of placed) {
    const last = groups.at(-1)
    const same = last?.[0]?.piece.segment
    const joins =
      same !== undefined &&
      (one.piece.segment.link === undefined ? same.link === undefined : same === one.piece.segment)
    if (joins) last!.push(one)
    else groups.push([one])
  }
  return groups
}

function drawPiece(kit: DocumentKit, text: SetText, piece: Piece, y: number): void {
  const { size, leading, colour } = text.style
  const baseline = y + leading / 2 + size * 0.33
  const x = text.x + piece.x
  drawRun(kit, { text: piece.text, face: piece.face, size, colour: piece.segment.colour ?? colour, x, baseline, width: piece.width }) // prettier-ignore
  if (piece.segment.link === undefined) return
  const width = widthAtSizeOne(piece.face, piece.text.trimEnd()) * size
  kit.pdf
    .lineWidth(0.5)
    .moveTo(x, baseline + 1.6)
    .lineTo(x + width, baseline + 1.6)
    .stroke(piece.segment.colour ?? colour)
}

function annotateLink(
  kit: DocumentKit,
  structParent: StructureElement,
  text: SetText,
  piece: Piece,
  y: number,
  link: string,
): void {
  // PDF/UA wants each link to say in words where it goes; pdfkit takes a String object for a text string.
  const annotation: unknown = { structParent, Contents: new String(piece.segment.text) }
  kit.pdf.link(
    text.x + piece.x,
    y,
    piece.width,
    text.style.leading,
    link,
    annotation as PDFKit.Mixins.AnnotationOption,
  )
}
