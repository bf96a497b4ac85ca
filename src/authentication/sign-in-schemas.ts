import { Type } from 'typebox'
import { assurances } from '#assurance'
import { InstantText, oneOf, orNull, strictObject, Uuid } from '#http'

/** One e-mail address in ASCII, as people are imported with. */
export const Address = Type.String({
  minLength: 3,
  maxLength: 254,
  pattern: '^[^\\s@<>()\\[\\],;:\\\\"]+@[^\\s@<>()\\[\\],;:\\\\"]+\\.[^\\s@<>()\\[\\],;:\\\\".]+$',
  examples: ['anna@example.nl'],
})

export const CodeText = Type.String({ minLength: 1, maxLength: 20, examples: ['ABCD-EFGH'] })

export const SignInCodeRequest = strictObject(
  { organisationId: Uuid, address: Address },
  { $id: 'SignInCodeRequest' },
)

export const AskedCode = strictObject(
  { codeId: Type.String({ format: 'uuid', description: 'Sent along with the code.' }) },
  { $id: 'AskedCode' },
)

export const SignInRequest = strictObject(
  { organisationId: Uuid, codeId: Uuid, code: CodeText },
  { $id: 'SignInRequest' },
)

export const OwnCodeRequest = strictObject({ mailbox: oneOf(['work', 'private']) }, { $id: 'OwnCodeRequest' })

export const StepUpRequest = strictObject(
  {
    code: CodeText,
    codeId: Type.Optional(
      Type.String({
        format: 'uuid',
        description: 'Of a code that came to a mailbox. Without it the code is one of the authenticator app.',
      }),
    ),
  },
  { $id: 'StepUpRequest' },
)

const knownBy = oneOf(assurances, { description: 'How the person was known when it was added.' })
const coolingUntil = orNull(InstantText)

export const PrivateMailboxShape = strictObject(
  { address: Type.String(), confirmedAt: InstantText, knownBy, coolingUntil },
  { $id: 'PrivateMailbox' },
)

export const AuthenticatorShape = strictObject(
  { authenticatorId: Uuid, confirmedAt: InstantText, knownBy, coolingUntil },
  { $id: 'Authenticator' },
)

export const ShownAuthenticatorShape = strictObject(
  {
    authenticatorId: Uuid,
    secret: Type.String({ description: 'Base32, for typing. In this answer and nowhere else.' }),
    uri: Type.String({ description: 'The text of a QR code (otpauth). In this answer and nowhere else.' }),
  },
  { $id: 'ShownAuthenticator' },
)

export const MeansShape = strictObject(
  {
    privateMailbox: orNull(PrivateMailboxShape),
    proposedMailbox: orNull(strictObject({ address: Type.String(), proposedAt: InstantText })),
    authenticator: orNull(AuthenticatorShape),
    ways: Type.Array(
      strictObject({
        means: oneOf(['work-mailbox', 'private-mailbox', 'authenticator']),
        assurance: oneOf(assurances, { description: 'What it gives now.' }),
      }),
    ),
  },
  { $id: 'PersonMeans' },
)
