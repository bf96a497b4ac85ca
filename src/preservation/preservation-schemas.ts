import { Type } from 'typebox'
import { padesLevels } from '#documents'
import { InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { preservationSteps, waitingReasons } from './preservation.ts'

const Level = oneOf(padesLevels, {
  description: 'What the bytes have (EN 319 142-1), never what is aimed at.',
})

const Next = strictObject({
  step: oneOf(preservationSteps, {
    description: 'A time-stamp, the data to judge what is there, or a time-stamp that outlives the newest.',
  }),
  at: InstantText,
  because: orNull(
    oneOf(['certificates', 'algorithm', 'policy'], { description: 'Of a renewal: what ends first.' }),
  ),
})

const Waiting = orNull(
  strictObject(
    {
      because: oneOf(waitingReasons),
      detail: Type.String({ description: 'One sentence for the operator.' }),
      since: InstantText,
      failures: Type.Integer(),
      retryAt: InstantText,
    },
    { description: 'Why the next step could not be done. The level stays what it is; it is tried again.' },
  ),
)

const summary = {
  documentId: Uuid,
  kind: Type.String({ examples: ['policy-edition', 'receipt'] }),
  title: Type.String(),
  language: oneOf(['nl', 'en']),
  createdAt: InstantText,
  level: Level,
  next: Next,
  waiting: Waiting,
}

export const DocumentSummaryShape = strictObject(summary, { $id: 'DocumentSummary' })

const Revision = strictObject({
  number: Type.Integer({ description: 'Its place in the file; 0 is the rendered one.' }),
  kind: oneOf(['uploaded', 'rendered', 'seal', 'signature-sheet', 'timestamp', 'validation-data']),
  level: orNull(Level),
  length: Type.Integer({ description: 'The first so many bytes of the file are the file at this revision.' }),
  sha256: Type.String({ description: 'Of those bytes, in hexadecimal.' }),
  at: InstantText,
  timestamp: orNull(
    strictObject({
      authority: Type.String(),
      development: Type.Boolean({
        description: 'True for an authority of this installation, which proves nothing to others.',
      }),
      provenAt: InstantText,
      chainEndsAt: InstantText,
    }),
  ),
})

export const DocumentShape = strictObject(
  {
    ...summary,
    length: Type.Integer(),
    sha256: Type.String({ description: 'Of the newest revision, in hexadecimal.' }),
    frozenSha256: Type.String({
      description:
        'Of the file as it was sealed, which people are shown and ledger entries name, in hexadecimal.',
    }),
    frozenLength: Type.Integer(),
    revisions: Type.Array(Revision),
  },
  { $id: 'Document' },
)

export const DocumentParams = strictObject({ documentId: Uuid })

export const ContentQuery = strictObject({
  revision: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 10_000,
      description: 'The file exactly as it was at this revision. Without it the newest.',
    }),
  ),
})

export const documentFilters = {
  kind: Type.Optional(Type.String({ pattern: '^[a-z]+(-[a-z]+)*$', maxLength: 40 })),
  level: Type.Optional(Level),
}

export const RenewalRequest = strictObject(
  { reason: Type.String({ minLength: 1, maxLength: 500, description: 'Why now. It is kept.' }) },
  { $id: 'DocumentRenewalRequest' },
)

export const RenewalAnswer = strictObject(
  { requestId: Uuid, requestedAt: InstantText },
  { $id: 'DocumentRenewal' },
)
