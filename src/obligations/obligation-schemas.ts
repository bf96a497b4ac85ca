import { Type } from 'typebox'
import { annexStates } from '#agreements'
import { assurances, purposes } from '#assurance'
import { ActStatusShape, choices } from '#ceremonies'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { clauseKinds } from '#jurisdictions'
import { legalNatures } from '#policies/model'
import { weights } from './obligation.ts'
import { reasonCodes } from './reason-texts.ts'

const hash = Type.String({ description: 'SHA-256 in lower-case hex.' })
const count = Type.Integer()

export const Words = strictObject({ nl: Type.String(), en: Type.String() })

export const DayQuery = strictObject({ on: CivilDateText })

const Reason = strictObject({ code: oneOf(reasonCodes), nl: Type.String(), en: Type.String() })

export const ActShape = strictObject({
  actId: Uuid,
  statementId: Type.String(),
  choice: oneOf(choices),
  language: Type.String(),
  actedAt: InstantText,
  assurance: oneOf(assurances),
  evidenceLevel: oneOf(['E3', 'E4', 'E5', 'E6']),
  signed: Type.Boolean({ description: 'A key of the person signed it.' }),
  documentId: Uuid,
  status: ActStatusShape,
  statusSince: orNull(InstantText),
  entryId: Uuid,
})

export const HeldClauseShape = strictObject({
  clauseId: Type.String(),
  kind: oneOf(clauseKinds),
  months: orNull(count),
  templateId: Uuid,
  versionNumber: count,
  contentSha256: hash,
  counsel: oneOf(['reviewed', 'not-reviewed']),
  relationListMark: orNull(Type.String()),
})

const standing = {
  binds: Type.Boolean({
    description: 'It was in force on the day and no signature under it is contested today.',
  }),
  reasons: Type.Array(Reason),
}

/** What an annex rests on: the agreement, its conclusion, and the acts of both. */
const agreement = {
  agreementId: Uuid,
  employmentId: Uuid,
  contractId: orNull(Uuid),
  provenance: oneOf(['ceremony', 'imported']),
  createdAt: InstantText,
  signedOn: orNull(CivilDateText),
  bundleSha256: orNull(hash),
  entryId: Uuid,
  conclusion: orNull(
    strictObject({
      outcome: oneOf(['concluded', 'blocked']),
      concludedAt: InstantText,
      legalCheckId: Uuid,
      entryId: Uuid,
    }),
  ),
  mainDocument: orNull(strictObject({ documentId: Uuid, sha256: hash })),
  employeeActs: Type.Array(ActShape),
  representativeActs: Type.Array(ActShape),
}

export const AgreementShape = strictObject(agreement)

const annex = {
  annexId: Uuid,
  mark: Type.String(),
  kind: oneOf(['clauses', 'relation-list']),
  title: orNull(Type.String({ description: 'null once its person was erased.' })),
  state: oneOf(annexStates),
  ...standing,
  documentId: Uuid,
  documentSha256: hash,
  contentSha256: hash,
  entryId: Uuid,
  effectiveFrom: CivilDateText,
  effectiveUntil: orNull(CivilDateText),
}

/** Which annex it is, and where it stood. */
export const AnnexIdentityShape = strictObject(annex)

const StandingAnnexShape = strictObject({
  ...annex,
  role: oneOf(['main', 'annex']),
  language: oneOf(['nl', 'en']),
  replaces: orNull(Uuid),
  clauses: Type.Array(HeldClauseShape),
  policies: Type.Array(strictObject({ policyId: Uuid, versionNumber: count, documentSha256: hash })),
})

const StandingAgreementShape = strictObject({
  ...agreement,
  state: oneOf(annexStates),
  ...standing,
  imported: orNull(
    strictObject(
      {
        signedHow: Type.String(),
        documents: Type.Array(strictObject({ documentId: Uuid, sha256: hash, mark: orNull(Type.String()) })),
        notAttached: Type.Array(Type.String(), {
          description: 'What its text refers to and was not attached, or nobody has.',
        }),
        clauses: Type.Array(
          strictObject({
            clauseId: Type.String(),
            kind: oneOf(clauseKinds),
            months: orNull(count),
          }),
        ),
      },
      {
        description: 'Of a record from elsewhere: what the employer says of it. It never counts as binding.',
      },
    ),
  ),
  annexes: Type.Array(StandingAnnexShape),
})

const weighed = {
  weight: oneOf(weights, {
    description:
      'binds: it holds. informs: it was told and obliges to nothing. weak: a lawyer has to weigh what is missing. not-binding: it does not hold.',
  }),
  reasons: Type.Array(Reason),
  proof: orNull(
    oneOf(['pass', 'lawyer', 'fail'], {
      description: 'What the purpose matrix says of how the person was known.',
    }),
  ),
}

const AskedPolicyShape = strictObject({
  assignmentId: Uuid,
  policyId: Uuid,
  policyName: Type.String(),
  versionId: Uuid,
  versionNumber: count,
  legalNature: oneOf(legalNatures),
  contentSha256: hash,
  effectiveFrom: CivilDateText,
  documentSha256: orNull(hash),
  versionInForce: orNull(count),
  openedAt: orNull(InstantText),
  endedHow: orNull(oneOf(['lapsed', 'withdrawn', 'superseded'])),
  act: orNull(ActShape),
  ...weighed,
})

const AskedBundleShape = strictObject({
  assignmentId: Uuid,
  purpose: oneOf(purposes),
  manifestSha256: hash,
  documentSha256: orNull(hash),
  acts: Type.Array(ActShape),
  ...weighed,
})

export const ObligationsShape = strictObject(
  {
    personId: Uuid,
    on: CivilDateText,
    agreements: Type.Array(StandingAgreementShape, {
      description: 'Agreements with their annexes, also those that do not bind, each with why.',
    }),
    policies: Type.Array(AskedPolicyShape, {
      description:
        'Policy versions that were put before the person and were in force, or to which they had agreed last.',
    }),
    bundles: Type.Array(AskedBundleShape, {
      description: 'Documents that were put before the person outside agreements.',
    }),
  },
  {
    $id: 'Obligations',
    description: 'What bound a person on a day, under which text, accepted how, and what proves it.',
  },
)
