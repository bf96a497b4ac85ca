import { Type } from 'typebox'
import { InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { keyValidity_days } from './api-key.ts'
import { rightNames, roleNames } from './rights.ts'

const Role = oneOf(roleNames, { description: 'What the client is for; decides what it may do.' })
const Rights = Type.Array(oneOf(rightNames), { maxItems: rightNames.length, uniqueItems: true })

export const ClientParams = strictObject({ clientId: Uuid })
export const KeyParams = strictObject({ clientId: Uuid, keyId: Uuid })

export const ClientRequest = strictObject(
  { name: Type.String({ minLength: 1, maxLength: 200, examples: ['payroll link'] }), role: Role },
  { $id: 'ApiClientRequest' },
)

export const ClientShape = strictObject(
  {
    clientId: Uuid,
    name: Type.String(),
    role: Role,
    createdAt: InstantText,
    createdBy: orNull(Uuid),
    disabledAt: orNull(InstantText),
  },
  { $id: 'ApiClient', description: 'A program that calls this interface in one role.' },
)

const keyProperties = {
  keyId: Uuid,
  scopes: orNull(Rights),
  createdAt: InstantText,
  expiresAt: InstantText,
  revokedAt: orNull(InstantText),
}

export const KeyShape = strictObject(keyProperties, {
  $id: 'ApiKey',
  description: 'A key, without its secret.',
})

export const ClientWithKeys = strictObject(
  { ...ClientShape.properties, keys: Type.Array(KeyShape) },
  { $id: 'ApiClientWithKeys' },
)

export const KeyRequest = strictObject(
  {
    scopes: Type.Optional(
      Type.Array(oneOf(rightNames), {
        minItems: 1,
        maxItems: rightNames.length,
        uniqueItems: true,
        description: 'Narrows the key to these rights. Absent: all rights of the role.',
      }),
    ),
    validDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: keyValidity_days.max,
        description: `For how many days the key works; ${keyValidity_days.usual} when absent.`,
      }),
    ),
  },
  { $id: 'ApiKeyRequest' },
)

export const IssuedKeyShape = strictObject(
  {
    ...keyProperties,
    key: Type.Unsafe<string | null>({
      ...orNull(Type.String()),
      description: 'The key itself. Shown in the first answer only; null when the request is repeated.',
    }),
  },
  { $id: 'IssuedApiKey' },
)

export const MeShape = strictObject(
  {
    organisationId: Uuid,
    clientId: Uuid,
    role: Role,
    rights: Rights,
    staff: orNull(
      strictObject({
        name: Type.String(),
        secondFactorAt: orNull(InstantText),
      }),
    ),
  },
  {
    $id: 'Me',
    description: 'What the key that was sent stands for, or who signed in; `staff` is null for a program.',
  },
)
