import { Type } from 'typebox'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'

const name = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description })
const language = oneOf(['nl', 'en'], { description: 'The language in which this person is spoken to.' })

const employedUntil = CivilDateText

const PersonStatementShape = strictObject({
  externalId: name(100, 'How the HR system knows this person. Never a BSN.'),
  givenName: name(100, 'Given name.'),
  familyName: name(100, 'Family name with its prefixes.'),
  workEmail: Type.String({ minLength: 3, maxLength: 254, description: 'The mailbox that messages go to.' }),
  language,
  department: Type.Optional(name(100, 'Department.')),
  jobTitle: Type.Optional(name(100, 'Function.')),
  employedUntil: Type.Optional(employedUntil),
})

export const PersonImportRequest = strictObject(
  { persons: Type.Array(PersonStatementShape, { minItems: 1, maxItems: 5000 }) },
  {
    $id: 'PersonImportRequest',
    description: 'What an HR system says about people. Taken whole or not at all.',
  },
)

export const PersonImportResult = strictObject(
  {
    created: Type.Integer({ description: 'Persons that were not known.' }),
    updated: Type.Integer({ description: 'Known persons about whom something changed.' }),
    unchanged: Type.Integer({ description: 'Known persons about whom nothing changed.' }),
  },
  { $id: 'PersonImportResult' },
)

export const PersonShape = strictObject(
  {
    personId: Uuid,
    externalId: Type.String(),
    givenName: Type.String(),
    familyName: Type.String(),
    workEmail: Type.String(),
    language,
    department: orNull(Type.String()),
    jobTitle: orNull(Type.String()),
    employedUntil: orNull(employedUntil),
    createdAt: InstantText,
    updatedAt: InstantText,
  },
  { $id: 'Person' },
)

export const PersonParams = strictObject({ personId: Uuid })
