import { Type } from 'typebox'
import { InstantText, oneOf, orNull, strictObject, Uuid } from '#http'

export const AnchorShape = strictObject(
  {
    anchorId: Uuid,
    logId: Uuid,
    size: Type.Integer({ description: 'The size of the checkpoint that is anchored.' }),
    kind: oneOf(['timestamp', 'cosignature']),
    authority: Type.String({
      description: 'The time-stamping authority, or the name of the key of a witness.',
    }),
    development: Type.Boolean({
      description: 'True for a token by an authority of this installation, which proves nothing to others.',
    }),
    provenAt: InstantText,
    obtainedAt: InstantText,
    clockSkewMilliseconds: orNull(
      Type.Integer({
        description: 'This clock minus that of the authority, as little as explains what was seen.',
      }),
    ),
    certificateEndsAt: orNull(InstantText),
    renews: orNull(Uuid),
    note: Type.String({
      description: 'The checkpoint as the log signed it. A first token is over these bytes.',
    }),
  },
  { $id: 'Anchor' },
)

export const AnchorParams = strictObject({ anchorId: Uuid })

export const AnchorRequestShape = strictObject(
  {
    requestedAt: InstantText,
    size: Type.Integer({
      description: 'The size of the ledger now; what is anchored is at least that large.',
    }),
  },
  { $id: 'AnchorRequest' },
)

export const BracketParams = strictObject({
  entryIndex: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
})

const BracketSide = orNull(
  strictObject({
    at: InstantText,
    anchorId: Uuid,
    size: Type.Integer(),
    authority: Type.String(),
    development: Type.Boolean(),
  }),
)

export const BracketShape = strictObject(
  {
    entryIndex: Type.Integer(),
    after: BracketSide,
    before: BracketSide,
  },
  {
    $id: 'Bracket',
    description:
      'The entry was appended after the first moment and existed at the second, both told by others. null: open on that side.',
  },
)

export const WitnessPolicyRequest = strictObject(
  {
    policy: Type.String({
      minLength: 1,
      maxLength: 65_536,
      description:
        'A policy file (C2SP tlog-policy): the own log, witnesses with addresses, groups, a quorum.',
    }),
  },
  { $id: 'WitnessPolicyRequest' },
)

export const WitnessPolicyShape = strictObject(
  {
    revision: Type.Integer({ description: '0 before anybody set a policy.' }),
    policy: Type.String(),
    setAt: orNull(InstantText),
  },
  { $id: 'WitnessPolicy' },
)
