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
import { drawHairline, drawText } from './document-blocks.ts'
import { colours, column as textColumn, styles, type TextStyle } from './document-style.ts'
import type { Line } from './text-layout.ts'

/** A column of a table: what stands above it, and which part of the width it has (all parts together are 1). */
export type GridColumn = {
  readonly heading: string
  readonly share: number
  /** Figures stand under each other at the right. */
  readonly align?: 'end'
  readonly look?: 'hash'
  /** The cells of this column name their rows. */
  readonly header?: boolean
}

export type Grid = {
  readonly columns: readonly GridColumn[]
  /** As many cells a row as there are columns. Read once, one after the other. */
  readonly rows: Iterable<readonly string[]>
}

type PlacedColumn = GridColumn & { readonly x: number; readonly width: number; readonly style: TextStyle }

const gutter = 10
const padding = 3.6
const spaceAfter = 12

/**
 * A table with a head, over as many pages as it needs. Each page has a Table element of its own that begins with the head
 * again, because a reader, also one who listens, must know on every page what a column holds (decision 0097). A row stays
 * on one page unless it is longer than half a page; then it goes on below the head of the next. An empty table is not drawn.
 */
export function addGrid(kit: DocumentKit, grid: Grid): void {
  const columns = placeColumns(grid.columns)
  const head = columns.map((column) => setLines(kit, column.heading, styles.gridHead, column.width))
  const leading = styles.gridCell.leading
  let table: StructureElement | undefined
  for (const cells of grid.rows) {
    let rest = columns.map((column, index) => setLines(kit, cells[index] ?? '', column.style, column.width))
    while (heightInLines(rest) > 0) {
      table ??= openTable(kit, columns, head, Math.min(heightInLines(rest), 3) * leading)
      const fitting = Math.floor((roomLeft(kit) - 2 * padding + 0.01) / leading)
      if (mustMove(heightInLines(rest), fitting)) {
        table.end()
        table = undefined
        nextPage(kit)
        continue
      }
      drawRow(kit, table, columns, rest.map((lines) => lines.slice(0, fitting))) // prettier-ignore
      rest = rest.map((lines) => lines.slice(fitting))
    }
  }
  table?.end()
  if (table !== undefined) kit.y += spaceAfter
}

/** Whether a row of so many lines goes to the next page when `fitting` of them have room here. */
function mustMove(lines: number, fitting: number): boolean {
  if (lines <= fitting) return false
  return lines * styles.gridCell.leading <= pageRoom / 2 || fitting < 3
}

function placeColumns(columns: readonly GridColumn[]): PlacedColumn[] {
  const room = textColumn.width - gutter * (columns.length - 1)
  let x = textColumn.left
  return columns.map((column) => {
    const width = room * column.share
    const style = column.look === 'hash' ? styles.gridHash : styles.gridCell
    const placed = { ...column, x, width, style }
    x += width + gutter
    return placed
  })
}

function heightInLines(cells: readonly (readonly Line[])[]): number {
  return cells.reduce((most, lines) => Math.max(most, lines.length), 0)
}

/** Begins a table at this place, or on the next page when its head and `followedBy` points of rows have no room here. */
function openTable(
  kit: DocumentKit,
  columns: readonly PlacedColumn[],
  head: readonly (readonly Line[])[],
  followedBy: number,
): StructureElement {
  const height = heightInLines(head) * styles.gridHead.leading
  ensureRoom(kit, height + followedBy + 4 * padding)
  const table = addElement(kit, kit.root, 'Table')
  kit.y += padding
  const row = addElement(kit, table, 'TR')
  const top = kit.y
  for (const [index, column] of columns.entries()) {
    const cell = addElement(kit, row, 'TH', { scope: 'Column' })
    drawCell(kit, cell, column, head[index] ?? [], { ...styles.gridHead }, top)
  }
  row.end()
  kit.y = top + height + padding
  drawArtifact(kit, 'Layout', () =>
    kit.pdf
      .lineWidth(1)
      .moveTo(textColumn.left, kit.y)
      .lineTo(textColumn.left + textColumn.width, kit.y)
      .stroke(colours.accent),
  )
  return table
}

function drawRow(
  kit: DocumentKit,
  table: StructureElement,
  columns: readonly PlacedColumn[],
  cells: readonly (readonly Line[])[],
): void {
  kit.y += padding
  const top = kit.y
  const row = addElement(kit, table, 'TR')
  for (const [index, column] of columns.entries()) {
    const cell = addElement(kit, row, column.header === true ? 'TH' : 'TD', column.header === true ? { scope: 'Row' } : {}) // prettier-ignore
    drawCell(kit, cell, column, cells[index] ?? [], column.style, top)
  }
  row.end()
  kit.y = top + heightInLines(cells) * styles.gridCell.leading + padding
  drawHairline(kit)
}

function drawCell(
  kit: DocumentKit,
  cell: StructureElement,
  column: PlacedColumn,
  lines: readonly Line[],
  style: TextStyle,
  top: number,
): void {
  kit.y = top
  const placed = column.align === 'end' ? lines.map((line) => movedRight(line, column.width)) : lines
  drawText(kit, cell, { lines: placed, style, x: column.x })
}

/** The line with its text at the right end of the column; the space that a broken line keeps stands outside. */
function movedRight(line: Line, width: number): Line {
  const last = line.at(-1)
  if (last === undefined) return line
  const by = width - last.x - last.width
  return line.map((piece) => ({ ...piece, x: piece.x + by }))
}
