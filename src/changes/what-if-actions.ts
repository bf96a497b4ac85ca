import type { AgreementMaterial, AgreementView } from '#agreements'
import { agreementStateOn, factsOfMaterial, readAgreementMaterials, readAgreements } from '#agreements'
import type { CivilDate, EntryId, OrganisationId, PersonId } from '#core'
import { civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import type { Contract, EmploymentFact, FactStatement, OrganisationFactsOn } from '#employments'
import { contractDefects, factsOn, getEmployment, readOrganisationFacts, statementDefects, validFromOf, valueOf } from '#employments' // prettier-ignore
import type { ContractStatement } from '#employments'
import type { Finding } from '#jurisdictions'
import { regimeOn, standingOf } from '#jurisdictions'
import type { DrawnCheck, KeptReview } from '#legal-checks'
import { drawUpCheck, listReviews, ruleSets } from '#legal-checks'
import type { Platform } from '#platform'
import { councilReason } from './council-decisions.ts'
import { jurisdiction } from './evaluation-actions.ts'
import type { Need } from './need-decisions.ts'
import { differingFindings, needsOf, placeOf } from './need-decisions.ts'
import { listTasks } from './task-view.ts'

/** What is supposed: facts, a contract, a size, on top of what is known; and the day that is asked about. */
export type Supposed = {
  readonly on: CivilDate | null
  readonly facts: readonly FactStatement[]
  readonly contract: ContractStatement | null
  readonly organisation: OrganisationFactsOn
}

/** What would come out for an agreement, and what would have to be done that does not have to be done now. */
export type WhatIfOfAgreement = {
  readonly agreementId: string
  readonly check: DrawnCheck
  readonly differing: ReadonlySet<string>
  readonly tasks: readonly (Need & { readonly alreadyOpen: boolean })[]
}

export type WhatIf = {
  readonly on: CivilDate
  readonly agreements: readonly WhatIfOfAgreement[]
  readonly organisation: readonly Need[]
}

/**
 * What would follow if something were so: the agreements of the employment are evaluated with what is known and with what is
 * supposed, on the same day, and held against each other. Writes nothing. Throws `employment-not-found`, and `what-if-unfit` for
 * what could not become true.
 */
export async function supposeOf(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  employmentId: string,
  supposed: Supposed,
): Promise<WhatIf> {
  const { personId } = await getEmployment(trx, organisationId, employmentId)
  const now = platform.clock()
  const on = dayOf(supposed, civilDateIn(now))
  const defects = statementDefects(supposed.facts, civilDateIn(now))
  if (defects.length > 0) throw problem('what-if-unfit', { errors: defects })
  const views = (await readAgreements(trx, organisationId, { employmentId })).filter((view) =>
    isLive(view, on),
  )
  const ids = views.map((view) => view.agreementId)
  const materials = await readAgreementMaterials(trx, organisationId, ids, { on, knownAt: now })
  const drawn = views.map((view) => {
    const material = materials.get(view.agreementId)!
    const known = drawUp(platform, personId, material)
    const check = drawUp(platform, personId, {
      ...material,
      employment: supposedEmployment(material, supposed, on),
    })
    return { view, check, differing: differingFindings(known.content.findings, check.content.findings, true) }
  })
  const raised = drawn.flatMap(({ differing }) => differing)
  const reviews = raised.length === 0 ? [] : await listReviews(trx, organisationId, raised)
  const open = await listTasks(trx, organisationId, { personId, state: 'open', limit: 200 })
  return {
    on,
    agreements: drawn.map(({ view: { agreementId }, check, differing }) => ({
      agreementId,
      check,
      differing: new Set(differing.map(placeOf)),
      tasks: tasksOf(differing, reviews).map((need) => ({
        ...need,
        alreadyOpen: open.some((task) => task.agreementId === agreementId && task.kind === need.kind),
      })),
    })),
    organisation: await ofSize(trx, { on, knownAt: now }, supposed.organisation),
  }
}

/** The day that is asked about; unless given, the first on which everything that is supposed holds. */
function dayOf({ on, facts, contract }: Supposed, today: CivilDate): CivilDate {
  if (on !== null) return on
  const days = [today, ...facts.flatMap((fact) => fact.validFrom ?? []), ...(contract === null ? [] : [contract.startsOn])] // prettier-ignore
  return days.toSorted().at(-1)!
}

const isLive = (view: AgreementView, on: CivilDate): boolean =>
  ['in-force', 'imported', 'denied'].includes(agreementStateOn(view.history, on))

const drawUp = (platform: Platform, personId: PersonId, material: AgreementMaterial): DrawnCheck =>
  drawUpCheck(platform, { jurisdiction, moments: ['change'], facts: factsOfMaterial(material), personId }, null) // prettier-ignore

function tasksOf(differing: readonly Finding[], reviews: readonly KeptReview[]): Need[] {
  return needsOf(differing.map((finding) => standingOf(finding, reviews)))
}

function supposedEmployment(
  { employment }: AgreementMaterial,
  { facts, contract, organisation }: Supposed,
  on: CivilDate,
): AgreementMaterial['employment'] {
  const { state, organisationFacts } = employment
  // Recorded after everything that is known, so that it counts before what is known of the same day.
  const recordedAt = '9999-12-31T23:59:59.999Z' as EmploymentFact['recordedAt']
  const stated = facts.map((fact, index) => ({
    ...fact,
    factId: `supposed-${index}`,
    validFrom: validFromOf(fact),
    recordedAt,
    entryId: '' as EntryId,
    backDated: false,
  })) as readonly EmploymentFact[]
  const history = [...employment.history, ...stated]
  const period = { firstDay: valueOf(state.facts, 'started')?.day ?? on, lastDay: valueOf(state.facts, 'last-day')?.day ?? null } // prettier-ignore
  return {
    ...employment,
    history,
    organisationFacts: { ...organisationFacts, ...organisation },
    state: {
      on,
      facts: factsOn(history, on),
      contracts: contract === null ? state.contracts : [...state.contracts, fitting(contract, state.contracts, period, recordedAt)], // prettier-ignore
    },
  }
}

function fitting(
  statement: ContractStatement,
  known: readonly Contract[],
  period: Parameters<typeof contractDefects>[2],
  recordedAt: Contract['recordedAt'],
): Contract {
  const errors = contractDefects(statement, known, period)
  if (errors.length > 0) throw problem('what-if-unfit', { errors: errors.map((each) => ({ ...each, pointer: `/contract${each.pointer ?? ''}` })) }) // prettier-ignore
  const employmentId = known[0]?.employmentId ?? ''
  return { ...statement, contractId: 'supposed', employmentId, documentSha256: null, recordedAt, retractedAt: null, entryId: '' as EntryId } // prettier-ignore
}

async function ofSize(
  trx: Transaction,
  asOf: Parameters<typeof readOrganisationFacts>[1],
  supposed: OrganisationFactsOn,
): Promise<Need[]> {
  const regime = regimeOn(
    ruleSets.find((each) => each.jurisdiction === jurisdiction)!,
    asOf.on,
  )
  if (regime === undefined) return []
  const known = await readOrganisationFacts(trx, asOf)
  const reason = councilReason({ ...known, ...supposed }, regime)
  return reason === null || reason.ruleId === councilReason(known, regime)?.ruleId ? [] : [{ kind: 'notify', reasons: [reason] }] // prettier-ignore
}
