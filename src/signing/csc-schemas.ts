import { Type } from 'typebox'
import { strictObject, Uuid } from '#http'

/** What a person brought back from their provider, for the act that it is about. */
export const AuthorisationAnswer = strictObject(
  {
    challengeId: Uuid,
    code: Type.String({
      minLength: 1,
      maxLength: 2_048,
      description: 'As the provider gave it to the browser.',
    }),
    state: Type.String({ minLength: 1, maxLength: 200, description: 'The same.' }),
    iss: Type.Optional(
      Type.String({ maxLength: 2_048, description: 'The same, where the provider gives one.' }),
    ),
  },
  {
    $id: 'SigningAuthorisation',
    description:
      'What the query held with which the provider sent the browser back (RFC 6749 section 4.1.2).',
  },
)
