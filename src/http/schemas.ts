import { Type, type Static, type TProperties, type TSchema } from 'typebox'
import { problems, type ProblemCode } from '#core'

/** An identifier of ours: a UUID in lower case with hyphens. */
export const Uuid = Type.String({ format: 'uuid' })

/** A moment with its offset (RFC 3339, upper-case T and Z). What we send is UTC with milliseconds. */
export const InstantText = Type.String({ format: 'date-time', examples: ['2026-11-21T08:00:00.123Z'] })

/** A calendar day. */
export const CivilDateText = Type.String({ format: 'date', examples: ['2026-12-01'] })

/** One of a few words. Gives one clear error where a union of literals gives one for each. */
export function oneOf<const Values extends readonly string[]>(
  values: Values,
  options: { description?: string } = {},
) {
  return Type.Unsafe<Values[number]>({ type: 'string', enum: [...values], ...options })
}

/** This, or null. */
export function orNull<Schema extends TSchema>(schema: Schema) {
  return Type.Unsafe<Static<Schema> | null>({ anyOf: [schema, { type: 'null' }] })
}

/** An object that takes no member that is not named. With an `$id` it becomes a component of the OpenAPI document. */
export function strictObject<Properties extends TProperties>(
  properties: Properties,
  options: { $id?: string; description?: string; minProperties?: number } = {},
) {
  return Type.Object(properties, { additionalProperties: false, ...options })
}

/** The shape of every refusal (RFC 9457), with a code to branch on and the places that are wrong. */
export const Problem = strictObject(
  {
    type: Type.String({ description: 'Reference to the page about this kind of refusal; stable.' }),
    title: Type.String({ description: 'The kind of refusal in words; stable for a code.' }),
    status: Type.Integer({ description: 'The HTTP status, again.' }),
    detail: Type.String({ description: 'What to do about it. Never repeats what was sent.' }),
    instance: Type.String({ description: 'urn:uuid of the request, as it stands in our log.' }),
    code: Type.String({ description: 'The kind of refusal as one word; never reused for something else.' }),
    errors: Type.Optional(
      Type.Array(
        strictObject({
          code: Type.String(),
          message: Type.String(),
          pointer: Type.Optional(Type.String({ description: 'JSON Pointer into the body.' })),
          parameter: Type.Optional(Type.String({ description: 'Name of the parameter or header.' })),
        }),
      ),
    ),
  },
  { $id: 'Problem', description: 'A refusal (RFC 9457).' },
)

/** Marks the entry under which a route's own refusals wait until registration takes them out of its schema. */
export const problemsKey = 'x-problems'

/**
 * The refusals of a route beyond those that follow from what it is (400, 401, 403, 413, 415, 500, 503 ...). Spread
 * into `response`; at registration each becomes a documented answer under its status.
 */
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- spreading it must not widen the other answers
export function problemResponses(...codes: readonly ProblemCode[]): Record<never, never> {
  return { [problemsKey]: codes }
}

/** An answer that is a file. */
export function fileResponse(mediaType: string, description: string) {
  return {
    description,
    content: { [mediaType]: { schema: { type: 'string', contentMediaType: mediaType } } },
  } as unknown as TSchema
}

/** A body, or a field of a form, that is a file; `acceptBytes` and `acceptForm` bound its length. */
export function fileBody(mediaType: string, description: string) {
  return Type.Unsafe<Buffer>({ description, contentMediaType: mediaType })
}

/** The answer with a status that carries nothing. */
export function emptyResponse(description: string) {
  return Type.Null({ description })
}

/** The documented answers for these refusals, by status. */
export function problemDocumentation(codes: readonly ProblemCode[]): Record<string, unknown> {
  const byStatus = Map.groupBy([...new Set(codes)].toSorted(), (code) => problems[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, kinds]) => [
      String(status),
      {
        description: kinds.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}
