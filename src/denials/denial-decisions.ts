import type { ProblemCode } from '#core'
import { meets, type Assurance } from '#assurance'
import type { ActStatus } from '#ceremonies'
import type { Burden, DenialStep, Finding, Ground } from './denial.ts'

/** Most steps about one act. */
export const stepsMax = 50
/** Most that a person says against one act through the service. */
export const ownDenialsMax = 10

/** What has been recorded about an act so far, oldest first. */
export type History = readonly Pick<DenialStep, 'kind' | 'assurance' | 'status' | 'finding' | 'final'>[]

export type StepOutcome =
  | { readonly kind: 'accepted'; readonly status: ActStatus }
  | { readonly kind: 'refused'; readonly code: ProblemCode }

/** What holds for the act after what was recorded. */
export function statusAfter(history: History): ActStatus {
  return history.at(-1)?.status ?? 'undisputed'
}

/**
 * Says whether a denial is taken, and what then holds. Every ground puts the act in the status `denied`: the service does not
 * weigh what a person says (decision 0146). Once a court has found for good, a person can still say that it is wrong, and
 * what the court found goes on to hold.
 */
export function decideDenial(history: History, by: 'person' | 'employer'): StepOutcome {
  const own = history.filter((step) => step.kind === 'denied').length
  if (history.length >= stepsMax || (by === 'person' && own >= ownDenialsMax))
    return { kind: 'refused', code: 'denial-limit-reached' }
  return { kind: 'accepted', status: foundForGood(history) ?? 'denied' }
}

/**
 * Says whether the person may take their denial back. Not in a weaker way than it was made in: whoever reads a mailbox could
 * otherwise undo what the person said with a key of their own. A denial that the employer wrote down sets no bar.
 */
export function decideWithdrawal(history: History, assurance: Assurance): StepOutcome {
  if (statusAfter(history) !== 'denied') return { kind: 'refused', code: 'act-not-denied' }
  if (history.length >= stepsMax) return { kind: 'refused', code: 'denial-limit-reached' }
  const from = history.findLastIndex((step) => step.kind === 'denial-withdrawn') + 1
  const standing = history.slice(from).flatMap((step) => (step.assurance === null ? [] : [step.assurance]))
  if (!standing.every((made) => meets(assurance, made)))
    return { kind: 'refused', code: 'withdrawal-weaker-than-denial' }
  return { kind: 'accepted', status: 'denial-withdrawn' }
}

/** What holds after a court has found. While something can still be lodged against the judgment, it changes nothing. */
export function decideFinding(history: History, finding: Finding, final: boolean): StepOutcome {
  if (history.length >= stepsMax) return { kind: 'refused', code: 'denial-limit-reached' }
  return { kind: 'accepted', status: final ? statusOf(finding) : statusAfter(history) }
}

function foundForGood(history: History): ActStatus | undefined {
  const found = history.findLast((step) => step.finding !== null && step.final === true)?.finding
  return found === undefined || found === null ? undefined : statusOf(found)
}

function statusOf(finding: Finding): ActStatus {
  return finding === 'attributed' ? 'attributed-by-court' : 'not-attributed-by-court'
}

/** Whether nothing may rest on an act in this status. */
export function isBlocking(status: ActStatus): boolean {
  return status === 'denied' || status === 'not-attributed-by-court'
}

/**
 * Who has to prove it by the general rule: of a firm denial of the signature, whoever relies on it (art. 159 lid 2 Rv,
 * ECLI:NL:HR:2019:572); of another text or of pressure, whoever says so (ECLI:NL:HR:2019:641; art. 150 Rv).
 */
export function burdenOf(ground: Ground): Burden {
  return ground === 'not-me' ? 'who-relies-on-the-act' : 'who-denies-it'
}
