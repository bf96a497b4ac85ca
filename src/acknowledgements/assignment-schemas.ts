import { Type } from 'typebox'
import { ActStatusShape, choices } from '#ceremonies'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'

const Audience = Type.Unsafe<{ personIds: string[] } | { departments: string[] } | { everyone: true }>({
  description: 'Exactly one of: named persons, whole departments, everybody.',
  oneOf: [
    strictObject({ personIds: Type.Array(Uuid, { minItems: 1, maxItems: 5000, uniqueItems: true }) }),
    strictObject({
      departments: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 100 }),
    }),
    strictObject({ everyone: Type.Literal(true) }),
  ],
})

export const AssignmentRequest = strictObject(
  {
    policyId: Uuid,
    versionNumber: Type.Integer({ minimum: 1, maximum: 100_000 }),
    dueDate: CivilDateText,
    audience: Audience,
  },
  { $id: 'AssignmentRequest', description: 'Hands a published version to people, who answer by a day.' },
)

export const AssignmentResult = strictObject(
  {
    created: Type.Integer(),
    alreadyAssigned: Type.Integer({ description: 'Persons to whom this version had been handed before.' }),
    assignments: Type.Array(strictObject({ assignmentId: Uuid, personId: Uuid })),
  },
  { $id: 'AssignmentResult' },
)

export const AssignmentShape = strictObject(
  {
    assignmentId: Uuid,
    personId: Uuid,
    policyId: Uuid,
    versionId: Uuid,
    versionNumber: Type.Integer(),
    dueDate: CivilDateText,
    createdAt: InstantText,
    /** When a message was first handed to the channel. */
    deliveredAt: orNull(InstantText),
    /** When the channel last refused a message. */
    deliveryFailedAt: orNull(InstantText),
    /** When a link was first opened. Says nothing of reading. */
    openedAt: orNull(InstantText),
    act: orNull(
      strictObject({
        actId: Uuid,
        choice: oneOf(choices),
        actedAt: InstantText,
        status: ActStatusShape,
        contentErased: Type.Boolean({ description: 'The content of the act and its receipt were erased.' }),
      }),
    ),
  },
  {
    $id: 'Assignment',
    description: 'One person and one version: delivered, opened and answered are three facts.',
  },
)

export const AssignmentFilterQuery = {
  policyId: Type.Optional(Uuid),
  versionId: Type.Optional(Uuid),
  personId: Type.Optional(Uuid),
  state: Type.Optional(oneOf(['open', 'answered'])),
}

export const AssignmentParams = strictObject({ assignmentId: Uuid })

export const DeliveryResult = strictObject(
  { deliveryId: Uuid, state: oneOf(['queued']) },
  {
    $id: 'DeliveryResult',
    description: 'A message with a fresh link is queued. The link itself is never shown here.',
  },
)
