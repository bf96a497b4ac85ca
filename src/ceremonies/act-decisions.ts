import type { Assurance } from '#assurance'
import { assurances, meets } from '#assurance'
import type { CivilDate, DocumentId, Instant, ProblemCode, ProblemDetail } from '#core'
import { addMilliseconds, millisecondsOf, unprintableIn } from '#core'
import type { LegalNature } from '#policies/model'
import type { ActCommand, Choice, EndedHow, LinkContext } from './act.ts'

/**
 * The choices that fit what a text legally is. An instruction (art. 7:660 BW) binds by being given, so it is never
 * offered for agreement; a contract term can be agreed to, refused, or only seen. Declining is always possible.
 */
const choicesByNature: Readonly<Record<LegalNature, readonly Choice[]>> = {
  information: ['seen', 'declined'],
  instruction: ['seen', 'not-agreed', 'declined'],
  'contract-term': ['agreed', 'agreed-conditionally', 'not-agreed', 'seen', 'declined'],
}

export function choicesFor(nature: LegalNature): readonly Choice[] {
  return choicesByNature[nature]
}

/** Whether a choice cannot be recorded without words: a refusal its reason, a conditional agreement its condition. */
export function needsReason(choice: Choice): boolean {
  return choice === 'declined' || choice === 'agreed-conditionally'
}

/** One statement as it is shown in a language: the document next to it, and what can be answered in which words. */
export type ShownStatement = {
  readonly documentId: DocumentId
  readonly documentSha256: string
  readonly choices: readonly Choice[]
  readonly sentence: (choice: Choice) => string
}

/** What the purpose of an act asks for on the day of the act. */
export type Requirement = { readonly level: Assurance; readonly minReadingSeconds: number }

/** Everything that a decision about an act rests on. */
export type ActCase = {
  readonly context: LinkContext
  /** undefined when no such statement is shown in the language of the act. */
  readonly shown: ShownStatement | undefined
  readonly command: ActCommand
  readonly assurance: Assurance
  readonly requirement: Requirement
  readonly now: Instant
  readonly today: CivilDate
}

export type Refusal = {
  readonly kind: 'refused'
  readonly code: ProblemCode
  readonly detail?: string
  readonly errors?: readonly ProblemDetail[]
  readonly retryAfter_s?: number
}
export type ActOutcome = { readonly kind: 'accepted' } | Refusal

const accepted = { kind: 'accepted' } as const
const reasonLengthMax = 2_000

/**
 * Says whether an act may be recorded. It must repeat what was shown: the document's hash and the statement, letter
 * for letter, in a language in which the link was opened; the reading time of its purpose must be over, and the person known
 * as well as its purpose asks.
 */
export function decideAct(act: ActCase): ActOutcome {
  const standing = checkStanding(act)
  if (standing !== undefined) return standing
  const { context, shown, command, requirement } = act
  if (shown === undefined || shown.documentSha256 !== command.documentSha256)
    return refused('document-changed')
  if (context.openedAt === null) return refused('not-opened')
  if (!shown.choices.includes(command.choice)) return refused('choice-not-offered')
  if (shown.sentence(command.choice) !== command.statement) return refused('statement-changed')
  const reason = checkReason(command)
  if (reason.kind === 'refused') return reason
  if (command.choice === 'declined') return accepted
  return checkRequirement(act.assurance, requirement, context.openedAt, act.now)
}

const endedDetail: Readonly<Record<EndedHow | 'declined', string>> = {
  lapsed: 'The day by which it had to be answered is long past.',
  withdrawn: 'The employer withdrew the request.',
  superseded: 'A newer text came in its place.',
  declined: 'You declined to answer it.',
}

/** Whether the ceremony still takes an answer. */
function checkStanding({ context, now, today }: ActCase): Refusal | undefined {
  if (context.existingActId !== null) return refused('already-acted')
  if (context.endedHow !== null)
    return { ...refused('ceremony-ended'), detail: endedDetail[context.endedHow] }
  if (context.mainDeclined) return { ...refused('ceremony-ended'), detail: endedDetail.declined }
  if (context.withdrawnFrom !== null && context.withdrawnFrom <= today) return refused('version-withdrawn')
  if (context.linkClosed) return refused('link-closed')
  return context.expiresAt <= now ? refused('link-expired') : undefined
}

/** From when on a statement that was opened at a moment can be answered. */
export function answerFrom(openedAt: Instant, { minReadingSeconds }: Requirement): Instant {
  return addMilliseconds(openedAt, minReadingSeconds * 1_000)
}

/**
 * Whether a person who is known this well may act at this moment. Declining asks for neither: whoever does not want to
 * answer need not wait or prove more for it, and nothing is agreed by it.
 */
function checkRequirement(
  assurance: Assurance,
  requirement: Requirement,
  openedAt: Instant,
  now: Instant,
): ActOutcome {
  if (!meets(assurance, requirement.level)) return assuranceTooLow(assurance, requirement.level)
  const from = answerFrom(openedAt, requirement)
  if (from <= now) return accepted
  return {
    ...refused('reading-time-not-over'),
    detail: `It can be answered from ${from}.`,
    retryAfter_s: Math.ceil((millisecondsOf(from) - millisecondsOf(now)) / 1_000),
  }
}

/** The refusal of an act below the level of its purpose; names the level and each way of being known that would suffice. */
function assuranceTooLow(actual: Assurance, required: Assurance): Refusal {
  const ways = assurances.filter((each) => meets(each, required))
  return {
    ...refused('assurance-too-low'),
    detail: `Known by ${actual}; this asks for at least ${required}.`,
    errors: ways.map((way) => ({ code: 'assurance-suffices', message: way, parameter: 'assurance' })),
  }
}

/**
 * A reason must be there where the choice needs one, and can be shown. An agreement takes no words beside it: with a remark
 * or a condition it is a conditional one, and that is no agreement (dutch-law 1.2: “in principle” was held to be none).
 */
function checkReason(command: ActCommand): ActOutcome {
  const { choice, reason } = command
  if (reason === null) return needsReason(choice) ? refused('reason-required') : accepted
  if (reason.trim() === '' || reason.length > reasonLengthMax) return refused('reason-required')
  if (choice === 'agreed') return refused('remark-makes-conditional')
  const hidden = unprintableIn(reason)
  if (hidden === undefined) return accepted
  return {
    ...refused('reason-unprintable'),
    errors: [{ code: 'unprintable-character', message: `Contains ${hidden.codePoint}.`, pointer: '/reason' }],
  }
}

function refused(code: ProblemCode): Refusal {
  return { kind: 'refused', code }
}
