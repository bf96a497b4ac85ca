import { Type } from 'typebox'
import { InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { roleNames } from '#identity'
import { accessMax_days } from './matter-decisions.ts'
import { thingKinds } from './route-things.ts'

export const MatterParams = strictObject({ matterId: Uuid })
export const AccessParams = strictObject({ matterId: Uuid, accessId: Uuid })
export const StaffParams = strictObject({ staffId: Uuid })

const Subject = Type.Unsafe<{ personId: string } | { policyId: string }>({
  description: 'A person, or a policy with everything that anybody answered about it.',
  oneOf: [strictObject({ personId: Uuid }), strictObject({ policyId: Uuid })],
})

export const MatterRequest = strictObject(
  { title: Type.String({ minLength: 1, maxLength: 200 }), subject: Subject },
  { $id: 'MatterRequest' },
)

export const MatterShape = strictObject(
  {
    matterId: Uuid,
    title: Type.String(),
    subject: strictObject({ kind: oneOf(['person', 'policy']), id: Uuid }),
    openedBy: Uuid,
    openedAt: InstantText,
  },
  { $id: 'Matter', description: 'What lawyers are asked to look at: one person, or one policy.' },
)

export const AccessRequest = strictObject(
  {
    staffId: Type.String({ format: 'uuid', description: 'A lawyer who has signed in before.' }),
    readableFrom: InstantText,
    readableUntil: InstantText,
  },
  { $id: 'MatterAccessRequest', description: `Access runs at most ${accessMax_days} days.` },
)

export const AccessShape = strictObject(
  {
    accessId: Uuid,
    matterId: Uuid,
    staffId: Uuid,
    name: Type.String(),
    readableFrom: InstantText,
    readableUntil: InstantText,
    grantedBy: Uuid,
    grantedAt: InstantText,
    endedAt: orNull(InstantText),
  },
  { $id: 'MatterAccess' },
)

export const MatterWithAccess = strictObject(
  { ...MatterShape.properties, access: Type.Array(AccessShape) },
  { $id: 'MatterWithAccess' },
)

export const ReadShape = strictObject(
  {
    readId: Uuid,
    accessId: Uuid,
    staffId: Uuid,
    name: Type.String({ description: 'As of the sign-in in which it was read.' }),
    sessionId: Uuid,
    operation: Type.String({ description: 'Method and pattern of what was asked.' }),
    thing: oneOf(thingKinds),
    thingId: Uuid,
    readAt: InstantText,
  },
  { $id: 'StaffRead', description: 'Something that a lawyer read, written down before it was answered.' },
)

export const StaffShape = strictObject(
  {
    staffId: Uuid,
    name: Type.String(),
    email: orNull(Type.String()),
    role: oneOf(roleNames),
    providerId: Uuid,
    blockedAt: orNull(InstantText),
    firstSignedInAt: InstantText,
    lastSignedInAt: InstantText,
  },
  { $id: 'StaffAccount', description: 'A human who signs in; name and role as of the newest sign-in.' },
)

export const StaffChange = strictObject(
  { blocked: Type.Boolean({ description: 'true ends every session and refuses new ones.' }) },
  { $id: 'StaffAccountChange' },
)
