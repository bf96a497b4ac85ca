import t from 'tap'
import { aBundle, offered, shownStatementOf } from '../support/ceremonies.ts'
import { leave, retentionService } from '../support/retention-service.ts'
import { imported, somePeople } from '../support/story.ts'

t.setTimeout(240_000)

const service = await retentionService(t)
const { own, send, ask, night, execute, adminQuery, platform } = service
const people = somePeople(2)
const ids = await imported(service, own, people)
const publisher = own.keys['hr-publisher']
const bundle = await offered(service, own, await aBundle(service, own, ids[0]!), people[0]!.workEmail)
const act = async (statementId: string, choice: string, reason?: string) =>
  (await send('POST', '/v1/acts', { as: bundle.link, body: await shownStatementOf(service, bundle.link, statementId, choice, reason) })).status // prettier-ignore
const ofPerson = `act.person_id = '${ids[0]!}'`

t.test('a person’s own data hold what lay before them and every answer to it', async (t) => {
  t.equal(await act('relations', 'not-agreed', 'Te ruim.'), 201)
  t.equal(await act('main', 'agreed'), 201)
  await send('GET', '/v1/acts/current/receipt-document', { as: bundle.link })
  await send('GET', '/v1/acts/current/receipt-document?statementId=relations', { as: bundle.link })
  const { body } = await ask('GET', `/v1/persons/${ids[0]!}/data-export`, { as: publisher })
  t.match(body.assignments, [
    {
      policyId: null,
      purpose: 'contract-term',
      bundle: { manifestSha256: bundle.bundleSha256 },
      retention: { retentionClass: 'R3' },
      act: { statementId: 'main', choice: 'agreed' },
      clauseActs: [{ statementId: 'relations', choice: 'not-agreed' }],
    },
  ])
  t.match(JSON.parse(body.assignments[0].bundle.manifest), { v: 1, documents: [{ role: 'main' }, { role: 'annex', mark: 'B' }] }) // prettier-ignore
  t.ok(body.entries.some((each: { kind: string }) => each.kind === 'ceremony-offered'))
})

t.test(
  'after its term a bundle goes whole: manifest, every answer, receipts, and the letters with the person',
  async (t) => {
    await leave(service, [people[0]!], '2020-01-01')
    platform.setClock('2026-11-22T01:30:00.000Z' as ReturnType<typeof platform.clock>)
    const proposals = await night()
    t.match(
      proposals,
      [{ retentionClass: 'R3', counts: { items: 2 } }],
      'the ceremony and the row of the person',
    )
    const url = `/v1/erasure-proposals/${proposals[0].proposalId}/decisions`
    const decided = await ask('POST', url, { as: own.keys['hr-approver'], body: { decision: 'confirm', reason: 'Termijn verstreken.' } }) // prettier-ignore
    t.equal(decided.status, 201)
    t.equal(await execute(), 1)
    const left = async (query: string) => (await adminQuery<{ n: number }>(`select count(*)::int as n from ${query}`))[0]!.n // prettier-ignore
    const disclosed = `beding.entry_disclosure join beding.ledger_entry using (organisation_id, entry_id)
    where array_length(array_remove(disclosures, null), 1) > 0 and kind in ('act', 'ceremony-offered', 'annex-made')`
    t.equal(await left(disclosed), 0, 'nothing is disclosed of any act, offer or letter')
    t.equal(await left('beding.bundle_content'), 0)
    t.equal(await left("beding.document where kind in ('receipt', 'annex')"), 0)
    t.equal(await left(`beding.act where ${ofPerson}`), 2, 'that there were two acts stays')
    const [erasure] = await adminQuery<{ refs: number; taken: number }>(
      `select (select count(*)::int from beding.entry_erasure) as taken,
            json_array_length(convert_from(convert_to(entry, 'UTF8'), 'UTF8')::json -> 'refs') as refs
     from beding.ledger_entry where kind = 'content-erased'`,
    )
    t.equal(erasure!.refs, erasure!.taken, 'the entry says of each that it went')
    t.equal(erasure!.taken, 5, 'two acts, the offer, two letters')
    t.match(await send('POST', '/v1/openings', { as: bundle.link, body: { language: null } }), {
      status: 410,
    })
  },
)
