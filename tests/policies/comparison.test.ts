import * as fc from 'fast-check'
import t from 'tap'
import { compareContents, type ContentComparison, type PolicyContent, type Rule } from '#policies/model'
import { sampleContent } from '../../src/policies/content-sample.ts'

function aRule(id: string, words = id): Rule {
  return { ...structuredClone(sampleContent.rules[1]!), id, text: { en: words, nl: words } }
}

function withRules(rules: Rule[]): PolicyContent {
  return { ...structuredClone(sampleContent), rules }
}

const compareRules = (before: Rule[], after: Rule[]) =>
  compareContents(withRules(before), withRules(after)).rules
const brief = (rules: ContentComparison['rules']) =>
  rules.map(({ id, status, from, to }) => `${id} ${status} ${from}>${to}`)

t.test('P10: added, removed, moved, changed and unchanged rules are told apart', async (t) => {
  t.same(
    brief(
      compareRules(
        ['a', 'b', 'c'].map((id) => aRule(id)),
        [aRule('x'), aRule('a'), aRule('c', 'new')],
      ),
    ),
    ['x added null>1', 'a unchanged 1>2', 'c changed 3>3', 'b removed 2>null'],
  )
  t.same(
    brief(
      compareRules(
        ['a', 'b', 'c'].map((id) => aRule(id)),
        ['c', 'a', 'b'].map((id) => aRule(id)),
      ),
    ),
    ['c moved 3>1', 'a unchanged 1>2', 'b unchanged 2>3'],
  )
  t.match(compareRules([aRule('a'), aRule('b')], [aRule('b', 'new'), aRule('a')]), [
    { id: 'b', status: 'changed' },
    { id: 'a', status: 'moved', moved: true },
  ])
})

t.test('P10: a change names its field and language with the text before and after', async (t) => {
  const before = aRule('a')
  const after: Rule = {
    ...aRule('a'),
    modality: 'must',
    scope: { ...before.scope, time: 'working-time' },
    sanctionReference: 'Chapter 4',
  }
  after.text = { en: 'a', nl: 'anders' }
  t.same(compareRules([before], [after])[0]!.changes, [
    { field: 'text', language: 'nl', before: 'a', after: 'anders' },
    { field: 'modality', language: null, before: 'advised', after: 'must' },
    { field: 'scope.time', language: null, before: 'always', after: 'working-time' },
    { field: 'sanctionReference', language: null, before: null, after: 'Chapter 4' },
  ])
})

t.test('P10: title, introduction, sections, languages and placeholders are compared too', async (t) => {
  const after = structuredClone(sampleContent)
  after.title.nl = 'Foto’s bij [NAAM ORGANISATIE]'
  after.introduction.pop()
  after.sections[0]!.paragraphs.push({ en: 'More.', nl: 'Meer.' })
  after.placeholders[0]!.value = 'Anders BV'
  const comparison = compareContents(sampleContent, after)
  t.same(comparison.title, [
    {
      field: 'title',
      language: 'nl',
      before: 'Werken met foto’s bij [NAAM ORGANISATIE]',
      after: 'Foto’s bij [NAAM ORGANISATIE]',
    },
  ])
  t.same(
    comparison.introduction.map(({ field, language, after: now }) => [field, language, now]),
    [
      ['introduction.2', 'en', null],
      ['introduction.2', 'nl', null],
    ],
  )
  t.same(
    comparison.sections[0]!.changes.map(({ field, before }) => [field, before]),
    [
      ['paragraphs.2', null],
      ['paragraphs.2', null],
    ],
  )
  t.same(comparison.placeholders[0]!.changes, [
    { field: 'value', language: null, before: 'Voorbeeld BV', after: 'Anders BV' },
  ])
  t.ok(
    comparison.rules.every((rule) => rule.status === 'unchanged'),
    'another value is no change of any rule',
  )
  const dutch = compareContents(sampleContent, {
    ...sampleContent,
    languages: ['nl'],
    title: { nl: sampleContent.title.nl! },
  })
  t.same([dutch.languagesAdded, dutch.languagesRemoved], [[], ['en']])
  t.same(dutch.title, [{ field: 'title', language: 'en', before: sampleContent.title.en, after: null }])
})

const someRules = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom(...'abcdefgh'),
      words: fc.constantFrom('one', 'two'),
      must: fc.boolean(),
    }),
    { selector: (rule) => rule.id, maxLength: 8 },
  )
  .map((rules) =>
    rules.map(({ id, words, must }): Rule => ({ ...aRule(id, words), modality: must ? 'must' : 'may' })),
  )

t.test('P10: a content compared with itself has only unchanged parts', async () => {
  fc.assert(
    fc.property(someRules, (rules) => {
      const { title, introduction, ...rest } = compareContents(withRules(rules), withRules(rules))
      const parts = [...rest.rules, ...rest.sections, ...rest.placeholders]
      return (
        title.length + introduction.length === 0 &&
        parts.every((part) => part.status === 'unchanged' && !part.moved)
      )
    }),
  )
})

t.test('P10: applying a comparison to the older rules gives the newer ones', async () => {
  fc.assert(
    fc.property(someRules, someRules, (before, after) => {
      const rebuilt = apply(before, compareRules(before, after))
      return JSON.stringify(rebuilt.map(flat)) === JSON.stringify(after.map(flat))
    }),
    { numRuns: 500 },
  )
})

t.test('P10: no more rules count as moved than have to be', async () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...'abcdefgh'], { minLength: 8 }),
      fc.nat(7),
      fc.nat(7),
      (ids, at, to) => {
        const moved = ids.toSpliced(at, 1)
        moved.splice(to, 0, ids[at]!)
        const count = compareRules(
          ids.map((id) => aRule(id)),
          moved.map((id) => aRule(id)),
        ).filter((rule) => rule.moved).length
        return count === (at === to ? 0 : 1)
      },
    ),
  )
})

type Fields = Record<string, string>

function flat(rule: Rule): Fields {
  return Object.fromEntries(
    Object.entries({
      id: rule.id,
      'heading/en': rule.heading.en,
      'heading/nl': rule.heading.nl,
      'text/en': rule.text.en,
      'text/nl': rule.text.nl,
      modality: rule.modality,
      'scope.time': rule.scope.time,
      'scope.place': rule.scope.place,
      'scope.account': rule.scope.account,
      legalNature: rule.legalNature,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** Rebuilds the newer rules from the older ones and the comparison alone. */
function apply(before: readonly Rule[], comparison: ContentComparison['rules']): Rule[] {
  return comparison
    .filter((part) => part.to !== null)
    .toSorted((a, b) => a.to! - b.to!)
    .map((part) => {
      const fields: Fields = part.from === null ? { id: part.id } : flat(before[part.from - 1]!)
      for (const { field, language, after } of part.changes) {
        const key = language === null ? field : `${field}/${language}`
        if (after === null) delete fields[key]
        else fields[key] = after
      }
      return {
        id: fields['id'],
        heading: { en: fields['heading/en'], nl: fields['heading/nl'] },
        text: { en: fields['text/en'], nl: fields['text/nl'] },
        modality: fields['modality'],
        scope: { time: fields['scope.time'], place: fields['scope.place'], account: fields['scope.account'] },
        legalNature: fields['legalNature'],
      } as Rule
    })
}
