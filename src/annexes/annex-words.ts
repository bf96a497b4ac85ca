import { dayInWords } from '#core'
import type { AnnexTable } from '#documents'
import type { AnnexLanguage, ComposedClause, Relation } from './annex.ts'

/** What of a contract is named in an annex to it. */
export type NamedContract = {
  readonly kind?: 'indefinite' | 'fixed-term' | 'settlement' | 'addendum' | undefined
  readonly startsOn?: string | undefined
  readonly endsOn?: string | null | undefined
}

const words = {
  nl: {
    indefinite: 'Arbeidsovereenkomst voor onbepaalde tijd',
    'fixed-term': 'Arbeidsovereenkomst voor bepaalde tijd',
    settlement: 'Vaststellingsovereenkomst',
    addendum: 'Aanvulling op de arbeidsovereenkomst',
    unknown: 'Arbeidsovereenkomst',
    from: (day: string) => `, vanaf ${day}`,
    until: (day: string) => ` tot en met ${day}`,
    relations: 'Lijst van relaties',
    columns: ['Relatie', 'Wat het is', 'Van', 'Tot en met', 'Waarom op de lijst'],
    kinds: {
      customer: 'klant',
      supplier: 'leverancier',
      prospect: 'mogelijke klant',
      other: 'anders',
    },
    open: 'geen einddag',
    exemptions: 'Toestemming vooraf',
    exemptionColumns: ['Relatie', 'Bepaling', 'Van', 'Tot en met'],
    listIntroduction: [
      'Dit is de lijst van relaties waarnaar een relatiebeding verwijst. De lijst zoals die op de laatste werkdag luidt, beslist.',
      'Wie er op die dag niet op staat, is geen relatie in de zin van dat beding.',
    ],
  },
  en: {
    indefinite: 'Employment contract for an indefinite period',
    'fixed-term': 'Fixed-term employment contract',
    settlement: 'Settlement agreement',
    addendum: 'Addendum to the employment contract',
    unknown: 'Employment contract',
    from: (day: string) => `, from ${day}`,
    until: (day: string) => ` up to and including ${day}`,
    relations: 'List of relations',
    columns: ['Relation', 'What it is', 'From', 'Up to and including', 'Why it is listed'],
    kinds: { customer: 'customer', supplier: 'supplier', prospect: 'prospect', other: 'other' },
    open: 'no last day',
    exemptions: 'Leave given beforehand',
    exemptionColumns: ['Relation', 'Provision', 'From', 'Up to and including'],
    listIntroduction: [
      'This is the list of relations that a relatiebeding refers to. The list as it reads on the last working day decides.',
      'Whoever is not on it on that day is no relation within the meaning of that clause.',
    ],
  },
} as const

/** What a contract is called in an annex to it, from its kind and days. */
export function contractTitle(contract: NamedContract, language: AnnexLanguage): string {
  const { from, until, ...texts } = words[language]
  const { kind, startsOn, endsOn } = contract
  return [
    texts[kind ?? 'unknown'],
    startsOn === undefined ? '' : from(dayInWords(startsOn, language)),
    endsOn === undefined || endsOn === null ? '' : until(dayInWords(endsOn, language)),
  ].join('')
}

/** What is said on top of a list of relations. */
export function listIntroduction(language: AnnexLanguage): readonly string[] {
  return words[language].listIntroduction
}

/** The relations of a list as a table; none for an annex without. */
export function relationTables(relations: readonly Relation[], language: AnnexLanguage): AnnexTable[] {
  const { relations: heading, columns, kinds } = words[language]
  const weights = [5, 3, 3.4, 3.4, 5.2]
  if (relations.length === 0) return []
  return [
    {
      heading,
      columns: columns.map((each, at) => ({ heading: each, kind: 'text' as const, weight: weights[at]! })),
      rows: relations.map((relation) => [
        relation.name,
        kinds[relation.kind],
        dayInWords(relation.from, language),
        lastDay(relation.until, language),
        relation.reason,
      ]),
    },
  ]
}

/** Leave that was given for relations, with the clause that it is of; none where none was. */
export function exemptionTables(clauses: readonly ComposedClause[], language: AnnexLanguage): AnnexTable[] {
  const { exemptions: heading, exemptionColumns } = words[language]
  const rows = clauses.flatMap(({ clauseId, exemptions }) =>
    exemptions.map(({ name, from, until }) => [
      name,
      clauseId,
      dayInWords(from, language),
      lastDay(until, language),
    ]),
  )
  if (rows.length === 0) return []
  const weights = [6, 2, 3, 3]
  return [
    {
      heading,
      columns: exemptionColumns.map((each, at) => ({
        heading: each,
        kind: 'text' as const,
        weight: weights[at]!,
      })),
      rows,
    },
  ]
}

function lastDay(until: string | null, language: AnnexLanguage): string {
  return until === null ? words[language].open : dayInWords(until, language)
}
