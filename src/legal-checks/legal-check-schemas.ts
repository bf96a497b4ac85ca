import { Type } from 'typebox'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { relationQuestions } from '#jurisdictions'
import type { Standing } from '#jurisdictions'
import { FactsShape } from './case-schemas.ts'
import { Day, flag, list, Months, name } from './facts-schemas.ts'
import type { KeptReview } from './legal-check.ts'

export const momentNames = ['draft', 'sign', 'publish', 'change', 'exit', 'enforce', 'operate'] as const
const severities = ['blocker', 'major', 'minor', 'info'] as const
const results = ['pass', 'fail', 'lawyer', 'na', 'unknown'] as const
const Texts = strictObject({ nl: Type.String(), en: Type.String() })
const Jurisdiction = Type.String({ pattern: '^[a-z]{2}$', maxLength: 2, examples: ['nl'] })

export const CheckRequest = strictObject({
  jurisdiction: Jurisdiction,
  moments: Type.Array(oneOf(momentNames), { minItems: 1, maxItems: 7, uniqueItems: true }),
  personId: Type.Optional(Uuid),
  facts: FactsShape,
})
export const PreviewRequest = strictObject({
  jurisdiction: Jurisdiction,
  moments: Type.Array(oneOf(momentNames), { minItems: 1, maxItems: 7, uniqueItems: true }),
  facts: FactsShape,
})

const findingMembers = {
  ruleId: Type.String(),
  clauseId: orNull(Type.String()),
  result: oneOf(results),
  severity: oneOf(severities),
  message: Texts,
  note: orNull(Texts),
  source: Type.String(),
  basis: Type.String({ description: 'How well the source was seen: VERIFIED, FROM MEMORY or INFERENCE.' }),
  missing: Type.Array(Type.String(), { description: 'Inputs that were not known.' }),
  inputSha256: Type.String({ description: 'What a review of this finding is bound to.' }),
}
const evaluationMembers = {
  jurisdiction: Type.String(),
  ruleSetVersion: Type.String(),
  regime: Type.String(),
  asOf: CivilDateText,
  moments: Type.Array(oneOf(momentNames)),
  factsSha256: Type.String(),
  passMeans: Texts,
}

export const PreviewShape = strictObject(
  { ...evaluationMembers, findings: Type.Array(strictObject(findingMembers)) },
  { $id: 'LegalPreview', description: 'An evaluation of which nothing was kept.' },
)

export const ReviewShape = strictObject(
  {
    legalReviewId: Uuid,
    legalCheckId: Uuid,
    ruleId: Type.String(),
    clauseId: orNull(Type.String()),
    inputSha256: Type.String(),
    kind: oneOf(['review', 'override']),
    outcome: oneOf(['pass', 'fail']),
    reviewer: Type.String(),
    reason: Type.String(),
    madeAt: InstantText,
    entryId: Uuid,
  },
  { $id: 'LegalReview' },
)

/** A finding with what people decided about it. */
export const StandingShape = strictObject({
  ...findingMembers,
  standing: oneOf(results, { description: 'The result with what people decided about it.' }),
  stops: Type.Boolean(),
  review: orNull(ReviewShape),
})

/** A finding on the wire, with what people decided about it. */
export function standingOnWire({ finding, result, reviewed, stops }: Standing<KeptReview>) {
  return { ...finding, missing: [...finding.missing], standing: result, stops, review: reviewed }
}

export const CheckShape = strictObject(
  {
    legalCheckId: Uuid,
    personId: orNull(Uuid),
    ...evaluationMembers,
    findingsSha256: Type.String(),
    madeAt: InstantText,
    entryId: Uuid,
    contentErased: Type.Boolean(),
    replay: oneOf(['same', 'different', 'rule-set-gone', 'content-erased'], {
      description: 'Whether the same facts under the same rule set come out the same today.',
    }),
    mayGoOn: Type.Boolean({ description: 'Whether nothing stops the step.' }),
    findings: Type.Array(StandingShape),
  },
  { $id: 'LegalCheck', description: 'An evaluation that is kept, as it stands today.' },
)

export const CheckParams = strictObject({ legalCheckId: Uuid })
const decided = {
  ruleId: name,
  clauseId: Type.Optional(name),
  reviewer: Type.String({ minLength: 1, maxLength: 200, description: 'The person who decides, by name.' }),
  reason: Type.String({ minLength: 10, maxLength: 5_000 }),
}
export const ReviewRequest = strictObject({ ...decided, outcome: oneOf(['pass', 'fail']) })
export const OverrideRequest = strictObject(decided)

export const RuleSetsShape = strictObject(
  {
    ruleSets: Type.Array(
      strictObject({
        jurisdiction: Type.String(),
        version: Type.String(),
        regimes: Type.Array(strictObject({ id: Type.String(), from: CivilDateText })),
        rules: Type.Array(
          strictObject({
            id: Type.String(),
            source: Type.String(),
            basis: Type.String(),
            at: Type.Array(oneOf(momentNames)),
            about: oneOf(['clause', 'case']),
            inputs: Type.Array(Type.String()),
            severity: oneOf(severities),
            message: Texts,
          }),
        ),
      }),
    ),
  },
  { $id: 'RuleSets' },
)

const Listed = strictObject({ name, from: Day, until: orNull(Day) })
export const CoverageRequest = strictObject({
  clause: strictObject({
    months: orNull(Months),
    answers: list(oneOf(relationQuestions), 4),
    covers: strictObject({ suppliers: flag, prospects: flag, initiativeOfOther: flag, onlineContact: flag }),
    listed: list(Listed, 2_000),
    exemptions: list(Listed, 2_000),
  }),
  contact: strictObject({
    relation: name,
    relationKind: oneOf(['customer', 'supplier', 'prospect', 'other']),
    channel: oneOf(['meeting', 'call', 'message', 'online-connection', 'public-post', 'private-only']),
    startedBy: oneOf(['employee', 'other', 'unknown']),
    on: Day,
  }),
  lastDay: orNull(Day),
})
export const CoverageShape = strictObject(
  { answer: oneOf(['covered', 'not-covered', 'lawyer']), because: Type.Array(Texts), passMeans: Texts },
  { $id: 'Coverage' },
)

const cents = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })
export const PenaltyRequest = strictObject({
  terms: strictObject({
    amountCents: cents,
    perDayCents: orNull(cents),
    perDayFrom: oneOf(['first-day', 'day-after']),
    maximumCents: orNull(cents),
    currency: Type.Literal('EUR'),
  }),
  breaches: Type.Array(
    strictObject({
      id: name,
      from: Day,
      until: Day,
      capture: orNull(
        strictObject({ sha256: Type.String({ pattern: '^[0-9a-f]{64}$', maxLength: 64 }), on: Day }),
      ),
    }),
    { minItems: 1, maxItems: 1_000 },
  ),
})
export const PenaltyShape = strictObject(
  {
    lines: Type.Array(
      strictObject({
        breachId: Type.String(),
        onceCents: Type.Integer(),
        days: Type.Integer(),
        perDaysCents: Type.Integer(),
        shown: Type.Boolean(),
      }),
    ),
    sumCents: Type.Integer(),
    shownCents: Type.Integer({ description: 'What the breaches that a capture shows come to.' }),
    capped: Type.Boolean(),
    arguments: Type.Array(strictObject({ source: Type.String(), nl: Type.String(), en: Type.String() })),
  },
  { $id: 'PenaltyCalculation', description: 'Arithmetic on the words of a clause. A court may reduce it.' },
)
