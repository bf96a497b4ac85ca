import { Type } from 'typebox'
import { CivilDateText, oneOf, orNull, strictObject, Uuid } from '#http'
import { ClauseFactsShape, PenaltyFactsShape } from '#legal-checks'
import { signedHows } from './imported.ts'

const line = (description: string, maxLength = 200) => Type.String({ minLength: 1, maxLength, description })
const pageNumber = Type.Integer({ minimum: 1, maximum: 2_000 })
const Mark = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,9}$', maxLength: 10, description: 'How the main text calls it: `B`.' }) // prettier-ignore

export const OfferAgreementRequest = strictObject(
  {
    employmentId: Uuid,
    contractId: Uuid,
    representativeId: Type.String({ format: 'uuid', description: 'The person who signs for the employer; a mandate must cover it today.' }), // prettier-ignore
    mainAnnexId: Type.Optional(Type.String({ format: 'uuid', description: 'The addendum that is the main document. Without it the document of the contract is.' })), // prettier-ignore
    annexes: Type.Array(
      strictObject({
        annexId: Uuid,
        references: Type.Array(
          strictObject({
            text: line('Words of the main document that refer to this annex, letter for letter.', 500),
            page: pageNumber,
          }),
          { maxItems: 10 },
        ),
      }),
      { maxItems: 19 },
    ),
    dueDate: CivilDateText,
  },
  {
    $id: 'OfferAgreementRequest',
    description: 'One bundle for two persons: the employee, and whoever signs for the employer. Each acts in a ceremony of their own.', // prettier-ignore
  },
)

const ended = { how: oneOf(['ended', 'exit']), reason: line('Why; it goes with the person.', 2_000) }
export const EndingRequest = strictObject(
  {
    annexId: Type.Optional(Type.String({ format: 'uuid', description: 'Only this annex; without it the whole agreement.' })), // prettier-ignore
    endedOn: CivilDateText,
    ...ended,
  },
  { $id: 'AgreementEndingRequest', description: 'The first day on which it is not in force any more.' },
)

export const WithdrawalRequest = strictObject({ reason: line('Why.', 2_000) }, { $id: 'AgreementWithdrawalRequest' }) // prettier-ignore

export const ImportRequest = strictObject(
  {
    employmentId: Uuid,
    contractId: Type.Optional(Uuid),
    signedOn: orNull(CivilDateText),
    signedHow: oneOf(signedHows),
    deliveredAt: orNull(Type.String({ format: 'date-time', pattern: '\\.\\d{3}Z$', maxLength: 24 })),
    documents: Type.Array(strictObject({ documentId: Uuid, mark: orNull(Mark) }), {
      minItems: 1,
      maxItems: 20,
      description: 'The files that were found, as they were uploaded; the main document first.',
    }),
    references: Type.Array(
      strictObject({
        mark: Mark,
        text: line('Words of the main text.', 500),
        page: orNull(pageNumber),
        attached: Type.Boolean({ description: 'Whether the employer can say that it really was attached.' }),
        documentId: orNull(Uuid),
      }),
      { maxItems: 50 },
    ),
    statement: orNull(
      strictObject({ text: Type.String({ maxLength: 2_000 }), expresses: oneOf(['agreement', 'receipt', 'reading']) }), // prettier-ignore
    ),
    condition: orNull(Type.String({ maxLength: 2_000, description: 'Remarks of the employee; empty when there were none.' })), // prettier-ignore
    clauses: Type.Array(ClauseFactsShape, { maxItems: 50 }),
    penalty: orNull(PenaltyFactsShape),
  },
  { $id: 'AgreementImportRequest', description: 'What is known of an agreement from before. Nothing in it becomes an act.' }, // prettier-ignore
)
