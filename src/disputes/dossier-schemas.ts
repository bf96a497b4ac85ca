import { Type } from 'typebox'
import { InstantText, oneOf, orNull, strictObject, Uuid } from '#http'

const Subject = Type.Unsafe<{ personId: string } | { policyId: string }>({
  description: 'Exactly one: a person, or a policy.',
  oneOf: [strictObject({ personId: Uuid }), strictObject({ policyId: Uuid })],
})

export const DossierRequest = strictObject(
  {
    subject: Subject,
    ledgerOrigin: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 300,
        description:
          'The name of a ledger that was closed; the open one unless given. A dossier is about one ledger.',
      }),
    ),
    purpose: Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'Why it is asked for. Goes into the ledger.',
    }),
  },
  { $id: 'DossierRequest' },
)

export const DossierShape = strictObject(
  {
    dossierId: Uuid,
    subject: strictObject({ kind: oneOf(['person', 'policy']), id: Uuid }),
    purpose: Type.String(),
    treeSize: Type.Integer({ description: 'The size of the ledger at which the dossier is frozen.' }),
    createdAt: InstantText,
    createdBy: Uuid,
    state: oneOf(['anchoring', 'ready']),
    unanchoredBecause: orNull(
      Type.String({
        description:
          'Why its checkpoint has no timestamp from outside. null while there is one, or none yet.',
      }),
    ),
  },
  { $id: 'Dossier' },
)

export const DossierParams = strictObject({ dossierId: Uuid })

export const ReportQuery = Type.Object(
  {
    language: Type.Optional(
      oneOf(['nl', 'en'], { description: 'The language of the report; Dutch unless given.' }),
    ),
  },
  { additionalProperties: false },
)

export const VerificationKeysShape = strictObject(
  {
    organisationId: Uuid,
    organisationName: Type.String(),
    logVkey: Type.String({ description: 'Verifier key of the ledger (C2SP signed-note).' }),
    earlierLogVkeys: Type.Array(Type.String(), {
      description: 'Those of ledgers that were closed after a restore, oldest first. Pin them too.',
    }),
    logPem: Type.String({ description: 'The same key as SPKI PEM, for openssl.' }),
    dossierPem: Type.String({ description: 'The Ed25519 key that signs dossiers, SPKI PEM.' }),
    sealCertificatePem: Type.String({ description: 'The certificate that seals documents.' }),
    rootPem: Type.String({ description: 'The root of that certificate.' }),
    earlierRootPems: Type.Array(Type.String(), {
      description:
        'Roots of seal keys that were used before, oldest first. Pin them too: their seals stay valid.',
    }),
    tsaRootsPem: Type.String({ description: 'The roots of the timestamp authorities in use.' }),
    witnessPolicy: Type.String({ description: 'The witnesses and their quorum (C2SP tlog-policy).' }),
  },
  { $id: 'VerificationKeys', description: 'The keys to pin. They are never secret and never withdrawn.' },
)

export const OrganisationParams = strictObject({ organisationId: Uuid })
