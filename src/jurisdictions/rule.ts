import type { CivilDate } from '#core'
import type { ClauseFacts, ClauseKind, Facts } from './facts.ts'

/** The step at which a rule matters. */
export type Moment = 'draft' | 'sign' | 'publish' | 'change' | 'exit' | 'enforce' | 'operate'

/**
 * What a `fail` does: stop the step; ask for a named person's reasoned override; warn; or be shown only.
 */
export type Severity = 'blocker' | 'major' | 'minor' | 'info'

/** `na`: the rule does not apply. `unknown`: an input is missing, which is never a pass. `lawyer`: no machine decides this. */
export type Result = 'pass' | 'fail' | 'lawyer' | 'na' | 'unknown'

export type Texts = { readonly nl: string; readonly en: string }

/** What a rule decided. `values` fill the placeholders of its message; `note` says what the message cannot know. */
export type Decision = {
  readonly result: Exclude<Result, 'unknown'>
  readonly severity?: Severity
  readonly note?: Texts
  readonly values?: Values
}

/** What fills the placeholders of a message: one text for both languages, or one for each. */
export type Values = Readonly<Record<string, string | Texts>>

/** What a rule looks at: the facts, and one clause where the rule is about clauses. */
export type RuleCase = {
  readonly facts: Facts
  readonly at: Moment
  readonly clause: ClauseFacts | undefined
  readonly regime: Regime
  /** What another rule says of a clause. */
  readonly resultOf: (ruleId: string, clause: ClauseFacts | undefined) => Result
}

export type Rule = {
  readonly id: string
  readonly source: string
  /** How well the source was seen: VERIFIED, FROM MEMORY or INFERENCE, as the research marks it. */
  readonly basis: string
  readonly at: readonly Moment[]
  readonly about: 'clause' | 'case'
  /** Paths into the facts; `clause.` means the clause that is looked at. They make the hash that a review is bound to. */
  readonly inputs: readonly string[]
  readonly severity: Severity
  readonly message: Texts
  readonly decide: (about: RuleCase) => Decision
}

/** Configuration with a date: what the law's numbers are from a day on. */
export type Regime = {
  readonly id: string
  readonly from: CivilDate
  /** Lowest hourly wage by age. The row of a day is the last that began. */
  readonly minimumWage: readonly {
    readonly from: CivilDate
    readonly ageFrom: number
    readonly hourlyCents: number
  }[]
  /** From which day a pending bill is law; null while it is a bill. */
  readonly billConcurrentiebedingInForceFrom: CivilDate | null
  /** Headcount from which there must be a works council. */
  readonly worksCouncilFrom: number
  /** A wage counts as another one when it differs by more than this from the wage on the day of agreement. */
  readonly wageChange_percent: number
  readonly anchorAge_h: number
  readonly reading_h: number
  readonly sanctionDecision_days: number
}

/** The rules of one jurisdiction as they stood from a day on. */
export type RuleSet = {
  readonly jurisdiction: string
  readonly version: string
  readonly rules: readonly Rule[]
  /** Clauses of these kinds have a `fail` of these rules lowered to `lawyer`, because courts decide case by case. */
  readonly lowered: ReadonlyMap<ClauseKind, (rule: Rule) => boolean>
  readonly regimes: readonly Regime[]
}

/** An input that a decision needed and that nobody has given. */
export class MissingInput extends Error {
  readonly path: string

  constructor(path: string) {
    super(`${path} is not known`)
    this.name = 'MissingInput'
    this.path = path
  }
}

/** The value when it is known; null counts as known. Throws MissingInput, which makes the result `unknown`. */
export function known<Value>(value: Value | undefined, path: string): Value {
  if (value === undefined) throw new MissingInput(path)
  return value
}

export const pass = (note?: Texts): Decision =>
  note === undefined ? { result: 'pass' } : { result: 'pass', note }
export const na: Decision = { result: 'na' }
export const fail = (values?: Values): Decision =>
  values === undefined ? { result: 'fail' } : { result: 'fail', values }
export const lawyer = (nl: string, en: string): Decision => ({ result: 'lawyer', note: { nl, en } })
