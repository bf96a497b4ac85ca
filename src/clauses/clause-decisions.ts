import type { ProblemDetail } from '#core'
import { unprintableIn } from '#core'
import type { ClauseKind } from '#jurisdictions'
import type { ClauseContent, Parameter, ParameterType, Texts } from './clause-template.ts'

const gap = /\{\{([^{}]*)\}\}/g
const nameForm = /^[a-z][A-Za-z0-9]{0,39}$/

/**
 * The parameters that the rules of law read, by kind. A template of a kind has them under these names, or a defect that
 * the rules could see would go unseen.
 */
const neededByRules: Readonly<Partial<Record<ClauseKind, Readonly<Record<string, ParameterType>>>>> = {
  relatiebeding: {
    months: 'months',
    definition: 'text',
    relations: 'lines',
    suppliers: 'choice',
    prospects: 'choice',
    initiative: 'choice',
    online: 'choice',
    area: 'text',
    areaReason: 'text',
    motivation: 'text',
    motivationFunction: 'text',
    motivationInterests: 'lines',
  },
  concurrentiebeding: {
    months: 'months',
    activity: 'text',
    area: 'text',
    areaReason: 'text',
    motivation: 'text',
    motivationFunction: 'text',
    motivationInterests: 'lines',
  },
  ronselbeding: {
    months: 'months',
    motivation: 'text',
    motivationFunction: 'text',
    motivationInterests: 'lines',
  },
  geheimhoudingsbeding: { carveOut: 'yes-no' },
  'social-mediabeding': { carveOut: 'yes-no' },
  boetebeding: {
    coveredRules: 'lines',
    amount: 'cents',
    perDay: 'cents',
    benefitsEmployer: 'yes-no',
    destination: 'text',
    derogateLid3: 'yes-no',
    derogateLid4: 'yes-no',
    derogateLid5: 'yes-no',
    cumulation: 'choice',
  },
  nevenwerkzaamhedenbeding: { objectiveReason: 'choice' },
}

/** What rules read where a template has it: under this name a parameter has this type and no other. */
const readByRules: Readonly<Partial<Record<ClauseKind, Readonly<Record<string, ParameterType>>>>> = {
  relatiebeding: { relationList: 'annex-mark' },
  boetebeding: { maximum: 'cents' },
}

/**
 * What is wrong with a content: gaps that no parameter fills, parameters that fill nothing and decide nothing, names used
 * twice, conditions on what is not there, missing parameters of the kind, and characters that cannot be printed. Empty when
 * nothing is.
 */
export function defectsOf(content: ClauseContent): ProblemDetail[] {
  const defects: ProblemDetail[] = []
  const say = (code: string, message: string, pointer: string): void =>
    void defects.push({ code, message, pointer })
  const byName = new Map<string, Parameter>()
  const used = new Set<string>(Object.keys(neededByRules[content.kind] ?? {}))
  content.parameters.forEach((parameter, at) => {
    const pointer = `/content/parameters/${at}`
    if (parameter.when !== undefined) {
      used.add(parameter.when.parameter)
      const asking = byName.get(parameter.when.parameter)
      if (asking?.when !== undefined || !isPossible(asking, parameter.when.is))
        say('condition-unfit', 'No parameter before it ever has this value for certain.', `${pointer}/when`)
    }
    if ((readByRules[content.kind]?.[parameter.name] ?? parameter.type) !== parameter.type)
      say('type-unfit', 'The rules of law read another type under this name.', `${pointer}/type`)
    if (!nameForm.test(parameter.name))
      say('name-unfit', 'A small letter, then letters and digits.', `${pointer}/name`)
    if (byName.has(parameter.name)) say('name-twice', 'This name is used before.', `${pointer}/name`)
    byName.set(parameter.name, parameter)
    const options = parameter.options ?? []
    if ((parameter.type === 'choice') !== options.length > 0)
      say('options-unfit', 'A choice has options, and nothing else has.', `${pointer}/options`)
    if (new Set(options.map((option) => option.value)).size !== options.length)
      say('option-twice', 'Two options have one value.', `${pointer}/options`)
  })
  for (const [name, type] of Object.entries(neededByRules[content.kind] ?? {})) {
    if (byName.get(name)?.type !== type)
      say(
        'parameter-missing',
        `A ${content.kind} has a parameter ${name} of type ${type}.`,
        '/content/parameters',
      )
  }
  content.paragraphs.forEach((paragraph, at) => {
    const pointer = `/content/paragraphs/${at}`
    checkTexts(paragraph.text, `${pointer}/text`, byName, used, say)
    const { when } = paragraph
    if (when === undefined) return
    used.add(when.parameter)
    if (!isPossible(byName.get(when.parameter), when.is))
      say('condition-unfit', 'No value of that parameter is ever this.', `${pointer}/when`)
  })
  checkTexts(content.heading, '/content/heading', byName, used, say)
  content.parameters.forEach((parameter, at) => {
    if (!used.has(parameter.name))
      say('parameter-unused', 'Nothing in the text depends on it.', `/content/parameters/${at}/name`)
  })
  return defects
}

function checkTexts(
  texts: Texts,
  pointer: string,
  byName: ReadonlyMap<string, Parameter>,
  used: Set<string>,
  say: (code: string, message: string, pointer: string) => void,
): void {
  const gaps = { nl: gapsIn(texts.nl), en: gapsIn(texts.en) }
  for (const language of ['nl', 'en'] as const) {
    const at = `${pointer}/${language}`
    const hidden = unprintableIn(texts[language])
    if (hidden !== undefined) say('unprintable-character', `Contains ${hidden.codePoint}.`, at)
    if (/\{\{|\}\}/.test(texts[language].replaceAll(gap, '')))
      say('gap-open', 'A gap is written {{name}}.', at)
    for (const name of gaps[language]) {
      if (byName.has(name)) used.add(name)
      else say('parameter-unknown', `No parameter is called ${name}.`, at)
    }
  }
  if (gaps.nl.toSorted().join() !== gaps.en.toSorted().join())
    say('languages-differ', 'Both languages have the same gaps.', pointer)
}

/** The names of the gaps in a text, each once. */
function gapsIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(gap), (match) => match[1]!))]
}

function isPossible(parameter: Parameter | undefined, value: string | boolean): boolean {
  if (parameter?.type === 'yes-no') return typeof value === 'boolean'
  return parameter?.type === 'choice' && (parameter.options ?? []).some((option) => option.value === value)
}
