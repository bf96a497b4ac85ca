import { fileURLToPath } from 'node:url'
import type { Font } from 'fontkit'
import { openSync } from 'fontkit'

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

/** The parsed fonts of this thread. Parsing happens once: it costs more than a document. */
export function fontLibrary(): FontLibrary {
  opened ??= Object.fromEntries(
    faceNames.map((name) => [name, openSync(fileURLToPath(import.meta.resolve(sources[name])))]),
  ) as Record<FaceName, Font>
  return opened
}

/**
 * The parsed fonts of this thread, as if nothing had ever been drawn with them. fontkit remembers with each glyph the
 * code points it was first used for; left alone, the text of the next document would be extracted with the characters
 * of an earlier one (D4). Safe only because a thread renders one document at a time.
 */
export function freshFontLibrary(): FontLibrary {
  const library = fontLibrary()
  for (const name of faceNames) library[name]._glyphs = {}
  return library
}
