import type { CivilDate, Instant } from '#core'
import { mainStatementId } from './act.ts'
import type { CeremonyView, LinkView } from './ceremony-view.ts'

/** Where a ceremony stands. All but `open` take no answer any more. */
export type CeremonyState = 'open' | 'acted' | 'declined' | 'lapsed' | 'withdrawn' | 'superseded'

/** Where it stands for the one who holds a link: the link itself can have ended too. */
export type PresentationState = CeremonyState | 'expired' | 'closed'

/** The states of a ceremony in the order in which lists speak of them. */
export const ceremonyStates = ['open', 'acted', 'declined', 'lapsed', 'withdrawn', 'superseded'] as const

/**
 * Where a ceremony stands on a day. It ends when every statement was answered, when the person declined to answer the
 * whole, when its term had run, when the employer withdrew it, or when another came in its place; each of these is an entry.
 */
export function ceremonyStateOf(
  { acts, end, withdrawnFrom }: Pick<CeremonyView, 'acts' | 'end' | 'withdrawnFrom'>,
  statementIds: readonly string[],
  today: CivilDate,
): CeremonyState {
  const answered = new Set(acts.map(({ statementId }) => statementId))
  if (statementIds.every((each) => answered.has(each))) return 'acted'
  const main = acts.find(({ statementId }) => statementId === mainStatementId)
  if (main?.choice === 'declined') return 'declined'
  if (end !== null) return end.how
  return withdrawnFrom !== null && withdrawnFrom <= today ? 'withdrawn' : 'open'
}

/** The same for a link. What was answered outlives everything: a receipt is never taken back. */
export function linkStateOf(
  view: Pick<LinkView, 'acts' | 'end' | 'withdrawnFrom' | 'linkClosed' | 'expiresAt'>,
  statementIds: readonly string[],
  now: Instant,
  today: CivilDate,
): PresentationState {
  const state = ceremonyStateOf(view, statementIds, today)
  if (state !== 'open') return state
  if (view.linkClosed) return 'closed'
  return view.expiresAt <= now ? 'expired' : 'open'
}
