import type { ProblemDetail } from '#core'
import { dayInWords, toCivilDate, unprintableIn } from '#core'
import { euros } from '#jurisdictions'
import type {
  ClauseContent,
  FilledClause,
  Language,
  Parameter,
  ParameterValue,
  ParameterValues,
} from './clause-template.ts'

const textLengthMax = 5_000
const linesMax = 500
const monthsMax = 600
const centsMax = 100_000_000_00
/** How a contract calls an annex: letters, digits, dots and hyphens. */
export const annexMarkForm = /^[A-Za-z0-9][A-Za-z0-9.-]{0,9}$/

/**
 * What is wrong with values for a content: one that is required and missing, one of another type, one that no parameter
 * takes or that the others do not call for. Nothing is converted: a number in a string is not a number. Empty when nothing is wrong.
 */
export function valueDefectsOf(content: ClauseContent, values: ParameterValues): ProblemDetail[] {
  const known = new Set(content.parameters.map((parameter) => parameter.name))
  const strangers = Object.keys(values)
    .filter((name) => !known.has(name))
    .map((name) => detail('parameter-unknown', 'The template has no such parameter.', name))
  return [
    ...strangers,
    ...content.parameters.flatMap((parameter) => {
      const value = values[parameter.name]
      if (!isAskedFor(parameter, values))
        return value === undefined
          ? []
          : [detail('value-not-asked', 'Under the other values this one is not asked for.', parameter.name)]
      if (value === undefined)
        return parameter.required ? [detail('value-missing', 'This value is required.', parameter.name)] : []
      const defect = defectOf(parameter, value)
      return defect === undefined ? [] : [detail('value-unfit', defect, parameter.name)]
    }),
  ]
}

/** Whether the other values call for this one. */
function isAskedFor({ when }: Parameter, values: ParameterValues): boolean {
  return when === undefined || values[when.parameter] === when.is
}

function detail(code: string, message: string, name: string): ProblemDetail {
  return { code, message, pointer: `/values/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` }
}

function defectOf(parameter: Parameter, value: ParameterValue): string | undefined {
  switch (parameter.type) {
    case 'text':
      return typeof value === 'string' ? textDefect(value) : 'A text is asked for.'
    case 'months':
      return isWhole(value, monthsMax) ? undefined : `Whole months are asked for, from 0 to ${monthsMax}.`
    case 'cents':
      return isWhole(value, centsMax) ? undefined : 'Whole euro cents are asked for.'
    case 'day':
      return isDay(value) ? undefined : 'A calendar day is asked for, YYYY-MM-DD.'
    case 'yes-no':
      return typeof value === 'boolean' ? undefined : 'true or false is asked for.'
    case 'choice':
      return (parameter.options ?? []).some((option) => option.value === value)
        ? undefined
        : 'One of the options is asked for.'
    case 'lines':
      return linesDefect(value)
    case 'annex-mark':
      return typeof value === 'string' && annexMarkForm.test(value)
        ? undefined
        : 'The mark of an annex is asked for, such as C.'
  }
}

function linesDefect(value: ParameterValue): string | undefined {
  if (!isLines(value)) return 'A list of texts is asked for.'
  if (value.length > linesMax) return `At most ${linesMax} lines.`
  if (new Set(value).size !== value.length) return 'A line stands there twice.'
  return value.map(textDefect).find((defect) => defect !== undefined)
}

function isLines(value: ParameterValue): value is readonly string[] {
  return Array.isArray(value) && value.every((line) => typeof line === 'string')
}

function textDefect(value: string): string | undefined {
  if (value.trim() === '') return 'It is empty.'
  if (value.length > textLengthMax) return `At most ${textLengthMax} characters.`
  const hidden = unprintableIn(value)
  return hidden === undefined ? undefined : `Contains ${hidden.codePoint}.`
}

function isWhole(value: ParameterValue, max: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max
}

function isDay(value: ParameterValue): boolean {
  try {
    return typeof value === 'string' && toCivilDate(value) === value
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/**
 * The clause in one language, with its gaps filled and the paragraphs that these values call for. The values have no
 * defects. A gap whose value was left out reads as a dash.
 */
export function fillClause(
  content: ClauseContent,
  values: ParameterValues,
  language: Language,
): FilledClause {
  const byName = new Map(content.parameters.map((parameter) => [parameter.name, parameter]))
  const fill = (text: string): string =>
    text.replaceAll(/\{\{([^{}]*)\}\}(\.?)/g, (_, name: string, stop: string) => {
      const value = values[name]
      const words = value === undefined ? '—' : wordsFor(byName.get(name)!, value, language)
      // A name that ends with a full stop, such as `N.V.`, ends the sentence as well.
      return words.endsWith('.') ? words : `${words}${stop}`
    })
  const standing = content.paragraphs.filter(
    ({ when }) => when === undefined || values[when.parameter] === when.is,
  )
  return {
    heading: fill(content.heading[language]),
    paragraphs: standing.map((paragraph) => fill(paragraph.text[language])),
  }
}

function wordsFor(parameter: Parameter, value: ParameterValue, language: Language): string {
  switch (parameter.type) {
    case 'months':
      return monthsInWords(value as number, language)
    case 'cents':
      return `EUR ${euros(value as number)[language]}`
    case 'day':
      return dayInWords(value as string, language)
    case 'yes-no':
      return value === true ? { nl: 'ja', en: 'yes' }[language] : { nl: 'nee', en: 'no' }[language]
    case 'choice':
      return parameter.options!.find((option) => option.value === value)!.label[language]
    case 'lines':
      return listInWords(value as readonly string[], language)
    case 'text':
    case 'annex-mark':
      return value as string
  }
}

function monthsInWords(months: number, language: Language): string {
  if (language === 'nl') return months === 1 ? '1 maand' : `${months} maanden`
  return months === 1 ? '1 month' : `${months} months`
}

/** `A, B en C`. Not by Intl, for the reason that days are not: what is filled is hashed, and must read the same for ever. */
function listInWords(lines: readonly string[], language: Language): string {
  const last = lines.at(-1) ?? ''
  if (lines.length < 2) return last
  return `${lines.slice(0, -1).join(', ')} ${language === 'nl' ? 'en' : 'and'} ${last}`
}
