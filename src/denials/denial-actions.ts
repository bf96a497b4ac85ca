import type { ActId, ClientId, EntryId, OrganisationId } from '#core'
import { problem, unprintableIn } from '#core'
import type { Database, Transaction } from '#database'
import { appendEntries, indexesInOpenLog, readReceipt } from '#evidence'
import { queueNoticeEverywhere, type NoticeKind } from '#messages'
import type { Platform } from '#platform'
import { recordEvent } from '#webhooks'
import { decideDenial, decideFinding, decideWithdrawal } from './denial-decisions.ts'
import type { StepOutcome } from './denial-decisions.ts'
import { stepEntry, type Said } from './denial-entry.ts'
import { insertStep, lockDenials } from './denial-store.ts'
import { getDeniableAct, listDenialSteps, listSteps, type ToldStep } from './denial-view.ts'
import type {
  CourtFindingCommand,
  DenialCommand,
  DenialStep,
  OwnAct,
  RecordedDenialCommand,
  RecordedStep,
  WithdrawalCommand,
} from './denial.ts'

export type DenialDeps = { readonly platform: Platform; readonly database: Database }

/**
 * Records that a person denies an act of their own: it has the status `denied` from then on, and nothing else of it changes.
 * Said again with the same ground and words while it stands, the answer is the step that is there. Throws `act-not-found` for
 * an act of somebody else, `words-unprintable`, `denial-limit-reached`. Art. 159 lid 2 Rv; decision 0146.
 */
export async function disputeAct(
  deps: DenialDeps,
  own: OwnAct,
  command: DenialCommand,
): Promise<RecordedStep> {
  requirePrintable(command.words, '/words')
  const said: Said = { kind: 'denied', command, known: own.known }
  return sayAbout(deps, own, said, (history) => {
    const last = history.at(-1)
    const repeated = last?.kind === 'denied' && last.facts['ground'] === command.ground && last.facts['words'] === command.words // prettier-ignore
    return repeated ? last : decideDenial(history, 'person')
  })
}

/**
 * Records that the person takes back what they, or the employer for them, said against their act. Throws as `disputeAct`,
 * `act-not-denied`, and `withdrawal-weaker-than-denial`.
 */
export async function withdrawDenial(
  deps: DenialDeps,
  own: OwnAct,
  command: WithdrawalCommand,
): Promise<RecordedStep> {
  requirePrintable(command.words, '/words')
  const said: Said = { kind: 'denial-withdrawn', command, known: own.known }
  return sayAbout(deps, own, said, (history) => {
    const last = history.at(-1)
    const repeated = last?.kind === 'denial-withdrawn' && last.facts['words'] === command.words
    return repeated ? last : decideWithdrawal(history, own.known.assurance)
  })
}

async function sayAbout(
  deps: DenialDeps,
  own: OwnAct,
  said: Said,
  decide: (history: readonly ToldStep[]) => ToldStep | StepOutcome,
): Promise<RecordedStep> {
  const { organisationId, actId, personId } = own
  return deps.database.inOrganisation(organisationId, async (trx) => {
    const act = await getDeniableAct(trx, organisationId, actId, personId)
    await lockDenials(trx, organisationId, [act.personId], 'exclusive')
    const history = await listDenialSteps(trx, organisationId, actId)
    const outcome = decide(history)
    if ('stepNumber' in outcome) {
      const entry = await readReceipt(trx, organisationId, outcome.entryId)
      return { act, step: outcome, entry: entry!, isNew: false }
    }
    return record(deps, trx, organisationId, { act, said, outcome, number: history.length + 1 })
  })
}

/**
 * Records a denial that reached the employer by letter, in court or otherwise, as what the employer wrote down. It blocks as
 * one of the person's own does; the employer cannot take it back. Throws `act-not-found`, `words-unprintable`, `denial-limit-reached`.
 */
export async function recordDenial(
  deps: DenialDeps,
  trx: Transaction,
  caller: { readonly organisationId: OrganisationId; readonly clientId: ClientId },
  actId: ActId,
  command: RecordedDenialCommand,
): Promise<RecordedStep> {
  requirePrintable(command.words, '/words')
  requirePrintableRecorder(command)
  return writeDown(deps, trx, caller, actId, { kind: 'denial-recorded', command, by: caller.clientId })
}

/**
 * Records what a court found about whose act it is. Only a judgment against which nothing can be lodged any more changes what
 * holds (decision 0146). Throws `act-not-found`, `words-unprintable`, `denial-limit-reached`.
 */
export async function recordFinding(
  deps: DenialDeps,
  trx: Transaction,
  caller: { readonly organisationId: OrganisationId; readonly clientId: ClientId },
  actId: ActId,
  command: CourtFindingCommand,
): Promise<RecordedStep> {
  requirePrintable(command.court, '/court')
  requirePrintable(command.reference, '/reference')
  requirePrintableRecorder(command)
  return writeDown(deps, trx, caller, actId, { kind: 'court-finding', command, by: caller.clientId })
}

async function writeDown(
  deps: DenialDeps,
  trx: Transaction,
  { organisationId }: { readonly organisationId: OrganisationId },
  actId: ActId,
  said: Extract<Said, { readonly by: ClientId }>,
): Promise<RecordedStep> {
  const act = await getDeniableAct(trx, organisationId, actId, 'holder-of-link')
  await lockDenials(trx, organisationId, [act.personId], 'exclusive')
  const history = await listSteps(trx, organisationId, actId)
  const outcome =
    said.kind === 'court-finding'
      ? decideFinding(history, said.command.finding, said.command.final)
      : decideDenial(history, 'employer')
  return record(deps, trx, organisationId, { act, said, outcome, number: history.length + 1 })
}

/** What the person is told by every mailbox they have: whoever reads only one of them cannot speak for them unnoticed. */
const noticeOf: Readonly<Record<DenialStep['kind'], NoticeKind>> = {
  denied: 'act-denied',
  'denial-recorded': 'act-denied',
  'denial-withdrawn': 'denial-withdrawn',
  'court-finding': 'act-finding-recorded',
}

type ToRecord = {
  readonly act: RecordedStep['act']
  readonly said: Said
  readonly outcome: StepOutcome
  readonly number: number
}

async function record(
  { platform }: DenialDeps,
  trx: Transaction,
  organisationId: OrganisationId,
  { act, said, outcome, number }: ToRecord,
): Promise<RecordedStep> {
  if (outcome.kind === 'refused') throw problem(outcome.code)
  const actEntry = await readReceipt(trx, organisationId, act.entryId)
  if (actEntry === undefined) throw new Error('an act without its entry')
  const step: DenialStep = {
    stepNumber: number,
    kind: said.kind,
    ground: said.kind === 'denied' || said.kind === 'denial-recorded' ? said.command.ground : null,
    assurance: 'known' in said ? said.known.assurance : null,
    recordedBy: 'by' in said ? said.by : null,
    finding: said.kind === 'court-finding' ? said.command.finding : null,
    final: said.kind === 'court-finding' ? said.command.final : null,
    status: outcome.status,
    recordedAt: platform.clock(),
    entryId: platform.newId() as EntryId,
  }
  await recordEvent(platform, trx, organisationId, {
    type: 'act.status-changed',
    subject: act.actId,
    data: { actId: act.actId, step: step.kind, status: step.status },
  })
  await queueNoticeEverywhere(trx, organisationId, platform.newId, {
    personId: act.personId,
    kind: noticeOf[step.kind],
    facts: {},
    at: step.recordedAt,
  })
  const refs = await indexesInOpenLog(trx, organisationId, [act.entryId])
  const draft = stepEntry(organisationId, act, actEntry, step, said, refs)
  const [entry] = await appendEntries(platform, trx, organisationId, [draft])
  await insertStep(trx, organisationId, act.actId, step)
  return { act, step, entry: entry!, isNew: true }
}

/** What was said stands in files that are printed, so it holds nothing that hides or reorders what a reader sees. */
function requirePrintable(text: string, pointer: string): void {
  const hidden = unprintableIn(text)
  if (hidden === undefined) return
  throw problem('words-unprintable', {
    errors: [{ code: 'unprintable-character', message: `Contains ${hidden.codePoint}.`, pointer }],
  })
}

function requirePrintableRecorder({ recorder }: Pick<RecordedDenialCommand, 'recorder'>): void {
  requirePrintable(recorder.name, '/recorder/name')
  requirePrintable(recorder.role, '/recorder/role')
}
