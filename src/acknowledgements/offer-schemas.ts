import { Type } from 'typebox'
import { assurances, purposes } from '#assurance'
import { ceremonyStates, choices } from '#ceremonies'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'

const line = (description: string, maxLength = 200) => Type.String({ minLength: 1, maxLength, description })
const Sha256Hex = Type.String({ pattern: '^[0-9a-f]{64}$' })

const StatedReference = strictObject({
  text: line('Words of the main document that refer to this annex, letter for letter.', 500),
  page: Type.Integer({
    minimum: 1,
    maximum: 1_000,
    description: 'On which page of the main document they stand.',
  }),
})

/**
 * Consent under the AVG is not offered yet: its sentence says that it can be withdrawn at any time (art. 7 lid 3 AVG), and there
 * is no way to do that here.
 */
const offeredPurposes = purposes.filter((purpose) => purpose !== 'data-consent')

export const CeremonyRequest = strictObject(
  {
    personId: Uuid,
    purpose: oneOf(offeredPurposes, {
      description: 'What the act is for; it decides how well the person must be known.',
    }),
    language: oneOf(['nl', 'en'], {
      description: 'That of the main document; the statements are in it too.',
    }),
    dueDate: CivilDateText,
    main: strictObject({ documentId: Uuid }),
    annexes: Type.Array(
      strictObject({
        documentId: Uuid,
        mark: line('How the main document calls it, such as `B` or `Bijlage 2`.', 40),
        references: Type.Array(StatedReference, { maxItems: 10 }),
      }),
      { maxItems: 19 },
    ),
    subject: line('What the person is asked about.'),
    clauses: Type.Array(
      strictObject({
        statementId: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$', maxLength: 40 }),
        subject: line('The clause or covenant, as the person will recognise it in the document.'),
      }),
      { maxItems: 19, description: 'Clauses that are each agreed to by themselves.' },
    ),
    replaces: Type.Optional(Uuid),
  },
  {
    $id: 'CeremonyRequest',
    description:
      'Asks one person to answer documents that are frozen together. The person gets a message with a link.',
  },
)

export const OfferedShape = strictObject(
  {
    assignmentId: Uuid,
    bundleSha256: Sha256Hex,
    requiredAssurance: oneOf(assurances),
    minReadingSeconds: Type.Integer(),
  },
  { $id: 'OfferedCeremony' },
)

export const CeremonyShape = strictObject(
  {
    assignmentId: Uuid,
    personId: Uuid,
    purpose: oneOf(purposes),
    state: oneOf(ceremonyStates, { description: 'All but `open` take no answer any more.' }),
    dueDate: CivilDateText,
    createdAt: InstantText,
    policy: orNull(strictObject({ policyId: Uuid, versionNumber: Type.Integer() })),
    bundle: orNull(
      strictObject({
        manifestSha256: Sha256Hex,
        manifest: orNull(Type.String({ description: 'Canonical JSON; null once its content was erased.' })),
      }),
    ),
    deliveredAt: orNull(InstantText),
    deliveryFailedAt: orNull(InstantText),
    bouncedAt: orNull(InstantText),
    openedAt: orNull(InstantText),
    misdeliveredAt: orNull(InstantText),
    endedAt: orNull(InstantText),
    supersededBy: orNull(Uuid),
    statements: Type.Array(
      strictObject({
        statementId: Type.String(),
        act: orNull(strictObject({ actId: Uuid, choice: oneOf(choices), actedAt: InstantText })),
      }),
    ),
  },
  { $id: 'Ceremony', description: 'Where a request to one person stands. It never holds a link.' },
)

export const CeremonyFilterQuery = {
  personId: Type.Optional(Uuid),
  state: Type.Optional(oneOf(ceremonyStates)),
}

export const WithdrawalRequest = strictObject(
  { reason: line('Why it is withdrawn. It stands in the ledger.', 1_000) },
  { $id: 'CeremonyWithdrawalRequest' },
)

export const EndedShape = strictObject(
  { assignmentId: Uuid, endedAt: InstantText },
  { $id: 'CeremonyWithdrawal' },
)

export const BounceRequest = strictObject(
  { detail: line('What the mail system said of the message that came back.', 500) },
  { $id: 'BounceRequest' },
)

export const BounceShape = strictObject({ deliveryId: Uuid, bouncedAt: InstantText }, { $id: 'Bounce' })
