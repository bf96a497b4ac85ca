// The part of fontkit that this room uses; the package ships no types. `_glyphs` is its cache of glyphs per font.
declare module 'fontkit' {
  export type Glyph = {
    readonly id: number
    readonly advanceWidth: number
    readonly codePoints: readonly number[]
  }
  export type GlyphPosition = { xAdvance: number; yAdvance: number; xOffset: number; yOffset: number }
  export type GlyphRun = {
    readonly glyphs: readonly Glyph[]
    readonly positions: readonly GlyphPosition[]
    /** The sum of the horizontal advances as they stand at that moment. */
    readonly advanceWidth: number
  }
  export type Font = {
    readonly postscriptName: string
    readonly characterSet: readonly number[]
    readonly unitsPerEm: number
    hasGlyphForCodePoint(codePoint: number): boolean
    glyphForCodePoint(codePoint: number): Glyph
    layout(text: string, features?: Readonly<Record<string, boolean>>): GlyphRun
    _glyphs: Record<number, Glyph>
  }
  export function openSync(path: string): Font
}
