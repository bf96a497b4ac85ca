import type { DocumentKit, StructureElement } from './document-kit.ts'
import { addElement, ensureRoom, pageRoom, setLines } from './document-kit.ts'
import type { Content } from './document-blocks.ts'
import { addHeading, drawHairline, drawText } from './document-blocks.ts'
import { column, styles, type TextStyle } from './document-style.ts'
import type { Line } from './text-layout.ts'

/** A name and its value, side by side. */
export type Row = { readonly name: string; readonly value: Content; readonly look?: 'hash' }

type SetRow = {
  readonly names: readonly Line[]
  readonly values: readonly Line[]
  readonly style: TextStyle
  readonly height: number
}

const nameWidth = 132
const gap = 14
const padding = 4.2
const spaceAfter = 10

/** A heading with a table of facts under it; together on one page when they take no more than half of it. */
export function addFacts(kit: DocumentKit, heading: string, rows: readonly Row[], lead?: () => void): void {
  const set = rows.map((row) => setRow(kit, row))
  const height = set.reduce((sum, row) => sum + row.height, lead === undefined ? 0 : 3 * styles.body.leading)
  addHeading(kit, 2, heading, height <= pageRoom / 2 ? height : 110)
  lead?.()
  drawRows(kit, set)
}

/**
 * A table of facts: one row each, the name as row header. Tagged by hand, because pdfkit's own table costs many times
 * more for long lists (decision 0015). A row stays on one page unless it is longer than half a page.
 */
export function addRows(kit: DocumentKit, rows: readonly Row[]): void {
  drawRows(
    kit,
    rows.map((row) => setRow(kit, row)),
  )
}

function setRow(kit: DocumentKit, row: Row): SetRow {
  const style = row.look === 'hash' ? styles.rowHash : styles.rowValue
  const names = setLines(kit, row.name, styles.rowName, nameWidth)
  const values = setLines(kit, row.value, style, column.width - nameWidth - gap)
  const height = Math.max(names.length, values.length) * style.leading + 2 * padding
  return { names, values, style, height }
}

function drawRows(kit: DocumentKit, rows: readonly SetRow[]): void {
  const table = addElement(kit, kit.root, 'Table')
  for (const [index, row] of rows.entries()) {
    ensureRoom(kit, Math.min(row.height, pageRoom / 2))
    if (index === 0) drawHairline(kit)
    kit.y += padding
    drawRow(kit, addElement(kit, table, 'TR'), row)
    kit.y += padding
    drawHairline(kit)
  }
  table.end()
  kit.y += spaceAfter
}

function drawRow(kit: DocumentKit, element: StructureElement, { names, values, style }: SetRow): void {
  const top = kit.y
  const startPage = kit.pdf.page
  drawText(kit, addElement(kit, element, 'TH', { scope: 'Row' }), {
    lines: names,
    style: styles.rowName,
    x: column.left,
  })
  const bottomOfName = kit.y
  kit.y = top
  drawText(kit, addElement(kit, element, 'TD'), { lines: values, style, x: column.left + nameWidth + gap })
  element.end()
  // The name is above when the value went on to another page.
  kit.y = kit.pdf.page === startPage ? Math.max(kit.y, bottomOfName) : kit.y
}
