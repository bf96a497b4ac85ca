import t from 'tap'
import {
  annexText,
  clauseOf,
  hypothesis,
  libraryOf,
  listText,
  motivation,
} from '../support/composed-annexes.ts'
import { openPdf } from '../support/documents-pdf.ts'
import { testService } from '../support/service.ts'

const service = await testService(t)
const { own, send, adminQuery } = service
const templates = await libraryOf(service, own)
const author = own.keys['hr-author']

const preview = (body: object, accept = 'application/json') =>
  send('POST', '/v1/annexes/previews', { as: author, key: null, body: { employment: hypothesis, ...body }, headers: { accept } }) // prettier-ignore
const findingOf = (body: { draftCheck: { findings: { ruleId: string; clauseId: string | null }[] } }, ruleId: string) =>
  body.draftCheck.findings.find((each) => each.ruleId === ruleId) // prettier-ignore

const specific = 'nl.7-653.2.motivation-specific-at-signing'
const motivated = 'nl.7-653.1.indefinite-or-motivated'

t.test('a preview shows the filled text and what the rules say, and keeps nothing', async (t) => {
  const rows = () => adminQuery('select count(*) from beding.ledger_entry')
  const before = await rows()
  const relation = clauseOf(templates, 'relatiebeding', {}, { motivation })
  const seen = await preview(annexText([relation, clauseOf(templates, 'boetebeding')]))
  t.equal(seen.status, 200, JSON.stringify(seen.body))
  const [clause, fine] = seen.body.content.clauses
  t.match(clause, { clauseId: 'B.1', kind: 'relatiebeding', counsel: 'not-reviewed', months: 12, motivation: { inText: true, sameTextFor: [], author: motivation.author, writtenAt: service.platform.clock() } }) // prettier-ignore
  t.match(clause.paragraphs.join('\n'), 'Jansen & Zn, Çelik B.V. en De <Vries> N.V.')
  t.match(fine.paragraphs[0], /EUR 10\.000,00 voor elke overtreding/)
  t.match(findingOf(seen.body, specific), { clauseId: 'B.1', result: 'lawyer', standing: 'lawyer', stops: true, review: null }) // prettier-ignore
  t.match(seen.body.draftCheck, { legalCheckId: null, mayGoOn: false, passMeans: { en: /no defect that this check can see/ } }) // prettier-ignore
  t.same(await rows(), before)
})

t.test('what fails shows and stops no preview', async (t) => {
  const bare = await preview(annexText([clauseOf(templates, 'relatiebeding')]))
  t.equal(bare.status, 200, JSON.stringify(bare.body))
  t.match(findingOf(bare.body, motivated), { result: 'fail', severity: 'blocker', stops: true })
  const indefinite = await preview({
    ...annexText([clauseOf(templates, 'relatiebeding')]),
    employment: { ...hypothesis, contract: { kind: 'indefinite' } },
  })
  t.match(findingOf(indefinite.body, motivated), { result: 'pass' })
  const unknown = await preview({ ...annexText([clauseOf(templates, 'relatiebeding')]), employment: {} })
  t.match(findingOf(unknown.body, motivated), { result: 'unknown', missing: ['contract.kind'], stops: true })
})

t.test('the file of a preview says on every page that it is a draft, in both languages', async (t) => {
  for (const [language, word] of [['nl', 'Concept'], ['en', 'Draft']] as const) {
    const relation = clauseOf(templates, 'relatiebeding', {}, { motivation })
    const file = await preview(annexText([relation], { language }), 'application/pdf')
    t.equal(file.status, 200, file.bytes.toString().slice(0, 300))
    t.match(file.headers['content-type'], 'application/pdf')
    const pdf = openPdf(file.bytes)
    t.match(pdf.text, new RegExp(`^${word}`))
    t.equal(pdf.text.match(new RegExp(`${word} · Voorbeeld`, 'g'))?.length, pdf.pages.length)
    t.notMatch(file.bytes.toString('latin1'), /\/ByteRange/, 'it has no seal')
  } // prettier-ignore
  const list = await preview(listText(), 'application/pdf')
  const text = openPdf(list.bytes).text.replaceAll(/\s+/g, ' ')
  for (const words of [
    'Fryske Soarch',
    'Jansen & Zn <Zorg>',
    '29 februari 2028',
    'geen einddag',
    'leverancier',
  ])
    t.match(text, words)
  t.notMatch(text, /Bepalingen/)
})

t.test('a preview is about one employment', async (t) => {
  const text = annexText([clauseOf(templates, 'geheimhoudingsbeding')])
  for (const subject of [{ employment: undefined }, { employmentId: templates.ronselbeding }, { employment: undefined, employmentId: templates.ronselbeding }]) // prettier-ignore
    t.match((await preview({ ...text, ...subject })).body, { code: 'annex-unfit', errors: [{ pointer: '/employment' }] }) // prettier-ignore
})
