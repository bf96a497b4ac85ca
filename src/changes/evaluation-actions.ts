import { agreementStateOn, readAgreementFacts, readAgreements, type AgreementView } from '#agreements'
import type { Instant, OrganisationId } from '#core'
import { civilDateIn } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Facts, Finding } from '#jurisdictions'
import { standingOf } from '#jurisdictions'
import type { DrawnCheck, KeptReview } from '#legal-checks'
import { checkEntry, drawUpCheck, insertLegalChecks, listReviews, readFindings } from '#legal-checks'
import type { Platform } from '#platform'
import { differingFindings, placeOf } from './need-decisions.ts'
import { insertReEvaluations, type ReEvaluation } from './re-evaluation-store.ts'
import type { StepsOf } from './task-actions.ts'
import { planSteps } from './task-actions.ts'
import { stepsAfter, stepsAtEnd } from './task-decisions.ts'
import { causeTexts } from './task-entries.ts'
import { lockOpenTasks } from './task-store.ts'
import type { Cause, OpenTask } from './task.ts'
import type { Watch } from './watch-store.ts'
import { basisOf, dropWatches, keepWatches, lockWatches } from './watch-store.ts'

/** The law that these agreements are under. Another country is a question of the employment, which says none so far. */
export const jurisdiction = 'nl'

/** An agreement that is evaluated again, and because of what; without causes only the rules changed. */
export type Asked = ReadonlyMap<string, readonly Cause[]>

/** How many agreements were evaluated, and of how many something came out otherwise. */
export type Evaluated = { readonly evaluated: number; readonly differing: number }

type Now = { readonly organisationId: OrganisationId; readonly at: Instant }
type Drawn = {
  readonly view: AgreementView
  readonly check: DrawnCheck
  readonly watch: Watch | undefined
  readonly causes: readonly Cause[]
  readonly differing: readonly Finding[]
}

/**
 * Evaluates agreements again as of today, keeps each evaluation, and does what follows for their tasks: all in this transaction,
 * with one append to the ledger. Agreements that are over are evaluated no more, and their tasks close. One that was never
 * concluded, or whose person was erased, is passed over. The cost is a fixed number of statements and some for each task.
 */
export async function evaluateAgain(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  asked: Asked,
): Promise<Evaluated> {
  const now = { organisationId, at: platform.clock() }
  const agreementIds = [...asked.keys()]
  const watches = await lockWatches(trx, organisationId, agreementIds)
  const views = await readAgreements(trx, organisationId, { agreementIds })
  const { live, over } = byState(views, now.at)
  const openTasks = Map.groupBy(
    await lockOpenTasks(trx, organisationId, [...live, ...over].map((view) => view.agreementId)), // prettier-ignore
    (task) => task.subject!.agreementId,
  )
  const drawn = await drawUp(platform, trx, now, live, { asked, watches })
  const steps = [...(await stepsOfDrawn(trx, organisationId, drawn, openTasks)), ...over.map((view) => stepsOfOver(view, openTasks, asked))] // prettier-ignore
  const planned = planSteps(platform, organisationId, steps)
  await write(platform, trx, now, drawn, planned)
  await dropWatches(trx, organisationId, over.map((view) => view.agreementId)) // prettier-ignore
  return { evaluated: drawn.length, differing: drawn.filter(({ differing }) => differing.length > 0).length }
}

/** Agreements that count for something, and those that did and are over. One that is denied may turn out to hold. */
function byState(views: readonly AgreementView[], at: Instant) {
  const today = civilDateIn(at)
  const stateOf = new Map(views.map((view) => [view, agreementStateOn(view.history, today)]))
  const among = (...states: readonly string[]) => views.filter((view) => states.includes(stateOf.get(view)!))
  return { live: among('in-force', 'imported', 'denied'), over: among('superseded', 'ended') }
}

async function drawUp(
  platform: Platform,
  trx: Transaction,
  { organisationId, at }: Now,
  live: readonly AgreementView[],
  { asked, watches }: { readonly asked: Asked; readonly watches: ReadonlyMap<string, Watch> },
): Promise<Drawn[]> {
  if (live.length === 0) return []
  const ids = live.map((view) => view.agreementId)
  const facts = await readAgreementFacts(trx, organisationId, ids, { on: civilDateIn(at), knownAt: at })
  const before = await readFindings(trx, organisationId, [...watches.values()].map((watch) => watch.legalCheckId)) // prettier-ignore
  return live.flatMap((view) => {
    const watch = watches.get(view.agreementId)
    const of = facts.get(view.agreementId)
    if (of === undefined || of.clauses === undefined) return []
    const check = checkOf(platform, view, of)
    const previous = watch === undefined ? null : (before.get(watch.legalCheckId) ?? null)
    const differing = differingFindings(previous, check.content.findings, watch?.basis === basisOf(check))
    return [{ view, check, watch, causes: asked.get(view.agreementId)!, differing }]
  })
}

const checkOf = (platform: Platform, { personId }: AgreementView, facts: Facts): DrawnCheck =>
  drawUpCheck(platform, { jurisdiction, moments: ['change'], facts, personId }, null)

async function stepsOfDrawn(
  trx: Transaction,
  organisationId: OrganisationId,
  drawn: readonly Drawn[],
  openTasks: ReadonlyMap<string, readonly OpenTask[]>,
): Promise<StepsOf[]> {
  const raised = drawn.flatMap(({ check }) => check.content.findings.filter(isDecidable))
  const reviews = raised.length === 0 ? [] : await listReviews(trx, organisationId, raised)
  const byInput = Map.groupBy(reviews, (review) => review.inputSha256)
  return drawn.map(({ view, check, causes, differing }) => ({
    subject: subjectOf(view),
    legalCheckId: check.legalCheckId,
    causes,
    steps: stepsAfter({
      agreementId: view.agreementId,
      legalCheckId: check.legalCheckId,
      standings: check.content.findings.map((each) => standingOf<KeptReview>(each, byInput.get(each.inputSha256) ?? [])), // prettier-ignore
      differing: new Set(differing.map(placeOf)),
      openTasks: openTasks.get(view.agreementId) ?? [],
      causes,
    }),
  }))
}

const isDecidable = ({ result }: Finding): boolean => result === 'lawyer' || result === 'fail'
const subjectOf = ({ employmentId, personId, agreementId }: AgreementView) => ({ employmentId, personId, agreementId }) // prettier-ignore

function stepsOfOver(
  view: AgreementView,
  openTasks: ReadonlyMap<string, readonly OpenTask[]>,
  asked: Asked,
): StepsOf {
  const successor = view.history.ends.findLast(({ how, annexId }) => how === 'superseded' && annexId === null)
  const steps = stepsAtEnd(openTasks.get(view.agreementId) ?? [], successor?.supersededBy ?? null)
  return { subject: subjectOf(view), legalCheckId: null, causes: asked.get(view.agreementId)!, steps }
}

async function write(
  platform: Platform,
  trx: Transaction,
  { organisationId }: Now,
  drawn: readonly Drawn[],
  planned: ReturnType<typeof planSteps>,
): Promise<void> {
  const made: ReEvaluation[] = drawn.map(({ view, check, watch, causes, differing }) => ({
    legalCheckId: check.legalCheckId,
    agreementId: view.agreementId,
    previousCheckId: watch?.legalCheckId ?? null,
    causes,
    differs: differing.length > 0,
  }))
  const entries = drawn.map(({ check }, index) => {
    const { agreementId, previousCheckId, causes, differs } = made[index]!
    return checkEntry(check, { agreementId, previousCheckId, causes: causeTexts(causes), differs })
  })
  const all = [...entries, ...planned.entries]
  if (all.length > 0) await appendEntries(platform, trx, organisationId, all)
  if (drawn.length > 0) {
    const checks = drawn.map(({ check }) => check)
    await insertLegalChecks(trx, organisationId, checks)
    await insertReEvaluations(trx, organisationId, made)
    await keepWatches(trx, organisationId, drawn.map(({ view, check }) => ({ agreementId: view.agreementId, legalCheckId: check.legalCheckId, basis: basisOf(check) }))) // prettier-ignore
  }
  await planned.write(trx)
}
