import type { HeldRevision, RecognitionOutcome } from '../recognition.ts'
import { english } from './page-texts-en.ts'
import { dutch } from './page-texts-nl.ts'

export type Language = 'nl' | 'en'

/** What a refusal is about, as the page explains it. */
export type RefusalName = 'empty' | 'zip' | 'proof' | 'not-pdf' | 'too-large' | 'not-examined' | 'too-many' | 'busy' | 'failed' // prettier-ignore

export type Verdict = { readonly title: string; readonly text: readonly string[] }

/** Every word of the page, in plain language (B1). Sizes are numbers of bytes. */
export type PageTexts = {
  readonly language: Language
  readonly languageSwitch: string
  readonly skip: string
  readonly title: string
  readonly introduction: readonly string[]
  readonly fileLabel: string
  readonly fileHelp: string
  readonly submit: string
  readonly busy: string
  readonly chosen: string
  readonly dropHere: string
  readonly tooLargeHere: string
  readonly noFileHere: string
  readonly fromPaper: (index: string) => string
  readonly aboutTitle: string
  readonly about: readonly string[]
  readonly offlineTitle: string
  readonly offline: string
  readonly offlineLink: string
  readonly another: string
  readonly verdicts: {
    readonly identical: Verdict
    readonly older: Verdict
    readonly identicalOpen: Verdict
    readonly sealedUnknown: Verdict
  } & Readonly<Record<Exclude<RecognitionOutcome, 'identical'>, Verdict>>
  readonly by: (organisation: string) => string
  readonly changeTitle: string
  readonly change: {
    readonly equal: (bytes: number) => string
    readonly different: (bytes: number) => string
    readonly inDocument: string
    readonly renderedIntact: string
    readonly revisionIntact: (number: number, count: number) => string
    readonly added: (bytes: number) => string
    readonly cutOff: string
    readonly advice: string
  }
  readonly stopped: string
  readonly paperTitle: string
  readonly paper: { readonly same: string; readonly other: string; readonly open: string }
  readonly factsTitle: string
  readonly names: Readonly<
    Record<
      'organisation' | 'kind' | 'documentTitle' | 'documentLanguage' | 'step' | 'level' | 'size' | 'sha256',
      string
    >
  >
  readonly kinds: Readonly<Record<string, string>>
  readonly languages: Readonly<Record<string, string>>
  readonly step: (number: number, newest: number) => string
  readonly level: (level: HeldRevision['level']) => string
  readonly bytes: (bytes: number) => string
  readonly checksTitle: string
  readonly checksResult: (passed: number, all: number) => string
  readonly checksOpen: string
  readonly checksAll: (count: number) => string
  readonly checksNote: string
  readonly outcomes: Readonly<Record<'PASSED' | 'FAILED' | 'INDETERMINATE', string>>
  readonly statedTitle: string
  readonly statedUnreliable: string
  readonly limitsTitle: string
  readonly limit: string
  readonly refusals: Readonly<Record<RefusalName, Verdict>>
}

export const pageTexts: Readonly<Record<Language, PageTexts>> = { nl: dutch, en: english }
