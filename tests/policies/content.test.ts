import { existsSync, readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import t from 'tap'
import { dayInWords } from '#core'
import {
  checkContent,
  fillContent,
  fillPlaceholders,
  obstaclesToPublishing,
  PolicyContentShape,
  unresolvedOccurrences,
  type Placeholder,
  type PolicyContent,
} from '#policies/model'
import { sampleContent } from '../../src/policies/content-sample.ts'
import { findTemplate, templates } from '../../src/policies/template.ts'

const ajv = new Ajv2020.default({ strict: true, allErrors: true })
addFormats.default(ajv)
const fitsShape = ajv.compile(JSON.parse(JSON.stringify(PolicyContentShape)) as object)
const everyGlyph = (): undefined => undefined

/** A sound content that a test changes in one place. */
function aContent(change: (content: PolicyContent) => void = () => undefined): PolicyContent {
  const content = structuredClone(sampleContent)
  change(content)
  return content
}

function faults(content: PolicyContent, findMissingGlyph: (text: string) => string | undefined = everyGlyph) {
  return checkContent(content, findMissingGlyph).map(({ code, pointer }) => `${code} ${pointer}`)
}

const placeholderOf = (kind: Placeholder['kind'], value: string) =>
  aContent((content) => {
    content.placeholders[0]!.kind = kind
    content.placeholders[0]!.value = value
  })

t.test('P2: a content that is complete and printable has nothing wrong with it', async (t) => {
  t.ok(fitsShape(aContent()), JSON.stringify(fitsShape.errors))
  t.same(faults(aContent()), [])
})

t.test('P2: every text has exactly the languages of its version', async (t) => {
  const cases: [string, (content: PolicyContent) => void, string[]][] = [
    ['a title without Dutch', (c) => delete c.title.nl, ['language-missing /title/nl']],
    [
      'a heading without English',
      (c) => delete c.rules[1]!.heading.en,
      ['language-missing /rules/1/heading/en'],
    ],
    [
      'a label without Dutch',
      (c) => delete c.placeholders[0]!.label.nl,
      ['language-missing /placeholders/0/label/nl'],
    ],
    [
      'a change summary without Dutch',
      (c) => delete c.changeSummary.nl,
      ['language-missing /changeSummary/nl'],
    ],
    [
      'languages in another order',
      (c) => void (c.languages = c.languages.toReversed()),
      ['languages-unsorted /languages'],
    ],
    [
      'two things at once',
      (c) => {
        delete c.introduction[1]!.en
        delete c.sections[0]!.paragraphs[0]!.nl
      },
      ['language-missing /introduction/1/en', 'language-missing /sections/0/paragraphs/0/nl'],
    ],
  ]
  for (const [title, change, expected] of cases) t.same(faults(aContent(change)), expected, title)
  const onlyDutch = aContent((c) => void (c.languages = ['nl']))
  t.ok(faults(onlyDutch).every((fault) => fault.startsWith('language-unexpected ') && fault.endsWith('/en')))
  t.equal(faults(onlyDutch).length, 11, 'one for each English text')
})

t.test('P2: an id is used once, over rules and sections together', async (t) => {
  t.same(faults(aContent((c) => void (c.rules[1]!.id = 'ask-first'))), ['id-repeated /rules/1/id'])
  t.same(faults(aContent((c) => void (c.sections[0]!.id = 'ask-first'))), ['id-repeated /sections/0/id'])
  for (const id of ['Ask', 'ask_first', '-ask', 'ask-', 'ask--first', '1-ask', ''])
    t.notOk(fitsShape(aContent((c) => void (c.rules[0]!.id = id))), `the shape refuses the id "${id}"`)
})

t.test(
  'P3: what can hide or reorder text is refused where it stands, also in values and references',
  async (t) => {
    const hidden = [
      '\u0000',
      '\u0007',
      '\u001b',
      '\u007f',
      '\u0085',
      '\u200b',
      '\u200d',
      '\u202e',
      '\u2066',
      '\ufeff',
      '\t',
      '\r',
    ]
    for (const character of hidden) {
      const name = JSON.stringify(character)
      t.same(
        faults(aContent((c) => void (c.rules[1]!.text.nl = `Noem de${character}maker.`))),
        ['unprintable-character /rules/1/text/nl'],
        `${name} in a text`,
      )
      t.same(
        faults(placeholderOf('text', `A${character}B`)),
        ['unprintable-character /placeholders/0/value'],
        `${name} in a value`,
      )
    }
    t.same(faults(aContent((c) => void (c.rules[0]!.sanctionReference = 'Chapter\u202e4'))), [
      'unprintable-character /rules/0/sanctionReference',
    ])
    t.same(faults(aContent((c) => void (c.title.en = 'One\nTwo [NAAM ORGANISATIE]'))), [
      'unprintable-character /title/en',
    ])
    t.same(
      faults(aContent((c) => void (c.introduction[0]!.en = 'One\nTwo'))),
      [],
      'a paragraph may have lines',
    )
    t.same(faults(aContent((c) => void (c.introduction[0]!.en = ' One'))), ['blank-edges /introduction/0/en'])
    t.same(faults(aContent((c) => void (c.introduction[0]!.en = '  '))), ['blank-edges /introduction/0/en'])
  },
)

const noSmile = (text: string) => (text.includes('😀') ? 'U+1F600' : undefined)

t.test('P3: a character that no font can draw is refused where it stands', async (t) => {
  const smiling = aContent((c) => void (c.rules[0]!.heading.nl = 'Lach 😀'))
  t.same(faults(smiling, noSmile), ['character-without-glyph /rules/0/heading/nl'])
  t.same(faults(smiling), [])
})

t.test('P4: placeholders are declared once and used, and square brackets mean nothing else', async (t) => {
  const undeclared = aContent((c) => void (c.introduction[0]!.en = 'Ask [HELPDESK] and [HELPDESK].'))
  t.same(faults(undeclared), [
    'placeholder-undeclared /introduction/0/en',
    'placeholder-undeclared /introduction/0/en',
  ])
  const unused = aContent((c) => void c.placeholders.push({ ...c.placeholders[0]!, name: 'HELPDESK' }))
  t.same(faults(unused), ['placeholder-unused /placeholders/1/name'])
  const twice = aContent((c) => void c.placeholders.push({ ...c.placeholders[0]! }))
  t.same(faults(twice), ['placeholder-repeated /placeholders/1/name'])
  for (const text of [
    '[naam organisatie]',
    '[NAAM  ORGANISATIE]',
    '[NAAM ORGANISATIE',
    'NAAM]',
    '[]',
    '[[NAAM ORGANISATIE]]',
  ])
    t.ok(
      faults(aContent((c) => void (c.introduction[0]!.nl = text))).includes(
        'bracket-stray /introduction/0/nl',
      ),
      `"${text}" is not a placeholder`,
    )
  t.same(
    faults(aContent((c) => void (c.placeholders[0]!.label.en = 'As in [sic]'))),
    [],
    'a label is not a text',
  )
})

t.test('P4: a value fits the kind of its placeholder', async (t) => {
  const good: [Placeholder['kind'], string][] = [
    ['text', 'Jansen & Zonen B.V.'],
    ['email', 'hr+vragen@voorbeeld.example'],
    ['phone', '+31 (0)20 123 45 67'],
    ['phone', '112112'],
    ['person', 'Noor van den Berg'],
    ['url', 'https://intranet.voorbeeld.example/regels?a=1'],
    ['date', '2028-02-29'],
  ]
  for (const [kind, value] of good) t.same(faults(placeholderOf(kind, value)), [], `${kind} ${value}`)
  const bad: [Placeholder['kind'], string][] = [
    ['email', 'hr@localhost'],
    ['email', 'Noor <hr@voorbeeld.example>'],
    ['email', 'hr@voor beeld.example'],
    ['phone', '12345'],
    ['phone', 'bel mij'],
    ['phone', '+31 20 123 45 67 12345'],
    ['person', '12345'],
    ['person', 'noor@voorbeeld.example'],
    ['url', 'http://voorbeeld.example'],
    ['url', 'javascript:alert(1)'],
    ['url', 'https://noor:geheim@voorbeeld.example'],
    ['date', '2027-02-29'],
    ['date', '1-12-2026'],
  ]
  for (const [kind, value] of bad)
    t.same(
      faults(placeholderOf(kind, value)),
      ['placeholder-value /placeholders/0/value'],
      `${kind} ${value}`,
    )
  t.same(faults(placeholderOf('text', 'see [HELPDESK]')), ['bracket-stray /placeholders/0/value'])
})

t.test('P4: what is not filled in is named everywhere it stands, and blocks publishing', async (t) => {
  const open = aContent((c) => {
    delete c.placeholders[0]!.value
    c.rules[0]!.text.nl = '[NAAM ORGANISATIE] en nog eens [NAAM ORGANISATIE].'
  })
  t.same(faults(open), [], 'a draft may have gaps')
  const places = ['/title/en', '/title/nl', '/rules/0/text/nl', '/rules/0/text/nl']
  t.same(
    unresolvedOccurrences(open),
    places.map((pointer) => ({ name: 'NAAM ORGANISATIE', pointer })),
  )
  t.same(
    obstaclesToPublishing(open, 1, 'instruction').map(({ code, pointer }) => [code, pointer]),
    places.map((pointer) => ['placeholder-unresolved', pointer]),
  )
  t.same(obstaclesToPublishing(aContent(), 1, 'instruction'), [])
})

const codes = (
  content: PolicyContent,
  number: number,
  nature: PolicyContent['rules'][number]['legalNature'],
) => obstaclesToPublishing(content, number, nature).map(({ code, pointer }) => `${code} ${pointer}`)

t.test(
  'P5: a first version is material; a later one says what changed; no rule outranks its policy',
  async (t) => {
    const editorial = aContent((c) => void (c.materiality = 'editorial'))
    t.same(codes(editorial, 1, 'instruction'), ['first-version-editorial /materiality'])
    const summarised = aContent((c) => void (c.changeSummary = { en: 'One word.', nl: 'Eén woord.' }))
    t.same(codes(summarised, 1, 'instruction'), [], 'a first version may say something too')
    t.same(codes({ ...summarised, materiality: 'editorial' }, 2, 'instruction'), [])
    t.same(codes(aContent(), 2, 'instruction'), [
      'change-summary-missing /changeSummary/en',
      'change-summary-missing /changeSummary/nl',
    ])
    t.same(codes(aContent(), 1, 'information'), ['rule-exceeds-policy /rules/0/legalNature'])
    t.same(codes(aContent(), 1, 'contract-term'), [])
  },
)

t.test('filling in puts every value in its place, a day in words, and never fills in twice', async (t) => {
  const placeholders: Placeholder[] = [
    { name: 'DAG', kind: 'date', label: { nl: 'Dag' }, value: '2026-03-01' },
    { name: 'WIE', kind: 'text', label: { nl: 'Wie' }, value: '$& Co' },
    { name: 'LEEG', kind: 'text', label: { nl: 'Leeg' } },
  ]
  t.equal(fillPlaceholders('[WIE] op [DAG], [LEEG]', 'nl', placeholders), '$& Co op 1 maart 2026, [LEEG]')
  t.equal(fillPlaceholders('[WIE] on [DAG]', 'en', placeholders), '$& Co on 1 March 2026')
  t.equal(fillContent(aContent()).title.nl, 'Werken met foto’s bij Voorbeeld BV')
  t.equal(dayInWords('2026-12-31', 'nl'), '31 december 2026')
})

t.test('the shape bounds every part and takes nothing that it does not name', async (t) => {
  const bad: [string, (content: PolicyContent) => void][] = [
    ['an unknown field', (c) => void Object.assign(c.rules[0]!, { number: 1 })],
    ['an unknown language', (c) => void Object.assign(c.title, { de: 'Titel' })],
    ['no rules', (c) => void (c.rules = [])],
    ['61 rules', (c) => void (c.rules = Array.from({ length: 61 }, () => c.rules[0]!))],
    ['a title of 201', (c) => void (c.title.en = 'x'.repeat(201))],
    ['a rule of 3001', (c) => void (c.rules[0]!.text.en = 'x'.repeat(3001))],
    ['an empty paragraph', (c) => void (c.introduction[0]!.en = '')],
    ['a section without paragraphs', (c) => void (c.sections[0]!.paragraphs = [])],
    ['41 placeholders', (c) => void (c.placeholders = Array.from({ length: 41 }, () => c.placeholders[0]!))],
    ['a placeholder in small letters', (c) => void (c.placeholders[0]!.name = 'naam')],
    ['an unknown modality', (c) => void Object.assign(c.rules[0]!, { modality: 'should' })],
    ['the same language twice', (c) => void (c.languages = ['nl', 'nl'])],
    ['no language', (c) => void (c.languages = [])],
  ]
  for (const [title, change] of bad) t.notOk(fitsShape(aContent(change)), `refuses ${title}`)
})

t.test('the starter text is sound in both languages and waits for its placeholders', async (t) => {
  for (const template of templates) {
    t.ok(fitsShape(template.content), JSON.stringify(fitsShape.errors))
    t.same(faults(template.content), [])
    t.same(template.content.languages, ['en', 'nl'])
    const codes = obstaclesToPublishing(template.content, 1, template.legalNature).map((one) => one.code)
    t.ok(codes.length > 0 && codes.every((code) => code === 'placeholder-unresolved'))
  }
})

t.test(
  'the starter text has fifteen rules, the rights of the reader and the way to report wrongdoing',
  async (t) => {
    const { content } = findTemplate('social-media')!
    t.equal(content.rules.length, 15)
    const last = content.rules[14]!
    t.equal(last.id, 'in-doubt-ask')
    t.match(last.text.nl, /nooit tegen je gebruikt/)
    t.match(last.text.en, /Advice is not permission/)
    t.same(
      content.sections.map((section) => section.id),
      ['your-rights', 'reporting-wrongdoing', 'about-this-text'],
    )
    t.match(content.sections[1]!.paragraphs[0]!.nl, /Wet bescherming klokkenluiders/)
    t.ok(content.placeholders.some((one) => one.name === 'NAAM ORGANISATIE'))
    t.match(content.introduction[0]!.nl, /kansen/, 'it starts from opportunities')
    for (const rule of content.rules) {
      const privately = rule.scope.time === 'private-time' && rule.scope.account === 'personal-account'
      t.notOk(
        privately && rule.legalNature === 'instruction',
        `${rule.id}: no instruction reaches purely private life`,
      )
      if (/toestemming|vertrouwelijk is/.test(rule.text.nl ?? '') && rule.modality === 'must-not')
        t.match(rule.text.nl, /Misstanden melden/, `${rule.id} refers to the exception`)
    }
  },
)

const seed = new URL('../../../shared/domain/seeds/002_79c27f1dd539a7b4.txt', import.meta.url)

const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
/** Every six words in a row. */
const runs = (text: string) =>
  words(text)
    .map((_, at, all) => all.slice(at, at + 6).join(' '))
    .slice(0, -5)

t.test(
  'the starter text shares no six words in a row with its source',
  { skip: !existsSync(seed) && 'no source here' },
  async (t) => {
    const known = new Set(runs(readFileSync(seed, 'utf8')))
    t.ok(known.size > 500)
    const { content } = findTemplate('social-media')!
    const texts = JSON.stringify(content).match(/"nl":"[^"]+"/g) ?? []
    t.ok(texts.length > 40)
    for (const text of texts)
      t.same(
        runs(text.slice(5)).filter((run) => known.has(run)),
        [],
      )
  },
)
