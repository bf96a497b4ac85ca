import type { DocumentLanguage } from './document-inputs.ts'
import { exitLetterEnglish } from './exit-letter-texts-en.ts'
import { exitLetterDutch } from './exit-letter-texts-nl.ts'
import type { ExitClaimRefusal, ExitClauseKind, ExitLetterInput, ExitList } from './exit-letter-input.ts'

/** The fixed words of an exit letter, at B1. What they say of a clause is what it is about, never what it means. */
export type ExitLetterTexts = {
  readonly title: string
  readonly subtitle: (personName: string) => string
  readonly rows: {
    readonly to: string
    readonly jobTitle: string
    readonly externalId: string
    readonly lastDay: string
    readonly endedBy: string
    readonly givenOn: string
    readonly givenBy: string
    readonly replaces: string
    readonly until: string
    readonly list: string
    readonly penalty: string
    readonly source: string
    readonly documentSha256: string
    readonly contact: string
    readonly reach: string
    readonly reference: string
    readonly madeAt: string
    readonly hash: string
  }
  readonly signer: (name: string, role: string, organisation: string) => string
  readonly endedBy: Readonly<Record<ExitLetterInput['endedBy'], string>>
  readonly short: string
  /** The heart of the letter in a few sentences: the last day, how many agreements go on, and the last end. */
  readonly shortText: (facts: ShortFacts) => readonly string[]
  readonly overview: string
  readonly overviewColumns: readonly [string, string, string]
  readonly untilDay: (day: string) => string
  readonly noEnd: string
  readonly annexMark: (mark: string) => string
  readonly about: Readonly<Record<ExitClauseKind, string>>
  readonly wordsLead: string
  readonly source: (mark: string, title: string) => string
  readonly penalty: (amount: string, perDay: string | null) => string
  readonly list: (mark: string, day: string) => string
  readonly listLead: (day: string) => string
  readonly listColumns: readonly [string, string, string, string]
  readonly relationKinds: Readonly<Record<ExitList['relations'][number]['kind'], string>>
  readonly emptyList: string
  readonly notClaimed: string
  readonly notClaimedLead: (organisation: string) => string
  readonly notClaimedColumns: readonly [string, string]
  readonly why: Readonly<Record<ExitClaimRefusal, string>>
  readonly always: string
  readonly alwaysLead: string
  readonly alwaysItems: readonly string[]
  readonly questions: string
  readonly questionsText: string
  readonly seenNote: string
  readonly aboutLetter: string
  readonly aboutText: (organisation: string) => readonly string[]
  readonly attachment: string
}

export type ShortFacts = {
  readonly organisation: string
  readonly lastDay: string
  readonly count: number
  /** The last of the ends that are known, in words; null when none is. */
  readonly lastEnd: string | null
  /** How many name no end. */
  readonly endless: number
}

export function exitLetterTextsOf(language: DocumentLanguage): ExitLetterTexts {
  return language === 'nl' ? exitLetterDutch : exitLetterEnglish
}
