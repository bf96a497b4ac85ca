import PdfDocument from 'pdfkit'
import type { DocumentProperties } from './document-metadata.ts'
import { escapeXmp, universalAccessXmp } from './document-metadata.ts'
import { page, type TextStyle } from './document-style.ts'
import { faceNames, fontLibrary, widthAtSizeOne } from './font-library.ts'
import type { Line, Measure, Segment } from './text-layout.ts'
import { layoutLines } from './text-layout.ts'
import { FaceChooser } from './text-runs.ts'

export type Pdf = InstanceType<typeof PdfDocument>
/** A node of the structure tree that assistive technology reads. */
export type StructureElement = PDFKit.PDFStructureElement

/** A document being made: where the next block goes, and in which element it stands. */
export type DocumentKit = {
  readonly pdf: Pdf
  readonly faces: FaceChooser
  readonly properties: DocumentProperties
  /** The element of the whole document. */
  readonly root: StructureElement
  /** Top of the next block, in points from the top of the page. */
  y: number
  readonly bytes: Promise<Buffer>
}

const languageTags = { nl: 'nl-NL', en: 'en-GB' } as const

/**
 * Opens a document with one empty A4 page: PDF/A-3a and PDF/UA-1, tagged, fonts embedded, all dates from the input.
 * The same input gives the same bytes, whatever this thread has rendered before.
 */
export function openDocument(properties: DocumentProperties): DocumentKit {
  const library = fontLibrary()
  const pdf = new PdfDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    displayTitle: true,
    lang: languageTags[properties.language],
    autoFirstPage: false,
    bufferPages: true,

    font: null as unknown as string,
    info: {
      Title: properties.title,
      Author: properties.author,
      Subject: properties.identity,
      Creator: 'Beding',
      Producer: 'Beding',
      CreationDate: properties.createdAt,
    },
  })
  for (const name of faceNames) pdf.registerFont(name, library[name] as unknown as Buffer)
  escapeXmp(pdf)
  pdf.appendXML(universalAccessXmp)
  const root = pdf.struct('Document')
  pdf.addStructure(root)
  pdf.addPage()
  return { pdf, faces: new FaceChooser(library), properties, root, y: page.top, bytes: collect(pdf) }
}

const blockSize = 256 * 1024

/**
 * Takes what pdfkit writes as it writes it. Left alone it waits, in some hundred thousand small arrays for a long list,
 * in the queue of the stream until nothing is being drawn any more.
 */
function collect(pdf: Pdf): Promise<Buffer> {
  const full: Buffer[] = []
  let block = Buffer.allocUnsafe(blockSize)
  let used = 0
  const take = (chunk: Uint8Array) => {
    if (used + chunk.length > blockSize) {
      full.push(block.subarray(0, used))
      block = Buffer.allocUnsafe(Math.max(blockSize, chunk.length))
      used = 0
    }
    block.set(chunk, used)
    used += chunk.length
  }
  // The head of the file was written when the document was made.
  take((pdf as unknown as { read: () => Buffer }).read())
  return new Promise((resolve, reject) => {
    pdf.on('error', reject)
    pdf.push = (chunk: Uint8Array | null) => {
      if (chunk === null) resolve(Buffer.concat([...full, block.subarray(0, used)]))
      else take(chunk)
      return true
    }
  })
}

/** What an element can say about itself: what a header cell heads, what a figure shows and where it stands. */
export type ElementOptions = {
  readonly scope?: 'Row' | 'Column'
  readonly alt?: string
  /** Left, top, right, bottom, in points from the top left of the page. */
  readonly bbox?: readonly [number, number, number, number]
}

/** Adds an element to a parent that is in the tree already, so that what is drawn into it is marked at once. */
export function addElement(
  kit: DocumentKit,
  parent: StructureElement,
  type: string,
  options: ElementOptions = {},
): StructureElement {
  const element = kit.pdf.struct(type, options as PDFKit.Mixins.StructureElementOptions)
  parent.add(element)
  return element
}

/** The height that is left on this page, in points. */
export function roomLeft(kit: DocumentKit): number {
  return page.height - page.bottom - kit.y
}

/** The height of an empty page, in points. */
export const pageRoom = page.height - page.bottom - page.top

/** Goes to the top of a new page. No marked content may be open. */
export function nextPage(kit: DocumentKit): void {
  packContent(kit.pdf.page)
  kit.pdf.addPage()
  kit.y = page.top
}

/**
 * Makes one piece of the content of a page that is done. pdfkit keeps each operator as an array of its own until the file
 * is written, which for a list of ten thousand rows is a million small objects and more memory than a thread may have.
 */
function packContent(page: unknown): void {
  const { content } = page as { content: { buffer: Uint8Array[] } }
  content.buffer = [Buffer.concat(content.buffer)]
}

/** Goes to a new page when less than `height` is left, unless this page is empty still. */
export function ensureRoom(kit: DocumentKit, height: number): void {
  if (roomLeft(kit) < height && kit.y > page.top) nextPage(kit)
}

/** Sets segments in a column of a width, in the style's size; a segment may override weight and colour. */
export function setLines(
  kit: DocumentKit,
  text: string | readonly Segment[],
  style: TextStyle,
  width: number,
): Line[] {
  const segments = typeof text === 'string' ? [{ text }] : text
  const styled = segments.map((segment) => ({ weight: style.weight, colour: style.colour, ...segment }))
  return layoutLines(styled, width, measureAt(kit, style.size))
}

function measureAt(kit: DocumentKit, size: number): Measure {
  return {
    runsOf: (text, weight) => kit.faces.runsOf(text, weight),
    widthOf: (text, face) => widthAtSizeOne(face, text) * size,
  }
}

/** Draws what is no content (lines, page numbers) so that assistive technology passes over it. */
export function drawArtifact(kit: DocumentKit, type: 'Pagination' | 'Layout', draw: () => void): void {
  kit.pdf.markContent('Artifact', { type })
  draw()
  kit.pdf.endMarkedContent()
}
