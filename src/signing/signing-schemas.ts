import type { Static } from 'typebox'
import { Type } from 'typebox'
import { assurances } from '#assurance'
import { InstantText, oneOf, orNull, strictObject, Uuid } from '#http'

/** Bytes in base64url without padding, at most this many characters. */
export function base64Url(maxLength: number, description: string) {
  return Type.String({ minLength: 1, maxLength, pattern: '^[A-Za-z0-9_-]+$', description })
}

export const assuranceText = oneOf(assurances, { description: 'How the person was known; see the ladder.' })

const Descriptor = strictObject({
  type: oneOf(['public-key']),
  id: Type.String(),
  transports: Type.Array(Type.String()),
})

/** PublicKeyCredentialCreationOptionsJSON (WebAuthn section 5.4). */
const CreationOptionsShape = strictObject({
  rp: strictObject({ id: Type.String(), name: Type.String() }),
  user: strictObject({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
  challenge: Type.String(),
  pubKeyCredParams: Type.Array(strictObject({ type: oneOf(['public-key']), alg: Type.Integer() })),
  timeout: Type.Integer({ description: 'Milliseconds.' }),
  excludeCredentials: Type.Array(Descriptor),
  authenticatorSelection: strictObject({
    residentKey: oneOf(['discouraged']),
    requireResidentKey: Type.Boolean(),
    userVerification: oneOf(['required']),
  }),
  attestation: oneOf(['direct']),
})

/** PublicKeyCredentialRequestOptionsJSON (WebAuthn section 5.5). */
export const RequestOptionsShape = strictObject({
  challenge: Type.String(),
  timeout: Type.Integer({ description: 'Milliseconds.' }),
  rpId: Type.String(),
  allowCredentials: Type.Array(Descriptor),
  userVerification: oneOf(['required']),
})

export const BegunEnrolmentShape = strictObject(
  {
    challengeId: Uuid,
    expiresAt: InstantText,
    options: CreationOptionsShape,
  },
  {
    $id: 'SigningEnrolmentChallenge',
    description: 'Give `options` to PublicKeyCredential.parseCreationOptionsFromJSON and then to navigator.credentials.create.', // prettier-ignore
  },
)

export const EnrolmentRequest = strictObject({
  challengeId: Uuid,
  credentialId: base64Url(1364, 'The `rawId` of the new credential.'),
  clientDataJson: base64Url(5_500, '`response.clientDataJSON`, byte for byte.'),
  attestationObject: base64Url(43_700, '`response.attestationObject`, byte for byte.'),
  transports: Type.Array(Type.String({ pattern: '^[a-z-]{1,32}$', maxLength: 32 }), {
    maxItems: 10,
    uniqueItems: true,
    description: '`response.getTransports()`; empty where the browser does not tell.',
  }),
})

export const AssertionRequest = strictObject(
  {
    challengeId: Uuid,
    credentialId: base64Url(1364, 'The `rawId` of the credential that signed.'),
    clientDataJson: base64Url(5_500, '`response.clientDataJSON`, byte for byte.'),
    authenticatorData: base64Url(11_000, '`response.authenticatorData`, byte for byte.'),
    signature: base64Url(1_400, '`response.signature`, byte for byte.'),
  },
  { $id: 'SigningAssertion', description: 'What navigator.credentials.get answered, in base64url.' },
)

export const CredentialShape = strictObject(
  {
    signingCredentialId: Uuid,
    enrolledAt: InstantText,
    enrolledBy: assuranceText,
    userAgent: Type.String({ description: 'What the browser called itself at the enrolment.' }),
    transports: Type.Array(Type.String()),
    backupEligible: Type.Boolean({ description: 'The key may be copied to other devices of its account.' }),
    attested: Type.Boolean({ description: 'A maker under a configured root vouches for the device.' }),
    anchored: Type.Boolean({
      description: 'A timestamp from outside covers the enrolment; before that it signs nothing.',
    }),
    assurance: Type.Unsafe<Static<typeof assuranceText>>({
      ...assuranceText,
      description: 'What a signature with it counts for now.',
    }),
    coolingUntil: orNull(InstantText),
    revokedAt: orNull(InstantText),
    revokedByReset: Type.Boolean({ description: 'The staff of the employer ended it, and not the person.' }),
  },
  { $id: 'SigningCredential' },
)

export const OwnCredentialsShape = strictObject({ items: Type.Array(CredentialShape) })
export const CredentialParams = strictObject({ signingCredentialId: Uuid })

export const ResetParams = strictObject({ personId: Uuid })
export const ResetRequest = strictObject({
  reason: Type.String({
    minLength: 1,
    maxLength: 2_000,
    description: 'Why, in words. Stands in the ledger and is told to whoever may see it.',
  }),
})
export const ResetShape = strictObject(
  {
    resetId: Uuid,
    personId: Uuid,
    resetAt: InstantText,
    coolingUntil: InstantText,
    revokedCredentials: Type.Integer({ minimum: 0 }),
  },
  { $id: 'SigningReset' },
)
