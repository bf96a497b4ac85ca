import type { Instant } from '#core'
import { millisecondsOf } from '#core'
import type { Language, NoticeFacts, NoticeKind } from './notice.ts'
import { dutchNotices } from './notice-texts-nl.ts'
import { englishNotices } from './notice-texts-en.ts'

/** What a text can speak of. `code` is empty in a message without one. */
export type NoticeWords = {
  readonly organisation: string
  readonly at: string
  readonly code: string
  readonly facts: NoticeFacts
}

export type NoticeTexts = {
  readonly greeting: (name: string) => string
  readonly kinds: Readonly<
    Record<
      NoticeKind,
      (words: NoticeWords) => { readonly subject: string; readonly lines: readonly string[] }
    >
  >
}

const texts: Readonly<Record<Language, NoticeTexts>> = { nl: dutchNotices, en: englishNotices }
const locales: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB' }

export type NoticeMessage = {
  readonly kind: NoticeKind
  readonly language: Language
  readonly personName: string
  readonly organisationName: string
  readonly facts: NoticeFacts
  readonly at: Instant
  readonly code?: string
  /** Where a person signs in. */
  readonly accountUrl: string
}

/** Subject and plain text of a notice, in the language of the person. A code is the only secret in it. */
export function noticeText(message: NoticeMessage): { readonly subject: string; readonly text: string } {
  const { greeting, kinds } = texts[message.language]
  const { subject, lines } = kinds[message.kind]({
    organisation: message.organisationName,
    at: momentInWords(message.at, message.language),
    code: message.code ?? '',
    facts: message.facts,
  })
  const body = [greeting(message.personName), ...lines, message.accountUrl]
  return { subject: subject.replaceAll(/[\r\n]+/g, ' '), text: body.join('\n\n') }
}

/** A moment as people in the Netherlands read it. */
function momentInWords(at: Instant, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Amsterdam',
  }).format(millisecondsOf(at))
}
