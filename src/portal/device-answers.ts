import { Type } from 'typebox'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { parseStrictJson } from '#core'
import type { EnrolmentAnswer, SigningAnswer } from '#signing'

const bytes = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^[A-Za-z0-9_-]+$' })
const id = Type.String({ pattern: '^[0-9a-f-]{36}$', maxLength: 36 })
const closed = { additionalProperties: false } as const

const Enrolment = Type.Object(
  {
    challengeId: id,
    credentialId: bytes(1_364),
    clientDataJson: bytes(5_500),
    attestationObject: bytes(43_700),
    transports: Type.Array(Type.String({ pattern: '^[a-z-]{1,32}$', maxLength: 32 }), { maxItems: 10 }),
  },
  closed,
)

const Assertion = Type.Object(
  {
    challengeId: id,
    credentialId: bytes(1_364),
    clientDataJson: bytes(5_500),
    authenticatorData: bytes(11_000),
    signature: bytes(1_400),
  },
  closed,
)

/** What a browser answered when it made a passkey, as its script put it in the form; undefined for anything else. */
export function enrolmentAnswerIn(text: string): EnrolmentAnswer | undefined {
  return read(Enrolment, text)
}

/** The same for what a passkey signed. */
export function signingAnswerIn(text: string): SigningAnswer | undefined {
  const answer = read(Assertion, text)
  if (answer === undefined) return undefined
  const { challengeId, ...response } = answer
  return { challengeId, response }
}

function read<Shape extends TSchema>(shape: Shape, text: string): Static<Shape> | undefined {
  try {
    const value = parseStrictJson(text)
    return Value.Check(shape, value) ? (value as Static<Shape>) : undefined
  } catch {
    return undefined
  }
}
