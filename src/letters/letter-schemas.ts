import { Type, type Static } from 'typebox'
import { CivilDateText, InstantText, oneOf, strictObject, Uuid } from '#http'

const line = (description: string, example: string) =>
  Type.String({ minLength: 1, maxLength: 200, description, examples: [example] })
const paragraph = (description: string) => Type.String({ minLength: 1, maxLength: 5000, description })
const LanguageShape = oneOf(['nl', 'en'], { description: 'The language of the document.' })
const Sha256 = Type.String({
  pattern: '^[0-9a-f]{64}$',
  maxLength: 64,
  description: 'SHA-256 in lower-case hex.',
})

const role = line('In what capacity.', 'teamleider')
const Actor = Type.Unsafe<{ personId: string; role: string } | { name: string; role: string }>({
  description: 'Who acts for the employer: a person who is known here, or a name.',
  oneOf: [
    strictObject({ personId: Uuid, role }),
    strictObject({ name: line('As it is printed.', 'Łucja Żółkiewska'), role }),
  ],
})

const Clause = strictObject({
  heading: line('What the clause is about.', 'Geheimhouding'),
  paragraphs: Type.Array(
    strictObject({
      text: paragraph('A numbered paragraph.'),
      items: Type.Optional(Type.Array(paragraph('A lettered item below it.'), { maxItems: 52 })),
    }),
    { minItems: 1, maxItems: 50 },
  ),
})

const Table = strictObject({
  heading: line('What is listed.', 'Lijst van relaties'),
  columns: Type.Array(
    strictObject({ heading: line('What the column holds.', 'Relatie'), kind: oneOf(['text', 'amount']) }),
    { minItems: 1, maxItems: 6 },
  ),
  rows: Type.Array(Type.Array(Type.String({ maxLength: 500 }), { minItems: 1, maxItems: 6 }), {
    maxItems: 1000,
    description: 'As many cells a row as there are columns.',
  }),
})

const AnnexRequest = strictObject({
  kind: Type.Literal('annex'),
  language: LanguageShape,
  personId: Uuid,
  annexMark: Type.String({
    minLength: 1,
    maxLength: 20,
    description: 'Its mark in the contract.',
    examples: ['B'],
  }),
  title: line('What it is called.', 'Geheimhouding en relaties'),
  seat: Type.Optional(line('Where the employer is established.', 'Drachten')),
  registration: Type.Optional(line('Number in the trade register.', '01234567')),
  representedBy: Type.Optional(Actor),
  contract: strictObject({
    title: line('What the contract is called.', 'Arbeidsovereenkomst voor onbepaalde tijd'),
    signedOn: Type.Optional(CivilDateText),
    place: line('Where the contract refers to this annex.', 'Artikel 12, tweede lid'),
    quote: Type.Optional(
      Type.String({ minLength: 1, maxLength: 1000, description: 'The words that refer to it.' }),
    ),
  }),
  effectiveFrom: CivilDateText,
  introduction: Type.Optional(Type.Array(paragraph('Why there is this annex.'), { maxItems: 20 })),
  definitions: Type.Optional(
    Type.Array(strictObject({ term: line('The term.', 'Relatie'), meaning: paragraph('What it means.') }), {
      maxItems: 50,
    }),
  ),
  clauses: Type.Array(Clause, { minItems: 1, maxItems: 100 }),
  tables: Type.Optional(Type.Array(Table, { maxItems: 10 })),
})

const Earlier = Type.Unsafe<{ documentId: string } | { givenOn: string; subject: string }>({
  description: 'A warning that is kept here, or one that the employer names.',
  oneOf: [
    strictObject({ documentId: Uuid }),
    strictObject({
      givenOn: CivilDateText,
      subject: line('What it was about.', 'Gesprek over telefoongebruik'),
    }),
  ],
})

const WarningRequest = strictObject({
  kind: Type.Literal('warning'),
  language: LanguageShape,
  personId: Uuid,
  subject: line('What it is about.', 'Foto van een cliënt op sociale media'),
  givenOn: CivilDateText,
  givenBy: Actor,
  events: Type.Array(strictObject({ happenedOn: CivilDateText, description: paragraph('What happened.') }), {
    minItems: 1,
    maxItems: 50,
  }),
  hearing: Type.Optional(
    strictObject({ heardOn: CivilDateText, account: paragraph('What the person said.') }),
  ),
  rules: Type.Array(
    strictObject({
      policyId: Uuid,
      versionNumber: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
      ruleId: Type.String({ minLength: 1, maxLength: 100, description: 'The identifier of the rule.' }),
    }),
    { minItems: 1, maxItems: 20 },
  ),
  earlierWarnings: Type.Optional(Type.Array(Earlier, { maxItems: 50 })),
  expectations: Type.Array(paragraph('What is expected.'), { minItems: 1, maxItems: 20 }),
  consequences: Type.Optional(Type.Array(paragraph('A possible consequence.'), { maxItems: 20 })),
  response: strictObject({
    contact: line('Where to respond.', 'hr@voorbeeld.example'),
    until: Type.Optional(CivilDateText),
    how: paragraph('How the person can respond or object.'),
  }),
  countsUntil: Type.Optional(CivilDateText),
})

/** Exactly one sort of letter. */
export const DocumentRequest = Type.Unsafe<Static<typeof AnnexRequest> | Static<typeof WarningRequest>>({
  description: 'An annex to an employment contract, or an official warning.',
  oneOf: [AnnexRequest, WarningRequest],
})

export const LetterShape = strictObject(
  {
    documentId: Uuid,
    kind: oneOf(['annex', 'warning']),
    personId: Uuid,
    title: Type.String(),
    language: LanguageShape,
    holdsFrom: CivilDateText,
    sha256: Sha256,
    byteLength: Type.Integer({ minimum: 1, description: 'Bytes of the sealed PDF.' }),
    createdAt: InstantText,
    entryId: Type.String({ format: 'uuid', description: 'The entry in the ledger that records it.' }),
  },
  { $id: 'Letter', description: 'A document that was made, sealed and recorded.' },
)
