import type { CivilDate } from '#core'
import type { Language } from '#people'
import type { LegalNature } from '#policies/model'
import { dayInWords } from '#policies/model'
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
        ? `I have seen ${what}. I know that my employer gives it as an instruction from ${day}.`
        : `I have seen ${what}, valid from ${day}. By this I do not say that I agree with it.`
    case 'agreed':
      return `I agree to ${what} as part of my terms of employment from ${day}.`
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
    'not-agreed': 'Niet akkoord, wel gezien',
    declined: 'Ik geef geen antwoord',
  },
  en: {
    seen: 'Seen',
    agreed: 'I agree',
    'not-agreed': 'I do not agree, but I have seen it',
    declined: 'I decline to answer',
  },
} as const

/** The short text on the button. */
export function choiceLabel(choice: Choice, language: Language): string {
  return labels[language][choice]
}

const assuranceNotes = {
  nl: 'U opende dit met een link die naar uw zakelijke mailbox is gestuurd. Uw werkgever beheert die mailbox. Dat staat ook in de vastlegging: zij bewijst op zichzelf niet dat u het was die klikte.',
  en: 'You opened this with a link that was sent to your work mailbox. Your employer manages that mailbox. The record says so too: by itself it does not prove that it was you who clicked.',
} as const

/** What the page says about how the person is known. */
export function assuranceNote(language: Language): string {
  return assuranceNotes[language]
}

const limits = {
  nl: {
    proves:
      'Deze keuze is vastgelegd bij precies dit document en deze zin, nadat een link werd geopend die naar deze mailbox was gestuurd. Wie dit bewijs heeft, kan zien of er later iets aan is veranderd.',
    doesNotProve:
      'Wie er klikte: de werkgever beheert de mailbox. En de tijd: die komt van de klok van de dienst, niet van een onafhankelijke partij.',
    wouldLift:
      'Een inlog of ondertekening die alleen u in handen heeft, en een tijdstempel van een onafhankelijke partij.',
  },
  en: {
    proves:
      'This choice was recorded with exactly this document and this sentence, after a link that was sent to this mailbox was opened. Whoever holds this receipt can see whether anything in it was changed later.',
    doesNotProve:
      'Who clicked: the employer manages the mailbox. And the time: it comes from the service’s own clock, not from an independent party.',
    wouldLift: 'A login or a signature that only you hold, and a timestamp from an independent party.',
  },
} as const

/** What a record of this strength proves, what it does not, and what would lift it. */
export function evidenceLimits(language: Language): {
  proves: string
  doesNotProve: string
  wouldLift: string
} {
  return limits[language]
}
