import { sql } from 'kysely'
import type { Instant, OrganisationId } from '#core'
import { sha256 } from '#core'
import type { ParameterValues } from '#clauses'
import type { Transaction } from '#database'
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

/**
 * Other functions for which the very same words are in use in this organisation, in alphabetical order. A text that is used
 * for several says that it was not written for this employee (art. 7:653 lid 2 BW); whether that is so is for a lawyer.
 */
export async function functionsWithSameText(
  trx: Transaction,
  organisationId: OrganisationId,
  text: string,
  functionRef: string,
): Promise<string[]> {
  const { rows } = await sql<{ function_ref: string }>`
    select distinct function_ref from annex_motivation_content
    where organisation_id = ${organisationId}::uuid and text_sha256 = ${motivationHash(text)}
      and lower(btrim(function_ref)) <> lower(btrim(${functionRef}))
    order by function_ref limit 100`.execute(trx)
  return rows.map((row) => row.function_ref)
}
