// The part of fontkit that this room uses; the package ships no types. `_glyphs` is its cache of glyphs per font.
declare module 'fontkit' {
  export type Glyph = { readonly id: number; readonly codePoints: readonly number[] }
  export type Font = {
    readonly postscriptName: string
    readonly characterSet: readonly number[]
    hasGlyphForCodePoint(codePoint: number): boolean
    glyphForCodePoint(codePoint: number): Glyph
    layout(text: string): { readonly glyphs: readonly Glyph[] }
    _glyphs: Record<number, Glyph>
  }
  export function openSync(path: string): Font
}
