import type { Glyph, GlyphPosition, GlyphRun } from 'fontkit'

/** A run whose width is that of its positions as they stand at that moment. */
export function runOf(glyphs: readonly Glyph[], positions: readonly GlyphPosition[]): GlyphRun {
  return {
    glyphs,
    positions,
    get advanceWidth() {
      return positions.reduce((width, position) => width + position.xAdvance, 0)
    },
  }
}

/** How a character stands before another: its glyph and how far the next one is, kerning included. */
export type Step = { readonly glyph: Glyph; readonly xAdvance: number }

/** The step from one ASCII character to the next, or to the end of a word (0); null for what is not two glyphs in their places. */
export type StepOf = (first: number, second: number) => Step | null

const codes = 128

/**
 * The steps of a font, each measured once. Without ligatures the only thing that neighbours do to each other is kerning,
 * and that goes by pairs: numbers and times are different in every row of a long list, their pairs are not.
 */
export function measuredSteps(layout: (text: string) => GlyphRun): StepOf {
  const steps: (Step | null | undefined)[] = Array.from({ length: codes * codes })
  return (first, second) => {
    const key = first * codes + second
    let step = steps[key]
    if (step === undefined) {
      step = measureStep(layout, first, second)
      steps[key] = step
    }
    return step
  }
}

const ascii = /^[\x20-\x7e]+$/

/**
 * Lays out a word of plain ASCII from its steps: the result is that of the font's own layout, at a tenth of its cost.
 * Gives undefined for any other word, and for one with a pair that is not two glyphs in their places.
 */
export function composedLayout(stepOf: StepOf): (word: string) => GlyphRun | undefined {
  return (word) => {
    if (!ascii.test(word)) return undefined
    const glyphs: Glyph[] = []
    const positions: GlyphPosition[] = []
    for (let index = 0; index < word.length; index += 1) {
      const next = index + 1 < word.length ? word.charCodeAt(index + 1) : 0
      const step = stepOf(word.charCodeAt(index), next)
      if (step === null) return undefined
      glyphs.push(step.glyph)
      positions.push({ xAdvance: step.xAdvance, yAdvance: 0, xOffset: 0, yOffset: 0 })
    }
    return runOf(glyphs, positions)
  }
}

/** The first of two characters, or one that ends a word when `second` is 0. */
function measureStep(layout: (text: string) => GlyphRun, first: number, second: number): Step | null {
  const text = second === 0 ? String.fromCharCode(first) : String.fromCharCode(first, second)
  const { glyphs, positions } = layout(text)
  const [glyph, position] = [glyphs[0], positions[0]]
  if (glyphs.length !== text.length || glyph === undefined || position === undefined) return null
  if (position.xOffset !== 0 || position.yOffset !== 0 || position.yAdvance !== 0) return null
  if (glyph.codePoints.length !== 1 || glyph.codePoints[0] !== first) return null
  return { glyph, xAdvance: position.xAdvance }
}
