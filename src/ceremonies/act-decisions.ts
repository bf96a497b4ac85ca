import type { CivilDate, Instant, ProblemCode, ProblemDetail } from '#core'
import { unprintableIn } from '#core'
import type { LegalNature } from '#policies/model'
import type { ActCommand, Assurance, Choice, LinkContext } from './act.ts'
import type { StatementSubject } from './statement-texts.ts'
import { statementText } from './statement-texts.ts'

/**
 * The choices that fit what a text legally is. An instruction (art. 7:660 BW) binds by being given, so it is never
 * offered for agreement; a contract term can be agreed to, refused, or only seen. Declining is always possible.
 */
const choicesByNature: Readonly<Record<LegalNature, readonly Choice[]>> = {
  information: ['seen', 'declined'],
  instruction: ['seen', 'not-agreed', 'declined'],
  'contract-term': ['agreed', 'not-agreed', 'seen', 'declined'],
}

export function choicesFor(nature: LegalNature): readonly Choice[] {
  return choicesByNature[nature]
}

/** Whether a choice cannot be recorded without a reason. */
export function needsReason(choice: Choice): boolean {
  return choice === 'declined'
}

/**
 * The evidence level that a record deserves by how the person was known (the ladder E0 … E6 of the law file, 1B). A
 * link in a mailbox that the employer manages proves delivery to the person, not a strong login: E3, never E4.
 */
export function evidenceLevelOf(assurance: Assurance): 'E3' {
  switch (assurance) {
    case 'mailbox-employer':
      return 'E3'
  }
}

/** What was shown for the language of the act. */
export type ShownVersion = { readonly subject: StatementSubject; readonly documentSha256: string }

export type ActOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly code: ProblemCode; readonly errors?: readonly ProblemDetail[] }

const reasonLengthMax = 2_000

/**
 * Says whether an act may be recorded. It must repeat what was shown: the document's hash and the statement, letter
 * for letter, in a language in which the link was opened. `shown` is undefined when no such edition exists.
 */
export function decideAct(
  context: LinkContext,
  shown: ShownVersion | undefined,
  command: ActCommand,
  now: Instant,
  today: CivilDate,
): ActOutcome {
  if (context.existingActId !== null) return { kind: 'refused', code: 'already-acted' }
  if (context.withdrawnFrom !== null && context.withdrawnFrom <= today)
    return { kind: 'refused', code: 'version-withdrawn' }
  if (context.expiresAt <= now) return { kind: 'refused', code: 'link-expired' }
  if (shown === undefined || shown.documentSha256 !== command.documentSha256)
    return { kind: 'refused', code: 'document-changed' }
  if (context.openedAt === null) return { kind: 'refused', code: 'not-opened' }
  if (!choicesFor(shown.subject.legalNature).includes(command.choice))
    return { kind: 'refused', code: 'choice-not-offered' }
  if (statementText(command.choice, command.language, shown.subject) !== command.statement)
    return { kind: 'refused', code: 'statement-changed' }
  return checkReason(command)
}

function checkReason(command: ActCommand): ActOutcome {
  const { choice, reason } = command
  if (reason === null) {
    return needsReason(choice) ? { kind: 'refused', code: 'reason-required' } : { kind: 'accepted' }
  }
  if (reason.trim() === '' || reason.length > reasonLengthMax)
    return { kind: 'refused', code: 'reason-required' }
  const hidden = unprintableIn(reason)
  if (hidden === undefined) return { kind: 'accepted' }
  return {
    kind: 'refused',
    code: 'reason-unprintable',
    errors: [{ code: 'unprintable-character', message: `Contains ${hidden.codePoint}.`, pointer: '/reason' }],
  }
}
