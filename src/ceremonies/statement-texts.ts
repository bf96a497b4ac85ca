import type { CivilDate } from '#core'
import { dayInWords } from '#core'
import type { Language } from '#people'
import type { LegalNature } from '#policies/model'
import type { Choice } from './act.ts'

/** What a statement speaks of. */
export type StatementSubject = {
  readonly title: string
  readonly versionNumber: number
  readonly organisationName: string
  readonly effectiveFrom: CivilDate
  readonly legalNature: LegalNature
}

/**
 * The exact sentence next to the button. It is shown, sent back, compared, hashed and printed in the receipt, so any
 * change of a word here makes links that are open at that moment ask the person to look again.
 */
export function statementText(choice: Choice, language: Language, subject: StatementSubject): string {
  const day = dayInWords(subject.effectiveFrom, language)
  const { title, versionNumber, organisationName } = subject
  return language === 'nl'
    ? dutch(
        choice,
        `versie ${versionNumber} van ‘${title}’ van ${organisationName}`,
        day,
        subject.legalNature,
      )
    : english(
        choice,
        `version ${versionNumber} of ‘${title}’ of ${organisationName}`,
        day,
        subject.legalNature,
      )
}

function dutch(choice: Choice, what: string, day: string, nature: LegalNature): string {
  switch (choice) {
    case 'seen':
      return nature === 'instruction'
        ? `Ik heb ${what} gezien. Ik weet dat mijn werkgever dit vanaf ${day} als instructie geeft.`
        : `Ik heb ${what} gezien, geldig vanaf ${day}. Hiermee zeg ik niet dat ik het ermee eens ben.`
    case 'agreed':
      return `Ik ga akkoord met ${what} als onderdeel van mijn arbeidsvoorwaarden vanaf ${day}.`
    case 'agreed-conditionally':
      return `Ik ga alleen onder een voorwaarde akkoord met ${what} als onderdeel van mijn arbeidsvoorwaarden vanaf ${day}. Mijn voorwaarde staat erbij. Zolang die niet is afgesproken, ga ik niet akkoord.`
    case 'not-agreed':
      return `Ik heb ${what} gezien, geldig vanaf ${day}, en ik ga er niet mee akkoord.`
    case 'declined':
      return `Ik wil geen antwoord geven op ${what}, geldig vanaf ${day}. Mijn reden staat erbij.`
  }
}

function english(choice: Choice, what: string, day: string, nature: LegalNature): string {
  switch (choice) {
    case 'seen':
      return nature === 'instruction'
        ? `I have seen ${what}, and I know that my employer gives it as an instruction from ${day}.`
        : `I have seen ${what}, valid from ${day}. By this I do not say that I agree with it.`
    case 'agreed':
      return `I agree to ${what} as part of my terms of employment from ${day}.`
    case 'agreed-conditionally':
      return `I agree to ${what} as part of my terms of employment from ${day} only under a condition. My condition is given with it. As long as that is not settled, I do not agree.`
    case 'not-agreed':
      return `I have seen ${what}, valid from ${day}, and I do not agree to it.`
    case 'declined':
      return `I do not want to answer ${what}, valid from ${day}. My reason is given with it.`
  }
}

const labels = {
  nl: {
    seen: 'Gezien',
    agreed: 'Akkoord',
    'agreed-conditionally': 'Alleen akkoord onder een voorwaarde',
    'not-agreed': 'Niet akkoord, wel gezien',
    declined: 'Ik geef geen antwoord',
  },
  en: {
    seen: 'Seen',
    agreed: 'I agree',
    'agreed-conditionally': 'I agree only under a condition',
    'not-agreed': 'I do not agree, but I have seen it',
    declined: 'I decline to answer',
  },
} as const

/** The short text on the button. */
export function choiceLabel(choice: Choice, language: Language): string {
  return labels[language][choice]
}
