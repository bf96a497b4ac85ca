import type { Static } from 'typebox'
import type { CivilDate, PersonId, ProblemDetail } from '#core'
import { problem, toCivilDate } from '#core'
import type { ExitRequest } from './exit-schemas.ts'
import type { ExitCommand } from './exit-outlook.ts'
import type { Exit, ExitContent } from './exit.ts'

/**
 * The command that a body stands for. The end was stated today, or on the last day if that has passed, unless it is said when.
 * Throws `exit-unfit` for a correction without a reason or a reason without a correction.
 */
export function toExitCommand(
  employmentId: string,
  body: Static<typeof ExitRequest>,
  today: CivilDate,
): ExitCommand {
  const { replaces, reason, letter } = body
  if ((replaces === undefined) !== (reason === undefined))
    throw problem('exit-unfit', { errors: [loose(replaces)] })
  const lastDay = toCivilDate(body.lastDay)
  return {
    employmentId,
    statement: {
      lastDay,
      statedOn: dayOf(body.statedOn) ?? (lastDay < today ? lastDay : today),
      endedBy: body.endedBy,
      seriousFault: body.seriousFault,
      invokes: body.invokes,
      noticeOn: dayOf(body.noticeOn),
      monthlyWageCents: body.monthlyWageCents ?? null,
      compensationPaidOn: dayOf(body.compensationPaidOn),
    },
    correction: replaces === undefined ? null : { replaces, reason: reason! },
    letter: {
      language: letter.language,
      role: letter.role,
      givenBy: letter.givenBy as PersonId,
      dueDate: toCivilDate(letter.dueDate),
      contact: { ...letter.contact, how: letter.contact.how ?? null },
    },
  }
}

function dayOf(text: string | undefined): CivilDate | null {
  return text === undefined ? null : toCivilDate(text)
}

function loose(replaces: string | undefined): ProblemDetail {
  return replaces === undefined
    ? { code: 'replaces-missing', message: 'Name the exit that this one corrects.', pointer: '/replaces' }
    : { code: 'reason-missing', message: 'Say why the earlier one was not right.', pointer: '/reason' }
}

/** An exit on the wire. */
export function exitOnWire({ content, ...exit }: Exit) {
  return {
    ...exit,
    legalCheckIds: [...exit.legalCheckIds],
    follows: content === null ? null : follows(content),
  }
}

/** What follows from an end, on the wire. */
export function follows({ statement, reason, claims, lists, bill }: ExitContent) {
  return {
    statement: { ...statement, invokes: [...statement.invokes] },
    reason,
    claims: { claimed: [...claims.claimed], notClaimed: [...claims.notClaimed] },
    lists: lists.map((list) => ({ ...list, relations: [...list.relations] })),
    bill: { ...bill, covenants: [...bill.covenants] },
  }
}
