// The program of an examining process: reads contracts that anybody may have made. It may read this folder and packages.
import { PDF } from '@libpdf/core'
import { serveExaminations } from '#examination/program'
import { textOfPage } from './page-text.ts'

// Standard output is for answers; what the library has to say of a font is nobody's business.
for (const name of ['log', 'info', 'debug', 'warn', 'error'] as const) console[name] = () => undefined

const pagesMax = 500

serveExaminations(async (_question, bytes) => {
  const pdf = await PDF.load(bytes).catch(() => undefined)
  if (pdf === undefined) return { kind: 'unreadable', because: 'broken', pages: [] }
  if (pdf.isEncrypted) return { kind: 'unreadable', because: 'encrypted', pages: [] }
  if (pdf.getPageCount() === 0) return { kind: 'unreadable', because: 'broken', pages: [] }
  if (pdf.getPageCount() > pagesMax) return { kind: 'unreadable', because: 'too-many-pages', pages: [] }
  const texts = pdf.extractText().map(textOfPage)
  const silent = texts.flatMap((text, index) => (isReadable(text) ? [] : [index + 1]))
  return silent.length > 0
    ? { kind: 'unreadable', because: 'no-text', pages: silent }
    : { kind: 'read', pages: texts }
})

/** Whether a page has letters, and most of what it has are characters that mean something. */
function isReadable(text: string): boolean {
  const all = [...text.replaceAll(/\s/gu, '')]
  const unknown = all.filter((character) => /[\p{Co}\p{Cc}\uFFFD]/u.test(character)).length
  return /\p{L}/u.test(text) && unknown * 20 <= all.length
}
