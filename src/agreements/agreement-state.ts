import type { CivilDate, Instant } from '#core'
import { civilDateIn } from '#core'
import type { AgreedAnnex, AgreementHistory, AgreementState, AnnexState, DenialEvent, PartyEvents, Side } from './agreement.ts' // prettier-ignore

/**
 * Where an agreement stands on a day: what was done up to the end of that day in the Netherlands counts. Derived anew each time
 * and stored nowhere. A denial of an act of either party stands above everything but what was never concluded.
 */
export function agreementStateOn(history: AgreementHistory, day: CivilDate): AgreementState {
  if (history.provenance === 'imported') {
    return history.ends.some((end) => end.annexId === null && end.endedOn <= day) ? 'ended' : 'imported'
  }
  const open = unsignedStateOn(history, day)
  if (open !== undefined) return open
  if (isDeniedOn(history.denials, day)) return 'denied'
  const { conclusion } = history
  if (conclusion === null || civilDateIn(conclusion.concludedAt) > day) return 'signed'
  if (conclusion.outcome === 'blocked') return 'blocked'
  return endedOn(history, null, day) ?? 'in-force'
}

/**
 * Where one annex of an agreement stands on a day. In force: concluded, its first day has come and its last has not passed, not
 * ended or replaced, and no act of either party denied.
 */
export function annexStateOn(
  history: AgreementHistory,
  annex: Pick<AgreedAnnex, 'annexId' | 'effectiveFrom' | 'effectiveUntil'>,
  day: CivilDate,
): AnnexState {
  if (civilDateIn(history.createdAt) > day) return 'composed'
  const whole = agreementStateOn(history, day)
  if (whole !== 'in-force') return whole
  const end = endedOn(history, annex.annexId, day)
  if (end !== undefined) return end
  if (annex.effectiveUntil !== null && annex.effectiveUntil < day) return 'ended'
  return annex.effectiveFrom <= day ? 'in-force' : 'signed'
}

const sides: readonly Side[] = ['employee', 'representative']

/** How it stands while not both parties have agreed to everything; undefined once they have. */
function unsignedStateOn(
  { parties, conclusion }: AgreementHistory,
  day: CivilDate,
): AgreementState | undefined {
  const answers = sides.map((side) => answerOn(parties![side], day))
  if (answers.includes('refused')) return 'declined'
  // With a condition nothing was agreed; what that came to is for the rules to say, at the conclusion.
  const ended = sides.map((side) => parties![side]).find((party, at) => answers[at] !== 'agreed' && party.end !== null && civilDateIn(party.end.at) <= day) // prettier-ignore
  if (ended !== undefined) return ended.end!.how
  if (conclusion !== null && civilDateIn(conclusion.concludedAt) <= day) return undefined
  if (answers.every((answer) => answer === 'agreed')) return undefined
  return answers.includes('agreed') ? 'half-signed' : 'offered'
}

/** What one party said up to a day: agreed to every statement (also under a condition), refused one, or not all yet. */
export function answerOn(
  { acts, statementIds }: Pick<PartyEvents, 'acts' | 'statementIds'>,
  day: CivilDate,
): 'agreed' | 'refused' | 'open' {
  const given = acts.filter((act) => civilDateIn(act.actedAt) <= day)
  if (given.some(({ choice }) => choice !== 'agreed' && choice !== 'agreed-conditionally')) return 'refused'
  return statementIds.every((id) => given.some((act) => act.statementId === id)) ? 'agreed' : 'open'
}

/** When the last act was done with which both parties had answered everything; undefined while they have not. */
export function signedAtOf(parties: Readonly<Record<Side, PartyEvents>>): Instant | undefined {
  const moments = sides.flatMap((side) => parties[side].acts.map((act) => act.actedAt))
  const complete = sides.every((side) =>
    parties[side].statementIds.every((id) => parties[side].acts.some((act) => act.statementId === id)),
  )
  return complete ? moments.toSorted().at(-1) : undefined
}

/** Whether an act was denied, or found not to be its person's, at the end of a day. */
export function isDeniedOn(denials: readonly DenialEvent[], day: CivilDate): boolean {
  const last = new Map<string, string>()
  for (const step of denials) if (civilDateIn(step.at) <= day) last.set(step.actId, step.status)
  return [...last.values()].some((status) => status === 'denied' || status === 'not-attributed-by-court')
}

/** How the whole (`null`), or an annex of it, had ended on a day. What took its place does not count while it is denied itself. */
function endedOn(
  { ends }: AgreementHistory,
  annexId: string | null,
  day: CivilDate,
): 'ended' | 'superseded' | undefined {
  const found = ends.filter(
    (end) =>
      end.endedOn <= day &&
      end.annexId === annexId &&
      (end.how !== 'superseded' || !isDeniedOn(end.successorDenials, day)),
  )
  if (found.length === 0) return undefined
  return found.every(({ how }) => how === 'superseded') ? 'superseded' : 'ended'
}

/** Whether a ceremony takes answers still: not ended, not declined as a whole, and with a statement that nobody answered. */
export function isUnanswered({
  acts,
  statementIds,
  end,
}: Pick<PartyEvents, 'acts' | 'statementIds' | 'end'>): boolean {
  if (end !== null) return false
  if (acts.some(({ statementId, choice }) => statementId === 'main' && choice === 'declined')) return false
  return statementIds.some((id) => acts.every((act) => act.statementId !== id))
}
