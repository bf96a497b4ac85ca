/** A character that has no business in a name or a legal text, and where it stands. */
export type UnprintableCharacter = { readonly index: number; readonly codePoint: string }

// Controls other than line feed, bidirectional overrides and isolates, zero-width characters, the byte order mark,
// line and paragraph separators, interlinear annotation, tags, private use and unassigned specials. Zero-width joiner
// and non-joiner are left out on purpose: no Dutch or English text needs them, and they can hide a difference.
const unprintable =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\u{e0000}-\u{e007f}\ue000-\uf8ff\p{Cs}]/u

/**
 * The first character of a text that can hide or reorder what a reader sees, or undefined. What is shown must be what
 * is hashed, so such characters are refused at the door and never removed.
 */
export function unprintableIn(text: string): UnprintableCharacter | undefined {
  const match = unprintable.exec(text)
  if (match === null) return undefined
  const codePoint = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return { index: match.index, codePoint: `U+${codePoint}` }
}
