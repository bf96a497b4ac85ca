import { Type } from 'typebox'
import { assurances, purposes } from '#assurance'
import { ActStatusShape } from './act-status.ts'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { AssertionRequest, AuthorisationAnswer } from '#signing'

export const choices = ['seen', 'agreed', 'agreed-conditionally', 'not-agreed', 'declined'] as const

export const LanguageShape = oneOf(['nl', 'en'], { description: 'The language of what is shown.' })
const Sha256Hex = Type.String({
  pattern: '^[0-9a-f]{64}$',
  maxLength: 64,
  description: 'SHA-256 in lower-case hex.',
})

export const OpeningRequest = strictObject(
  { language: orNull(LanguageShape) },
  { $id: 'OpeningRequest', description: 'Opens the link. null leaves the language to the person’s own.' },
)

export const StatementId = Type.String({
  pattern: '^[a-z][a-z0-9-]{0,39}$',
  maxLength: 40,
  description: 'Which statement of the ceremony; every ceremony has `main`.',
})

const ChoiceShape = strictObject({
  choice: oneOf(choices),
  label: Type.String({ description: 'The text of the button.' }),
  statement: Type.String({ description: 'The exact sentence; sent back with the act, letter for letter.' }),
  reasonRequired: Type.Boolean(),
})

const ShownRule = strictObject({
  number: Type.Integer(),
  id: Type.String(),
  heading: Type.String(),
  text: Type.String(),
  modality: Type.String(),
  scope: strictObject({ time: Type.String(), place: Type.String(), account: Type.String() }),
  legalNature: Type.String(),
  sanctionReference: orNull(Type.String()),
})

const ShownAct = strictObject({ actId: Uuid, choice: oneOf(choices), actedAt: InstantText })

const ShownDocument = strictObject({
  documentId: Uuid,
  role: oneOf(['main', 'annex']),
  mark: orNull(Type.String({ description: 'How the bundle calls an annex.' })),
  title: Type.String(),
  sha256: Sha256Hex,
  byteLength: Type.Integer(),
  pages: orNull(Type.Integer()),
  language: LanguageShape,
})

const ShownReference = strictObject({
  from: Sha256Hex,
  to: Sha256Hex,
  text: Type.String({ description: 'The words that stand in the one document and mean the other.' }),
  page: Type.Integer(),
})

const ShownStatementShape = strictObject({
  statementId: StatementId,
  kind: oneOf(['main', 'clause']),
  subject: Type.String(),
  choices: Type.Array(ChoiceShape),
  act: orNull(ShownAct),
})

const RequirementShape = strictObject({
  assurance: oneOf(assurances, { description: 'How well the person must be known to answer.' }),
  known: oneOf(assurances, { description: 'How well the person is known here.' }),
  met: Type.Boolean(),
  suffices: Type.Array(oneOf(assurances), { description: 'Every way of being known that is enough.' }),
  minReadingSeconds: Type.Integer(),
  answerFrom: orNull(InstantText),
})

export const PresentationShape = strictObject(
  {
    state: oneOf(['open', 'acted', 'declined', 'lapsed', 'withdrawn', 'superseded', 'expired', 'closed'], {
      description: 'Only an open ceremony takes an act.',
    }),
    assignmentId: Uuid,
    language: LanguageShape,
    languages: Type.Array(LanguageShape),
    organisationName: Type.String(),
    personName: Type.String(),
    dueDate: CivilDateText,
    expiresAt: orNull(InstantText),
    purpose: oneOf(purposes, { description: 'What the act is for.' }),
    policy: orNull(
      strictObject({
        name: Type.String(),
        versionNumber: Type.Integer(),
        effectiveFrom: CivilDateText,
        legalNature: Type.String(),
        title: Type.String(),
        introduction: Type.Array(Type.String()),
        changeSummary: Type.String(),
        rules: Type.Array(ShownRule),
        sections: Type.Array(
          strictObject({ id: Type.String(), heading: Type.String(), paragraphs: Type.Array(Type.String()) }),
        ),
      }),
    ),
    document: strictObject({ sha256: Sha256Hex, title: Type.String(), byteLength: Type.Integer() }),
    documents: Type.Array(ShownDocument, {
      description: 'Everything that was put before the person together.',
    }),
    references: Type.Array(ShownReference),
    statements: Type.Array(ShownStatementShape, {
      description: 'What is asked; each is answered by itself.',
    }),
    choices: Type.Array(ChoiceShape, { description: 'The choices of the main statement.' }),
    requirement: RequirementShape,
    assuranceNote: Type.String({
      description: 'How the person is known here, and what that does not prove.',
    }),
    supersededBy: orNull(Uuid),
    act: orNull(ShownAct),
  },
  { $id: 'Presentation', description: 'What a person is shown.' },
)

export const ActRequest = strictObject(
  {
    statementId: Type.Optional(StatementId),
    choice: oneOf(choices),
    reason: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
    language: LanguageShape,
    documentSha256: Sha256Hex,
    statement: Type.String({ minLength: 1, maxLength: 2000 }),
    assertion: Type.Optional(AssertionRequest),
    authorisation: Type.Optional(AuthorisationAnswer),
  },
  { $id: 'ActRequest', description: 'One act. It repeats what was shown; anything else is refused.' },
)

export const QrCodeShape = strictObject(
  {
    text: Type.String({ description: 'Origin, size and root of the checkpoint, and the index, one a line.' }),
    rows: Type.Array(Type.String({ pattern: '^[01]+$' }), {
      description: 'The modules of the code, row by row; 1 is dark.',
    }),
  },
  { $id: 'ReceiptCode' },
)

export const ActShape = strictObject(
  {
    actId: Uuid,
    assignmentId: Uuid,
    statementId: StatementId,
    choice: oneOf(choices),
    statement: Type.String(),
    actedAt: InstantText,
    language: LanguageShape,
    evidence: strictObject({
      assurance: Type.String({ description: 'How the person was known.' }),
      evidenceLevel: Type.String({ description: 'E0 … E6: how much this record proves.' }),
      proves: Type.String(),
      doesNotProve: Type.String(),
      wouldLift: Type.String(),
    }),
    receipt: strictObject({
      entryIndex: Type.Integer(),
      treeSize: Type.Integer(),
      entry: Type.String({ description: 'The exact bytes of the ledger entry.' }),
      disclosures: Type.Array(orNull(Type.String()), {
        description:
          'What the entry commits to (RFC 9901), in order; null at the place of a fact that was erased.',
      }),
      tlogProof: Type.String({
        description: 'The inclusion proof with the signed checkpoint (C2SP tlog-proof).',
      }),
    }),
  },
  { $id: 'Act', description: 'An act with its receipt.' },
)

export const DocumentQuery = strictObject({
  language: LanguageShape,
  documentId: Type.Optional(Uuid),
})

export const StatementQuery = strictObject({ statementId: Type.Optional(StatementId) })

export const HeldActShape = strictObject(
  { ...ActShape.properties, status: ActStatusShape },
  { $id: 'HeldAct', description: 'An act with its receipt, and what holds for it now.' },
)
