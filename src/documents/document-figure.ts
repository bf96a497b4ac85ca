import { drawText, setText, type Content } from './document-blocks.ts'
import type { DocumentKit } from './document-kit.ts'
import { addElement, ensureRoom } from './document-kit.ts'
import { colours, column, styles } from './document-style.ts'
import { qrRows } from './qr-code.ts'

/** About 4 cm with the white edge: large enough for a phone held over paper. */
const side = 112
const quietModules = 4
const gap = 18

/** A QR code with what it is in words for who cannot see it, and the text that stands beside it. */
export type CodeBlock = {
  readonly text: string
  readonly alternative: string
  readonly beside: readonly Content[]
}

/**
 * Draws a QR code as filled paths, so that it stays sharp on any paper, with text beside it; both on one page. The code
 * is a Figure with an alternative text; the white edge that readers of codes need (ISO/IEC 18004) is kept free.
 */
export function addCode(kit: DocumentKit, block: CodeBlock): void {
  const texts = block.beside.map((content) => setText(kit, content, styles.body, side + gap))
  const height = texts.reduce(
    (sum, text) => sum + text.lines.length * text.style.leading + text.style.spaceAfter,
    0,
  )
  ensureRoom(kit, Math.max(side, height))
  const top = kit.y
  drawCode(kit, block, top)
  for (const text of texts) drawText(kit, addElement(kit, kit.root, 'P'), text)
  kit.y = Math.max(kit.y, top + side + 8)
}

function drawCode(kit: DocumentKit, block: CodeBlock, top: number): void {
  const rows = qrRows(block.text)
  const size = side / (rows.length + 2 * quietModules)
  const left = column.left + quietModules * size
  const first = top + quietModules * size
  const box = [column.left, top, column.left + side, top + side] as const
  const figure = addElement(kit, kit.root, 'Figure', { alt: block.alternative, bbox: box })
  figure.add(() => {
    for (const [index, row] of rows.entries())
      for (const run of row.matchAll(/1+/g))
        kit.pdf.rect(left + run.index * size, first + index * size, run[0].length * size, size)
    kit.pdf.fill(colours.ink)
  })
  figure.end()
}
