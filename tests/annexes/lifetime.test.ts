import t from 'tap'
import { listOnDay, readAnnexes } from '#annexes'
import { sha256Hex, type CivilDate } from '#core'
import { remainingFacts } from '#evidence'
import { annexText, clauseOf, compose, employed, libraryOf, listText, motivation, type Employed } from '../support/composed-annexes.ts' // prettier-ignore
import { sendContract } from '../support/employments.ts'
import { openPdf } from '../support/documents-pdf.ts'
import { everyRow } from '../support/impersonation-rows.ts'
import { retentionService } from '../support/retention-service.ts'
import { imported, somePeople } from '../support/story.ts'

const service = await retentionService(t)
const { own, send, ask, execute, adminQuery, database } = service
const templates = await libraryOf(service, own)
const people = await imported(service, own, somePeople(6))
const next = () => service.platform.advanceClock(1)
const annexesOf = (who: Employed) =>
  database.readInOrganisation(own.organisationId, (trx) => readAnnexes(trx, own.organisationId, { employmentId: who.employmentId })) // prettier-ignore
const secrecy = (changes: object = {}) => annexText([clauseOf(templates, 'geheimhoudingsbeding')], changes)

t.test('a template that changes after composing changes nothing of the annex, and shows', async (t) => {
  const who = await employed(service, own, people[0]!)
  const at = `/v1/clause-templates/${templates.geheimhoudingsbeding}`
  const said = (outcome: string, version: number) =>
    send('POST', `${at}/versions/${version}/reviews`, { as: own.keys.lawyer, body: { reviewer: 'mr. B. Visser', outcome, remarks: 'Gelezen.' } }) // prettier-ignore
  await said('approved', 1)
  const made = await compose(service, own, who, secrecy())
  t.match(made.body.content.clauses, [{ counsel: 'reviewed' }])
  const bytes = async () => (await send('GET', `/v1/documents/${made.body.documentId}/content`, { as: own.keys.lawyer })).bytes // prettier-ignore
  t.equal(sha256Hex(await bytes()), made.body.documentSha256)
  const { content } = (await send('GET', `${at}/versions/1`, { as: own.keys['hr-author'] })).body
  const changed = { ...content, heading: { nl: 'Zwijgen', en: 'Silence' } }
  t.equal((await send('POST', `${at}/versions`, { as: own.keys['hr-author'], body: { content: changed } })).status, 201) // prettier-ignore
  next()
  await said('rejected', 1)
  const now = (await send('GET', `/v1/annexes/${made.body.annexId}`, { as: own.keys.lawyer })).body
  t.same(now.content, made.body.content)
  t.match(now.clausesToday, [{ clauseId: 'B.1', counsel: 'rejected', newestVersion: 2 }])
  t.equal(sha256Hex(await bytes()), made.body.documentSha256)
  const again = await compose(service, own, who, secrecy({ mark: 'D' }))
  t.match([again.status, again.body.code, again.body.errors[0].pointer], [409, 'template-rejected', '/clauses/0']) // prettier-ignore
  const second = { ...clauseOf(templates, 'geheimhoudingsbeding'), versionNumber: 2 }
  const newer = await compose(service, own, who, annexText([second], { mark: 'D' }))
  t.match(newer.body.content.clauses, [{ heading: 'Zwijgen', counsel: 'not-reviewed' }])
  next()
  await said('approved', 1)
  t.equal((await compose(service, own, who, secrecy({ mark: 'E' }))).status, 201)
})

t.test('a list is versioned: a next one replaces it, and which one holds is a matter of days', async (t) => {
  const who = await employed(service, own, people[1]!)
  const first = await compose(service, own, who, listText())
  t.equal(first.status, 201, JSON.stringify(first.body.errors))
  next()
  const taken = await compose(service, own, who, listText({ effectiveFrom: '2027-03-01' }))
  t.match([taken.body.code, taken.body.errors[0].code], ['annex-unfit', 'mark-taken'])
  const body = listText({ effectiveFrom: '2027-03-01', replaces: first.body.annexId, relations: listText().relations.slice(1) }) // prettier-ignore
  for (const unfit of [
    { ...body, mark: 'D' },
    { ...body, effectiveFrom: '2026-12-31' },
    { ...secrecy(), mark: 'C', replaces: first.body.annexId },
  ])
    // prettier-ignore
    t.match((await compose(service, own, who, unfit)).body.code, 'annex-unfit')
  t.match(
    (await compose(service, own, who, { ...body, replaces: who.personId })).body.code,
    'annex-not-found',
  )
  const second = await compose(service, own, who, body)
  t.equal(second.status, 201, JSON.stringify(second.body.errors))
  t.match((await compose(service, own, who, body)).body.errors, [{ code: 'replaces-unfit', pointer: '/replaces' }]) // prettier-ignore
  const bytes = (await send('GET', `/v1/documents/${second.body.documentId}/content`, { as: own.keys.lawyer })).bytes // prettier-ignore
  t.match(
    openPdf(bytes).text,
    first.body.documentSha256,
    'the file names the one that it replaces by its hash',
  )
  t.match((await send('GET', `/v1/annexes/${first.body.annexId}`, { as: own.keys.lawyer })).body, { replacedBy: second.body.annexId }) // prettier-ignore
  const annexes = await annexesOf(who)
  const held = (day: string) => listOnDay(annexes, 'C', day as CivilDate)?.annexId ?? null
  t.same(['2026-12-31', '2027-01-01', '2027-02-28', '2027-03-01'].map(held), [
    null,
    first.body.annexId,
    first.body.annexId,
    second.body.annexId,
  ])
  const relation = clauseOf(templates, 'relatiebeding', { listedIn: 'annex', relations: undefined, relationList: 'C' }, { motivation }) // prettier-ignore
  const clause = await compose(service, own, who, annexText([relation]))
  t.match(clause.body.content.clauses[0].relationList, { annexId: second.body.annexId, named: 4 })
})

t.test('of two at once one is made, and a mark is given once in a contract', async (t) => {
  const who = await employed(service, own, people[2]!)
  const answers = await Promise.all(
    ['B', 'B', 'B'].map((mark) => compose(service, own, who, secrecyOf(mark))),
  )
  t.same(answers.map((each) => each.status).toSorted(), [201, 422, 422]) // prettier-ignore
  t.equal((await annexesOf(who)).length, 1)
  const first = (await annexesOf(who))[0]!
  next()
  const both = await Promise.all(['2027-02-01', '2027-03-01'].map((effectiveFrom) => compose(service, own, who, { ...secrecyOf('B'), effectiveFrom, replaces: first.annexId }))) // prettier-ignore
  t.same(both.map((each) => each.status).toSorted(), [201, 422]) // prettier-ignore
  const renewed = await sendContract(service, own, who.employmentId, { kind: 'indefinite', startsOn: '2027-11-01', follows: who.contractId, followKind: 'conversion' }) // prettier-ignore
  t.equal(renewed.status, 201, JSON.stringify(renewed.body))
  const other = { ...who, contractId: renewed.body.contractId as string }
  t.equal((await compose(service, own, other, secrecyOf('B'))).status, 201, 'another contract has marks of its own') // prettier-ignore
})

const secrecyOf = (mark: string) => annexText([clauseOf(templates, 'ronselbeding', {}, { motivation })], { mark }) // prettier-ignore

t.test(
  'it is in the dossier and the export of its person, and its content goes when the person goes',
  async (t) => {
    const who = await employed(service, own, people[3]!)
    const text = 'Alleen deze werknemer kent de recepten van Łódź.'
    const made = await compose(service, own, who, annexText([clauseOf(templates, 'relatiebeding', {}, { motivation: { ...motivation, text } })])) // prettier-ignore
    t.equal(made.status, 201, JSON.stringify(made.body.errors))
    const dossier = await send('POST', '/v1/dossiers', { as: own.keys.lawyer, body: { subject: { personId: who.personId }, purpose: 'Zaak' } }) // prettier-ignore
    await service.runJobs()
    const path = `/v1/dossiers/${dossier.body.dossierId}`
    t.ok((await send('GET', `${path}/content`, { as: own.keys.lawyer })).bytes.includes(`documents/${made.body.documentSha256}.pdf`)) // prettier-ignore
    t.match(openPdf((await send('GET', `${path}/report`, { as: own.keys.lawyer })).bytes).text, /Bijlage samengesteld/) // prettier-ignore
    const exported = (await ask('GET', `/v1/persons/${who.personId}/data-export`, { as: own.keys['hr-publisher'] })).body // prettier-ignore
    t.match(exported.annexes, [{ annexId: made.body.annexId, mark: 'B', title: 'Relaties en geheimhouding', contentSha256: made.body.contentSha256 }]) // prettier-ignore
    t.equal(sha256Hex(exported.annexes[0].content), made.body.contentSha256)
    t.match(JSON.parse(exported.annexes[0].content).clauses, [{ motivation: { text } }])
    for (const kind of ['annex-composed', 'legal-check-made'])
      t.ok(
        exported.entries.some((each: { kind: string }) => each.kind === kind),
        kind,
      )

    const asked = await ask('POST', `/v1/persons/${who.personId}/erasure-requests`, { as: own.keys['hr-publisher'], body: { ground: 'Verzoek.' } }) // prettier-ignore
    await ask('POST', `/v1/erasure-proposals/${asked.body.proposalId}/decisions`, { as: own.keys['hr-approver'], body: { decision: 'confirm', reason: 'Terecht.' } }) // prettier-ignore
    await execute()
    const after = await send('GET', `/v1/annexes/${made.body.annexId}`, { as: own.keys.lawyer })
    t.match(after.body, { content: null, documentSha256: made.body.documentSha256, contentSha256: made.body.contentSha256, draftCheck: { findings: [], mayGoOn: false } }) // prettier-ignore
    t.equal((await send('GET', `/v1/documents/${made.body.documentId}/content`, { as: own.keys.lawyer })).status, 404) // prettier-ignore
    for (const table of ['annex_content', 'annex_motivation_content'])
      t.same(
        await adminQuery(`select from beding.${table} where annex_id = '${made.body.annexId}'`),
        [],
        table,
      )
    const [row] = await adminQuery<{ disclosures: (string | null)[] }>(`select disclosures from beding.entry_disclosure where entry_id = '${made.body.entryId}'`) // prettier-ignore
    t.same(remainingFacts(row!.disclosures as string[]), {})
    const words = (await everyRow(service)).filter((each) => each.text.includes('recepten'))
    t.same(
      words.map((each) => each.place),
      [],
    )
  },
)
