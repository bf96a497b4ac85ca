import type { Step } from './composed-layout.ts'
import type { DocumentKit } from './document-kit.ts'
import { stepAt, type FaceName } from './font-library.ts'

/** A text in one face, and where its baseline begins, in points from the top left of the page. */
export type DrawnText = {
  readonly text: string
  readonly face: FaceName
  readonly size: number
  readonly colour: string
  readonly x: number
  readonly baseline: number
  readonly width: number
}

/** What this file knows of the inside of pdfkit 0.20; a test compares what it writes with what pdfkit writes. */
type Internals = {
  readonly page: { readonly height: number; readonly fonts: Record<string, unknown> }
  readonly _font: EmbeddedFont
  readonly _normalizeColor: (colour: string) => readonly number[]
  readonly addContent: (operators: string) => void
}
type EmbeddedFont = {
  readonly id: string
  readonly scale: number
  readonly ref: () => unknown
  readonly encode: (text: string) => readonly [readonly string[], unknown]
}

/**
 * Draws a text, operator for operator as pdfkit does. Plain ASCII is written in one piece from steps that were measured once: pdfkit
 * takes eleven pieces and a dozen short arrays for each cell of a list, and most of the time of a long one.
 */
export function drawRun(kit: DocumentKit, run: DrawnText): void {
  const { pdf } = kit
  pdf.font(run.face, run.size)
  const internals = pdf as unknown as Internals
  const shown = shownText(internals._font, run)
  if (shown !== undefined) {
    internals.addContent(operatorsOf(internals, run, shown))
    return
  }
  pdf
    .fillColor(run.colour)
    // With the width and the number of words given, pdfkit does not measure again what the layout has measured.
    .text(run.text, run.x, run.baseline, {
      lineBreak: false,
      baseline: 'alphabetic',
      textWidth: run.width,
      wordCount: 1,
    } as PDFKit.Mixins.TextOptions)
}

function operatorsOf(internals: Internals, { size, colour, x, baseline }: DrawnText, shown: string): string {
  const { page, _font: font } = internals
  page.fonts[font.id] ??= font.ref()
  const height = numeral(page.height)
  return [
    colourOperators(internals, colour),
    `q\n1 0 0 -1 0 ${height} cm\nBT`,
    `1 0 0 1 ${numeral(x)} ${numeral(page.height - baseline)} Tm`,
    `/${font.id} ${numeral(size)} Tf`,
    `[${shown}] TJ\nET\nQ`,
  ].join('\n')
}

const colours = new Map<string, string>()

function colourOperators(internals: Internals, colour: string): string {
  let operators = colours.get(colour)
  if (operators === undefined) {
    operators = `/DeviceRGB cs\n${internals._normalizeColor(colour).join(' ')} scn`
    colours.set(colour, operators)
  }
  return operators
}

/** The strings and distances of a TJ operator, or undefined when a character has to be laid out by the font. */
function shownText(font: EmbeddedFont, { text, face }: DrawnText): string | undefined {
  if (text === '') return undefined
  const codes = codesOf(font)
  let shown = '<'
  for (let index = 0; index < text.length; index += 1) {
    const step = stepAt(face, text, index)
    if (step === null) return undefined
    const distance = distanceBehind(step, font.scale)
    shown += codes[text.charCodeAt(index)] ??= font.encode(text[index]!)[0][0]!
    if (index + 1 === text.length) shown += `> ${distance ?? 0}`
    else if (distance !== undefined) shown += `> ${distance} <`
  }
  return shown
}

const encoded = new WeakMap<EmbeddedFont, string[]>()

/** The code of each ASCII character in the font as this document embeds it; a character that was not drawn has none. */
function codesOf(font: EmbeddedFont): string[] {
  let codes = encoded.get(font)
  if (codes === undefined) {
    codes = []
    encoded.set(font, codes)
  }
  return codes
}

const distances = new WeakMap<Step, string>()

/** How much nearer the next character stands than the glyph is wide, or undefined when it stands where the glyph ends. */
function distanceBehind(step: Step, scale: number): string | undefined {
  if (step.xAdvance === step.glyph.advanceWidth) return undefined
  let distance = distances.get(step)
  if (distance === undefined) {
    distance = numeral(step.glyph.advanceWidth * scale - step.xAdvance * scale)
    distances.set(step, distance)
  }
  return distance
}

/** A number as pdfkit writes it. */
function numeral(value: number): string {
  return String(Math.round(value * 1e6) / 1e6)
}
