import { Type } from 'typebox'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'

const name = (description: string) => Type.String({ minLength: 1, maxLength: 200, description })
const reason = Type.String({ minLength: 1, maxLength: 2000 })

const Subject = Type.Unsafe<{ personId: string } | { policyId: string }>({
  description: 'A person, or everything that anybody answered about a policy.',
  oneOf: [strictObject({ personId: Uuid }), strictObject({ policyId: Uuid })],
})

export const HoldRequest = strictObject(
  {
    subject: Subject,
    holder: name('Who asks for it, by name.'),
    reason,
    reviewOn: CivilDateText,
  },
  { $id: 'LegalHoldRequest', description: 'Forbids erasure until released; reviewed within six months.' },
)

export const HoldReleaseRequest = strictObject(
  { releaser: name('Who says that it is no longer needed, by name.'), reason },
  { $id: 'LegalHoldReleaseRequest' },
)

export const HoldShape = strictObject(
  {
    holdId: Uuid,
    subject: strictObject({ kind: oneOf(['person', 'policy']), id: Uuid }),
    holder: Type.String(),
    reason: Type.String(),
    reviewOn: CivilDateText,
    reviewOverdue: Type.Boolean({
      description: 'The day of review has passed. The hold goes on until released.',
    }),
    placedBy: Uuid,
    placedAt: InstantText,
    release: orNull(
      strictObject({
        releaser: Type.String(),
        reason: Type.String(),
        releasedBy: Uuid,
        releasedAt: InstantText,
      }),
    ),
  },
  { $id: 'LegalHold' },
)

export const HoldFilterQuery = {
  state: Type.Optional(oneOf(['active', 'released'])),
  personId: Type.Optional(Uuid),
  policyId: Type.Optional(Uuid),
}

export const HoldParams = strictObject({ holdId: Uuid })
