import { Type } from 'typebox'
import type { DocumentId } from '#core'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { mandateCovers } from './employment.ts'
import { Day, FactShape, Moment, Reason } from './fact-schemas.ts'

const contractKinds = ['indefinite', 'fixed-term', 'settlement', 'addendum'] as const
const provenances = ['made-here', 'uploaded', 'elsewhere'] as const

export const ContractRequest = strictObject({
  kind: oneOf(contractKinds),
  startsOn: Day,
  endsOn: orNull(Day),
  documentId: Type.Unsafe<DocumentId | null>(orNull(Uuid)),
  follows: orNull(
    Type.String({ format: 'uuid', description: 'The contract that it renews or makes indefinite.' }),
  ),
  followKind: orNull(oneOf(['renewal', 'conversion'])),
  changedMore: Type.Boolean({ description: 'Whether more than the term differs from that contract.' }),
  provenance: oneOf(provenances, {
    description: 'made-here: composed in this service. uploaded: a PDF of yours. elsewhere: not kept here.',
  }),
  existingDispute: Type.String({
    maxLength: 5_000,
    description: 'The dispute that a settlement ends; empty when there is none.',
  }),
})

export const ContractShape = strictObject(
  {
    contractId: Uuid,
    employmentId: Uuid,
    kind: oneOf(contractKinds),
    startsOn: CivilDateText,
    endsOn: orNull(CivilDateText),
    documentId: orNull(Uuid),
    documentSha256: orNull(Type.String()),
    follows: orNull(Uuid),
    followKind: orNull(oneOf(['renewal', 'conversion'])),
    changedMore: Type.Boolean(),
    provenance: oneOf(provenances),
    existingDispute: orNull(Type.String({ description: 'Null once it was erased.' })),
    recordedAt: InstantText,
    retractedAt: orNull(InstantText),
    entryId: Uuid,
  },
  { $id: 'Contract' },
)
export const ContractsShape = strictObject({ contracts: Type.Array(ContractShape) }, { $id: 'Contracts' })
export const RetractionRequest = strictObject({ reason: Reason })

export const EmploymentShape = strictObject(
  {
    employmentId: Uuid,
    personId: Uuid,
    recordedAt: InstantText,
    entryId: Uuid,
    on: CivilDateText,
    knownAt: InstantText,
    facts: Type.Array(FactShape, { description: 'Of each kind the one that was true on that day.' }),
    contract: orNull(ContractShape),
    contracts: Type.Array(ContractShape),
    organisationFacts: strictObject({
      headcount: Type.Optional(Type.Integer()),
      employeeBody: Type.Optional(oneOf(['none', 'pvt', 'or'])),
    }),
  },
  { $id: 'Employment', description: 'An employment on a day, as it was known at a moment.' },
)
export const EmploymentsShape = strictObject(
  { employments: Type.Array(EmploymentShape) },
  { $id: 'Employments' },
)

export const EmploymentParams = strictObject({ employmentId: Uuid })
export const ContractParams = strictObject({ employmentId: Uuid, contractId: Uuid })

const asOf = {
  on: Type.Optional(
    Type.String({ format: 'date', description: 'The day that is asked about; today unless given.' }),
  ),
  knownAt: Type.Optional({
    ...Moment,
    description: 'As it was known at that moment; now unless given. UTC with milliseconds.',
  }),
}
export const AsOfQuery = strictObject(asOf)
export const EmploymentsQuery = strictObject({ personId: Uuid, ...asOf })
export const KnownAtQuery = strictObject({ knownAt: asOf.knownAt })

const Covers = Type.Array(oneOf(mandateCovers), { minItems: 1, maxItems: 3 })

export const MandateRequest = strictObject({
  personId: Uuid,
  covers: Covers,
  validFrom: Day,
  validTo: orNull(Day),
  basis: Type.String({
    minLength: 1,
    maxLength: 2_000,
    description: 'On what it rests: the trade register, a power of attorney and its day.',
  }),
})

export const MandateShape = strictObject(
  {
    mandateId: Uuid,
    personId: Uuid,
    covers: Type.Array(oneOf(mandateCovers)),
    validFrom: CivilDateText,
    validTo: orNull(CivilDateText),
    basis: orNull(Type.String({ description: 'Null once it was erased.' })),
    recordedAt: InstantText,
    entryId: Uuid,
    ending: orNull(strictObject({ lastDay: CivilDateText, endedAt: InstantText, entryId: Uuid })),
  },
  { $id: 'Mandate' },
)
export const MandateParams = strictObject({ mandateId: Uuid })
export const MandateEndingRequest = strictObject({ lastDay: Day, reason: Reason })
