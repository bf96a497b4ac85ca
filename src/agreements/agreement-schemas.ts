import { Type } from 'typebox'
import { assurances, purposes } from '#assurance'
import { choices } from '#ceremonies'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { StandingShape } from '#legal-checks'
import { annexStates } from './agreement.ts'

const Sha256Hex = Type.String({ pattern: '^[0-9a-f]{64}$' })
const text = Type.String()
const states = annexStates.filter((state) => state !== 'composed')

export const AgreementParams = strictObject({ agreementId: Uuid })
export const AnnexParams = strictObject({ annexId: Uuid })
export const OnQuery = strictObject({
  on: Type.Optional(
    Type.String({ format: 'date', description: 'A day in the Netherlands; today without it.' }),
  ),
})
export const AgreementFilterQuery = {
  personId: Type.Optional(Uuid),
  employmentId: Type.Optional(Uuid),
  state: Type.Optional(oneOf(states)),
}

const StopShape = strictObject({
  ruleId: text,
  clauseId: orNull(text),
  result: text,
  severity: text,
  message: strictObject({ nl: text, en: text }),
  note: orNull(strictObject({ nl: text, en: text })),
  missing: Type.Array(text),
  onceSigned: Type.Boolean({ description: 'It would follow whoever signs, so that nobody is asked to.' }),
})

export const EvaluationShape = strictObject(
  {
    legalCheckId: Uuid,
    mayOffer: Type.Boolean(),
    stops: Type.Array(StopShape),
    findings: Type.Array(StandingShape),
  },
  { $id: 'AgreementEvaluation', description: 'What the rules say of a bundle before it is offered. It is kept; nothing was offered.' }, // prettier-ignore
)

export const OfferedAgreementShape = strictObject(
  {
    agreementId: Uuid,
    bundleSha256: Sha256Hex,
    employeeAssignmentId: Uuid,
    representativeAssignmentId: Uuid,
    signCheckId: Uuid,
    purpose: oneOf(purposes),
    requiredAssurance: oneOf(assurances),
    minReadingSeconds: Type.Integer(),
  },
  { $id: 'OfferedAgreement' },
)

const PartyShape = strictObject({
  personId: Uuid,
  assignmentId: Uuid,
  deliveredAt: orNull(InstantText),
  ended: orNull(strictObject({ how: oneOf(['lapsed', 'withdrawn', 'superseded']), at: InstantText })),
  statements: Type.Array(
    strictObject({
      statementId: text,
      act: orNull(strictObject({ actId: Uuid, choice: oneOf(choices), assurance: oneOf(assurances), actedAt: InstantText })), // prettier-ignore
    }),
  ),
})

export const AgreementShape = strictObject(
  {
    agreementId: Uuid,
    employmentId: Uuid,
    personId: Uuid,
    contractId: orNull(Uuid),
    provenance: oneOf(['ceremony', 'imported']),
    state: oneOf(states, { description: 'Where it stands today. Only `in-force` binds.' }),
    bundleSha256: orNull(Sha256Hex),
    signCheckId: orNull(Uuid),
    signedOn: orNull(CivilDateText),
    mandateId: orNull(Uuid),
    employee: orNull(PartyShape),
    representative: orNull(PartyShape),
    annexes: Type.Array(
      strictObject({
        annexId: Uuid,
        role: oneOf(['main', 'annex']),
        state: oneOf(annexStates),
        effectiveFrom: CivilDateText,
        effectiveUntil: orNull(CivilDateText),
        replaces: orNull(Uuid),
      }),
    ),
    conclusion: orNull(
      strictObject({
        outcome: oneOf(['concluded', 'blocked']),
        concludedAt: InstantText,
        legalCheckId: Uuid,
        blockedBy: Type.Array(text),
        entryId: Uuid,
      }),
    ),
    ends: Type.Array(
      strictObject({
        endId: Uuid,
        annexId: orNull(Uuid),
        endedOn: CivilDateText,
        how: oneOf(['ended', 'superseded', 'exit']),
        supersededBy: orNull(Uuid),
      }),
    ),
    createdAt: InstantText,
    entryId: Uuid,
  },
  { $id: 'Agreement', description: 'A contract with its annexes, as both parties were asked about it, and what came of it.' }, // prettier-ignore
)

export const EndedAgreementShape = strictObject(
  {
    endId: Uuid,
    agreementId: Uuid,
    annexId: orNull(Uuid),
    endedOn: CivilDateText,
    how: oneOf(['ended', 'exit']),
  },
  { $id: 'AgreementEnd' },
)

export const WithdrawnAgreementShape = strictObject({ agreementId: Uuid, withdrawnAt: InstantText }, { $id: 'WithdrawnAgreement' }) // prettier-ignore

export const ImportedAgreementShape = strictObject(
  {
    agreementId: Uuid,
    legalCheckId: Uuid,
    state: oneOf(['imported']),
    findings: Type.Array(StandingShape),
  },
  { $id: 'ImportedAgreement', description: 'A record from before, with what the rules see of it. It is never in force here.' }, // prettier-ignore
)

export const AnnexStateShape = strictObject(
  {
    annexId: Uuid,
    on: CivilDateText,
    state: oneOf(annexStates),
    agreementId: orNull(Uuid),
    agreements: Type.Array(strictObject({ agreementId: Uuid, state: oneOf(annexStates) })),
  },
  { $id: 'AnnexState', description: 'Where an annex stands on a day, and in which agreement.' },
)
