import { Type } from 'typebox'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { proposalStates } from './proposal-view.ts'
import { retentionClasses } from './retention.ts'

const reason = Type.String({ minLength: 1, maxLength: 2000, description: 'Why, in words that hold later.' })
const Months = orNull(
  Type.Integer({ minimum: 1, maximum: 1200, description: 'How long after the trigger; null: for ever.' }),
)

/** R6 has no rule: a hold lasts until somebody releases it. */
const RuledClass = oneOf(retentionClasses.filter((each) => each !== 'R6') as readonly Exclude<(typeof retentionClasses)[number], 'R6'>[]) // prettier-ignore

export const RetentionRuleRequest = strictObject(
  { retentionClass: RuledClass, months: Months, effectiveFrom: CivilDateText, reason },
  { $id: 'RetentionRuleRequest', description: 'How long a class is kept from a day on.' },
)

export const RetentionRuleShape = strictObject(
  {
    ruleId: Uuid,
    retentionClass: oneOf(retentionClasses),
    months: Months,
    effectiveFrom: CivilDateText,
    reason: Type.String(),
    madeBy: Uuid,
    madeAt: InstantText,
  },
  { $id: 'RetentionRule' },
)

export const RetentionRulesShape = strictObject(
  {
    classes: Type.Array(
      strictObject({
        retentionClass: oneOf(retentionClasses),
        content: Type.String({ description: 'What is in the class.' }),
        trigger: Type.String({ description: 'From what the term runs.' }),
        months: orNull(Type.Integer({ description: 'What holds today; null: for ever.' })),
        ruleId: orNull(Uuid),
        executed: Type.Boolean({ description: 'Whether the nightly work looks at this class.' }),
      }),
    ),
    rules: Type.Array(RetentionRuleShape, {
      description: 'Every rule that was ever made, in the order of making.',
    }),
  },
  { $id: 'RetentionRules', description: 'ruleId is null where the default holds.' },
)

export const ErasureRequest = strictObject(
  {
    ground: Type.String({
      minLength: 1,
      maxLength: 2000,
      description: 'Why it may go, without naming the person.',
    }),
  },
  { $id: 'ErasureRequest' },
)

export const ErasureDecisionRequest = strictObject(
  { decision: oneOf(['confirm', 'reject']), reason },
  { $id: 'ErasureDecisionRequest' },
)

export const ErasureProposalShape = strictObject(
  {
    proposalId: Uuid,
    retentionClass: oneOf(['R2', 'R3', 'R5', 'request']),
    ground: Type.String(),
    fields: Type.Array(Type.String(), { description: 'Names of the facts that go; empty when all do.' }),
    personId: orNull(Uuid),
    madeBy: orNull(Uuid),
    madeAt: InstantText,
    state: oneOf(proposalStates),
    decision: orNull(
      strictObject({
        decision: oneOf(['confirm', 'reject']),
        reason: Type.String(),
        decidedBy: Uuid,
        decidedAt: InstantText,
      }),
    ),
    counts: strictObject({
      items: Type.Integer(),
      erased: Type.Integer(),
      held: Type.Integer({ description: 'Passed over because of a legal hold.' }),
      kept: Type.Integer({ description: 'Persons of whom something else is left.' }),
    }),
  },
  { $id: 'ErasureProposal', description: 'madeBy is null for what the nightly work proposed.' },
)

export const ErasureItemShape = strictObject(
  {
    number: Type.Integer(),
    what: oneOf(['content', 'traces', 'person']),
    personId: Uuid,
    assignmentId: orNull(Uuid),
    outcome: orNull(oneOf(['erased', 'held', 'kept'])),
  },
  { $id: 'ErasureItem' },
)

export const ProposalParams = strictObject({ proposalId: Uuid })
export const ErasurePersonParams = strictObject({ personId: Uuid })
