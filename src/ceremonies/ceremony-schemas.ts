import { Type } from 'typebox'
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

export const PresentationShape = strictObject(
  {
    state: oneOf(['open', 'acted', 'expired', 'withdrawn'], {
      description: 'Only an open ceremony takes an act.',
    }),
    language: LanguageShape,
    languages: Type.Array(LanguageShape),
    organisationName: Type.String(),
    personName: Type.String(),
    dueDate: CivilDateText,
    expiresAt: InstantText,
    policy: strictObject({
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
    document: strictObject({ sha256: Sha256Hex, title: Type.String(), byteLength: Type.Integer() }),
    choices: Type.Array(ChoiceShape),
    assuranceNote: Type.String({
      description: 'How the person is known here, and what that does not prove.',
    }),
    act: orNull(strictObject({ actId: Uuid, choice: oneOf(choices), actedAt: InstantText })),
  },
  { $id: 'Presentation', description: 'What a person is shown.' },
)

const StatementId = Type.String({
  pattern: '^[a-z][a-z0-9-]{0,39}$',
  maxLength: 40,
  description: 'Which statement of the ceremony; every ceremony has `main`.',
})

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

export const HeldActShape = strictObject(
  { ...ActShape.properties, status: ActStatusShape },
  { $id: 'HeldAct', description: 'An act with its receipt, and what holds for it now.' },
)

export const DocumentQuery = strictObject({ language: LanguageShape })
