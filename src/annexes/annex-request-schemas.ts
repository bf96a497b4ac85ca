import { Type } from 'typebox'
import type { ParameterValues } from '#clauses'
import { CivilDateText, oneOf, strictObject, Uuid } from '#http'
import { ContractFactsShape, Employee, JobChange, Wage, WorksCouncil } from '#legal-checks'
import { annexKinds, relationKinds } from './annex.ts'

const line = (description: string, example: string) =>
  Type.String({ minLength: 1, maxLength: 200, description, examples: [example] })
const words = (description: string) => Type.String({ minLength: 1, maxLength: 5_000, description })
const versionNumber = Type.Integer({ minimum: 1, maximum: 100_000 })

export const Mark = Type.String({
  minLength: 1,
  maxLength: 10,
  pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,9}$',
  description: 'How the contract calls it.',
  examples: ['B'],
})

const Value = Type.Unsafe<string | number | boolean | string[]>({
  anyOf: [
    { type: 'string', maxLength: 5_000 },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: { type: 'string', maxLength: 5_000 }, maxItems: 500 },
  ],
})
export const Values = Type.Unsafe<ParameterValues>({
  type: 'object',
  patternProperties: { '^[a-z][A-Za-z0-9]{0,39}$': Value },
  additionalProperties: false,
  maxProperties: 60,
  description: 'What fills the gaps of the text. Nothing is converted.',
})

const Motivation = strictObject(
  {
    text: words('Why the covenant is needed because of this employee in this function.'),
    functionRef: line('The function that it is about.', 'accountmanager zorg'),
    interests: Type.Array(line('An interest to protect.', 'prijslijsten'), { maxItems: 50 }),
    author: line('Who wrote it, by name.', 'Łucja Żółkiewska'),
  },
  {
    description:
      'The written reasons of art. 7:653 lid 2 BW. They are written at the moment of composing; no other moment can be given.',
  },
)

const Exemption = strictObject({
  name: line('A relation that the clause names.', 'Jansen & Zn'),
  from: CivilDateText,
  until: Type.Optional(CivilDateText),
})

const Clause = strictObject({
  clauseTemplateId: Uuid,
  versionNumber,
  values: Values,
  motivation: Type.Optional(Motivation),
  exemptions: Type.Optional(Type.Array(Exemption, { maxItems: 500, description: 'Leave given beforehand.' })),
})

const Relation = strictObject({
  name: line('The relation.', 'Fryske Soarch'),
  kind: oneOf(relationKinds),
  from: CivilDateText,
  until: Type.Optional(CivilDateText),
  reason: Type.String({ minLength: 1, maxLength: 500, description: 'Why it is on the list.' }),
})

const role = line('In what capacity.', 'directeur')
const Representative = Type.Unsafe<{ personId: string; role: string } | { name: string; role: string }>({
  description:
    'Who acts for the employer in the text. Whether they may sign is asked when the annex is offered.',
  oneOf: [
    strictObject({ personId: Uuid, role }),
    strictObject({ name: line('As it is printed.', 'Łucja'), role }),
  ],
})

const textMembers = {
  kind: oneOf(annexKinds, {
    description: '`clauses` takes clauses and policies; `relation-list` takes relations.',
  }),
  jurisdiction: Type.Optional(Type.String({ pattern: '^[a-z]{2}$', maxLength: 2, examples: ['nl'] })),
  mark: Mark,
  title: line('What it is called.', 'Geheimhouding en relaties'),
  language: oneOf(['nl', 'en']),
  effectiveFrom: CivilDateText,
  effectiveUntil: Type.Optional(CivilDateText),
  replaces: Type.Optional(Uuid),
  reference: Type.Optional(
    strictObject({
      place: Type.Optional(line('Where the contract refers to this annex.', 'Artikel 12, tweede lid')),
      quote: Type.Optional(
        Type.String({ minLength: 1, maxLength: 1_000, description: 'The words that refer to it.' }),
      ),
    }),
  ),
  seat: Type.Optional(line('Where the employer is established.', 'Drachten')),
  registration: Type.Optional(line('Number in the trade register.', '01234567')),
  representedBy: Type.Optional(Representative),
  introduction: Type.Optional(Type.Array(words('Why there is this annex.'), { maxItems: 20 })),
  clauses: Type.Optional(Type.Array(Clause, { maxItems: 50 })),
  policies: Type.Optional(Type.Array(strictObject({ policyId: Uuid, versionNumber }), { maxItems: 20 })),
  relations: Type.Optional(Type.Array(Relation, { maxItems: 2_000 })),
}

export const ComposeRequest = strictObject({ employmentId: Uuid, contractId: Uuid, ...textMembers })

const maybe = Type.Optional
/** An employment that is only thought of: what is left out is not known. */
const Hypothesis = strictObject({
  personName: maybe(line('As it is printed.', 'A. Werknemer')),
  jobTitle: maybe(line('As it is printed.', 'accountmanager')),
  employee: maybe(Employee),
  contract: maybe(ContractFactsShape),
  wage: maybe(Wage),
  jobHistory: maybe(Type.Array(JobChange, { maxItems: 200 })),
  worksCouncil: maybe(WorksCouncil),
})

export const PreviewRequest = strictObject({
  employmentId: maybe(Uuid),
  contractId: maybe(Uuid),
  employment: maybe(Hypothesis),
  ...textMembers,
})
