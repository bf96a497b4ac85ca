import { Type } from 'typebox'
import { CivilDateText, InstantText, oneOf, orNull, pageOf, pageQuery, strictObject, Uuid } from '#http'
import { clauseKinds } from '#jurisdictions'
import { CaptureShape } from './capture-schemas.ts'
import { missingReasonCodes } from './missing-decisions.ts'
import { AgreementShape, AnnexIdentityShape, HeldClauseShape, Words } from './obligation-schemas.ts'
import { termStates } from './terms-decisions.ts'

const count = Type.Integer()
const text = Type.String()
const name = Type.String({ minLength: 1, maxLength: 300 })
const Captures = Type.Array(Uuid, { maxItems: 50, uniqueItems: true, description: 'Captures that show it.' })

export const LastDay = orNull(
  strictObject({
    day: CivilDateText,
    endedBy: text,
    seriousFault: text,
    factId: Uuid,
    entryId: Uuid,
    recordedAt: InstantText,
    backDated: Type.Boolean(),
  }),
)

const clause = { annex: AnnexIdentityShape, clause: HeldClauseShape, agreement: AgreementShape }

export const ContactQuestion = strictObject(
  {
    contact: strictObject({
      relation: name,
      relationKind: oneOf(['customer', 'supplier', 'prospect', 'other']),
      channel: oneOf(['meeting', 'call', 'message', 'online-connection', 'public-post', 'private-only']),
      startedBy: oneOf(['employee', 'other', 'unknown']),
      on: CivilDateText,
    }),
    captureIds: Captures,
  },
  { $id: 'ContactQuestion' },
)

export const ContactAnswer = strictObject(
  {
    answer: oneOf(['covered', 'not-covered', 'lawyer']),
    clauses: Type.Array(
      strictObject({
        ...clause,
        lastDay: LastDay,
        relationList: orNull(AnnexIdentityShape),
        answer: oneOf(['covered', 'not-covered', 'lawyer']),
        because: Type.Array(Words),
        caveats: Type.Array(Words),
      }),
    ),
    captures: Type.Array(CaptureShape),
  },
  {
    $id: 'ContactAnswer',
    description:
      'Only clauses that bind decide. One that is contested or was taken over makes it a question for a lawyer at most.',
  },
)

export const TermsAnswer = strictObject(
  {
    on: CivilDateText,
    clauses: Type.Array(
      strictObject({
        ...clause,
        lastDay: LastDay,
        runsUntil: orNull(CivilDateText),
        state: oneOf(termStates),
        relationList: orNull(
          strictObject({
            annex: AnnexIdentityShape,
            relations: Type.Array(
              strictObject({
                name: text,
                kind: text,
                from: CivilDateText,
                until: orNull(CivilDateText),
                reason: text,
              }),
            ),
          }),
        ),
      }),
    ),
  },
  { $id: 'TermsAnswer' },
)

export const PenaltyQuestion = strictObject(
  {
    breaches: Type.Array(
      strictObject({
        id: Type.String({ minLength: 1, maxLength: 40 }),
        from: CivilDateText,
        until: CivilDateText,
        captureId: orNull(Uuid),
      }),
      { minItems: 1, maxItems: 50 },
    ),
  },
  { $id: 'PenaltyQuestion' },
)

const WageShape = strictObject({
  day: CivilDateText,
  hourlyCents: orNull(count),
  hoursPerDay: orNull(Type.Number()),
  minimum: orNull(strictObject({ hourlyCents: count, from: CivilDateText, old: Type.Boolean() })),
})

export const PenaltyAnswer = strictObject(
  {
    clauses: Type.Array(
      strictObject({
        annex: AnnexIdentityShape,
        agreement: AgreementShape,
        clauseId: text,
        coveredClauses: Type.Array(text),
        terms: orNull(
          strictObject({
            amountCents: count,
            perDayCents: orNull(count),
            perDayFrom: oneOf(['first-day', 'day-after']),
            maximumCents: orNull(count),
            currency: oneOf(['EUR']),
          }),
        ),
        calculation: orNull(
          strictObject({
            lines: Type.Array(
              strictObject({
                breachId: text,
                onceCents: count,
                days: count,
                perDaysCents: count,
                shown: Type.Boolean(),
              }),
            ),
            sumCents: count,
            shownCents: count,
            capped: Type.Boolean(),
            arguments: Type.Array(strictObject({ nl: text, en: text, source: text })),
          }),
        ),
        atSigning: orNull(WageShape),
        atBreach: WageShape,
        findings: Type.Array(
          strictObject({
            ruleId: text,
            result: oneOf(['pass', 'fail', 'lawyer', 'na', 'unknown']),
            message: orNull(Words),
          }),
        ),
      }),
    ),
    captures: Type.Array(CaptureShape),
    passMeans: Words,
  },
  { $id: 'PenaltyAnswer' },
)

export const MissingQuery = pageQuery({ kind: oneOf(clauseKinds), on: CivilDateText })

export const MissingPage = pageOf(
  strictObject({
    personId: Uuid,
    reasons: Type.Array(strictObject({ code: oneOf(missingReasonCodes), nl: text, en: text })),
    failedRules: Type.Array(text),
    agreementIds: Type.Array(Uuid),
  }),
  'MissingClausePage',
)
