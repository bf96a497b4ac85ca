import { Type, type TSchema } from 'typebox'
import type { CivilDate } from '#core'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import type { FactStatement } from './employment-decisions.ts'
import { factKinds, type FactKind } from './employment.ts'
import type { OrganisationStatement } from './organisation-fact-actions.ts'

/** A calendar day as it was checked by its schema. */
export const Day = Type.Unsafe<CivilDate>(CivilDateText)

const Job = strictObject({
  description: Type.String({ minLength: 1, maxLength: 500, description: 'In the words of the employer.' }),
  foreseen: Type.Boolean({ description: 'Whether this was foreseen when the contract was made.' }),
})

const Moment = Type.String({
  format: 'date-time',
  pattern: '\\.\\d{3}Z$',
  maxLength: 24,
  description: 'UTC with milliseconds.',
  examples: ['2026-03-02T14:05:11.000Z'],
})

const valueShapes = {
  started: strictObject({ day: Day }),
  'birth-date': strictObject({ day: Day }),
  languages: strictObject({
    languages: Type.Array(Type.String({ pattern: '^[a-z]{2,3}(-[A-Z]{2})?$', maxLength: 6 }), {
      maxItems: 20,
      description: 'Languages that the employee says to read well.',
    }),
  }),
  function: Job,
  grade: Job,
  wage: strictObject({
    hourlyCents: Type.Integer({ minimum: 0, maximum: 100_000_00, description: 'Euro cents, gross.' }),
    hoursPerDay: Type.Number({ minimum: 0, maximum: 24, description: 'Hours of a working day.' }),
    foreseen: Type.Boolean(),
  }),
  area: Job,
  'client-access': Job,
  reporting: Job,
  'last-day': strictObject({
    day: orNull(Day),
    endedBy: oneOf(['employee', 'employer', 'agreement', 'term', 'court', 'other']),
    seriousFault: oneOf(['none', 'employer', 'employee', 'disputed']),
  }),
  'works-council': strictObject({
    policySha256: orNull(Type.String({ pattern: '^[0-9a-f]{64}$', maxLength: 64 })),
    decision: oneOf(['consent', 'refused', 'none', 'court-substitute', 'cao-settled']),
    caoReference: orNull(Type.String({ minLength: 1, maxLength: 200 })),
    decisionCommunicatedAt: orNull(Moment),
    nullityInvokedAt: orNull(Moment),
  }),
} satisfies Record<FactKind, TSchema>

const statementShapes = factKinds.map((kind) =>
  strictObject({
    kind: oneOf([kind]),
    ...(kind === 'started' || kind === 'birth-date'
      ? {}
      : { validFrom: Type.Unsafe<CivilDate>({ ...CivilDateText, description: 'The first day on which it holds.' }) }), // prettier-ignore
    value: valueShapes[kind],
  }),
)

type StatementBody = {
  [Kind in FactKind]: Omit<Extract<FactStatement, { kind: Kind }>, 'validFrom'> & {
    readonly validFrom?: CivilDate
  }
}[FactKind]

/** A fact as a request states it; `statementsOf` reads it. */
export const FactStatementShape = Type.Unsafe<StatementBody>({
  description:
    'What is true of the employment, and from which day. `started` and `birth-date` have no such day.',
  discriminator: { propertyName: 'kind' },
  oneOf: statementShapes,
})

const Reason = Type.String({ minLength: 1, maxLength: 2_000 })

export const EmploymentRequest = strictObject({
  personId: Uuid,
  facts: Type.Array(FactStatementShape, {
    minItems: 1,
    maxItems: 50,
    description: 'What is known from the start; the first day (`started`) is among it.',
  }),
})

export const FactsRequest = strictObject({
  facts: Type.Array(FactStatementShape, { maxItems: 50 }),
  retractions: Type.Array(strictObject({ factId: Uuid, reason: Reason }), {
    maxItems: 50,
    description: 'Facts that turned out not to be true. What was known before stays known as of then.',
  }),
})

/** The statements of a body that passed its schema. */
export function statementsOf(bodies: readonly StatementBody[]): FactStatement[] {
  return bodies.map((body) => ({ ...body, validFrom: body.validFrom ?? null }) as FactStatement)
}

const AnyValue = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: true,
  description: 'As it was stated.',
})

const factMembers = {
  factId: Uuid,
  kind: oneOf(factKinds),
  validFrom: CivilDateText,
  value: orNull(AnyValue),
  recordedAt: InstantText,
  entryId: Uuid,
  backDated: Type.Boolean({ description: 'Recorded after the day from which it holds.' }),
}

export const FactShape = strictObject(factMembers, { $id: 'EmploymentFact' })

export const RecordedFactShape = strictObject(
  {
    ...factMembers,
    recordedBy: Uuid,
    retraction: orNull(
      strictObject({
        factId: Uuid,
        recordedAt: InstantText,
        recordedBy: Uuid,
        reason: orNull(Type.String()),
        entryId: Uuid,
      }),
    ),
  },
  { $id: 'RecordedEmploymentFact' },
)

export const RecordedFactsShape = strictObject(
  { facts: Type.Array(RecordedFactShape) },
  { $id: 'RecordedEmploymentFacts' },
)

export const OrganisationFactRequest = Type.Unsafe<OrganisationStatement>({
  description: 'What is true of the organisation from a day on, or which fact is taken back and why.',
  oneOf: [
    strictObject({
      kind: oneOf(['headcount']),
      validFrom: Day,
      value: strictObject({ count: Type.Integer({ minimum: 0, maximum: 10_000_000 }) }),
    }),
    strictObject({
      kind: oneOf(['employee-body']),
      validFrom: Day,
      value: strictObject({ body: oneOf(['none', 'pvt', 'or']) }),
    }),
    strictObject({ retracts: Uuid, reason: Reason }),
  ],
})

export const OrganisationFactShape = strictObject(
  {
    factId: Uuid,
    kind: oneOf(['headcount', 'employee-body']),
    validFrom: CivilDateText,
    value: AnyValue,
    recordedAt: InstantText,
    entryId: Uuid,
    backDated: Type.Boolean(),
    retractedAt: orNull(InstantText),
  },
  { $id: 'OrganisationFact' },
)

export const OrganisationFactsShape = strictObject(
  { facts: Type.Array(OrganisationFactShape) },
  { $id: 'OrganisationFacts' },
)

export { Moment, Reason }
