import { Type } from 'typebox'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'

const text = Type.String()

/** How the person shows who they are, what was told to them about it, and what the employer attested. */
export const ExportedAccess = strictObject({
  sessions: Type.Array(
    strictObject({
      sessionId: Uuid,
      kind: text,
      userAgent: text,
      createdAt: InstantText,
      lastUsedAt: InstantText,
      endedAt: orNull(InstantText),
    }),
  ),
  authentications: Type.Array(
    strictObject({ sessionId: Uuid, method: text, assurance: text, at: InstantText, record: orNull(text) }),
  ),
  mailboxes: Type.Array(
    strictObject({ state: oneOf(['confirmed', 'proposed', 'set-aside']), address: text, at: InstantText }),
  ),
  authenticators: Type.Array(
    strictObject({ state: text, madeAt: InstantText, confirmedAt: orNull(InstantText) }),
  ),
  codes: Type.Array(strictObject({ purpose: text, address: text, requestedAt: InstantText })),
  notices: Type.Array(
    strictObject({
      kind: text,
      mailbox: text,
      address: text,
      state: text,
      detail: text,
      createdAt: InstantText,
    }),
  ),
  attestations: Type.Array(
    strictObject({
      attestationId: Uuid,
      kind: text,
      happenedOn: CivilDateText,
      what: orNull(text),
      evidenceSha256: orNull(text),
      attestedAt: InstantText,
    }),
  ),
})
