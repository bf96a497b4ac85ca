import type { CivilDate, Instant } from '#core'
import { civilDateIn } from '#core'
import type { Facts } from '#jurisdictions'
import type {
  Contract,
  EmploymentFact,
  EmploymentOn,
  FactKind,
  FactValues,
  OrganisationFactsOn,
} from './employment.ts'
import { timelessKinds } from './employment.ts'
import { renewalsOf } from './contract-decisions.ts'

type JobChange = NonNullable<Facts['jobHistory']>[number]

/** A fact of one kind whose content is there. */
export type FactOf<Kind extends FactKind> = Extract<EmploymentFact, { kind: Kind }> & {
  readonly value: FactValues[Kind]
}

/** Whether a fact was recorded after the day from which it holds. One that does not depend on a day never is. */
export function isBackDated(kind: FactKind, validFrom: CivilDate, recordedAt: Instant): boolean {
  return !timelessKinds.includes(kind) && validFrom < civilDateIn(recordedAt)
}

/**
 * Of each kind the fact that was true on a day: the one that began last, and of those that began on one day the one recorded
 * last. `known` are the facts that were known and not retracted, in any order.
 */
export function factsOn(known: readonly EmploymentFact[], on: CivilDate): EmploymentFact[] {
  const byKind = new Map<FactKind, EmploymentFact>()
  for (const fact of known) {
    const other = byKind.get(fact.kind)
    if (fact.validFrom <= on && (other === undefined || isLater(fact, other))) byKind.set(fact.kind, fact)
  }
  return [...byKind.values()].toSorted((one, other) => (one.kind < other.kind ? -1 : 1))
}

function isLater(one: EmploymentFact, other: EmploymentFact): boolean {
  if (one.validFrom !== other.validFrom) return one.validFrom > other.validFrom
  if (one.recordedAt !== other.recordedAt) return one.recordedAt > other.recordedAt
  return one.factId > other.factId
}

/** The value of a kind among facts of one day; undefined when it is not known, or was erased. */
export function valueOf<Kind extends FactKind>(
  facts: readonly EmploymentFact[],
  kind: Kind,
): FactValues[Kind] | undefined {
  const found = facts.find((fact) => fact.kind === kind)
  return (found?.value ?? undefined) as FactValues[Kind] | undefined
}

/**
 * How a kind went on up to a day: for each day on which it began anew the fact that counts, oldest first. What was recorded
 * for the same day later has taken the place of what was recorded first.
 */
export function timelineOf<Kind extends FactKind>(
  known: readonly EmploymentFact[],
  kind: Kind,
  upTo: CivilDate,
): FactOf<Kind>[] {
  const byDay = new Map<CivilDate, EmploymentFact>()
  for (const fact of known) {
    if (fact.kind !== kind || fact.validFrom > upTo) continue
    const other = byDay.get(fact.validFrom)
    if (other === undefined || isLater(fact, other)) byDay.set(fact.validFrom, fact)
  }
  return [...byDay.values()]
    .filter((fact) => fact.value !== null)
    .toSorted((one, other) => (one.validFrom < other.validFrom ? -1 : 1)) as FactOf<Kind>[]
}

const jobKinds = ['function', 'grade', 'area', 'client-access', 'wage', 'reporting'] as const

/**
 * The changes of the job up to a day, one for each day, oldest first. The first fact of a kind is where it began and no
 * change; a fact that says the same as the one before it is none either. Undefined when nothing of the job is known.
 */
export function jobHistoryOf(known: readonly EmploymentFact[], upTo: CivilDate): JobChange[] | undefined {
  const timelines = jobKinds.map((kind) => ({ kind, facts: timelineOf(known, kind, upTo) }))
  if (timelines.every(({ facts }) => facts.length === 0)) return undefined
  const changes = timelines.flatMap(({ kind, facts }) =>
    facts.flatMap((fact, at) => {
      const before = facts[at - 1]
      if (before === undefined || sameJob(before.value, fact.value)) return []
      return [{ on: fact.validFrom, kind, foreseen: fact.value.foreseen }]
    }),
  )
  return [...Map.groupBy(changes, (change) => change.on)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([on, together]) => ({
      on,
      changed: together.map(({ kind }) => kind),
      foreseen: together.every(({ foreseen }) => foreseen),
    }))
}

type JobFactValue = FactValues['function'] | FactValues['wage']

function sameJob(one: JobFactValue, other: JobFactValue): boolean {
  if ('description' in one && 'description' in other) return one.description === other.description
  if ('hourlyCents' in one && 'hourlyCents' in other)
    return one.hourlyCents === other.hourlyCents && one.hoursPerDay === other.hoursPerDay
  return false
}

/** What of the rules' facts an employment can answer. A member that is absent is not known. */
export type EmploymentRuleFacts = Pick<
  Facts,
  'employee' | 'contract' | 'wage' | 'jobHistory' | 'worksCouncil'
>

/**
 * What the rules of law may know of an employment on the day of `state`. `history` are the facts known at the same moment
 * (`readHistory`), `contract` the one that is asked about: its renewals are the contracts that came after it. Nothing is
 * guessed: what was not recorded is absent, and a rule that needs it says `unknown`.
 */
export function employmentFacts(
  state: Pick<EmploymentOn, 'on' | 'facts' | 'contracts'>,
  history: readonly EmploymentFact[],
  contract: Contract | null,
  organisationFacts: OrganisationFactsOn,
): EmploymentRuleFacts {
  const { on, facts } = state
  const started = valueOf(facts, 'started')
  const birthDate = valueOf(facts, 'birth-date')?.day
  const languages = valueOf(facts, 'languages')?.languages
  const wages = timelineOf(history, 'wage', on)
  const jobHistory = jobHistoryOf(history, on)
  const council = valueOf(facts, 'works-council')
  return {
    employee: {
      ...(birthDate === undefined ? {} : { birthDate }),
      ...(languages === undefined ? {} : { languages }),
      ...(started === undefined
        ? {}
        : { employedFrom: started.day, lastDay: valueOf(facts, 'last-day')?.day ?? null }),
    },
    ...(contract === null ? {} : { contract: contractFacts(contract, state) }),
    ...(wages.length === 0
      ? {}
      : {
          wage: {
            history: wages.map(({ validFrom, value: { hourlyCents, hoursPerDay } }) => ({
              from: validFrom,
              hourlyCents,
              hoursPerDay,
            })),
          },
        }),
    ...(jobHistory === undefined ? {} : { jobHistory }),
    ...(council === undefined && Object.keys(organisationFacts).length === 0
      ? {}
      : { worksCouncil: { ...organisationFacts, ...(council === undefined ? {} : councilFacts(council)) } }),
  }
}

function contractFacts(
  contract: Contract,
  { on, contracts }: Pick<EmploymentOn, 'on' | 'contracts'>,
): NonNullable<Facts['contract']> {
  return {
    kind: contract.kind,
    startsOn: contract.startsOn,
    endsOn: contract.endsOn,
    renewals: renewalsOf(contract, contracts, on),
    ...(contract.existingDispute === null ? {} : { existingDispute: contract.existingDispute }),
  }
}

function councilFacts({ policySha256, caoReference, ...said }: FactValues['works-council']) {
  return {
    ...said,
    ...(policySha256 === null ? {} : { policySha256 }),
    ...(caoReference === null ? {} : { caoReference }),
  }
}
