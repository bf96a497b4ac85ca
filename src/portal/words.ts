import type { Language } from '#people'
import { answeringWords } from './words/answering.ts'
import { commonWords } from './words/common.ts'
import { entryWords } from './words/entry.ts'
import { messageWords } from './words/messages.ts'
import { ownWords } from './words/own.ts'
import { qualifiedWords } from './words/qualified.ts'
import { readingWords } from './words/reading.ts'

/** Every word of the pages in one language. Each area is typed by its Dutch, so English lacks nothing and adds nothing. */
export type Words = ReturnType<typeof wordsOf>

function wordsOf(language: Language) {
  return {
    ...commonWords[language],
    entry: entryWords[language],
    reading: readingWords[language],
    answering: answeringWords[language],
    own: ownWords[language],
    qualified: qualifiedWords[language],
    ...messageWords[language],
  }
}

export const words: Readonly<Record<Language, Words>> = { nl: wordsOf('nl'), en: wordsOf('en') }
