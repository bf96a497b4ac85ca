import { Type } from 'typebox'
import type { Static } from 'typebox'
import { InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { clauseKinds } from '#jurisdictions'
import { parameterTypes } from './clause-template.ts'
import type { ClauseContent, ParameterValues } from './clause-template.ts'

const line = Type.String({ minLength: 1, maxLength: 200 })
const Label = strictObject({ nl: line, en: line })
const paragraph = Type.String({ minLength: 1, maxLength: 5_000, description: 'A gap is written {{name}}.' })
const Name = Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z][A-Za-z0-9]*$' })
const Choice = Type.String({ minLength: 1, maxLength: 60 })

const ConditionShape = strictObject({
  parameter: Name,
  is: Type.Unsafe<string | boolean>({ anyOf: [Choice, { type: 'boolean' }] }),
})

const ParameterShape = strictObject({
  name: Name,
  type: oneOf(parameterTypes),
  label: Label,
  required: Type.Boolean(),
  when: Type.Optional(ConditionShape),
  options: Type.Optional(Type.Array(strictObject({ value: Choice, label: strictObject({ nl: paragraph, en: paragraph }) }), { maxItems: 20 })), // prettier-ignore
})

export const ContentShape = strictObject(
  {
    kind: oneOf(clauseKinds),
    heading: Label,
    parameters: Type.Array(ParameterShape, { maxItems: 60 }),
    paragraphs: Type.Array(
      strictObject({
        text: strictObject({ nl: paragraph, en: paragraph }),
        when: Type.Optional(ConditionShape),
      }),
      { minItems: 1, maxItems: 60 },
    ),
  },
  { $id: 'ClauseContent', description: 'The text of a clause with its gaps, in both languages.' },
)

/** The content of a body that passed the schema. */
export function contentOf(body: Static<typeof ContentShape>): ClauseContent {
  return body
}

export const TemplateRequest = Type.Unsafe<
  { name: string; starterId: string } | { name: string; content: Static<typeof ContentShape> }
>({
  description: 'A starter text by its identifier, or a text of your own.',
  oneOf: [
    strictObject({ name: line, starterId: Choice }),
    strictObject({ name: line, content: ContentShape }),
  ],
})
export const VersionRequest = strictObject({ content: ContentShape })
export const ReviewRequest = strictObject({
  reviewer: Type.String({ minLength: 1, maxLength: 200, description: 'Counsel, by name.' }),
  outcome: oneOf(['approved', 'rejected']),
  remarks: Type.String({ maxLength: 5_000 }),
})
export const TemplateParams = strictObject({ clauseTemplateId: Uuid })
export const VersionParams = strictObject({
  clauseTemplateId: Uuid,
  versionNumber: Type.Integer({ minimum: 1, maximum: 100_000 }),
})

const ReviewMembers = {
  reviewId: Uuid,
  reviewer: Type.String(),
  outcome: oneOf(['approved', 'rejected']),
  remarks: Type.String(),
  reviewedAt: InstantText,
  entryId: Uuid,
}
export const ReviewShape = strictObject(ReviewMembers, { $id: 'ClauseReview' })

export const TemplateShape = strictObject(
  {
    templateId: Uuid,
    kind: oneOf(clauseKinds),
    name: Type.String(),
    starterId: orNull(Type.String()),
    createdAt: InstantText,
    versions: Type.Array(
      strictObject({
        versionNumber: Type.Integer(),
        contentSha256: Type.String(),
        createdAt: InstantText,
        entryId: Uuid,
        reviews: Type.Array(ReviewShape),
      }),
    ),
  },
  { $id: 'ClauseTemplate' },
)
export const LibraryShape = strictObject({ templates: Type.Array(TemplateShape) }, { $id: 'ClauseLibrary' })
export const VersionShape = strictObject(
  { content: ContentShape, contentSha256: Type.String() },
  { $id: 'ClauseVersion' },
)
export const StartersShape = strictObject(
  {
    notice: Label,
    starters: Type.Array(strictObject({ starterId: Type.String(), content: ContentShape })),
  },
  { $id: 'ClauseStarters' },
)

const Value = Type.Unsafe<string | number | boolean | string[]>({
  anyOf: [
    { type: 'string', maxLength: 5_000 },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: { type: 'string', maxLength: 5_000 }, maxItems: 500 },
  ],
})
export const FillingRequest = strictObject({
  values: Type.Unsafe<ParameterValues>({
    type: 'object',
    patternProperties: { '^[a-z][A-Za-z0-9]{0,39}$': Value },
    additionalProperties: false,
    maxProperties: 60,
  }),
  locatedIn: oneOf(['main', 'annex'], { description: 'Where the clause will stand.' }),
})

const Filled = strictObject({ heading: Type.String(), paragraphs: Type.Array(Type.String()) })
export const FillingShape = strictObject(
  {
    kind: oneOf(clauseKinds),
    contentSha256: Type.String(),
    nl: Filled,
    en: Filled,
    reviewedByCounsel: Type.Boolean({
      description: 'Whether the newest word of counsel on this text is approval.',
    }),
    facts: Type.Unsafe<Record<string, unknown>>({
      type: 'object',
      additionalProperties: true,
      description:
        'What the rules of law may know of it: a member of `clauses` of legal facts, and `penalty` for a boetebeding.',
    }),
  },
  { $id: 'FilledClause' },
)
