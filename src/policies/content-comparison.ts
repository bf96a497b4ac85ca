import type { Language, Materiality, Placeholder, PolicyContent, Rule, Section, Text } from './content.ts'
import { languages } from './content.ts'

/** One difference: what stood in a field and what stands there now. null: the field was not there. */
export type FieldChange = {
  readonly field: string
  /** The language of a text; null for a field without one. */
  readonly language: Language | null
  readonly before: string | null
  readonly after: string | null
}

export const partStatuses = ['added', 'removed', 'changed', 'moved', 'unchanged'] as const

/**
 * What became of one rule, section or placeholder. `from` and `to` are its numbers (position from 1) in both versions.
 * `moved` says that it changed places with others; one that only got another number because something was put before
 * it has not moved. A part that was moved and changed has status `changed`.
 */
export type PartComparison = {
  readonly id: string
  readonly status: (typeof partStatuses)[number]
  readonly moved: boolean
  readonly from: number | null
  readonly to: number | null
  readonly changes: FieldChange[]
}

export type ContentComparison = {
  readonly languagesAdded: Language[]
  readonly languagesRemoved: Language[]
  readonly title: FieldChange[]
  readonly introduction: FieldChange[]
  /** The parts of the newer content in its order, then the removed ones in their old order. */
  readonly rules: PartComparison[]
  readonly sections: PartComparison[]
  readonly placeholders: PartComparison[]
  readonly changeSummary: Text
  readonly materiality: Materiality
}

/**
 * Compares two contents rule by rule. Rules and sections are followed by id, placeholders by name. Texts are compared
 * as written, with their placeholders: another value is one change of that placeholder, not of every rule (P10).
 */
export function compareContents(before: PolicyContent, after: PolicyContent): ContentComparison {
  return {
    languagesAdded: after.languages.filter((language) => !before.languages.includes(language)),
    languagesRemoved: before.languages.filter((language) => !after.languages.includes(language)),
    title: differences(textFields('title', before.title), textFields('title', after.title)),
    introduction: differences(
      paragraphFields('introduction', before.introduction),
      paragraphFields('introduction', after.introduction),
    ),
    rules: compareParts(before.rules, after.rules, (rule) => rule.id, ruleFields),
    sections: compareParts(before.sections, after.sections, (section) => section.id, sectionFields),
    placeholders: compareParts(before.placeholders, after.placeholders, (one) => one.name, placeholderFields),
    changeSummary: after.changeSummary,
    materiality: after.materiality,
  }
}

type Field = { readonly field: string; readonly language: Language | null; readonly value: string }

function ruleFields(rule: Rule): Field[] {
  return [
    ...textFields('heading', rule.heading),
    ...textFields('text', rule.text),
    plain('modality', rule.modality),
    plain('scope.time', rule.scope.time),
    plain('scope.place', rule.scope.place),
    plain('scope.account', rule.scope.account),
    plain('legalNature', rule.legalNature),
    ...optional('sanctionReference', rule.sanctionReference),
  ]
}

function sectionFields(section: Section): Field[] {
  return [...textFields('heading', section.heading), ...paragraphFields('paragraphs', section.paragraphs)]
}

function placeholderFields(placeholder: Placeholder): Field[] {
  return [
    plain('kind', placeholder.kind),
    ...textFields('label', placeholder.label),
    ...optional('value', placeholder.value),
  ]
}

function textFields(field: string, text: Text): Field[] {
  return languages.flatMap((language) => {
    const value = text[language]
    return value === undefined ? [] : [{ field, language, value }]
  })
}

function paragraphFields(field: string, paragraphs: readonly Text[]): Field[] {
  return paragraphs.flatMap((text, index) => textFields(`${field}.${index + 1}`, text))
}

function plain(field: string, value: string): Field {
  return { field, language: null, value }
}

function optional(field: string, value: string | undefined): Field[] {
  return value === undefined ? [] : [plain(field, value)]
}

/** The fields that differ, in the order of the older part, then those that only the newer one has. */
function differences(before: readonly Field[], after: readonly Field[]): FieldChange[] {
  const key = (one: Field): string => `${one.field}/${one.language ?? ''}`
  const older = new Map(before.map((one) => [key(one), one]))
  const newer = new Map(after.map((one) => [key(one), one]))
  const fields = new Map([...older, ...newer])
  return Array.from(fields, ([at, { field, language }]) => ({
    field,
    language,
    before: older.get(at)?.value ?? null,
    after: newer.get(at)?.value ?? null,
  })).filter((change) => change.before !== change.after)
}

function compareParts<Part>(
  before: readonly Part[],
  after: readonly Part[],
  idOf: (part: Part) => string,
  fieldsOf: (part: Part) => Field[],
): PartComparison[] {
  const positions = new Map(before.map((part, index) => [idOf(part), index]))
  const kept = after.map((part) => positions.get(idOf(part))).filter((index) => index !== undefined)
  const inPlace = longestIncreasing(kept)
  const stayed = after.map((part, index): PartComparison => {
    const from = positions.get(idOf(part))
    const changes = differences(from === undefined ? [] : fieldsOf(before[from]!), fieldsOf(part))
    const moved = from !== undefined && !inPlace.has(from)
    const status =
      from === undefined ? 'added' : changes.length > 0 ? 'changed' : moved ? 'moved' : 'unchanged'
    return {
      id: idOf(part),
      status,
      moved,
      from: from === undefined ? null : from + 1,
      to: index + 1,
      changes,
    }
  })
  const remaining = new Set(after.map(idOf))
  const removed = before.flatMap((part, index): PartComparison[] =>
    remaining.has(idOf(part))
      ? []
      : [
          {
            id: idOf(part),
            status: 'removed',
            moved: false,
            from: index + 1,
            to: null,
            changes: differences(fieldsOf(part), []),
          },
        ],
  )
  return [...stayed, ...removed]
}

/**
 * A longest increasing selection of distinct numbers: what kept its order, so that everything else is what moved.
 * Quadratic; there are at most 60 parts.
 */
function longestIncreasing(values: readonly number[]): Set<number> {
  const runs: number[][] = []
  for (const value of values) {
    const best = runs
      .filter((run) => run.at(-1)! < value)
      .reduce<readonly number[]>((longest, run) => (run.length > longest.length ? run : longest), [])
    runs.push([...best, value])
  }
  return new Set(
    runs.reduce<readonly number[]>((longest, run) => (run.length > longest.length ? run : longest), []),
  )
}
