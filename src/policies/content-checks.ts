import type { ProblemDetail } from '#core'
import { unprintableIn } from '#core'
import type { Language, PolicyContent, Text } from './content.ts'
import { languages } from './content.ts'
import type { TextPlace } from './content-texts.ts'
import { textPlacesOf } from './content-texts.ts'
import { hasStrayBracket, misfitOf, occurrencesIn, unresolvedOccurrences } from './placeholder.ts'

/** Names the first character of a text that no bundled font can draw; given, so that this file needs no fonts. */
export type FindMissingGlyph = (text: string) => string | undefined

/**
 * Everything that is wrong with a content, all at once, each with a JSON Pointer into the content. An empty list
 * means that it can be kept as a draft: complete in its languages, unambiguous, printable (P2, P3). Whether it can be
 * published too is for `obstaclesToPublishing`.
 */
export function checkContent(content: PolicyContent, findMissingGlyph: FindMissingGlyph): ProblemDetail[] {
  return [
    ...checkLanguageOrder(content),
    ...textPlacesOf(content).flatMap((place) => checkText(place, content.languages, findMissingGlyph)),
    ...checkIdentifiers(content),
    ...checkSanctionReferences(content, findMissingGlyph),
    ...checkPlaceholders(content),
    ...checkPlaceholderValues(content, findMissingGlyph),
  ]
}

/**
 * What keeps a draft from being published as version `versionNumber` of a policy of this legal nature, apart from
 * approval and the effective day. All at once, with pointers (P4, P5).
 */
export function obstaclesToPublishing(
  content: PolicyContent,
  versionNumber: number,
  policyNature: PolicyContent['rules'][number]['legalNature'],
): ProblemDetail[] {
  const unresolved = unresolvedOccurrences(content).map(({ name, pointer }) =>
    detail('placeholder-unresolved', `The placeholder [${name}] has no value.`, pointer),
  )
  const outranking = content.rules.flatMap((rule, index) =>
    natureRank[rule.legalNature] <= natureRank[policyNature]
      ? []
      : [
          detail(
            'rule-exceeds-policy',
            `The rule is a ${rule.legalNature}, but the policy as a whole is presented as ${policyNature}.`,
            `/rules/${index}/legalNature`,
          ),
        ],
  )
  return [...unresolved, ...outranking, ...checkChange(content, versionNumber)]
}

// A rule that needs more from the reader than the policy asks for would be acknowledged in too light a form.
const natureRank = { information: 0, instruction: 1, 'contract-term': 2 } as const

function checkChange(content: PolicyContent, versionNumber: number): ProblemDetail[] {
  if (versionNumber === 1)
    return content.materiality === 'material'
      ? []
      : [
          detail(
            'first-version-editorial',
            'A first version changes everything: it is material.',
            '/materiality',
          ),
        ]
  return content.languages
    .filter((language) => content.changeSummary[language]?.trim() === '')
    .map((language) =>
      detail(
        'change-summary-missing',
        'Say what changed since the version before.',
        `/changeSummary/${language}`,
      ),
    )
}

function checkLanguageOrder(content: PolicyContent): ProblemDetail[] {
  const sorted = languages.filter((language) => content.languages.includes(language))
  return sorted.every((language, index) => content.languages[index] === language)
    ? []
    : [detail('languages-unsorted', 'List `en` before `nl`.', '/languages')]
}

function checkText(
  place: TextPlace,
  wanted: readonly Language[],
  findMissingGlyph: FindMissingGlyph,
): ProblemDetail[] {
  return languages.flatMap((language) => {
    const text = (place.text as Text)[language]
    const pointer = `${place.pointer}/${language}`
    if (text === undefined)
      return wanted.includes(language)
        ? [detail('language-missing', `The ${language} text is missing.`, pointer)]
        : []
    if (!wanted.includes(language))
      return [detail('language-unexpected', `This version has no ${language} edition.`, pointer)]
    return checkString(text, pointer, place, findMissingGlyph)
  })
}

function checkString(
  text: string,
  pointer: string,
  place: Pick<TextPlace, 'form' | 'mayBeEmpty' | 'takesPlaceholders'>,
  findMissingGlyph: FindMissingGlyph,
): ProblemDetail[] {
  if (text === '' && place.mayBeEmpty) return []
  const found: ProblemDetail[] = []
  if (text.trim() !== text || text === '')
    found.push(detail('blank-edges', 'Begins or ends with white space, or is blank.', pointer))
  const lineFeed = place.form === 'line' && text.includes('\n') ? { codePoint: 'U+000A' } : undefined
  const hidden = unprintableIn(text) ?? lineFeed
  const missing = hidden === undefined ? findMissingGlyph(text) : undefined
  if (hidden !== undefined)
    found.push(
      detail('unprintable-character', `Contains ${hidden.codePoint}, which cannot be shown here.`, pointer),
    )
  if (missing !== undefined)
    found.push(
      detail('character-without-glyph', `Contains ${missing}, which no bundled font can draw.`, pointer),
    )
  if (place.takesPlaceholders && hasStrayBracket(text))
    found.push(
      detail(
        'bracket-stray',
        'Square brackets are for placeholders only: capitals, such as [NAAM ORGANISATIE].',
        pointer,
      ),
    )
  return found
}

/** What is wrong with one line that stands on its own, such as the name of a policy. */
export function checkLine(
  text: string,
  pointer: string,
  findMissingGlyph: FindMissingGlyph,
): ProblemDetail[] {
  return checkString(text, pointer, standingLine, findMissingGlyph)
}

/** The same for a text of one or more lines, such as a reason. */
export function checkParagraph(
  text: string,
  pointer: string,
  findMissingGlyph: FindMissingGlyph,
): ProblemDetail[] {
  return checkString(text, pointer, { ...standingLine, form: 'paragraph' }, findMissingGlyph)
}

const standingLine = { form: 'line', mayBeEmpty: false, takesPlaceholders: false } as const

function checkSanctionReferences(
  content: PolicyContent,
  findMissingGlyph: FindMissingGlyph,
): ProblemDetail[] {
  return content.rules.flatMap(({ sanctionReference }, index) => {
    if (sanctionReference === undefined) return []
    const pointer = `/rules/${index}/sanctionReference`
    return checkLine(sanctionReference, pointer, findMissingGlyph)
  })
}

function checkIdentifiers(content: PolicyContent): ProblemDetail[] {
  const parts = [
    ...content.rules.map((rule, index) => ({ id: rule.id, pointer: `/rules/${index}/id` })),
    ...content.sections.map((section, index) => ({ id: section.id, pointer: `/sections/${index}/id` })),
  ]
  return repeated(parts.map((part) => part.id)).map((at) =>
    detail('id-repeated', 'Another rule or section has this id.', parts[at]!.pointer),
  )
}

function checkPlaceholders(content: PolicyContent): ProblemDetail[] {
  const declared = content.placeholders.map((placeholder) => placeholder.name)
  const occurrences = occurrencesIn(content)
  const used = new Set(occurrences.map((occurrence) => occurrence.name))
  return [
    ...repeated(declared).map((at) =>
      detail('placeholder-repeated', 'This placeholder is declared twice.', `/placeholders/${at}/name`),
    ),
    ...occurrences
      .filter((occurrence) => !declared.includes(occurrence.name))
      .map(({ name, pointer }) =>
        detail('placeholder-undeclared', `The placeholder [${name}] is not declared.`, pointer),
      ),
    ...declared.flatMap((name, at) =>
      used.has(name)
        ? []
        : [detail('placeholder-unused', 'No text uses this placeholder.', `/placeholders/${at}/name`)],
    ),
  ]
}

function checkPlaceholderValues(content: PolicyContent, findMissingGlyph: FindMissingGlyph): ProblemDetail[] {
  return content.placeholders.flatMap(({ kind, value }, at) => {
    if (value === undefined) return []
    const pointer = `/placeholders/${at}/value`
    const unfit = checkLine(value, pointer, findMissingGlyph)
    // A value is never itself a text with gaps: filling in is done once.
    if (/[[\]]/.test(value)) unfit.push(detail('bracket-stray', 'A value has no square brackets.', pointer))
    const expected = unfit.length === 0 ? misfitOf(kind, value) : undefined
    return expected === undefined ? unfit : [detail('placeholder-value', `Has to be ${expected}.`, pointer)]
  })
}

function repeated(values: readonly string[]): number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []))
}

function detail(code: string, message: string, pointer: string): ProblemDetail {
  return { code, message, pointer }
}
