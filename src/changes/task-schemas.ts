import { Type } from 'typebox'
import { InstantText, oneOf, orNull, pageOf, pageQuery, strictObject, Uuid } from '#http'
import { closingKinds, taskKinds } from './task.ts'
import { taskStates } from './task-view.ts'

const Texts = strictObject({ nl: Type.String(), en: Type.String() })

export const TasksQuery = pageQuery({
  state: Type.Optional(oneOf(taskStates)),
  kind: Type.Optional(oneOf(taskKinds)),
  personId: Type.Optional(Uuid),
})

export const ReasonShape = strictObject({
  ruleId: Type.String(),
  clauseId: orNull(Type.String()),
  result: oneOf(['fail', 'lawyer', 'unknown']),
  message: orNull(Texts),
  note: orNull(Texts),
  source: orNull(Type.String()),
  inputSha256: orNull(
    Type.String({ description: 'What a review of the finding is bound to; null where no rule set was run.' }),
  ),
})

export const TaskShape = strictObject(
  {
    taskId: Uuid,
    kind: oneOf(taskKinds, {
      description:
        're-affirm: judge whether a covenant weighs heavier, and agree it again where it does. re-motivate: agree it again, because it had no motivation. renew: agree it again with the renewed contract. notify: tell somebody. review: a lawyer looks, or a fact is missing.',
    }),
    state: oneOf(taskStates),
    toDo: Texts,
    forWhom: orNull(
      strictObject({
        personId: Uuid,
        name: orNull(Type.String({ description: 'Null once the person was erased.' })),
        employmentId: Uuid,
        agreementId: Uuid,
      }),
    ),
    reasons: Type.Array(ReasonShape, { description: 'The findings for which it is there.' }),
    causes: Type.Array(
      strictObject({
        subject: oneOf(['fact', 'contract', 'organisation-fact', 'agreement', 'rules']),
        subjectId: orNull(Uuid),
        says: Texts,
      }),
      { description: 'What changed.' },
    ),
    legalCheckId: orNull(
      Type.String({ format: 'uuid', description: 'The evaluation: GET /v1/legal-checks/{legalCheckId}.' }),
    ),
    openedAt: InstantText,
    groundNumber: Type.Integer({ description: 'How many changes have asked for the same so far.' }),
    givenAt: InstantText,
    entryId: Uuid,
    closing: orNull(
      strictObject({
        how: oneOf(closingKinds),
        says: Texts,
        agreementId: orNull(Uuid),
        legalCheckId: orNull(Uuid),
        legalReviewId: orNull(Uuid),
        closedBy: orNull(Uuid),
        closer: orNull(Type.String()),
        reason: orNull(Type.String()),
        closedAt: InstantText,
        entryId: Uuid,
      }),
    ),
  },
  { $id: 'Task', description: 'What a change made necessary: what to do, for whom, and why.' },
)

export const TaskPage = pageOf(TaskShape, 'TaskPage')
export const TaskParams = strictObject({ taskId: Uuid })

export const ClosingRequest = strictObject(
  {
    closer: Type.String({ minLength: 1, maxLength: 200, description: 'The person who decides, by name.' }),
    reason: Type.String({ minLength: 10, maxLength: 5_000 }),
  },
  { $id: 'TaskClosingRequest', description: 'Why nothing is done. The finding stands as it stood.' },
)
