import t from 'tap'
import type { ClauseContent, ParameterValues } from '../../src/clauses/clause-template.ts'
import { defectsOf } from '../../src/clauses/clause-decisions.ts'
import { factsOfClause, factsOfPenalty } from '../../src/clauses/clause-facts.ts'
import { fillClause, valueDefectsOf } from '../../src/clauses/clause-filling.ts'
import { starters } from '../../src/clauses/starters/index.ts'
import { dutchRuleSet, evaluate } from '#jurisdictions'
import { soundCase } from '../support/law-cases.ts'
import { testService } from '../support/service.ts'

const relation: ParameterValues = {
  months: 12,
  definition: 'ieder die in het laatste jaar klant was en met wie de werknemer zelf werkte.',
  listedIn: 'here',
  relations: ['Jansen & Zn', 'Çelik B.V.', 'De <Vries> N.V.'],
  suppliers: 'out',
  prospects: 'out',
  initiative: 'in',
  online: 'in',
  area: 'de Benelux',
  areaReason: 'daar werkt de werknemer.',
  withMotivation: false,
}
const penalty: ParameterValues = {
  coveredRules: ['artikel 9', 'artikel 10'],
  amount: 10_000_00,
  perDay: 1_000_00,
  benefitsEmployer: true,
  destination: 'de werkgever',
  derogateLid3: true,
  derogateLid4: false,
  derogateLid5: true,
  cumulation: 'instead',
}

t.test('every starter text holds together in both languages', async (t) => {
  t.equal(starters.size, 8)
  for (const [kind, content] of starters) {
    t.same(defectsOf(content), [], kind)
    t.equal(content.kind, kind)
  }
})

t.test(
  'a relatiebeding is filled in both languages, with exactly the paragraphs that the values call for',
  async (t) => {
    const content = starters.get('relatiebeding')!
    t.same(valueDefectsOf(content, relation), [])
    const nl = fillClause(content, relation, 'nl').paragraphs.join('\n')
    t.match(nl, /tot 12 maanden na het einde/)
    t.match(nl, 'Jansen & Zn, Çelik B.V. en De <Vries> N.V. De lijst', 'one full stop is enough')
    t.match(nl, /ook als de relatie het contact begint.*ook online/)
    t.notMatch(nl, /zwaarwegende|\{\{|—/)
    const en = fillClause(content, { ...relation, months: 1 }, 'en').paragraphs.join('\n')
    t.match(en, /Until 1 month after the end/)
    const motivated = { ...relation, withMotivation: true, motivation: 'Hij kent de marges.', motivationFunction: 'accountmanager', motivationInterests: ['prijslijsten'] } // prettier-ignore
    t.match(
      fillClause(content, motivated, 'nl').paragraphs.join('\n'),
      /functie van accountmanager gaat het om prijslijsten\. Hij kent de marges\./,
    )
    const fine = fillClause(starters.get('boetebeding')!, penalty, 'nl').paragraphs.join('\n')
    t.match(fine, /EUR 10\.000,00 voor elke overtreding en EUR 1\.000,00/)
    t.match(fine, /lid 3.*\n.*lid 5/)
    t.notMatch(fine, /lid 4/)
  },
)

t.test('the rules of law see in the values what the text says', async (t) => {
  const place = { id: 'c', language: 'nl', locatedIn: 'main' } as const
  const facts = factsOfClause(starters.get('relatiebeding')!, relation, place)
  const at = (clause: typeof facts, id: string) =>
    evaluate(dutchRuleSet, { ...soundCase, clauses: [{ ...clause, documentSha256: 'aa01' }] }, ['draft', 'sign']) // prettier-ignore
      .findings.find((finding) => finding.ruleId === id)?.result
  t.equal(at(facts, 'nl.7-653.scope-determinable'), 'pass')
  t.equal(at({ ...facts, months: 24 }, 'nl.7-653.scope-determinable'), 'lawyer')
  t.same(facts.motivation, null)
  const fine = factsOfPenalty(penalty)
  t.match(fine, { amountCents: 1_000_000, perDayCents: 100_000, benefitsEmployer: true, cumulatesWithDamages: 'no', derogations: { lid3: 'explicit', lid4: 'none', lid5: 'explicit' } }) // prettier-ignore
  const rules = evaluate(dutchRuleSet, { ...soundCase, penalty: fine }, ['draft']).findings
  for (const id of ['nl.7-650.3.destination', 'nl.7-650.5.half-day-cap', 'nl.7-651.1.no-double-recovery'])
    t.equal(rules.find((finding) => finding.ruleId === id)?.result, 'pass', id)
  const open = factsOfClause(
    starters.get('geheimhoudingsbeding')!,
    { information: ['x'], carveOut: false },
    place,
  )
  t.equal(at(open, 'nl.wbk.disclosure-carve-out'), 'fail', 'a text without the exception is seen')
})

t.test('values are held against their parameters and never converted', async (t) => {
  const content = starters.get('relatiebeding')!
  const table: readonly (readonly [ParameterValues, string])[] = [
    [{ ...relation, months: '12' }, '/values/months'],
    [{ ...relation, months: 1.5 }, '/values/months'],
    [{ ...relation, months: -1 }, '/values/months'],
    [{ ...relation, months: 601 }, '/values/months'],
    [{ ...relation, relations: 'Jansen' }, '/values/relations'],
    [{ ...relation, relations: ['A', 'A'] }, '/values/relations'],
    [{ ...relation, relations: ['A', ' '] }, '/values/relations'],
    [{ ...relation, suppliers: 'maybe' }, '/values/suppliers'],
    [{ ...relation, withMotivation: 'true' }, '/values/withMotivation'],
    [{ ...relation, definition: 'a\u202Eb' }, '/values/definition'],
    [{ ...relation, area: '  ' }, '/values/area'],
    [{ ...relation, colour: 'red' }, '/values/colour'],
  ]
  for (const [values, pointer] of table)
    t.same(
      valueDefectsOf(content, values).map((each) => each.pointer),
      [pointer],
      JSON.stringify(values),
    )
  const { months: _, ...without } = relation
  t.match(valueDefectsOf(content, without), [{ code: 'value-missing', pointer: '/values/months' }])
})

t.test('a text that does not hold together is refused with its place', async (t) => {
  const sound = starters.get('wijzigingsbeding')!
  const table: readonly (readonly [ClauseContent, string])[] = [
    [{ ...sound, heading: { nl: 'X {{nope}}', en: 'X {{nope}}' } }, 'parameter-unknown'],
    [{ ...sound, heading: { nl: '{{terms}}', en: 'X' } }, 'languages-differ'],
    [{ ...sound, heading: { nl: '{{terms', en: '{{terms' } }, 'gap-open'],
    [{ ...sound, parameters: [...sound.parameters, sound.parameters[0]!] }, 'name-twice'],
    [
      { ...sound, parameters: [...sound.parameters, { ...sound.parameters[0]!, name: 'idle' }] },
      'parameter-unused',
    ],
    [{ ...sound, paragraphs: [...sound.paragraphs, { text: { nl: 'x', en: 'x' }, when: { parameter: 'terms', is: true } }] }, 'condition-unfit'], // prettier-ignore
    [{ ...sound, kind: 'relatiebeding' }, 'parameter-missing'],
    [{ ...sound, heading: { nl: 'a\u200Bb', en: 'ab' } }, 'unprintable-character'],
    [{ ...sound, parameters: [{ ...sound.parameters[0]!, options: [{ value: 'x', label: { nl: 'x', en: 'x' } }] }, sound.parameters[1]!] }, 'options-unfit'], // prettier-ignore
  ]
  for (const [content, code] of table)
    t.ok(
      defectsOf(content).some((defect) => defect.code === code),
      code,
    )
})

t.test('over HTTP: a starter is taken over, changed, reviewed and filled', async (t) => {
  const { own, other, send } = await testService(t)
  const author = own.keys['hr-author']
  const offered = await send('GET', '/v1/clause-starters', { as: author })
  t.equal(offered.body.starters.length, 8)
  t.match(offered.body.notice.nl, /Geen jurist/)
  const made = await send('POST', '/v1/clause-templates', { as: author, body: { name: 'Relatiebeding verkoop', starterId: 'relatiebeding' } }) // prettier-ignore
  t.equal(made.status, 201, JSON.stringify(made.body))
  const at = made.headers['location'] as string
  t.match((await send('POST', '/v1/clause-templates', { as: author, body: { name: 'Relatiebeding verkoop', starterId: 'relatiebeding' } })).body, { code: 'template-name-taken' }) // prettier-ignore
  t.match((await send('POST', '/v1/clause-templates', { as: author, body: { name: 'X', starterId: 'none' } })).body, { code: 'starter-not-found' }) // prettier-ignore
  const { content } = (await send('GET', `${at}/versions/1`, { as: author })).body
  t.match((await send('POST', `${at}/versions`, { as: author, body: { content } })).body, {
    code: 'clause-unchanged',
  })
  const said = { reviewer: 'mr. B. Visser', outcome: 'approved', remarks: 'Bruikbaar voor verkoop.' }
  t.match((await send('POST', `${at}/versions/1/reviews`, { as: author, body: said })).body, { status: 403 })
  t.equal((await send('POST', `${at}/versions/1/reviews`, { as: own.keys.lawyer, body: said })).status, 201)
  const fill = (version: number, values: object) =>
    send('POST', `${at}/versions/${version}/fillings`, {
      as: author,
      key: null,
      body: { values, locatedIn: 'annex' },
    })
  const filled = await fill(1, relation)
  t.equal(filled.status, 200, JSON.stringify(filled.body))
  t.match(filled.body, { reviewedByCounsel: true, nl: { heading: 'Relatiebeding' }, facts: { clause: { months: 12, locatedIn: 'annex' } } }) // prettier-ignore
  t.match((await fill(1, { ...relation, months: '12' })).body, { code: 'clause-values-unfit', errors: [{ pointer: '/values/months' }] }) // prettier-ignore
  const next = await send('POST', `${at}/versions`, { as: author, body: { content: { ...content, heading: { nl: 'Relaties', en: 'Relations' } } } }) // prettier-ignore
  t.match(next.body.versions, [
    { versionNumber: 1, reviews: [{ reviewer: 'mr. B. Visser' }] },
    { versionNumber: 2, reviews: [] },
  ])
  t.match((await fill(2, relation)).body, { reviewedByCounsel: false, nl: { heading: 'Relaties' } })
  t.match((await fill(1, relation)).body, { nl: { heading: 'Relatiebeding' } }, 'the version before stays')
  t.match((await send('POST', `${at}/versions`, { as: author, body: { content: { ...content, kind: 'ronselbeding' } } })).body, { code: 'clause-content-unfit' }) // prettier-ignore
  t.match((await send('GET', at, { as: other.keys['hr-author'] })).body, {
    code: 'clause-template-not-found',
  })
  t.equal((await send('GET', '/v1/clause-templates', { as: own.keys.lawyer })).body.templates.length, 1)
})
