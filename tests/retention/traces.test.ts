import t from 'tap'
import { auditLog } from '#evidence'
import { toInstant } from '#core'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { peopleWhoActed, placesOf, retentionService } from '../support/retention-service.ts'

const service = await retentionService(t)
const { own, ask, send, night, execute, adminQuery, database, platform } = service
const { organisationId } = own
const { instruction } = await peopleWhoActed(service, 2)
const approver = own.keys['hr-approver']
const before = (await send('GET', '/v1/acts/current', { as: instruction[0]! })).body
const pdf = (await send('GET', '/v1/acts/current/receipt-document', { as: instruction[0]! })).bytes

t.test('once their term has run the technical traces are proposed, of everybody', async (t) => {
  const rule = { retentionClass: 'R5', months: 6, effectiveFrom: '2026-11-21', reason: 'Korter kan.' }
  t.equal((await ask('POST', '/v1/retention-rules', { as: approver, body: rule })).status, 201)
  platform.setClock(toInstant('2027-05-21T12:00:00.000Z'))
  t.same(await night(), [])
  platform.setClock(toInstant('2027-05-22T12:00:00.000Z'))
  const [proposal, ...others] = await night()
  t.same(others, [])
  t.match(proposal, { retentionClass: 'R5', fields: ['networkClass', 'userAgent'], counts: { items: 4 } })
  const url = `/v1/erasure-proposals/${proposal.proposalId}/decisions`
  await ask('POST', url, { as: approver, body: { decision: 'confirm', reason: 'Verstreken.' } })
  await execute()
  const after = await ask('GET', `/v1/erasure-proposals/${proposal.proposalId}`, { as: approver })
  t.match(after.body, { state: 'executed', counts: { erased: 4 } })
  t.same(await night(), [], 'once is enough')
})

t.test('those facts are null at their place, the others are as they were, and the proof holds', async (t) => {
  const after = (await send('GET', '/v1/acts/current', { as: instruction[0]! })).body
  const gone = before.receipt.disclosures.filter((text: string, place: number) => after.receipt.disclosures[place] !== text) // prettier-ignore
  const names = gone.map((text: string) => JSON.parse(Buffer.from(text, 'base64url').toString())[1])
  t.same(names, ['networkClass', 'userAgent'])
  t.same({ ...after, receipt: { ...after.receipt, disclosures: [] } }, { ...before, receipt: { ...before.receipt, disclosures: [] } }) // prettier-ignore
  for (const text of gone) t.same(await placesOf(service, text), [])
  t.same(await placesOf(service, `Reader/${instruction[0]!.slice(-6)}`), [])
  const report = await database.readInOrganisation(organisationId, (trx) => auditLog(trx, organisationId))
  t.same(report.findings, [])
})

t.test(
  'the receipt went with them, because it holds them; what the person kept still verifies',
  async (t) => {
    const again = await send('GET', '/v1/acts/current/receipt-document', { as: instruction[0]! })
    t.match(again, { status: 410, body: { code: 'content-erased' } })
    const [left] = await adminQuery<{ n: number }>("select count(*)::int as n from beding.document where kind = 'receipt'") // prettier-ignore
    t.equal(left!.n, 0)
    const keys = (await send('GET', `/v1/organisations/${organisationId}/verification-keys`)).body
    const trust = readTrust([
      { name: 'log.vkey', bytes: Buffer.from(`${keys.logVkey}\n`) },
      { name: 'root.pem', bytes: Buffer.from(keys.rootPem) },
    ])
    t.ok(isAccepted(verifyFile(pdf, 'receipt.pdf', trust)))
    const proof = await send('GET', '/v1/acts/current/tlog-proof', { as: instruction[0]! })
    t.ok(isAccepted(verifyFile(proof.bytes, 'receipt.tlog-proof', trust)))
  },
)

t.test('the audit finds it when more went than was said, or less', async (t) => {
  const audit = async () =>
    (await database.readInOrganisation(organisationId, (trx) => auditLog(trx, organisationId))).findings
  const actEntry = '(select entry_id from beding.act order by acted_at, act_id limit 1)'
  await adminQuery('alter table beding.entry_disclosure disable trigger append_only_rows')
  const [row] = await adminQuery<{ disclosures: (string | null)[] }>(`select disclosures from beding.entry_disclosure where entry_id = ${actEntry}`) // prettier-ignore
  const put = (disclosures: readonly (string | null)[]) =>
    adminQuery(`update beding.entry_disclosure set disclosures = $1 where entry_id = ${actEntry}`, [disclosures]) // prettier-ignore
  const kept = row!.disclosures
  await put(kept.map((text, place) => (place === 0 ? null : text)))
  t.match(await audit(), [{ name: 'disclosures-missing' }])
  const erased = kept.indexOf(null)
  await put(kept.map((text, place) => (place === erased ? kept[0]! : text)))
  t.ok((await audit()).some(({ name }) => name === 'disclosure-differs'))
  await put(kept)
  t.same(await audit(), [])
})
