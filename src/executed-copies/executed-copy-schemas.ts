import { Type } from 'typebox'
import { InstantText, oneOf, orNull, strictObject, Uuid } from '#http'

const Sha256 = Type.String({
  pattern: '^[0-9a-f]{64}$',
  maxLength: 64,
  description: 'SHA-256 in lower-case hex.',
})

const PartyShape = strictObject({
  actId: Uuid,
  capacity: oneOf(['employee', 'employer-representative'], {
    description:
      'As whom this person agreed, as the employer states it. Nothing here checks it, and the sheet says so.',
  }),
})

export const ExecutedCopyRequest = strictObject(
  {
    parties: Type.Array(PartyShape, {
      minItems: 2,
      maxItems: 10,
      description:
        'In the order in which they stand on the sheet. The acts may be of people’s own links only.',
    }),
    documentId: Type.Optional(
      Type.String({
        format: 'uuid',
        description: 'Of a bundle, the document that the copy is of. Without it, the main one.',
      }),
    ),
  },
  { $id: 'ExecutedCopyRequest' },
)

const EditionShape = strictObject(
  { documentId: Uuid, sha256: Sha256 },
  { description: 'The document that each party was shown: the copy begins with exactly its bytes.' },
)

export const ExecutedCopyShape = strictObject(
  {
    executedCopyId: Uuid,
    versionId: orNull(Uuid),
    bundleSha256: orNull(Sha256),
    edition: EditionShape,
    parties: Type.Array(PartyShape),
    documentId: orNull(Uuid),
    documentSha256: Sha256,
    byteLength: Type.Integer(),
    madeBy: Uuid,
    madeAt: InstantText,
  },
  {
    $id: 'ExecutedCopy',
    description:
      'A document with the sheet of those who agreed to it. `documentId` is null once content of an act was erased.',
  },
)

export const ExecutedCopyFilter = {
  actId: Type.Optional(Type.String({ format: 'uuid', description: 'Only copies in which this act stands.' })),
}

export const ExecutedCopyParams = strictObject({ executedCopyId: Uuid })

export const OwnExecutedCopies = strictObject(
  {
    items: Type.Array(
      strictObject({
        executedCopyId: Uuid,
        madeAt: InstantText,
        documentSha256: Sha256,
        byteLength: Type.Integer(),
      }),
    ),
  },
  { $id: 'OwnExecutedCopies', description: 'The copies in which the act of this link stands, newest first.' },
)
