import type { DocumentLanguage, DocumentLegalNature, DocumentRule } from './document-inputs.ts'
import { englishTexts } from './document-texts-en.ts'
import { dutchTexts } from './document-texts-nl.ts'

/**
 * The fixed words of the documents in one language. Plain words (B1). No sentence says more than the service has
 * checked: what a later reader takes for proof is decided here, so each claim has its limit beside it.
 */
export type DocumentTexts = {
  readonly months: readonly string[]
  readonly pageOf: (number: number, count: number) => string
  /** A moment: the day in words, the Dutch wall clock, and the instant exactly as it was recorded. */
  readonly moment: (day: string, time: string, instant: string) => string
  readonly none: string
  readonly unknown: string
  readonly edition: EditionTexts
  readonly receipt: ReceiptTexts
}

export type EditionTexts = {
  readonly subtitle: (versionNumber: number, day: string) => string
  readonly facts: {
    readonly organisation: string
    readonly policy: string
    readonly version: string
    readonly effectiveFrom: string
    readonly published: string
    readonly legalNature: string
    readonly change: string
    readonly contentSha256: string
  }
  readonly changeHeading: string
  readonly rulesHeading: string
  readonly aboutHeading: string
  readonly about: (fileName: string) => readonly string[]
  readonly legalNature: Readonly<Record<DocumentLegalNature, string>>
  readonly materiality: Readonly<Record<'material' | 'editorial', string>>
  readonly modality: Readonly<Record<DocumentRule['modality'], string>>
  readonly time: Readonly<Record<DocumentRule['scope']['time'], string>>
  readonly place: Readonly<Record<DocumentRule['scope']['place'], string>>
  readonly account: Readonly<Record<DocumentRule['scope']['account'], string>>
  /** For a rule whose nature is not that of the whole. */
  readonly ruleNature: Readonly<Record<DocumentLegalNature, string>>
  readonly sanction: (reference: string) => string
  readonly attachment: string
}

export type ReceiptTexts = {
  readonly title: (choice: string) => string
  readonly subtitle: (personName: string, organisationName: string) => string
  readonly choices: Readonly<Record<string, string>>
  readonly choiceMeanings: Readonly<Record<string, string>>
  readonly headings: {
    readonly choice: string
    readonly who: string
    readonly document: string
    readonly how: string
    readonly worth: string
    readonly log: string
    readonly check: string
  }
  readonly statementLead: string
  readonly reasonLead: string
  readonly noReason: string
  readonly rows: {
    readonly person: string
    readonly personExternalId: string
    readonly address: string
    readonly organisation: string
    readonly title: string
    readonly policy: string
    readonly version: string
    readonly effectiveFrom: string
    readonly annex: (title: string) => string
    readonly language: string
    readonly documentSha256: string
    readonly otherEdition: (language: string) => string
    readonly choice: string
    readonly delivered: string
    readonly channel: string
    readonly opened: string
    readonly acted: string
    readonly method: string
    readonly assurance: string
    readonly network: string
    readonly userAgent: string
    readonly level: string
    readonly proves: string
    readonly doesNotProve: string
    readonly wouldLift: string
    readonly log: string
    readonly entry: string
    readonly root: string
    readonly actId: string
    readonly evidenceSha256: string
  }
  readonly languages: Readonly<Record<string, string>>
  readonly channels: Readonly<Record<string, string>>
  readonly methods: Readonly<Record<string, string>>
  readonly assurances: Readonly<Record<string, string>>
  readonly assuranceLimits: Readonly<Record<string, string>>
  readonly networks: Readonly<Record<string, string>>
  readonly levels: (level: string) => string
  readonly entry: (index: number, treeSize: number) => string
  readonly logLead: string
  readonly timeNote: string
  readonly checkLead: string
  readonly checkSteps: readonly string[]
  readonly proofPage: ProofPageTexts
  readonly attachment: string
}

/** The words of the last page of a receipt. */
export type ProofPageTexts = {
  readonly heading: string
  readonly lead: string
  readonly who: string
  readonly what: string
  readonly when: string
  readonly whenLimit: string
  readonly how: string
  readonly codeTitle: string
  readonly codeText: string
  readonly codeLimit: string
  readonly codeAlternative: (url: string) => string
  readonly offline: readonly string[]
}

const byLanguage: Readonly<Record<DocumentLanguage, DocumentTexts>> = { nl: dutchTexts, en: englishTexts }

export function textsOf(language: DocumentLanguage): DocumentTexts {
  return byLanguage[language]
}

/** The word for a value, or the value itself when this version of the documents does not know it. */
export function wordFor(words: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(words, value) ? (words[value] ?? value) : value
}

/** A calendar day in words: `1 december 2026`. Own tables, so that a newer Node cannot change the bytes. */
export function dayInWords(day: string, texts: DocumentTexts): string {
  return `${Number(day.slice(8, 10))} ${texts.months[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)}`
}

const wallClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** A moment as a Dutch clock showed it, with the recorded instant beside it, letter for letter. */
export function momentInWords(instant: string, texts: DocumentTexts): string {
  const parts = Object.fromEntries(
    wallClock.formatToParts(Date.parse(instant)).map((part) => [part.type, part.value]),
  )
  const day = `${parts['year']}-${parts['month']}-${parts['day']}`
  const time = `${parts['hour']}:${parts['minute']}:${parts['second']}`
  return texts.moment(dayInWords(day, texts), time, instant)
}
