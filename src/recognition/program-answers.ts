import { Type } from 'typebox'
import { Check } from 'typebox/value'
import { oneOf, strictObject } from '#http'
import type { FileIdentity } from './file-identity.ts'
import type { Verification } from './recognition.ts'

// Bounds on everything: the process that answers read a hostile file.
const line = Type.String({ maxLength: 4_000 })
const hex64 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

const IdentityAnswer = strictObject({
  length: count,
  sha256: hex64,
  organisationIds: Type.Array(Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }), {
    maxItems: 4,
  }),
  identifiers: Type.Array(Type.String({ pattern: '^[0-9a-f]{32}$' }), { maxItems: 4 }),
  ends: Type.Array(count, { maxItems: 65 }),
})

const ReportAnswer = strictObject({
  accepted: Type.Boolean(),
  checks: Type.Array(
    strictObject({ name: line, outcome: oneOf(['PASSED', 'FAILED', 'INDETERMINATE']), sentence: line }),
    { minItems: 1, maxItems: 500 },
  ),
  facts: Type.Array(strictObject({ name: line, value: Type.String({ maxLength: 100_000 }) }), {
    maxItems: 500,
  }),
  limits: Type.Array(line, { maxItems: 100 }),
  places: Type.Array(strictObject({ origin: line, index: count, size: count, root: line }), {
    maxItems: 10,
  }),
})

/** The two answers of `recognition-program.ts`. */
export type ProgramAnswer =
  | { readonly kind: 'identity'; readonly identity: FileIdentity }
  | { readonly kind: 'report'; readonly report: Omit<Extract<Verification, { state: 'done' }>, 'state'> }

/** The answer if it has the form agreed on and does not contradict itself; nothing else of it is believed. */
export function acceptAnswer(answer: unknown): ProgramAnswer | undefined {
  if (Check(IdentityAnswer, answer)) return { kind: 'identity', identity: answer }
  if (!Check(ReportAnswer, answer)) return undefined
  const passed = answer.checks.every(({ outcome }) => outcome === 'PASSED')
  return passed === answer.accepted ? { kind: 'report', report: answer } : undefined
}
