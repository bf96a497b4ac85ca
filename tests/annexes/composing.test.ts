import { randomUUID } from 'node:crypto'
import t from 'tap'
import { annexFacts, coverageClauseOf, penaltyTermsOf, readAnnex } from '#annexes'
import type { DocumentId } from '#core'
import { canonicalJson, sha256Hex } from '#core'
import { loadDocument } from '#documents'
import { remainingFacts } from '#evidence'
import { coverageOf } from '#jurisdictions'
import { annexText, clauseOf, compose, employed, libraryOf, listText, motivation } from '../support/composed-annexes.ts' // prettier-ignore
import { attachmentOf, openPdf } from '../support/documents-pdf.ts'
import { testService } from '../support/service.ts'
import { imported, published, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, other, send, adminQuery, database } = service
const templates = await libraryOf(service, own)
const people = await imported(service, own, somePeople(6))
const who = await employed(service, own, people[0]!)
const indefinite = { kind: 'indefinite', startsOn: '2026-11-01' }
const read = (annexId: string) =>
  database.readInOrganisation(own.organisationId, (trx) => readAnnex(trx, own.organisationId, annexId))
const fileOf = async (documentId: string) =>
  (await database.readInOrganisation(own.organisationId, (trx) => loadDocument(trx, own.organisationId, documentId as DocumentId))).bytes // prettier-ignore
const flat = (bytes: Buffer) => openPdf(bytes).text.replaceAll(/\s+/g, ' ')

t.test('an annex holds everything it is composed of, is sealed once, and stands in the ledger', async (t) => {
  const version = await published(service, own)
  const key = randomUUID()
  const list = await compose(service, own, who, listText())
  t.equal(list.status, 201, JSON.stringify(list.body.errors))
  service.platform.advanceClock(1)
  const relation = clauseOf(templates, 'relatiebeding', { listedIn: 'annex', relations: undefined, relationList: 'C' }, { motivation }) // prettier-ignore
  const body = annexText([relation, clauseOf(templates, 'boetebeding')], {
    policies: [{ policyId: version.policyId, versionNumber: 1 }],
  })
  const made = await compose(service, own, who, body, key)
  t.equal(made.status, 201, JSON.stringify(made.body.errors))
  const again = await compose(service, own, who, body, key)
  t.same(again.body, made.body)
  t.equal(again.headers['idempotent-replayed'], 'true')
  t.match(made.body, {
    personId: people[0],
    mark: 'B',
    kind: 'clauses',
    replaces: null,
    replacedBy: null,
    content: {
      clauses: [
        { clauseId: 'B.1', counsel: 'not-reviewed', relationList: { mark: 'C', annexId: list.body.annexId, named: 5 }, motivation: { author: motivation.author, writtenAt: service.platform.clock(), inText: true } },
        { clauseId: 'B.2', kind: 'boetebeding', motivation: null },
      ],
      policies: [{ policyId: version.policyId, versionNumber: 1, name: 'Sociale media', documentSha256: /^[0-9a-f]{64}$/ }],
    },
    clausesToday: [{ clauseId: 'B.1', counsel: 'not-reviewed', newestVersion: 1 }, { clauseId: 'B.2' }],
  }) // prettier-ignore
  t.equal(made.body.draftCheck.legalCheckId, made.body.draftCheckId)
  t.same((await send('GET', made.headers['location'] as string, { as: own.keys.lawyer })).body, made.body)
  const listed = await send('GET', `/v1/annexes?employmentId=${who.employmentId}`, { as: own.keys['hr-reader'] }) // prettier-ignore
  t.same(listed.body.annexes.map((each: { mark: string }) => each.mark), ['C', 'B']) // prettier-ignore

  const annex = await read(made.body.annexId)
  t.equal(sha256Hex(canonicalJson(annex.content)), made.body.contentSha256)
  const bytes = await fileOf(made.body.documentId)
  t.equal(sha256Hex(bytes), made.body.documentSha256)
  const text = flat(bytes)
  for (const words of [
    'B.1. Relatiebeding',
    'staat op de lijst in bijlage C',
    'geschreven door Łucja Żółkiewska',
    'Sociale media, versie 1',
    made.body.content.policies[0].documentSha256,
  ])
    // prettier-ignore
    t.match(text, words)
  t.notMatch(text, /Concept/)
  const [row] = await adminQuery<{ kind: string; disclosures: string[] }>(
    `select kind, disclosures from beding.ledger_entry join beding.entry_disclosure using (organisation_id, entry_id) where entry_id = '${made.body.entryId}'`,
  )
  t.equal(row!.kind, 'annex-composed')
  t.match(remainingFacts(row!.disclosures), {
    annexId: made.body.annexId,
    documentSha256: made.body.documentSha256,
    contentSha256: made.body.contentSha256,
    attachmentSha256: sha256Hex(attachmentOf(openPdf(bytes), 'annex.json')),
    draftCheckId: made.body.draftCheckId,
    clauses: [`B.1:relatiebeding:${templates.relatiebeding}:1:${made.body.content.clauses[0].contentSha256}:not-reviewed`, /^B\.2:boetebeding/],
    motivations: [`B.1:${service.platform.clock()}`],
    policies: [`${version.policyId}:1:${made.body.content.policies[0].documentSha256}`],
  }) // prettier-ignore
})

t.test('other rooms learn from it what the rules, a contact and a penalty ask', async (t) => {
  const [list, annex] = await database.readInOrganisation(own.organisationId, async (trx) => {
    const { rows } = { rows: await adminQuery<{ annex_id: string }>('select annex_id from beding.annex order by created_at, annex_id') } // prettier-ignore
    return Promise.all(rows.map((row) => readAnnex(trx, own.organisationId, row.annex_id)))
  })
  const place = { documentSha256: annex!.documentSha256, locatedIn: 'annex' } as const
  const { clauses, penalty } = annexFacts(annex!.content!, place)
  t.match(clauses[0], { id: 'B.1', locatedIn: 'annex', documentSha256: annex!.documentSha256, months: 12, relation: { named: 5 }, motivation: { functionRef: 'accountmanager zorg', locatedWithClause: true, writtenAt: annex!.createdAt } }) // prettier-ignore
  t.match(penalty, { amountCents: 1_000_000, derogations: { lid5: 'explicit' } })
  const shorter = { ...list!.content!, relations: list!.content!.relations.slice(0, 2) }
  t.equal(annexFacts(annex!.content!, place, new Map([['C', shorter]])).clauses[0]?.relation?.named, 2)
  t.equal(annexFacts(annex!.content!, { ...place, locatedIn: 'main' }).clauses[0]?.locatedIn, 'main')
  t.same(penaltyTermsOf(annex!.content!), { amountCents: 1_000_000, perDayCents: 100_000, perDayFrom: 'day-after', maximumCents: null, currency: 'EUR' }) // prettier-ignore
  t.equal(penaltyTermsOf(list!.content!), null)
  t.equal(coverageClauseOf(list!.content!, null), null)
  t.equal(
    coverageClauseOf(annex!.content!, null),
    null,
    'without its list nobody is named, and nobody guesses',
  )
  const clause = coverageClauseOf(annex!.content!, list!.content)!
  const ask = (relation: string, on: string) =>
    coverageOf(clause, { relation, relationKind: 'customer', channel: 'online-connection', startedBy: 'other', on: on as never }, '2028-02-29' as never).answer // prettier-ignore
  t.equal(
    ask('Łódź Care', '2029-02-28'),
    'covered',
    'it stood on the list of the last day, which is its last',
  )
  t.equal(ask('Łódź Care', '2029-03-01'), 'not-covered', 'a year from a leap day ends on 28 February')
  t.equal(ask('Een ander', '2028-03-01'), 'not-covered', 'an unlisted relation')
})

t.test('a blocker stops it before anything is made, and no override lifts that', async (t) => {
  const count = () => adminQuery('select (select count(*) from beding.document), (select count(*) from beding.ledger_entry), (select count(*) from beding.annex)') // prettier-ignore
  const before = await count()
  const bare = await compose(service, own, who, annexText([clauseOf(templates, 'relatiebeding')], { mark: 'D' })) // prettier-ignore
  t.match(bare.body, { status: 422, code: 'annex-blocked' })
  t.match(bare.body.errors, [
    { code: 'nl.7-653.1.indefinite-or-motivated', pointer: '/clauses/0' },
    { code: 'nl.7-653.2.motivation-specific-at-signing', pointer: '/clauses/0' },
  ])
  const vague = await compose(service, own, who, annexText([clauseOf(templates, 'ronselbeding', {}, { motivation: { ...motivation, interests: [] } })], { mark: 'D' })) // prettier-ignore
  t.equal(vague.status, 201, 'of a ronselbeding courts decide case by case: for a lawyer, not a blocker')
  const open = await compose(service, own, who, annexText([clauseOf(templates, 'geheimhoudingsbeding', { carveOut: false })], { mark: 'E' })) // prettier-ignore
  t.match(open.body, { code: 'annex-blocked', errors: [{ code: 'nl.wbk.disclosure-carve-out', message: /suspected abuse/ }] }) // prettier-ignore
  const capped = await compose(service, own, who, annexText([clauseOf(templates, 'boetebeding', { derogateLid5: false })], { mark: 'E' })) // prettier-ignore
  t.match(capped.body, { code: 'annex-blocked', errors: [{ code: 'nl.7-650.5.half-day-cap', message: /160\.00/ }] }) // prettier-ignore
  const after = await count()
  t.not(JSON.stringify(after), JSON.stringify(before), 'the one that was made')
  const settled = await employed(service, own, people[1]!, indefinite)
  t.equal(
    (await compose(service, own, settled, annexText([clauseOf(templates, 'relatiebeding')]))).status,
    201,
  )
})

t.test('a penalty with double recovery: the starter does not offer it, and a text of one’s own that does is void', async (t) => {
  const refused = await compose(service, own, who, annexText([clauseOf(templates, 'boetebeding', { cumulation: 'beside' })], { mark: 'E' }))
  t.match(refused.body, { code: 'clause-values-unfit', errors: [{ pointer: '/clauses/0/values/cumulation' }] })
  const { content } = (await send('GET', `/v1/clause-templates/${templates.boetebeding}/versions/1`, { as: own.keys['hr-author'] })).body
  const parameters = content.parameters.map((each: { name: string; options: object[] }) =>
    each.name === 'cumulation' ? { ...each, options: [...each.options, { value: 'beside', label: { nl: 'Boete én schadevergoeding', en: 'Fine and damages' } }] } : each)
  const own2 = await send('POST', '/v1/clause-templates', { as: own.keys['hr-author'], body: { name: 'dubbel', content: { ...content, parameters } } })
  t.equal(own2.status, 201, JSON.stringify(own2.body))
  const doubled = { ...clauseOf(templates, 'boetebeding', { cumulation: 'beside' }), clauseTemplateId: own2.body.templateId }
  t.match((await compose(service, own, who, annexText([doubled], { mark: 'E' }))).body, { code: 'annex-blocked', errors: [{ code: 'nl.7-651.1.no-double-recovery' }] })
}) // prettier-ignore

t.test('what is unreviewed or overridden shows, and a review of the draft closes it', async (t) => {
  const someone = await employed(service, own, people[2]!)
  const made = await compose(service, own, someone, annexText([clauseOf(templates, 'relatiebeding', { months: 24 }, { motivation })])) // prettier-ignore
  t.equal(made.status, 201, JSON.stringify(made.body))
  const at = made.headers['location'] as string
  const standing = async (ruleId: string) =>
    (await send('GET', at, { as: own.keys.lawyer })).body.draftCheck.findings.find((each: { ruleId: string }) => each.ruleId === ruleId) // prettier-ignore
  const specific = 'nl.7-653.2.motivation-specific-at-signing'
  t.match(await standing(specific), { result: 'lawyer', standing: 'lawyer', stops: true, review: null })
  t.match(await standing('nl.7-653.scope-determinable'), { result: 'lawyer', stops: true })
  const review = (ruleId: string) => send('POST', `/v1/legal-checks/${made.body.draftCheckId}/reviews`, { as: own.keys.lawyer, body: { ruleId, clauseId: 'B.1', outcome: 'pass', reviewer: 'mr. A. Bakker', reason: 'Noemt functie en klanten.' } }) // prettier-ignore
  t.equal((await review(specific)).status, 201)
  t.match(await standing(specific), { result: 'lawyer', standing: 'pass', stops: false, review: { reviewer: 'mr. A. Bakker' } }) // prettier-ignore
  const mayGoOn = async () => (await send('GET', at, { as: own.keys.lawyer })).body.draftCheck.mayGoOn
  t.equal(await mayGoOn(), false)
  for (const ruleId of ['nl.7-653.scope-determinable', 'nl.7-653.1.indefinite-or-motivated'])
    await review(ruleId)
  t.equal(await mayGoOn(), true)
})

t.test('the very same motivation for another function tells the lawyer so', async (t) => {
  const text = 'Deze werknemer kent van alle klanten de prijzen,   de marges en de looptijden.'
  const [first, second] = [await employed(service, own, people[3]!), await employed(service, own, people[4]!)]
  const asked = (who: typeof first, functionRef: string, words: string) =>
    compose(service, own, who, annexText([clauseOf(templates, 'relatiebeding', {}, { motivation: { ...motivation, functionRef, text: words } })])) // prettier-ignore
  t.same((await asked(first, 'receptionist', text)).body.content.clauses[0].motivation.sameTextFor, [])
  const again = await asked(second, 'directeur verkoop', text.toUpperCase().replaceAll(/\s+/g, ' '))
  t.same(again.body.content.clauses[0].motivation.sameTextFor, ['receptionist'])
  const finding = again.body.draftCheck.findings.find((each: { ruleId: string }) => each.ruleId === 'nl.7-653.2.motivation-specific-at-signing') // prettier-ignore
  t.match(finding, { result: 'lawyer', note: { nl: /Dezelfde tekst staat ook bij: receptionist/ } })
})

t.test('annexes of elsewhere do not exist here', async (t) => {
  const [annex] = await adminQuery<{ annex_id: string }>('select annex_id from beding.annex limit 1')
  t.match((await send('GET', `/v1/annexes/${annex!.annex_id}`, { as: other.keys.lawyer })).body, { code: 'annex-not-found' }) // prettier-ignore
  t.match((await compose(service, other, who, annexText([]))).body, { code: 'annex-unfit' })
  t.match((await compose(service, other, who, listText())).body, { code: 'employment-not-found' })
  t.same((await send('GET', `/v1/annexes?employmentId=${who.employmentId}`, { as: other.keys.lawyer })).body, { annexes: [] }) // prettier-ignore
  for (const statement of [
    'delete from annex',
    'update annex_content set content = $$x$$',
    'delete from annex_motivation_content',
    'update annex_clause set months = 1',
  ])
    // prettier-ignore
    await t.rejects(adminQuery(`set search_path = beding; ${statement}`), /append-only/)
})
