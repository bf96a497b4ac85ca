import { Type } from 'typebox'
import type { Role } from '#http'
import { InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { clientAuthentications, personMatches, tokenAlgorithms } from './provider.ts'

const Claim = (description: string) =>
  Type.String({ pattern: '^[A-Za-z0-9_.:/-]{1,200}$', maxLength: 200, description })
const Words = (maxItems: number, description: string) =>
  Type.Array(Type.String({ pattern: '^[!-~]{1,200}$', maxLength: 200 }), {
    maxItems,
    uniqueItems: true,
    description,
  })

const RoleMapping = Type.Array(
  strictObject({
    value: Type.String({ minLength: 1, maxLength: 200, description: 'A value of the role claim, exactly.' }),
    // Which roles there are is known to `identity`; the routes check it.
    role: Type.Unsafe<Role>({ type: 'string', pattern: '^[a-z][a-z-]*$', maxLength: 50 }),
  }),
  { maxItems: 50, description: 'What role a value gives. A value that is not here gives none.' },
)

const settings = {
  name: Type.String({ minLength: 1, maxLength: 100, description: 'What people see on the button.' }),
  clientId: Type.String({ pattern: '^[!-~]{1,255}$', maxLength: 255 }),
  algorithms: Type.Array(oneOf(tokenAlgorithms), {
    minItems: 1,
    maxItems: tokenAlgorithms.length,
    uniqueItems: true,
  }),
  scopes: Words(20, 'Asked for at every sign-in; openid must be one.'),
  forPersons: Type.Boolean({ description: 'Whether persons sign in here about their own things.' }),
  forStaff: Type.Boolean({ description: 'Whether people of the employer and its lawyers sign in here.' }),
  personClaim: Claim('The claim that names a person at the first sign-in.'),
  personMatches: oneOf(personMatches, { description: 'What it is held against.' }),
  verifiedClaim: Claim('Must be exactly true before an e-mail address counts; not asked for external-id.'),
  roleClaim: orNull(Claim('The claim with the groups or roles of staff; a text or a list of texts.')),
  roleMapping: RoleMapping,
  secondFactorAmr: Words(20, 'Values of amr (RFC 8176) that mean a second factor was used.'),
  secondFactorAcr: Words(20, 'Values of acr that mean the same; asked for at a step-up.'),
  maxAgeSeconds: Type.Integer({
    minimum: 0,
    maximum: 86_400,
    description: 'Sent as max_age, and auth_time is held against it.',
  }),
  state: oneOf(['enabled', 'disabled']),
}

const defaults = {
  algorithms: ['RS256', 'PS256', 'ES256'],
  scopes: ['openid', 'profile', 'email'],
  secondFactorAmr: ['mfa'],
}

const ClientSecret = Type.String({
  minLength: 16,
  maxLength: 1_000,
  description: 'Sealed at once; never shown again.',
})

export const ProviderParams = strictObject({ providerId: Uuid })

export const ProviderRequest = strictObject(
  {
    name: settings.name,
    issuer: Type.String({
      minLength: 1,
      maxLength: 2_048,
      description: 'Exactly as the discovery document names it. Cannot change later.',
      examples: ['https://login.example.org/realm'],
    }),
    clientId: settings.clientId,
    clientAuthentication: oneOf(clientAuthentications),
    clientSecret: Type.Optional(ClientSecret),
    algorithms: Type.Optional(settings.algorithms),
    scopes: Type.Optional(settings.scopes),
    forPersons: settings.forPersons,
    forStaff: settings.forStaff,
    personClaim: Type.Optional(settings.personClaim),
    personMatches: Type.Optional(settings.personMatches),
    verifiedClaim: Type.Optional(settings.verifiedClaim),
    roleClaim: Type.Optional(settings.roleClaim),
    roleMapping: Type.Optional(settings.roleMapping),
    secondFactorAmr: Type.Optional(settings.secondFactorAmr),
    secondFactorAcr: Type.Optional(settings.secondFactorAcr),
    maxAgeSeconds: Type.Optional(settings.maxAgeSeconds),
  },
  {
    $id: 'SignOnProviderRequest',
    description: `What is absent: ${JSON.stringify(defaults)}, the claim email held against work-email once email_verified is true, no roles, max_age 300.`,
  },
)

export const ProviderChange = strictObject(
  {
    ...(Object.fromEntries(
      Object.entries(settings).map(([name, schema]) => [name, Type.Optional(schema)]),
    ) as {
      [Name in keyof typeof settings]: ReturnType<typeof Type.Optional<(typeof settings)[Name]>>
    }),
    clientSecret: Type.Optional(ClientSecret),
  },
  { $id: 'SignOnProviderChange', minProperties: 1 },
)

export const ProviderShape = strictObject(
  {
    providerId: Uuid,
    issuer: Type.String(),
    clientAuthentication: oneOf(clientAuthentications),
    publicJwk: orNull(
      Type.String({ description: 'JWK (RFC 7517) to register at the provider, as JSON text.' }),
    ),
    redirectUris: Type.Array(Type.String({ description: 'To register at the provider.' })),
    ...settings,
    createdBy: Uuid,
    createdAt: InstantText,
    updatedAt: InstantText,
  },
  {
    $id: 'SignOnProvider',
    description: 'An identity provider of the organisation. Its client secret is never shown.',
  },
)

export const providerDefaults = {
  algorithms: ['RS256', 'PS256', 'ES256'],
  scopes: ['openid', 'profile', 'email'],
  personClaim: 'email',
  personMatches: 'work-email',
  verifiedClaim: 'email_verified',
  roleClaim: null,
  roleMapping: [],
  secondFactorAmr: ['mfa'],
  secondFactorAcr: [],
  maxAgeSeconds: 300,
} as const

export const PersonParams = strictObject({ personId: Uuid })
export const RebindingParams = strictObject({ personId: Uuid, providerId: Uuid })

export const RebindingRequest = strictObject(
  {
    providerId: Uuid,
    reason: Type.String({ minLength: 1, maxLength: 500 }),
  },
  { $id: 'SignOnRebindingRequest' },
)

export const RebindingShape = strictObject(
  {
    rebindingId: Uuid,
    providerId: Uuid,
    personId: Uuid,
    reason: Type.String(),
    requestedBy: Uuid,
    requestedAt: InstantText,
    usableFrom: Type.Unsafe<string>({
      ...InstantText,
      description: 'Before this moment the account that is bound stays the only one.',
    }),
  },
  { $id: 'SignOnRebinding', description: 'A request to bind a person to another account, while it waits.' },
)
