import { Type } from 'typebox'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { clauseKinds } from '#jurisdictions'
import { StandingShape } from '#legal-checks'
import { annexKinds, relationKinds } from './annex.ts'
import { Mark, Values } from './annex-request-schemas.ts'

const text = Type.String()
const Sha256 = Type.String({ description: 'SHA-256 in lower-case hex.' })
const Texts = strictObject({ nl: text, en: text })
const counselWords = ['reviewed', 'not-reviewed', 'rejected'] as const

const ComposedClauseShape = strictObject({
  clauseId: Type.String({ description: 'Its annex and number, as it is printed.', examples: ['B.1'] }),
  kind: oneOf(clauseKinds),
  clauseTemplateId: Uuid,
  versionNumber: Type.Integer(),
  contentSha256: Type.String({ description: 'SHA-256 of the text of the template version, in hex.' }),
  counsel: oneOf(counselWords, { description: 'What counsel had said of that text then.' }),
  values: Values,
  heading: text,
  paragraphs: Type.Array(text),
  motivation: orNull(
    strictObject({
      text,
      functionRef: text,
      interests: Type.Array(text),
      author: text,
      writtenAt: InstantText,
      sameTextFor: Type.Array(text, {
        description: 'Other functions for which the very same words were in use.',
      }),
      inText: Type.Boolean({ description: 'Whether the paragraphs hold it; else it stands below them.' }),
    }),
  ),
  months: orNull(Type.Integer()),
  relationList: orNull(
    strictObject({
      mark: Mark,
      annexId: Uuid,
      named: Type.Integer({ description: 'How many relations stood on it.' }),
    }),
  ),
  exemptions: Type.Array(strictObject({ name: text, from: CivilDateText, until: orNull(CivilDateText) })),
})

const ContentShape = strictObject(
  {
    title: text,
    clauses: Type.Array(ComposedClauseShape),
    policies: Type.Array(
      strictObject({
        policyId: Uuid,
        versionNumber: Type.Integer(),
        name: text,
        effectiveFrom: CivilDateText,
        documentSha256: Sha256,
      }),
    ),
    relations: Type.Array(
      strictObject({
        name: text,
        kind: oneOf(relationKinds),
        from: CivilDateText,
        until: orNull(CivilDateText),
        reason: text,
      }),
    ),
  },
  { $id: 'AnnexContent', description: 'What an annex is composed of, as it is printed.' },
)

const annexMembers = {
  annexId: Uuid,
  employmentId: Uuid,
  personId: Uuid,
  contractId: Uuid,
  mark: Mark,
  kind: oneOf(annexKinds),
  language: oneOf(['nl', 'en']),
  effectiveFrom: CivilDateText,
  effectiveUntil: orNull(CivilDateText),
  replaces: orNull(Uuid),
  replacedBy: orNull(Uuid),
  documentId: Uuid,
  documentSha256: Sha256,
  contentSha256: Type.String({ description: 'SHA-256 of the canonical JSON of everything it is composed of.' }), // prettier-ignore
  draftCheckId: Uuid,
  createdAt: InstantText,
  entryId: Type.String({ format: 'uuid', description: 'The entry in the ledger that records it.' }),
  /** Null once its person was erased. */
  content: orNull(ContentShape),
}

const DraftCheckShape = strictObject(
  {
    legalCheckId: orNull(Type.String({ format: 'uuid', description: 'Null of a preview, which is not kept.' })), // prettier-ignore
    ruleSetVersion: text,
    regime: text,
    asOf: CivilDateText,
    passMeans: Texts,
    mayGoOn: Type.Boolean({ description: 'Whether nothing stands in the way of offering it.' }),
    findings: Type.Array(StandingShape),
  },
  { $id: 'DraftCheck', description: 'What the rules of law say of a draft, as it stands today.' },
)

const NowShape = strictObject({
  clauseId: text,
  counsel: oneOf(counselWords, { description: 'What counsel says of that text today.' }),
  newestVersion: Type.Integer({ description: 'The newest version of the template; this annex keeps its own.' }), // prettier-ignore
})

/** An annex in a list. */
export const AnnexShape = strictObject(annexMembers, { $id: 'Annex' })
/** An annex with what is said of it today. */
export const AnnexDetailShape = strictObject(
  { ...annexMembers, draftCheck: DraftCheckShape, clausesToday: Type.Array(NowShape) },
  { $id: 'AnnexDetail' },
)
export const AnnexListShape = strictObject({ annexes: Type.Array(AnnexShape) }, { $id: 'Annexes' })
export const AnnexPreviewShape = strictObject(
  { content: ContentShape, draftCheck: DraftCheckShape, clausesToday: Type.Array(NowShape) },
  { $id: 'AnnexPreview', description: 'An annex as it would be. Nothing was kept.' },
)
export const AnnexParams = strictObject({ annexId: Uuid })
export const AnnexQuery = strictObject({ employmentId: Uuid })
