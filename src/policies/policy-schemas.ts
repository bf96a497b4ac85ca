import { Type } from 'typebox'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { LanguageShape, LegalNatureShape, MaterialityShape, PolicyContentShape } from './content.ts'
import { sampleContent } from './content-sample.ts'
import { partStatuses } from './content-comparison.ts'
import { versionStates } from './version-history.ts'

const VersionNumber = Type.Integer({ minimum: 1, maximum: 2_147_483_647, examples: [1] })
const Sha256 = Type.String({
  pattern: '^[0-9a-f]{64}$',
  maxLength: 64,
  description: 'SHA-256 in lower-case hex.',
})
const line = (description: string, example: string) =>
  Type.String({ minLength: 1, maxLength: 200, description, examples: [example] })

export const PolicyParams = strictObject({ policyId: Uuid })
export const VersionParams = strictObject({ policyId: Uuid, versionNumber: VersionNumber })
export const EditionParams = strictObject({
  policyId: Uuid,
  versionNumber: VersionNumber,
  language: LanguageShape,
})
export const TemplateParams = strictObject({
  templateId: Type.String({ pattern: '^[a-z][a-z-]*$', maxLength: 60, examples: ['social-media'] }),
})

const policyProperties = {
  name: line('What the policy is called; it does not change with its versions.', 'Sociale media'),
  owner: line('Who answers for it, such as a department.', 'Communicatie'),
  legalNature: LegalNatureShape,
}
export const PolicyRequest = strictObject(policyProperties, { $id: 'PolicyRequest' })
export const PolicyShape = strictObject(
  { policyId: Uuid, ...policyProperties, createdAt: InstantText, createdBy: Uuid },
  { $id: 'Policy' },
)

const TitleShape = Type.Object(
  { nl: Type.Optional(Type.String()), en: Type.Optional(Type.String()) },
  { additionalProperties: false },
)
const templateProperties = {
  templateId: Type.String(),
  legalNature: LegalNatureShape,
  languages: Type.Array(LanguageShape),
  title: TitleShape,
}
export const TemplateListShape = strictObject(
  { items: Type.Array(strictObject(templateProperties)), nextCursor: orNull(Type.String()) },
  { $id: 'PolicyTemplateList' },
)
export const TemplateShape = strictObject(
  { ...templateProperties, content: PolicyContentShape },
  { $id: 'PolicyTemplate' },
)

export const NewDraftRequest = Type.Object(
  {
    content: Type.Optional(PolicyContentShape),
    templateId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 60, description: 'Start from a template.' }),
    ),
    copyOfVersion: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'Start from a published version.' }),
    ),
  },
  {
    $id: 'NewDraftRequest',
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    description: 'Exactly one thing to start from.',
    examples: [{ templateId: 'social-media' }, { content: sampleContent }],
  },
)
export const DraftRequest = Type.Object(
  { content: PolicyContentShape },
  { $id: 'DraftRequest', additionalProperties: false, examples: [{ content: sampleContent }] },
)

const ApprovalShape = strictObject({ approvedBy: Uuid, approvedAt: InstantText })
const PlaceShape = strictObject({ code: Type.String(), message: Type.String(), pointer: Type.String() })
export const DraftShape = strictObject(
  {
    policyId: Uuid,
    versionNumber: VersionNumber,
    revision: Type.Integer({ minimum: 1, description: 'Counts the changes.' }),
    contentSha256: Sha256,
    authorId: Uuid,
    approval: orNull(ApprovalShape),
    createdAt: InstantText,
    updatedAt: InstantText,
    obstacles: Type.Array(PlaceShape, {
      description:
        'What keeps it from being published, apart from approval: gaps without a value, for instance.',
    }),
    content: PolicyContentShape,
  },
  { $id: 'PolicyDraft', description: 'A version that is being written.' },
)

export const PublicationRequest = strictObject(
  { effectiveFrom: CivilDateText },
  { $id: 'PublicationRequest' },
)
export const WithdrawalRequest = strictObject(
  {
    withdrawnFrom: Type.String({ format: 'date', description: 'The first day on which it no longer holds.' }),
    reason: Type.String({ minLength: 1, maxLength: 2000, examples: ['Rule 4 contains a mistake.'] }),
  },
  { $id: 'WithdrawalRequest' },
)
export const WithdrawalShape = strictObject(
  {
    withdrawnFrom: CivilDateText,
    reason: Type.String(),
    withdrawnBy: Uuid,
    withdrawnAt: InstantText,
    entryId: Uuid,
  },
  { $id: 'PolicyWithdrawal' },
)

const StateShape = oneOf(versionStates, { description: 'Where it stands today in the Netherlands.' })
const EditionShape = strictObject({
  language: LanguageShape,
  title: Type.String(),
  documentId: Uuid,
  sha256: Sha256,
  byteLength: Type.Integer({ minimum: 1, description: 'Bytes of the sealed PDF.' }),
})
const lineProperties = {
  versionId: Uuid,
  versionNumber: VersionNumber,
  state: StateShape,
  effectiveFrom: CivilDateText,
  publishedAt: InstantText,
}
export const VersionLineShape = strictObject(
  { ...lineProperties, materiality: MaterialityShape },
  { $id: 'PolicyVersionLine' },
)
export const VersionShape = strictObject(
  {
    policyId: Uuid,
    ...lineProperties,
    contentSha256: Sha256,
    authorId: Uuid,
    approval: ApprovalShape,
    publishedBy: Uuid,
    entryId: Type.String({
      format: 'uuid',
      description: 'The entry in the ledger that records the publication.',
    }),
    editions: Type.Array(EditionShape),
    withdrawal: orNull(WithdrawalShape),
    content: PolicyContentShape,
  },
  { $id: 'PolicyVersion', description: 'A published version. Its text never changes.' },
)

export const InForceQuery = strictObject({ date: CivilDateText })
export const InForceShape = strictObject(
  {
    date: CivilDateText,
    version: orNull(
      strictObject({
        versionId: Uuid,
        versionNumber: VersionNumber,
        effectiveFrom: CivilDateText,
        until: orNull(CivilDateText),
      }),
    ),
    reason: orNull(oneOf(['nothing-published', 'before-first-version', 'withdrawn'])),
  },
  {
    $id: 'PolicyVersionInForce',
    description:
      'The version that holds on the day, `until` being the first day on which it no longer does; or why none does.',
  },
)

export const ComparisonQuery = strictObject({ from: VersionNumber, to: VersionNumber })
const FieldChangeShape = strictObject({
  field: Type.String(),
  language: orNull(LanguageShape),
  before: orNull(Type.String()),
  after: orNull(Type.String()),
})
const Number1 = orNull(Type.Integer({ minimum: 1 }))
const PartComparisonShape = strictObject({
  id: Type.String(),
  status: oneOf(partStatuses),
  moved: Type.Boolean(),
  from: Number1,
  to: Number1,
  changes: Type.Array(FieldChangeShape),
})
export const ComparisonShape = strictObject(
  {
    fromVersion: VersionNumber,
    toVersion: VersionNumber,
    materiality: MaterialityShape,
    changeSummary: TitleShape,
    languagesAdded: Type.Array(LanguageShape),
    languagesRemoved: Type.Array(LanguageShape),
    title: Type.Array(FieldChangeShape),
    introduction: Type.Array(FieldChangeShape),
    rules: Type.Array(PartComparisonShape),
    sections: Type.Array(PartComparisonShape),
    placeholders: Type.Array(PartComparisonShape),
  },
  { $id: 'PolicyVersionComparison' },
)
