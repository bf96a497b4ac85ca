import type { CivilDate, ProblemDetail } from '#core'
import type { Contract, EmploymentFact, EmploymentOn, FactKind, FactValues } from './employment.ts'
import { alwaysDay, timelessKinds } from './employment.ts'
import { factsOn, valueOf } from './fact-decisions.ts'

/** A fact as it is stated, before it is recorded. `validFrom` is null for what does not depend on a day. */
export type FactStatement = {
  [Kind in FactKind]: {
    readonly kind: Kind
    readonly validFrom: CivilDate | null
    readonly value: FactValues[Kind]
  }
}[FactKind]

/** First and last day of an employment, both included; null while it runs. */
export type Period = { readonly firstDay: CivilDate; readonly lastDay: CivilDate | null }

const endOfDays = '9999-12-31' as CivilDate

/** The day from which a statement holds. */
export function validFromOf(statement: FactStatement): CivilDate {
  return statement.validFrom ?? alwaysDay
}

/**
 * First and last day as everything that is known says, what begins to hold later included: an end that was agreed for later
 * is an end. Undefined without a first day.
 */
export function periodOf(known: readonly EmploymentFact[]): Period | undefined {
  const latest = factsOn(known, endOfDays)
  const firstDay = valueOf(latest, 'started')?.day
  return firstDay === undefined ? undefined : { firstDay, lastDay: valueOf(latest, 'last-day')?.day ?? null }
}

/** Whether two employments have a day in common. */
export function overlaps(one: Period, other: Period): boolean {
  return one.firstDay <= (other.lastDay ?? endOfDays) && other.firstDay <= (one.lastDay ?? endOfDays)
}

/** The first of the other employments that has a day in common with this one. */
export function overlapping(
  period: Period,
  others: readonly Pick<EmploymentOn, 'employmentId' | 'facts'>[],
): string | undefined {
  return others.find(({ facts }) => {
    const other = periodOf(facts)
    return other !== undefined && overlaps(period, other)
  })?.employmentId
}

/**
 * What is wrong with statements by themselves, each with where and how to mend it: days that are missing or given where none
 * belongs, one kind twice for one day, a day that has not come of a birth, a list that says nothing.
 */
export function statementDefects(statements: readonly FactStatement[], today: CivilDate): ProblemDetail[] {
  return statements.flatMap((statement, index) => {
    const at = `/facts/${index}`
    const { kind, validFrom, value } = statement
    const defects: ProblemDetail[] = []
    const timeless = timelessKinds.includes(kind)
    if (timeless && validFrom !== null)
      defects.push(defect('valid-from-unfit', 'This does not depend on a day; leave validFrom out.', `${at}/validFrom`)) // prettier-ignore
    if (!timeless && (validFrom === null || validFrom <= alwaysDay))
      defects.push(defect('valid-from-missing', 'Say from which day it holds.', `${at}/validFrom`))
    const first = statements.findIndex((each) => each.kind === kind && each.validFrom === validFrom)
    if (first < index)
      defects.push(defect('fact-twice', 'This is stated for the same day already.', `${at}/kind`))
    if (kind === 'birth-date' && (value.day > today || value.day <= alwaysDay))
      defects.push(defect('day-unfit', 'A day on which nobody who works was born.', `${at}/value/day`))
    if (kind === 'languages' && new Set(value.languages).size !== value.languages.length)
      defects.push(defect('language-twice', 'A language stands there twice.', `${at}/value/languages`))
    return defects
  })
}

/**
 * What contradicts itself in an employment when everything that would be known is put together: no first day, an end before
 * it, somebody born after it, a contract that begins before it.
 */
export function employmentDefects(
  known: readonly EmploymentFact[],
  contracts: readonly Pick<Contract, 'startsOn'>[],
): ProblemDetail[] {
  const period = periodOf(known)
  if (period === undefined)
    return [defect('first-day-missing', 'An employment has a first day: state it anew where it is retracted.', '/facts')] // prettier-ignore
  const { firstDay, lastDay } = period
  const defects: ProblemDetail[] = []
  if (lastDay !== null && lastDay < firstDay)
    defects.push(defect('end-before-start', 'The last day lies before the first.', '/facts'))
  const born = valueOf(factsOn(known, endOfDays), 'birth-date')?.day
  if (born !== undefined && born >= firstDay)
    defects.push(defect('born-after-start', 'The employment began before this person was born.', '/facts'))
  if (contracts.some(({ startsOn }) => startsOn < firstDay))
    defects.push(defect('contract-before-start', 'A contract begins before this first day. Retract it first.', '/facts')) // prettier-ignore
  return defects
}

function defect(code: string, message: string, pointer: string): ProblemDetail {
  return { code, message, pointer }
}
