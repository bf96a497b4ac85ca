import { Type } from 'typebox'
import { oneOf, orNull, strictObject, Uuid } from '#http'

export const VerificationQuery = strictObject({
  organisationId: Type.Optional(
    Type.String({
      format: 'uuid',
      description:
        'The organisation to look at, where the file names none: a bought certificate, or no seal left.',
    }),
  ),
})

const Revision = strictObject(
  {
    number: Type.Integer({
      description: '0 is the rendered file, 1 the sealed one, then one for each update.',
    }),
    kind: Type.String({ description: 'What this revision added.', examples: ['seal'] }),
    length: Type.Integer({ description: 'Bytes of the whole file up to here.' }),
    sha256: Type.String({ description: 'Of the whole file up to here, lower-case hex.' }),
    level: orNull(Type.String({ description: 'PAdES level (EN 319 142-1); null without a seal.', examples: ['B-B'] })), // prettier-ignore
  },
  { $id: 'DocumentRevision' },
)

const Comparison = strictObject({
  kind: oneOf(['identical', 'cut-off', 'bytes-added', 'different']),
  equalLength: Type.Integer({ description: 'So many bytes from the beginning are equal.' }),
  intactRevision: orNull(Revision),
  changedInRevision: orNull(Revision),
  addedLength: orNull(Type.Integer({ description: 'Bytes that follow after everything that is ours.' })),
  differentBytes: orNull(
    Type.Integer({ description: 'How many bytes differ, where the file is as long as a revision.' }),
  ),
})

const Check = strictObject({
  name: Type.String(),
  outcome: oneOf(['PASSED', 'FAILED', 'INDETERMINATE']),
  sentence: Type.String({ description: 'What held, or what was found instead. English.' }),
})

const Verification = strictObject({
  state: oneOf(['done', 'time', 'memory', 'crash', 'answer'], {
    description: 'done, or what ended the examination: then nothing is said about the inside of the file.',
  }),
  accepted: orNull(Type.Boolean({ description: 'Whether every check PASSED. INDETERMINATE is not accepted.' })), // prettier-ignore
  checks: Type.Array(Check, { description: 'Those of the offline verifier, with the keys of the organisation.' }), // prettier-ignore
  facts: Type.Array(strictObject({ name: Type.String(), value: Type.String() }), {
    description: 'What the file states of itself. No verdict; without acceptance not to be relied on.',
  }),
  limits: Type.Array(Type.String(), { description: 'What even an accepted file does not prove.' }),
})

export const DocumentVerificationShape = strictObject(
  {
    outcome: oneOf(['identical', 'altered', 'unknown-document', 'unknown-organisation', 'no-organisation'], {
      description:
        'identical: byte for byte a revision that is held here. altered: it says it is a document of ours, and is not one of its revisions. unknown-document: the organisation does not hold it, or no longer. unknown-organisation: no such organisation here. no-organisation: it names none.',
    }),
    file: strictObject({ length: Type.Integer(), sha256: Type.String() }),
    organisation: orNull(strictObject({ organisationId: Uuid, name: Type.String() })),
    document: orNull(
      strictObject({ documentId: Uuid, kind: Type.String(), title: Type.String(), language: Type.String() }),
    ),
    revision: orNull(Revision),
    newestRevision: orNull(Revision),
    isNewest: orNull(Type.Boolean()),
    comparison: orNull(Comparison),
    verification: Verification,
  },
  { $id: 'DocumentVerification' },
)
