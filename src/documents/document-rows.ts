import type { DocumentKit } from './document-kit.ts'
import { addElement, ensureRoom, pageRoom, setLines } from './document-kit.ts'
import type { Content } from './document-blocks.ts'
import { drawHairline, drawText } from './document-blocks.ts'
import { column, styles } from './document-style.ts'

/** A name and its value, side by side. */
export type Row = { readonly name: string; readonly value: Content; readonly look?: 'hash' }

const nameWidth = 132
const gap = 14
const padding = 4.2

/**
 * A table of facts: one row each, the name as row header. Tagged by hand, because pdfkit's own table costs many times
 * more for long lists (decision 0015). A row stays on one page unless it is longer than half a page.
 */
export function addRows(kit: DocumentKit, rows: readonly Row[]): void {
  const table = addElement(kit, kit.root, 'Table')
  for (const [index, row] of rows.entries()) {
    const names = setLines(kit, row.name, styles.rowName, nameWidth)
    const style = row.look === 'hash' ? styles.rowHash : styles.rowValue
    const values = setLines(kit, row.value, style, column.width - nameWidth - gap)
    const height = Math.max(names.length, values.length) * styles.rowValue.leading
    ensureRoom(kit, Math.min(height + 2 * padding, pageRoom / 2))
    if (index === 0) drawHairline(kit)
    kit.y += padding
    const element = addElement(kit, table, 'TR')
    const top = kit.y
    const startPage = kit.pdf.page
    drawText(kit, addElement(kit, element, 'TH', { scope: 'Row' }), {
      lines: names,
      style: styles.rowName,
      x: column.left,
    })
    const bottomOfName = kit.y
    kit.y = top
    drawText(kit, addElement(kit, element, 'TD'), {
      lines: values,
      style,
      x: column.left + nameWidth + gap,
    })
    element.end()
    // The name is above when the value went on to another page.
    kit.y = (kit.pdf.page === startPage ? Math.max(kit.y, bottomOfName) : kit.y) + padding
    drawHairline(kit)
  }
  table.end()
  kit.y += 10
}
