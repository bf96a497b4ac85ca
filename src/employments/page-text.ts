import type { PDFPage } from '@libpdf/core'

type PageText = ReturnType<PDFPage['extractText']>

/** A gap between two characters that reads as a space, as a part of the size of the letters. */
const spaceGap = 0.15

/**
 * The text of a page, line by line, with a space wherever letters stand so far apart that people read one: justified text often
 * has none in the file.
 */
export function textOfPage(page: PageText): string {
  return page.lines.map((line) => textOfLine(line.spans.flatMap((span) => span.chars))).join('\n')
}

type Character = PageText['lines'][number]['spans'][number]['chars'][number]

function textOfLine(characters: readonly Character[]): string {
  let text = ''
  characters.forEach((character, at) => {
    const before = characters[at - 1]
    if (before !== undefined && !/\s$/u.test(text) && !/^\s/u.test(character.char)) {
      const gap = character.bbox.x - (before.bbox.x + before.bbox.width)
      if (gap > spaceGap * Math.max(before.fontSize, character.fontSize)) text += ' '
    }
    text += character.char
  })
  return text
}
