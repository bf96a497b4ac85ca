import { Type } from 'typebox'
import { CivilDateText, fileBody, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { captureTypes, visibilities } from './capture.ts'

const words = Type.String({ minLength: 1, maxLength: 2_000 })

export const PersonParams = strictObject({ personId: Uuid })
export const CaptureParams = strictObject({ personId: Uuid, captureId: Uuid })

export const CaptureForm = strictObject({
  file: fileBody('image/png', 'The print as it was made: PNG, JPEG or PDF, at most 10 MiB.'),
  capturedOn: CivilDateText,
  visibility: oneOf(visibilities, {
    description:
      'Who could see it: everybody, whoever is signed in there, the connections of an account, one addressee.',
  }),
  source: Type.String({
    minLength: 1,
    maxLength: 2_000,
    description: 'Where it was taken from, such as an address.',
  }),
  shows: Type.String({ minLength: 1, maxLength: 2_000, description: 'What is to be seen on it.' }),
})

export const CaptureShape = strictObject(
  {
    captureId: Uuid,
    personId: Uuid,
    capturedOn: CivilDateText,
    visibility: oneOf(visibilities),
    mediaType: oneOf(captureTypes),
    byteLength: Type.Integer(),
    sha256: Type.String(),
    keptAt: InstantText,
    entryId: Uuid,
    entryIndex: Type.Integer(),
    source: orNull(words),
    shows: orNull(words),
  },
  {
    $id: 'ContactCapture',
    description: 'A dated print of a contact. `source` and `shows` are null once the person was erased.',
  },
)

export const CapturesShape = strictObject({ captures: Type.Array(CaptureShape) }, { $id: 'ContactCaptures' })
