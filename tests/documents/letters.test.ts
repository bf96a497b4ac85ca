import t from 'tap'
import { openSync } from 'fontkit'
import { fileURLToPath } from 'node:url'
import { canonicalJson } from '#core'
import type { DocumentInput } from '#documents'
import { composedLayout, measuredSteps } from '../../src/documents/composed-layout.ts'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import { attachmentOf, openPdf } from '../support/documents-pdf.ts'
import {
  aComposedAnnex,
  aDossierReport,
  anAnnex,
  aWarning,
  personNames,
} from '../support/documents-letters.ts'

const flat = (text: string): string => text.replaceAll('\n', ' ').replaceAll(/ +/g, ' ')

/** Every text of a value, but for the names of members and what stands for a word of the document. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

t.test('each kind carries the canonical JSON of what it was made from', async (t) => {
  const files = { 'annex.json': anAnnex(), 'warning.json': aWarning(), 'report.json': aDossierReport(5) }
  for (const [name, input] of Object.entries(files)) {
    const attached = attachmentOf(openPdf((await renderDocument(input)).bytes), name)
    t.equal(attached.toString(), canonicalJson(input), name)
  }
})

t.test(
  'an annex shows every clause with its number, every item with its letter, and every cell',
  async (t) => {
    for (const language of ['nl', 'en'] as const) {
      const input = anAnnex({ language })
      const shown = flat(openPdf((await renderDocument(input)).bytes).text)
      for (const [index, clause] of input.clauses.entries()) {
        t.ok(shown.includes(`${index + 1}. ${clause.heading}`))
        for (const [place, { text, items }] of clause.paragraphs.entries()) {
          t.ok(shown.includes(`${index + 1}.${place + 1} ${text}`), text)
          for (const [letter, item] of items.entries())
            t.ok(shown.includes(`${'abc'[letter]}. ${item}`), item)
        }
      }
      for (const cell of input.tables.flatMap((table) => table.rows.flat())) t.ok(shown.includes(cell), cell)
      for (const part of textsOf([
        input.contract.title,
        input.contract.place,
        input.contract.quote,
        input.employer,
        input.definitions,
      ]))
        // prettier-ignore
        t.ok(shown.includes(part), part)
    }
  },
)

t.test(
  'a composed annex shows its motivations below their clauses, its policies, and what it replaces',
  async (t) => {
    for (const language of ['nl', 'en'] as const) {
      const input = aComposedAnnex({ language })
      const shown = flat(openPdf((await renderDocument(input)).bytes).text)
      const below = input.clauses[1]
      const at = (words: string) => shown.indexOf(words)
      t.ok(
        at('B.2. Ronselen') < at(below!.motivation!.text!.slice(0, 50)) &&
          at(below!.motivation!.text!.slice(0, 50)) < at('B.3. Meer'),
      )
      t.equal(
        shown.match(language === 'nl' ? /hierboven is geschreven door Łucja/g : /above was written by Łucja/g)
          ?.length,
        2,
        'of both',
      )
      for (const words of [
        'B.12.1',
        input.policies![0]!.documentSha256,
        input.replaces!.documentSha256,
        'prijslijsten; aflopende contracten',
      ])
        t.ok(shown.includes(words), words)
      t.notMatch(shown, /Concept|Draft/)
      t.match(
        openPdf((await renderDocument({ ...input, concept: true })).bytes).text,
        language === 'nl' ? /^Concept/ : /^Draft/,
      )
    }
  },
)

t.test('the head of a table stands on every page that the table is on, with a scope', async (t) => {
  const pdf = openPdf((await renderDocument(anAnnex())).bytes)
  const withTable = pdf.pages.filter((page) => page.includes('Fryske Soarch'))
  t.ok(withTable.length >= 3)
  for (const page of withTable) t.match(page, /Relatie\nContactpersoon\nOmzet 2026/)
  const objects = [...pdf.objects.values()]
  const heads = objects.filter((object) => object.includes('/Scope /Column')).length
  t.equal(heads, withTable.length * 3)
  t.equal(objects.filter((object) => object.includes('/Scope /Row')).length >= 42, true, 'each row is named')
})

t.test('a row longer than a page goes on below the head of the next, without losing a word', async (t) => {
  const long = Array.from({ length: 900 }, (_, index) => `woord${index}`).join(' ')
  const annex = anAnnex()
  const table = {
    ...annex.tables[0]!,
    rows: [
      ['Kort', long, '1,00'],
      ['Na', 'de lange', '2,00'],
    ],
  }
  const { pages } = openPdf((await renderDocument({ ...annex, tables: [table] })).bytes)
  const words = flat(pages.join(' ')).match(/woord\d+/g)!
  t.equal(new Set(words).size, 900)
  t.equal(words.length, 900)
  const withRow = pages.filter((page) => /woord\d+ /.test(page))
  t.ok(withRow.length >= 3)
  for (const page of withRow) t.match(page, /Contactpersoon/)
})

t.test('no heading stands alone at the end of a page, wherever the pages break', async (t) => {
  const headings = new Set(['Partijen', 'Begrippen', 'Bepalingen', 'Ondertekening', 'Over dit document', 'Lijst van relaties', 'Geheimhouding', 'Relaties', 'Teruggave', 'Relatie']) // prettier-ignore
  let breaks = 0
  for (let filler = 0; filler < 24; filler += 1) {
    const introduction = Array.from({ length: filler }, (_, index) => `Zin ${index} van de inleiding.`)
    const { pages } = openPdf((await renderDocument(anAnnex({ introduction }))).bytes)
    for (const page of pages.slice(0, -1)) {
      const lines = page.split('\n').filter((line) => !/^Jansen & Zn|^pagina/.test(line))
      breaks += 1
      t.notOk(headings.has(lines.at(-1)!), `${filler}: ${lines.at(-1)}`)
      t.notMatch(lines.at(-1), /^\d+\.$/)
    }
  }
  t.ok(breaks > 60)
})

t.test('a warning says whose word each thing is, and says of what is not there that it is not', async (t) => {
  const full = flat(openPdf((await renderDocument(aWarning())).bytes).text)
  for (const part of [
    'Volgens Jansen & Zn. Zorg B.V. is dit gebeurd',
    '7. Beeld en geluid',
    'Niet bij deze dienst; genoemd door de werkgever',
    'heeft niet onderzocht of het zo is gegaan',
    'bewijst niet dat iemand het heeft ontvangen',
    'Tot en met 5 december 2026',
  ])
    // prettier-ignore
    t.ok(full.includes(part), part)
  const bare = aWarning({ hearing: null, earlierWarnings: [], consequences: [], countsUntil: null, response: { contact: 'HR', until: null, how: 'Schriftelijk.' } }) // prettier-ignore
  const shown = flat(openPdf((await renderDocument(bare)).bytes).text)
  for (const part of [
    'staat niet of u over deze gebeurtenissen bent gehoord',
    'noemt geen eerdere waarschuwingen',
    'noemt geen gevolgen',
    'er is geen dag genoemd',
  ])
    // prettier-ignore
    t.ok(shown.includes(part), part)
  t.notMatch(shown, /Telt mee/)
})

t.test('a report lists every line over many pages, each page with its head', async (t) => {
  const pdf = openPdf((await renderDocument(aDossierReport(400))).bytes)
  const shown = flat(pdf.text)
  const input = aDossierReport(400)
  for (const { index, recordedAt } of input.entries)
    t.ok(shown.includes(`${index} ${recordedAt.replace('T', ' ')}`))
  const pages = pdf.pages.filter((page) => /E3\nna 1, voor 2/.test(page))
  t.ok(pages.length > 10)
  for (const page of pages) t.match(page, /Regel\nVastgelegd\nWat\nNiveau\nTijdstempels/)
})

t.test('D3, D4: hostile names are shown as they are, or refused by name, in every kind', async (t) => {
  const names = [
    ...personNames,
    'Jansen & Zn. <B.V.>',
    'bi\u0301j\u0301na Ĳ ĳ IJ ij',
    'g\u0303 ẽ',
    'Ωμέγα Иван',
    '"\\(x)',
  ]
  const kinds: readonly [string, (name: string) => DocumentInput][] = [
    ['annex', (name) => anAnnex({ person: { name, externalId: null, jobTitle: null } })],
    ['warning', (name) => aWarning({ person: { name, externalId: null, jobTitle: null } })],
    ['report', (name) => aDossierReport(3, { subject: { kind: 'person', id: 'x', name } })],
  ]
  for (const [kind, make] of kinds) {
    for (const name of names) {
      const shown = openPdf((await renderDocument(make(name))).bytes).text
      // A mark that is set at another height is a piece of its own, so white space does not count here.
      t.ok(shown.replaceAll(/\s/g, '').includes(name.replaceAll(/\s/g, '')), `${kind}: ${name}`)
    }
    await t.rejects(renderDocument(make('Li 王')), { code: 'character-without-glyph', detail: /U\+738B/ })
  }
})

t.test('an input that no room should send is refused', async (t) => {
  const annex = anAnnex()
  await t.rejects(renderDocument({ ...annex, tables: [{ ...annex.tables[0]!, rows: [['one']] }] }), TypeError)
  await t.rejects(renderDocument({ ...annex, clauses: [{ heading: 'x', paragraphs: [] }] }), TypeError)
  await t.rejects(renderDocument(anAnnex({ effectiveFrom: '2026-02-30' })))
  await t.rejects(renderDocument(aWarning({ countsUntil: 'soon' })))
})

t.test('words of plain ASCII are laid out from pairs exactly as the fonts lay them out', async (t) => {
  const sources = ['@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf', '@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf', '@expo-google-fonts/source-sans-3/400Regular_Italic/SourceSans3_400Regular_Italic.ttf', 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf', 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'] // prettier-ignore
  const written = JSON.stringify([anAnnex({ language: 'en' }), aWarning(), aDossierReport(20)])
  const words = [...new Set(`${written} AVATAR To. ffi fl fj 1/2 09:30:00.123Z VA. (c) ...`.split(/[^\x21-\x7e]+/))].filter((word) => word !== '') // prettier-ignore
  t.ok(words.length > 200)
  for (const source of sources) {
    const font = openSync(fileURLToPath(import.meta.resolve(source)))
    const whole = (text: string) => {
      font._glyphs = {}
      return font.layout(text, { liga: false, clig: false, calt: false })
    }
    const composed = composedLayout(measuredSteps(whole))
    const plain = (run: ReturnType<typeof whole>) =>
      run.glyphs.map((glyph, index) => [
        glyph.id,
        run.positions[index]!.xAdvance,
        run.positions[index]!.xOffset,
      ])
    const different = words.filter((word) => {
      const run = composed(word)
      return run === undefined || JSON.stringify(plain(run)) !== JSON.stringify(plain(whole(word)))
    })
    t.same(different, [], source)
  }
})
