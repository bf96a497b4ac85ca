import { fileURLToPath } from 'node:url'
import type { Font, GlyphRun } from 'fontkit'
import { openSync } from 'fontkit'
import { composedLayout, measuredSteps, runOf, type Step, type StepOf } from './composed-layout.ts'

/** How strongly a piece of text is set. */
export type Weight = 'regular' | 'strong' | 'italic'

/** The faces that travel with the product. `text` is Source Sans 3, `wide` is DejaVu Sans with far more characters. */
export type FaceName = 'text' | 'text-strong' | 'text-italic' | 'wide' | 'wide-strong'

const sources: Readonly<Record<FaceName, string>> = {
  text: '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf',
  'text-strong': '@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf',
  'text-italic': '@expo-google-fonts/source-sans-3/400Regular_Italic/SourceSans3_400Regular_Italic.ttf',
  wide: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  'wide-strong': 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
}

/** Which faces are tried for a weight, in this order. All end in `wide`, so every weight covers the same characters. */
export const facesByWeight: Readonly<Record<Weight, readonly FaceName[]>> = {
  regular: ['text', 'wide'],
  strong: ['text-strong', 'wide-strong', 'wide'],
  italic: ['text-italic', 'wide'],
}

export const faceNames = Object.keys(sources) as readonly FaceName[]

export type FontLibrary = Readonly<Record<FaceName, Font>>

let opened: FontLibrary | undefined
const steps = {} as Record<FaceName, StepOf>

/** The parsed fonts of this thread. Parsing happens once: it costs more than a document. */
export function fontLibrary(): FontLibrary {
  if (opened === undefined) {
    const library = {} as Record<FaceName, Font>
    for (const name of faceNames) {
      library[name] = withPureLayout(name, openSync(fileURLToPath(import.meta.resolve(sources[name]))))
    }
    opened = library
  }
  return opened
}

/**
 * No ligatures: each glyph stands for what was typed, so that text taken out of a document is the text that was put in;
 * and setting a line costs a third.
 */
const features = { liga: false, clig: false, calt: false } as const

const rememberedMax = 20_000
/** A longer word is a hash or an address: it will not come again, and its glyphs take room. */
const rememberedLengthMax = 24

/**
 * Makes the layout of a word depend on the word alone. fontkit keeps with each glyph the code points that it was first
 * used for; left alone, the text of a document would be extracted with the characters of an earlier one (D4). Here each
 * word is laid out with that memory empty. The result is remembered, because words come again in every document.
 */
function withPureLayout(name: FaceName, font: Font): Font {
  const layout = font.layout.bind(font)
  const pure = (word: string) => {
    font._glyphs = {}
    return plainRun(layout(word, features))
  }
  steps[name] = measuredSteps(pure)
  const composed = composedLayout(steps[name])
  const remembered = new Map<string, GlyphRun>()
  font.layout = (word) => {
    const quick = composed(word)
    if (quick !== undefined) return quick
    let run = remembered.get(word)
    if (run === undefined) {
      run = pure(word)
      if (remembered.size >= rememberedMax) remembered.clear()
      if (word.length <= rememberedLengthMax) remembered.set(word, run)
    }
    return plainRun(run)
  }
  return font
}

/** A copy that its user may change: pdfkit scales the positions that it is given. */
function plainRun(run: GlyphRun): GlyphRun {
  const positions = run.positions.map(({ xAdvance, yAdvance, xOffset, yOffset }) => ({
    xAdvance,
    yAdvance,
    xOffset,
    yOffset,
  }))
  return runOf(
    run.glyphs.map(({ id, advanceWidth, codePoints }) => ({ id, advanceWidth, codePoints })),
    positions,
  )
}

/**
 * How the character at a place of a text stands before the next: as pdfkit sets text, in words with the space behind each.
 * Null for a character outside ASCII and a pair that is not two glyphs in their places. The library must be open.
 */
export function stepAt(face: FaceName, text: string, index: number): Step | null {
  const code = text.charCodeAt(index)
  if (!isPlain(code)) return null
  const next = code === space || index + 1 === text.length ? 0 : text.charCodeAt(index + 1)
  return next === 0 || isPlain(next) ? steps[face](code, next) : null
}

const space = 0x20

function isPlain(code: number): boolean {
  return code >= space && code < 0x7f
}

const widths = new Map<string, number>()

/** The width of a text at size 1, in words and spaces as pdfkit sets them. */
export function widthAtSizeOne(face: FaceName, text: string): number {
  const { unitsPerEm } = fontLibrary()[face]
  let width = 0
  let unit = 0
  for (let index = 0; index < text.length; index += 1) {
    const step = stepAt(face, text, index)
    if (step === null) return widthOfUnits(face, text)
    unit += step.xAdvance
    if (text.charCodeAt(index) !== space && index + 1 < text.length) continue
    width += unit / unitsPerEm
    unit = 0
  }
  return width
}

function widthOfUnits(face: FaceName, text: string): number {
  let width = 0
  for (const unit of text.match(/[^ ]* |[^ ]+$/g) ?? []) width += unitWidth(face, unit)
  return width
}

function unitWidth(face: FaceName, unit: string): number {
  const key = `${face}/${unit}`
  let width = widths.get(key)
  if (width === undefined) {
    const font = fontLibrary()[face]
    width = font.layout(unit).advanceWidth / font.unitsPerEm
    if (widths.size >= rememberedMax) widths.clear()
    widths.set(key, width)
  }
  return width
}
