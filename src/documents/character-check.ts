import { fontLibrary } from './font-library.ts'

/** A character that a document cannot show as it is. `index` counts UTF-16 units from the start of the text. */
export type UnshowableCharacter = {
  readonly index: number
  /** `U+` and at least four hex digits. */
  readonly codePoint: string
  readonly why: 'hidden' | 'no-glyph'
}

// Characters that a reader does not see or that change the order of others: control characters but the line feed,
// default ignorables (zero-width, soft hyphen, variation selectors, fillers, tags), bidirectional controls, line and
// paragraph separators, lone surrogates, private use and the specials. Decision 0016.
const hidden =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufff0-\uffff\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cs}\p{Co}]/u

// Scripts that run from right to left. The wide face has glyphs for some, but lines are set from left to right here, so
// words would stand in the wrong order: a document that reads differently from what was hashed.
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

const known = new Map<number, boolean>()

function hasGlyph(character: string): boolean {
  const codePoint = character.codePointAt(0) ?? 0
  let found = known.get(codePoint)
  if (found === undefined) {
    const { text, wide } = fontLibrary()
    found =
      !rightToLeft.test(character) &&
      (text.hasGlyphForCodePoint(codePoint) || wide.hasGlyphForCodePoint(codePoint))
    if (known.size < 100_000) known.set(codePoint, found)
  }
  return found
}

const plain = /^[\n\x20-\x7e]*$/

/** The first character of a text that a document cannot show as it is, or undefined. A line feed is a line break. */
export function findUnshowable(text: string): UnshowableCharacter | undefined {
  if (plain.test(text)) return undefined
  let index = 0
  for (const character of text) {
    const why = hidden.test(character) ? 'hidden' : 'no-glyph'
    if (character !== '\n' && (why === 'hidden' || !hasGlyph(character)))
      return { index, codePoint: codePointName(character), why }
    index += character.length
  }
  return undefined
}

/**
 * The first character of a text that no bundled font can draw, as `U+738B`, or undefined. For the rooms that take in
 * names and reasons: what will stand in a document is refused at the door, where it can still be mended (D3).
 */
export function findMissingGlyph(text: string): string | undefined {
  return findUnshowable(text)?.codePoint
}

/** The text with each character that cannot be shown replaced by its code point, such as `‹U+0009›`. */
export function withVisibleCodePoints(text: string): string {
  if (findUnshowable(text) === undefined) return text
  return Array.from(text, (character) =>
    character !== '\n' && findUnshowable(character) === undefined
      ? character
      : `‹${codePointName(character)}›`,
  ).join('')
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
