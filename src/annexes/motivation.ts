import type { Instant } from '#core'
import { sha256 } from '#core'
import type { ParameterValues } from '#clauses'
import type { ComposedMotivation } from './annex.ts'
import type { GivenMotivation } from './annex-command.ts'

/** The values under which the texts of covenants hold their motivation. They are given as a motivation, never as values. */
export const motivationValues = [
  'withMotivation',
  'motivation',
  'motivationFunction',
  'motivationInterests',
] as const

/** The values of a clause with those of its motivation, for the parameters that its template has. */
export function withMotivation(
  values: ParameterValues,
  motivation: GivenMotivation | null,
  parameters: ReadonlySet<string>,
): ParameterValues {
  const given: ParameterValues =
    motivation === null
      ? { withMotivation: false }
      : {
          withMotivation: true,
          motivation: motivation.text,
          motivationFunction: motivation.functionRef,
          motivationInterests: motivation.interests,
        }
  return {
    ...values,
    ...Object.fromEntries(Object.entries(given).filter(([name]) => parameters.has(name))),
  }
}

/** The motivation as it stands in an annex. It is written at the moment of composing, by nobody but that. */
export function composedMotivation(
  given: GivenMotivation,
  writtenAt: Instant,
  paragraphs: readonly string[],
  sameTextFor: readonly string[],
): ComposedMotivation {
  const inText = [given.text, given.functionRef, ...given.interests].every((words) =>
    paragraphs.some((paragraph) => paragraph.includes(words)),
  )
  return { ...given, writtenAt, sameTextFor, inText }
}

/** SHA-256 of a motivation without differences of space and case. */
export function motivationHash(text: string): Buffer {
  return sha256(Buffer.from(text.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLowerCase()))
}
