import type { DocumentKit } from './document-kit.ts'
import { drawArtifact, setLines } from './document-kit.ts'
import { column, page, styles, type TextStyle } from './document-style.ts'
import type { Line } from './text-layout.ts'

/** A file that travels inside the document. */
export type Attachment = { readonly name: string; readonly description: string; readonly bytes: Buffer }

/** Puts a JSON file inside the document, as the data that it was made from (ISO 19005-3, annex E: `/Data`). */
export function attachJson(kit: DocumentKit, attachment: Attachment): void {
  kit.pdf.file(attachment.bytes, {
    name: attachment.name,
    type: 'application/json',
    relationship: 'Data',
    description: attachment.description,
    creationDate: kit.properties.createdAt,
    modifiedDate: kit.properties.createdAt,
  } as Parameters<DocumentKit['pdf']['file']>[1])
}

/**
 * Draws the foot of every page (`left`, and the page number by `pageOf`), ends the document and gives its bytes.
 * The kit cannot be used any more afterwards.
 */
export function finishDocument(
  kit: DocumentKit,
  left: string,
  pageOf: (number: number, count: number) => string,
): Promise<Buffer> {
  kit.root.end()
  const { start, count } = kit.pdf.bufferedPageRange()
  const style = { ...styles.note, size: 8.4, leading: 11 }
  const shortLeft = firstLine(kit, left, style, column.width - 90)
  for (let index = 0; index < count; index += 1) {
    kit.pdf.switchToPage(start + index)
    const right = setLines(kit, pageOf(index + 1, count), style, column.width)[0] ?? []
    const rightWidth = right.reduce((width, piece) => width + piece.width, 0)
    drawArtifact(kit, 'Pagination', () => {
      drawFootLine(kit, shortLeft, column.left, style.size, style.colour)
      drawFootLine(kit, right, column.left + column.width - rightWidth, style.size, style.colour)
    })
  }
  // Bookmarks are there for who wants them; a reader does not have to begin with a side bar open.
  const internals = kit.pdf as unknown as { _root: { data: Record<string, unknown> } }
  internals._root.data.PageMode = 'UseNone'
  kit.pdf.end()
  return kit.bytes
}

/** As much of a text as one line holds; an ellipsis says that there was more. */
function firstLine(kit: DocumentKit, text: string, style: TextStyle, width: number): Line {
  const [line = [], ...more] = setLines(kit, text, style, width - 10)
  if (more.length === 0) return line
  const shown = line.map((piece) => piece.text).join('')
  return setLines(kit, `${shown.trimEnd()}…`, style, width)[0] ?? []
}

function drawFootLine(kit: DocumentKit, line: Line, x: number, size: number, colour: string): void {
  for (const piece of line)
    kit.pdf
      .font(piece.face, size)
      .fillColor(colour)
      .text(piece.text, x + piece.x, page.height - 46, { lineBreak: false, baseline: 'alphabetic' })
}
