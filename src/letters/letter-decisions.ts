import type { CivilDate, ProblemDetail } from '#core'
import { isBefore } from '#core'
import type { DatedVersion } from '#policies/model'
import { versionInForce } from '#policies/model'
import type { WarningCommand } from './letter.ts'

/** What a rule that a warning refers to turned out to be. */
export type RuleFacts = { readonly history: readonly DatedVersion[]; readonly ruleFound: boolean }

/**
 * What keeps a warning from being made: a day that cannot be, or a rule that did not hold when it is said to have been
 * broken. A version counts as having held when it was in force on at least one of the days of the events. Whether the
 * warning is justified is not judged here. Empty when nothing stands in the way.
 */
export function decideWarning(
  command: WarningCommand,
  rules: readonly RuleFacts[],
  today: CivilDate,
): ProblemDetail[] {
  return [...unfitDays(command, today), ...rules.flatMap((facts, index) => unfitRule(command, facts, index))]
}

function unfitDays(command: WarningCommand, today: CivilDate): ProblemDetail[] {
  const { givenOn, text } = command
  const { events, hearing, response, countsUntil } = text
  const errors: ProblemDetail[] = []
  const refuse = (pointer: string, message: string) => errors.push({ code: 'day-unfit', message, pointer })
  if (isBefore(today, givenOn)) refuse('/givenOn', 'A warning cannot be given on a day to come.')
  for (const [index, { happenedOn }] of events.entries())
    if (isBefore(givenOn, happenedOn as CivilDate))
      refuse(`/events/${index}/happenedOn`, 'An event lies after the day of the warning.')
  if (hearing !== null && isBefore(givenOn, hearing.heardOn as CivilDate))
    refuse('/hearing/heardOn', 'The hearing lies after the day of the warning.')
  if (response.until !== null && isBefore(response.until as CivilDate, givenOn))
    refuse('/response/until', 'The last day to respond lies before the day of the warning.')
  if (countsUntil !== null && isBefore(countsUntil as CivilDate, givenOn))
    refuse('/countsUntil', 'The last day on which it counts lies before the day of the warning.')
  for (const [index, earlier] of command.earlierWarnings.entries())
    if (earlier.kind === 'named' && !isBefore(earlier.givenOn, givenOn))
      refuse(`/earlierWarnings/${index}/givenOn`, 'An earlier warning was given before this one.')
  return errors
}

function unfitRule(command: WarningCommand, facts: RuleFacts, index: number): ProblemDetail[] {
  const { versionNumber } = command.rules[index]!
  const pointer = `/rules/${index}`
  if (!facts.ruleFound)
    return [
      { code: 'rule-not-found', message: 'The version has no such rule.', pointer: `${pointer}/ruleId` },
    ]
  const held = command.text.events.some(({ happenedOn }) => {
    const inForce = versionInForce(facts.history, happenedOn as CivilDate)
    return inForce.kind === 'in-force' && inForce.versionNumber === versionNumber
  })
  const message = 'The version was in force on none of the days of the events.'
  return held ? [] : [{ code: 'rule-not-in-force', message, pointer }]
}
