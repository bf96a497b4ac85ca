import { Type, type Static, type TSchema } from 'typebox'

/** A string that is one of a few named values. */
export function oneOf<Values extends string[]>(values: readonly [...Values], description: string) {
  return Type.Enum(values, { type: 'string', description })
}

export const languages = ['en', 'nl'] as const
export const legalNatures = ['information', 'instruction', 'contract-term'] as const

export const LanguageShape = oneOf(languages, 'The language of an edition.')
export const LegalNatureShape = oneOf(
  legalNatures,
  'What a text is in law: `information`, `instruction` (art. 7:660 BW) or `contract-term` (needs agreement).',
)
export const MaterialityShape = oneOf(
  ['material', 'editorial'],
  '`material` when the change can alter what somebody must or may do; otherwise `editorial`.',
)

/** A text in the languages of its version. Which languages those are is checked by `checkContent`. */
function textShape(lengthMax: number, description: string, lengthMin = 1) {
  const language = Type.Optional(Type.String({ minLength: lengthMin, maxLength: lengthMax }))
  return Type.Object(
    { nl: language, en: language },
    { additionalProperties: false, minProperties: 1, description },
  )
}

function listOf<Item extends TSchema>(item: Item, maxItems: number, description: string, minItems = 0) {
  return Type.Array(item, { minItems, maxItems, description })
}

const lineLengthMax = 200
const paragraphLengthMax = 3000

const IdentifierShape = Type.String({
  pattern: '^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$',
  maxLength: 60,
  description: 'Kebab-case. Stays with the rule or section through every version.',
})

export const RuleShape = Type.Object(
  {
    id: IdentifierShape,
    heading: textShape(lineLengthMax, 'One line.'),
    text: textShape(paragraphLengthMax, 'The norm itself.'),
    modality: oneOf(['must', 'must-not', 'may', 'advised'], 'How strongly the rule binds.'),
    scope: Type.Object(
      {
        time: oneOf(['working-time', 'private-time', 'always'], 'When the rule holds.'),
        place: oneOf(['workplace', 'elsewhere', 'everywhere'], 'Where the rule holds.'),
        account: oneOf(
          ['company-account', 'personal-account', 'any-account'],
          'On whose account the rule holds.',
        ),
      },
      { additionalProperties: false },
    ),
    legalNature: LegalNatureShape,
    sanctionReference: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: lineLengthMax,
        description: 'Where the consequence of a breach is laid down.',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'A numbered norm; its number is its position, counted from 1.',
  },
)

export const SectionShape = Type.Object(
  {
    id: IdentifierShape,
    heading: textShape(lineLengthMax, 'One line.'),
    paragraphs: listOf(textShape(paragraphLengthMax, 'One paragraph.'), 20, 'In reading order.', 1),
  },
  { additionalProperties: false, description: 'A part after the rules, such as the rights of the reader.' },
)

export const PlaceholderShape = Type.Object(
  {
    name: Type.String({
      pattern: '^[A-Z][A-Z0-9]*(?:[ -][A-Z0-9]+)*$',
      maxLength: 60,
      description: 'Capitals; written between square brackets in texts, such as `[NAAM ORGANISATIE]`.',
    }),
    kind: oneOf(['text', 'email', 'phone', 'person', 'url', 'date'], 'What kind of value belongs here.'),
    label: textShape(lineLengthMax, 'What to fill in, for the one who fills it in.'),
    value: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 300,
        description: 'One value for every language; a `date` is YYYY-MM-DD.',
      }),
    ),
  },
  { additionalProperties: false, description: 'A gap in the texts. Publishing waits until it has a value.' },
)

/**
 * Everything a version of a policy says. Every part is bounded. What a schema cannot say (the same languages
 * everywhere, ids used once, placeholders declared) is in `checkContent`.
 */
export const PolicyContentShape = Type.Object(
  {
    languages: Type.Array(LanguageShape, {
      minItems: 1,
      maxItems: languages.length,
      uniqueItems: true,
      description: 'Sorted: `en` before `nl`. Every text has exactly these languages.',
    }),
    title: textShape(lineLengthMax, 'One line.'),
    introduction: listOf(textShape(paragraphLengthMax, 'One paragraph.'), 20, 'Paragraphs before the rules.'),
    rules: listOf(RuleShape, 60, 'The numbered rules.', 1),
    sections: listOf(SectionShape, 20, 'Parts after the rules.'),
    placeholders: listOf(PlaceholderShape, 40, 'Every gap that the texts contain.'),
    changeSummary: textShape(
      2000,
      'What changed since the version before; may be empty in a first version.',
      0,
    ),
    materiality: MaterialityShape,
  },
  { $id: 'PolicyContent', additionalProperties: false },
)

export type Language = Static<typeof LanguageShape>
export type LegalNature = Static<typeof LegalNatureShape>
export type Materiality = Static<typeof MaterialityShape>
export type Text = { nl?: string; en?: string }
export type Rule = Static<typeof RuleShape>
export type Section = Static<typeof SectionShape>
export type Placeholder = Static<typeof PlaceholderShape>
export type PolicyContent = Static<typeof PolicyContentShape>
