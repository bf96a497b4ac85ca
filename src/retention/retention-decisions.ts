import type { CivilDate, ClientId, PersonId, PolicyId, ProblemCode } from '#core'
import { addDays, isBefore, toCivilDate } from '#core'
import type {
  ErasureProposal,
  ErasureVerdict,
  LegalHold,
  RetentionClass,
  RetentionRule,
} from './retention.ts'

/** What is kept in a class, from what its term runs, and how long where an organisation made no rule of its own. */
export const retentionDefaults = {
  R1: { content: 'policy versions and consents of the works council', trigger: 'none', months: null },
  R2: {
    content: 'acknowledgements of instructions and information',
    trigger: 'end-of-employment',
    months: 24,
  },
  R3: { content: 'acts about contract terms', trigger: 'end-of-employment', months: 84 },
  R4: { content: 'warnings and sanctions', trigger: 'end-of-employment', months: 24 },
  R5: {
    content: 'technical traces: program, network, answers of mail servers',
    trigger: 'event',
    months: 12,
  },
  R6: { content: 'what is under a legal hold', trigger: 'release', months: null },
  R7: { content: 'drafts that were never shown', trigger: 'expiry', months: 6 },
} as const satisfies Record<RetentionClass, { content: string; trigger: string; months: number | null }>

/** The facts of an act that are technical traces (R5). */
export const traceFields: readonly string[] = ['networkClass', 'userAgent']

/** Most months between placing a hold and its review. */
export const reviewMonthsMax = 6

/** The day that many months later, or the last day of that month where it is shorter. Negative counts back. */
export function addMonths(day: CivilDate, months: number): CivilDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const lastDate = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date, lastDate))
  return toCivilDate(first.toISOString().slice(0, 10))
}

/** The rule of a class that holds on a day: of those that have begun the last one, and of equals the one made last. */
export function ruleOn(
  retentionClass: RetentionClass,
  rules: readonly RetentionRule[],
  day: CivilDate,
): RetentionRule | undefined {
  return rules
    .filter((rule) => rule.retentionClass === retentionClass && rule.effectiveFrom <= day)
    .toSorted((a, b) => compare(a.effectiveFrom, b.effectiveFrom) || compare(a.madeAt, b.madeAt))
    .at(-1)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/** How many months a class is kept on a day: by the organisation's rule, or by default. null: for ever. */
export function monthsOn(
  retentionClass: RetentionClass,
  rules: readonly RetentionRule[],
  day: CivilDate,
): number | null {
  const rule = ruleOn(retentionClass, rules, day)
  return rule === undefined ? retentionDefaults[retentionClass].months : rule.months
}

/** What is agreed to, and so lives on in the contract. */
export const agreementPurposes: readonly string[] = ['contract-term', 'penalty', 'covenant', 'settlement']

/** The class of what somebody answered: what they agreed as a term of contract is kept longer than what they took note of. */
export function classOfNature(purpose: string): 'R2' | 'R3' {
  return agreementPurposes.includes(purpose) ? 'R3' : 'R2'
}

/**
 * The first day on which something may go: the day after its term has run. null while the term does not run (`from` is
 * null) or never ends.
 */
export function dueDayOf(from: CivilDate | null, months: number | null): CivilDate | null {
  return from === null || months === null ? null : addDays(addMonths(from, months), 1)
}

/** True when a thing may go on that day. */
export function isDue(from: CivilDate | null, months: number | null, today: CivilDate): boolean {
  const dueOn = dueDayOf(from, months)
  return dueOn !== null && dueOn <= today
}

/** The first of these holds that covers a person's records of a policy and is not released. */
export function coveringHold(
  holds: readonly LegalHold[],
  personId: PersonId,
  policyIds: readonly PolicyId[],
): LegalHold | undefined {
  return holds.find(({ subject, release }) => {
    if (release !== null) return false
    return subject.kind === 'person' ? subject.personId === personId : policyIds.includes(subject.policyId)
  })
}

/** Says why a hold cannot be placed with this day of review: it must come, and within six months. */
export function decideReviewDay(reviewOn: CivilDate, today: CivilDate): ProblemCode | undefined {
  const late = isBefore(addMonths(today, reviewMonthsMax), reviewOn)
  return late || !isBefore(today, reviewOn) ? 'review-day-unfit' : undefined
}

/** Says why a client cannot decide on a proposal: it was decided, or it is that client's own. */
export function decideVerdict(
  proposal: Pick<ErasureProposal, 'madeBy'> & { readonly decision: ErasureVerdict | null },
  decidedBy: ClientId,
): ProblemCode | undefined {
  if (proposal.decision !== null) return 'erasure-decided'
  return proposal.madeBy === decidedBy ? 'erasure-own-request' : undefined
}

/** Says why a rule cannot be made: terms are changed from a day that is still to come, or from today. */
export function decideRule(effectiveFrom: CivilDate, today: CivilDate): ProblemCode | undefined {
  return isBefore(effectiveFrom, today) ? 'effective-day-past' : undefined
}
