import t from 'tap'
import { canonicalJson } from '#core'
import { renderDocument, documentTitle } from '../../src/documents/document-rendering.ts'
import { anExitLetter } from '../support/documents-exit-letter.ts'
import { personNames } from '../support/documents-letters.ts'
import { attachmentOf, openPdf } from '../support/documents-pdf.ts'

const flat = (text: string): string => text.replaceAll('\n', ' ').replaceAll(/ +/g, ' ')
const shownOf = async (changes: Parameters<typeof anExitLetter>[0]): Promise<string> =>
  flat(openPdf((await renderDocument(anExitLetter(changes))).bytes).text)

t.test('it carries the canonical JSON of what it was made from', async (t) => {
  const input = anExitLetter()
  const pdf = openPdf((await renderDocument(input)).bytes)
  t.equal(attachmentOf(pdf, 'exit-letter.json').toString(), canonicalJson(input))
  t.equal(documentTitle(input), 'Brief bij het einde van uw werk: 30 november 2026')
})

t.test(
  'it says what binds, with the words that were signed, until when, the list and whom to ask',
  async (t) => {
    for (const language of ['nl', 'en'] as const) {
      const input = anExitLetter({ language })
      const shown = await shownOf({ language })
      for (const { title, text, annex } of input.obligations)
        for (const part of [title, ...text, annex.documentSha256]) t.ok(shown.includes(part), part)
      for (const { relations, documentSha256 } of input.lists) {
        t.ok(shown.includes(documentSha256))
        for (const { name, reason } of relations) t.ok(shown.includes(name) && shown.includes(reason), name)
      }
      for (const { title } of input.notClaimed) t.ok(shown.includes(title), title)
      for (const part of Object.values(input.contact)) t.ok(shown.includes(part!), part!)
      t.match(shown, language === 'nl' ? /30 november 2027/ : /30 November 2027/)
      t.match(
        shown,
        language === 'nl'
          ? /€ 10\.000 voor elke overtreding en € 1\.000/
          : /€ 10,000 for each breach and € 1,000/,
      )
      t.match(shown, language === 'nl' ? /€ 2\.500,50/ : /€ 2,500\.50/)
    }
  },
)

t.test('with nothing that binds it says so, names no list and shows no empty table', async (t) => {
  const shown = await shownOf({ obligations: [], lists: [], notClaimed: [] })
  t.match(shown, /gelden er na die dag geen afspraken uit uw contract meer/)
  t.notMatch(shown, /Wat nog geldt, en tot wanneer|Waar deze brief u niet aan houdt|Op de lijst sinds/)
  t.match(shown, /Wat u altijd mag/)
})

t.test('one agreement is one, and a list with nobody on it says so', async (t) => {
  const { obligations, lists } = anExitLetter()
  const shown = await shownOf({
    obligations: obligations.slice(1, 2),
    lists: [{ ...lists[0]!, relations: [] }],
  })
  t.match(shown, /Na die dag geldt er nog één afspraak/)
  t.match(shown, /Eén afspraak heeft geen einddatum/)
  t.match(shown, /stond er niemand op deze lijst/)
})

t.test('every reason not to hold somebody to a clause has its words in both languages', async (t) => {
  const reasons = ['ends-with-work', 'not-invoked', 'employer-fault', 'fault-disputed', 'blocked', 'denied', 'imported', 'not-signed', 'covers-nothing', 'not-certain'] as const // prettier-ignore
  for (const language of ['nl', 'en'] as const) {
    const notClaimed = reasons.map((why) => ({ title: `Title ${why}`, why }))
    const shown = await shownOf({ language, notClaimed })
    for (const why of reasons) t.match(shown, new RegExp(`Title ${why} [A-Z]`))
  }
})

t.test('hostile names are shown as they are, or refused by name', async (t) => {
  for (const name of [...personNames, 'Jansen & Zn. <B.V.>', 'Ωμέγα Иван', '"\\(x)']) {
    const shown = await shownOf({ person: { name, externalId: null, jobTitle: null } })
    t.ok(shown.replaceAll(/\s/g, '').includes(name.replaceAll(/\s/g, '')), name)
  }
  await t.rejects(shownOf({ contact: { name: 'Li 王', reach: 'x', how: null } }), {
    code: 'character-without-glyph',
  })
})

t.test('what cannot be is refused', async (t) => {
  const { obligations, lists } = anExitLetter()
  const [first] = obligations
  await t.rejects(shownOf({ lastDay: '2027-02-29' }))
  await t.rejects(shownOf({ obligations: [{ ...first!, until: '2026-11-29' }] }), RangeError)
  await t.rejects(shownOf({ obligations: [{ ...first!, text: [] }] }), TypeError)
  await t.rejects(shownOf({ lists: [] }), TypeError)
  await t.rejects(
    shownOf({ lists: [{ ...lists[0]!, relations: [{ ...lists[0]!.relations[0]!, from: '2026-12-01' }] }] }),
    RangeError,
  )
})

t.test('a long list goes on over pages, each with its head, and no heading stands alone', async (t) => {
  const { lists } = anExitLetter()
  const relations = Array.from({ length: 90 }, (_, index) => ({
    ...lists[0]!.relations[index % 5]!,
    name: `Relatie ${index}`,
  }))
  const { pages } = openPdf((await renderDocument(anExitLetter({ lists: [{ ...lists[0]!, relations }] }))).bytes) // prettier-ignore
  const withList = pages.filter((page) => /Relatie \d+/.test(page))
  t.ok(withList.length >= 3)
  for (const page of withList) t.match(page, /Wat voor relatie/)
  const headings = new Set(['In het kort', 'Wat nog geldt, en tot wanneer', 'Geheimhouding', 'Waar deze brief u niet aan houdt', 'Wat u altijd mag', 'Heeft u vragen?', 'Over dit document']) // prettier-ignore
  for (const page of pages) {
    const lines = page.split('\n').filter((line) => !/^Jansen & Zn|^pagina/.test(line))
    t.notOk(headings.has(lines.at(-1)!), lines.at(-1)!)
  }
})
