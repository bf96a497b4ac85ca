import type { FaceName, FontLibrary, Weight } from './font-library.ts'
import { facesByWeight } from './font-library.ts'

/** A stretch of text in one face. */
export type TextRun = { readonly text: string; readonly face: FaceName }

const graphemes = new Intl.Segmenter('nl', { granularity: 'grapheme' })

/** What a reader takes for single characters: a letter with the marks that stand on it is one. */
export function graphemesOf(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return text.split('')
  return Array.from(graphemes.segment(text), (part) => part.segment)
}

/**
 * Chooses the face of each character of a document. A PDF font tells back one character per glyph, and some faces draw
 * two characters with one glyph (hyphens, µ and μ): whichever comes first in the document keeps the glyph, the other is
 * drawn with another face if that has room, so that extracted text is the text that was written (D4).
 */
export class FaceChooser {
  readonly #library: FontLibrary
  readonly #ownerOfGlyph = new Map<string, number>()
  readonly #cut = new Map<string, readonly TextRun[]>()
  readonly #chosen = new Map<string, readonly TextRun[]>()
  /** Characters of ASCII that were given to the first face of a weight. */
  readonly #plain: Record<Weight, boolean[]> = { regular: [], strong: [], italic: [] }

  constructor(library: FontLibrary) {
    this.#library = library
  }

  /** Cuts a text into runs. Every character must have passed `findUnshowable`; throws an Error otherwise. */
  runsOf(text: string, weight: Weight): readonly TextRun[] {
    if (this.#isPlain(text, weight)) return [{ text, face: facesByWeight[weight][0]! }]
    const key = `${weight}/${text}`
    const known = this.#cut.get(key)
    if (known !== undefined) return known
    const runs: { text: string; face: FaceName }[] = []
    for (const grapheme of graphemesOf(text)) {
      for (const run of this.#runsOfGrapheme(grapheme, weight)) {
        const last = runs.at(-1)
        if (last?.face === run.face) last.text += run.text
        else runs.push({ ...run })
      }
    }
    this.#cut.set(key, runs)
    return runs
  }

  /** Whether the first face of the weight draws the whole text: the case of nearly every line of a long list. */
  #isPlain(text: string, weight: Weight): boolean {
    const plain = this.#plain[weight]
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index)
      if (code >= 0x7f || code < 0x20) return false
      plain[code] ??= this.#isOfFirstFace(String.fromCharCode(code), weight)
      if (!plain[code]) return false
    }
    return text !== ''
  }

  #isOfFirstFace(character: string, weight: Weight): boolean {
    const [run, ...more] = this.#runsOfGrapheme(character, weight)
    return more.length === 0 && run?.face === facesByWeight[weight][0]
  }

  #runsOfGrapheme(grapheme: string, weight: Weight): readonly TextRun[] {
    const key = `${weight}/${grapheme}`
    let runs = this.#chosen.get(key)
    if (runs === undefined) {
      // A no-break space is drawn as a space: the layout has already kept its words together.
      runs = this.#chooseRuns(grapheme.replace(/[\u00a0\u202f]/g, ' '), weight)
      this.#chosen.set(key, runs)
    }
    return runs
  }

  #chooseRuns(grapheme: string, weight: Weight): TextRun[] {
    const characters = Array.from(grapheme)
    const whole = this.#faceFor(characters, weight)
    if (whole !== undefined) return [{ text: grapheme, face: whole }]
    return characters.map((character) => {
      const face = this.#faceFor([character], weight)
      if (face === undefined) throw new Error('a character without a glyph reached the layout')
      return { text: character, face }
    })
  }

  #faceFor(characters: readonly string[], weight: Weight): FaceName | undefined {
    const codePoints = characters.map((character) => character.codePointAt(0) ?? 0)
    const able = facesByWeight[weight].filter((face) =>
      codePoints.every((codePoint) => this.#library[face].hasGlyphForCodePoint(codePoint)),
    )
    const free = able.find((face) => codePoints.every((codePoint) => this.#mayOwn(face, codePoint)))
    const chosen = free ?? able[0]
    if (chosen !== undefined) for (const codePoint of codePoints) this.#own(chosen, codePoint)
    return chosen
  }

  #mayOwn(face: FaceName, codePoint: number): boolean {
    const owner = this.#ownerOfGlyph.get(this.#glyphKey(face, codePoint))
    return owner === undefined || owner === codePoint
  }

  #own(face: FaceName, codePoint: number): void {
    const key = this.#glyphKey(face, codePoint)
    if (!this.#ownerOfGlyph.has(key)) this.#ownerOfGlyph.set(key, codePoint)
  }

  #glyphKey(face: FaceName, codePoint: number): string {
    return `${face}/${this.#library[face].glyphForCodePoint(codePoint).id}`
  }
}
