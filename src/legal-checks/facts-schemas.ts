import { Type } from 'typebox'
import type { TSchema } from 'typebox'
import { CivilDateText, oneOf, orNull, strictObject } from '#http'
import { clauseKinds, relationQuestions } from '#jurisdictions'

const maybe = <Schema extends TSchema>(schema: Schema) => Type.Optional(schema)
const text = (maxLength = 5_000) => Type.String({ maxLength })
const name = Type.String({ minLength: 1, maxLength: 200 })
const list = <Schema extends TSchema>(schema: Schema, maxItems = 200) => Type.Array(schema, { maxItems })
const flag = Type.Boolean()
const cents = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000, description: 'Euro cents.' })
const hash = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^[0-9a-f]+$',
  description: 'SHA-256 in lower-case hex.',
})
const Day = CivilDateText
const Moment = Type.String({
  format: 'date-time',
  pattern: '\\.\\d{3}Z$',
  maxLength: 24,
  description: 'UTC with milliseconds.',
  examples: ['2026-03-02T14:05:11.000Z'],
})

export const Employee = strictObject({
  birthDate: maybe(Day),
  languages: maybe(list(Type.String({ minLength: 2, maxLength: 12 }), 20)),
  employedFrom: maybe(Day),
  lastDay: maybe(orNull(Day)),
})

export const Contract = strictObject({
  kind: maybe(oneOf(['indefinite', 'fixed-term', 'settlement', 'addendum'])),
  startsOn: maybe(Day),
  endsOn: maybe(orNull(Day)),
  renewals: maybe(
    list(strictObject({ on: Day, kind: oneOf(['renewal', 'conversion']), changedMore: flag }), 50),
  ),
  existingDispute: maybe(text()),
})

export const Bundle = strictObject({
  ceremonyId: maybe(name),
  manifest: maybe(
    list(
      strictObject({
        documentId: name,
        sha256: hash,
        role: oneOf(['main', 'annex']),
        language: Type.String({ minLength: 2, maxLength: 12 }),
      }),
    ),
  ),
  references: maybe(
    list(
      strictObject({
        from: name,
        to: name,
        anchorText: text(1_000),
        page: orNull(Type.Integer({ minimum: 1, maximum: 10_000 })),
      }),
    ),
  ),
  statement: maybe(strictObject({ text: text(), expresses: oneOf(['agreement', 'receipt', 'reading']) })),
  clauseConsents: maybe(list(strictObject({ clauseId: name, statement: text() }))),
  conditionText: maybe(text()),
  acceptedBy: maybe(oneOf(['act', 'e-mail-reply'])),
  deliveredAt: maybe(orNull(Moment)),
  signedAt: maybe(orNull(Moment)),
  retrievableByEmployee: maybe(flag),
  prevailingLanguage: maybe(orNull(Type.String({ minLength: 2, maxLength: 12 }))),
})

const Motivation = strictObject({
  text: text(),
  functionRef: text(200),
  interests: list(text(200), 50),
  locatedWithClause: flag,
  writtenAt: orNull(Moment),
  sameTextFor: list(name, 100),
})

const CarveOut = orNull(strictObject({ languages: list(Type.String({ minLength: 2, maxLength: 12 }), 20) }))

export const Months = Type.Integer({ minimum: 0, maximum: 1_200, description: 'Calendar months.' })

export const Clause = strictObject({
  id: name,
  kind: oneOf(clauseKinds),
  language: maybe(Type.String({ minLength: 2, maxLength: 12 })),
  locatedIn: maybe(oneOf(['main', 'annex', 'policy', 'link', 'email'])),
  documentSha256: maybe(hash),
  motivation: maybe(orNull(Motivation)),
  months: maybe(orNull(Months)),
  area: maybe(text(500)),
  areaReason: maybe(text()),
  activity: maybe(text()),
  relation: maybe(
    strictObject({
      definition: text(),
      named: Type.Integer({ minimum: 0, maximum: 100_000 }),
      answers: list(oneOf(relationQuestions), 4),
    }),
  ),
  carveOut: maybe(CarveOut),
  objectiveReason: maybe(
    orNull(oneOf(['health-safety', 'confidentiality', 'integrity', 'conflict-of-interest', 'working-hours'])),
  ),
})

const Derogation = oneOf(['explicit', 'implied', 'none'])

export const Penalty = strictObject({
  coveredRules: maybe(list(name)),
  amountCents: maybe(orNull(cents)),
  perDayCents: maybe(orNull(cents)),
  fixedInWageCurrency: maybe(flag),
  destination: maybe(text(500)),
  benefitsEmployer: maybe(flag),
  derogations: maybe(strictObject({ lid3: Derogation, lid4: Derogation, lid5: Derogation })),
  cumulatesWithDamages: maybe(oneOf(['no', 'yes', 'silent'])),
  agreedInWriting: maybe(flag),
  fines: maybe(
    list(
      strictObject({
        isoWeek: Type.String({ pattern: '^\\d{4}-W\\d{2}$', maxLength: 8, examples: ['2026-W20'] }),
        amountCents: cents,
        fact: name,
      }),
    ),
  ),
  damagesClaimedFor: maybe(list(name)),
})

export const Wage = strictObject({
  history: maybe(
    list(
      strictObject({
        from: Day,
        hourlyCents: cents,
        hoursPerDay: Type.Number({ minimum: 0, maximum: 24, description: 'Hours of a working day.' }),
      }),
    ),
  ),
})

export const JobChange = strictObject({
  on: Day,
  changed: list(oneOf(['function', 'grade', 'area', 'client-access', 'wage', 'reporting']), 6),
  foreseen: flag,
})

export const Signature = strictObject({
  level: maybe(oneOf(['none', 'click', 'ses', 'ades', 'qes', 'wet'])),
  idProofing: maybe(
    oneOf(['none', 'hr-checked-document', 'bank-id', 'eid-high', 'nfc-document', 'in-person']),
  ),
  factors: maybe(Type.Integer({ minimum: 0, maximum: 5 })),
  privilegedActionsNear: maybe(list(text(500), 50)),
  timestampQualified: maybe(flag),
  validation: maybe(oneOf(['passed', 'failed', 'indeterminate', 'not-run'])),
  criteria26: maybe(strictObject({ unique: flag, identifies: flag, soleControl: flag, tamperEvident: flag })),
  evidenceLevel: maybe(oneOf(['E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6'])),
})

export { CarveOut, Day, Moment, cents, flag, hash, list, maybe, name, text }
