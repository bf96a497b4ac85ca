import t from 'tap'
import { auditLog } from '#evidence'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { preservationOf } from '../support/preservation-service.ts'
import { leave, peopleWhoActed, placesOf, retentionService } from '../support/retention-service.ts'

const service = await retentionService(t)
const { own, other, send, ask, night, execute, adminQuery, database, platform } = service
const story = await peopleWhoActed(service, 3)
const { people, personIds, instruction, contractTerm } = story
const approver = own.keys['hr-approver']
const publisher = own.keys['hr-publisher']

/** What the first person kept outside the employer's systems before anything was erased. */
const kept = {
  act: (await send('GET', '/v1/acts/current', { as: instruction[0]! })).body,
  receipt: (await send('GET', '/v1/acts/current/receipt-document', { as: instruction[0]! })).bytes,
  proof: (await send('GET', '/v1/acts/current/tlog-proof', { as: instruction[0]! })).bytes,
}
await (await preservationOf(service)).run(own.organisationId)
const keys = (await send('GET', `/v1/organisations/${own.organisationId}/verification-keys`)).body
const trust = readTrust([
  { name: 'log.vkey', bytes: Buffer.from(`${keys.logVkey}\n`) },
  { name: 'root.pem', bytes: Buffer.from(keys.rootPem) },
])

const facts = async () => {
  const report = await database.readInOrganisation(own.organisationId, (trx) => auditLog(trx, own.organisationId)) // prettier-ignore
  return report.findings
}
const count = async (table: string) =>
  (await adminQuery<{ n: number }>(`select count(*)::int as n from beding.${table}`))[0]!.n

t.test('before a term has run nothing is proposed', async (t) => {
  t.same(await night(), [])
  await leave(service, [people[0]!, people[1]!], '2024-11-21')
  t.same(await night(), [], 'the last day of the 24 months is not over')
})

let proposalId = ''
t.test(
  'the night after it, the acknowledgements of those who left are proposed, and nothing else',
  async (t) => {
    platform.setClock('2026-11-22T01:30:00.000Z' as ReturnType<typeof platform.clock>)
    const proposals = await night()
    t.match(proposals, [{ retentionClass: 'R2', state: 'proposed', madeBy: null, fields: [], counts: { items: 2, erased: 0 } }]) // prettier-ignore
    t.equal(proposals.length, 1, 'contract terms are kept longer')
    proposalId = proposals[0].proposalId
    const items = await ask('GET', `/v1/erasure-proposals/${proposalId}/items`, { as: approver })
    t.same(items.body.items.map((each: { what: string; personId: string }) => [each.what, each.personId]).toSorted(), personIds.slice(0, 2).map((id) => ['content', id]).toSorted()) // prettier-ignore
    t.equal((await night()).length, 1, 'what was proposed is not proposed again')
    t.equal(await execute(), 0, 'and nothing goes by itself')
    t.equal((await send('GET', '/v1/acts/current', { as: instruction[0]! })).status, 200)
  },
)

t.test('once it is confirmed the content goes, and the acts say so plainly', async (t) => {
  const url = `/v1/erasure-proposals/${proposalId}/decisions`
  const body = { decision: 'confirm', reason: 'Termijn verstreken.' }
  t.equal((await ask('POST', url, { as: other.keys['hr-approver'], body })).status, 404)
  t.equal((await ask('POST', url, { as: own.keys.lawyer, body })).status, 403)
  t.match(await ask('POST', url, { as: approver, body }), { status: 201, body: { state: 'confirmed' } })
  t.match(await ask('POST', url, { as: publisher, body }), { status: 409, body: { code: 'erasure-decided' } })
  t.equal(await execute(), 1)
  t.match((await ask('GET', `/v1/erasure-proposals/${proposalId}`, { as: approver })).body, {
    state: 'executed',
    counts: { items: 2, erased: 2, held: 0, kept: 0 },
  })
  for (const path of ['/v1/acts/current', '/v1/acts/current/receipt-document'])
    t.match(await send('GET', path, { as: instruction[0]! }), {
      status: 410,
      body: { code: 'content-erased' },
    })
  const [assignment] = (await send('GET', `/v1/assignments?personId=${personIds[0]}&policyId=${story.instructionPolicy}`, { as: publisher })).body.items // prettier-ignore
  const hr = await send('GET', `/v1/assignments/${assignment.assignmentId}/act`, { as: publisher })
  t.match(hr, { status: 410, body: { code: 'content-erased' } })
  t.match(assignment.act, { choice: 'seen', contentErased: true })
  t.equal((await send('GET', '/v1/acts/current', { as: instruction[2]! })).status, 200, 'the third stays')
  t.equal((await send('GET', '/v1/acts/current', { as: contractTerm[0]! })).status, 200, 'and so do terms')
})

t.test('what the person kept still verifies, and so does the proof that is still handed out', async (t) => {
  const report = verifyFile(kept.receipt, 'receipt.pdf', trust)
  t.ok(isAccepted(report), JSON.stringify(report.checks.filter(({ outcome }) => outcome !== 'PASSED')))
  const proof = await send('GET', '/v1/acts/current/tlog-proof', { as: instruction[0]! })
  t.ok(proof.bytes.equals(kept.proof))
  t.ok(isAccepted(verifyFile(proof.bytes, 'receipt.tlog-proof', trust)))
})

t.test('value and salt are nowhere any more', async (t) => {
  for (const disclosure of kept.act.receipt.disclosures as string[]) {
    t.same(await placesOf(service, disclosure), [])
    const [salt] = JSON.parse(Buffer.from(disclosure, 'base64url').toString()) as [string]
    t.same(await placesOf(service, salt), [])
  }
  const traces = `Reader/${instruction[0]!.slice(-6)}`
  t.same(await placesOf(service, traces), [])
  t.same(
    await placesOf(service, `Reader/${instruction[2]!.slice(-6)}`),
    ['opening.user_agent'],
    'the third stays',
  )
  t.equal(await count('act_receipt'), 4, 'two of six receipts went with their documents')
  for (const table of ['document_revision', 'document_preservation'])
    t.same(
      await adminQuery(`
        select ${table}.document_id from beding.${table}
        where not exists (select from beding.document where document.document_id = ${table}.document_id)`),
      [],
      `${table}: nothing is left of them`,
    )
  t.equal(await count('document_revision'), (await count('document')) * 3, 'the others keep theirs')
})

t.test('the ledger says what went, without naming anybody, and the audit finds nothing wrong', async (t) => {
  const [erased] = await adminQuery<{ entry: Buffer; disclosures: string[] }>(
    "select entry, disclosures from ledger_entry join entry_disclosure using (organisation_id, entry_id) where kind = 'content-erased'",
  )
  t.equal(JSON.parse(erased!.entry.toString()).refs.length, 2)
  const said = Object.fromEntries(erased!.disclosures.map((text) => (JSON.parse(Buffer.from(text, 'base64url').toString()) as string[]).slice(1))) // prettier-ignore
  t.match(said, {
    ground: 'R2: 24 months after the end of employment',
    retentionClass: 'R2',
    fields: [],
    proposalId,
  })
  t.same(Object.keys(said), ['decidedBy', 'erasedAt', 'fields', 'ground', 'proposalId', 'retentionClass'])
  t.same(await facts(), [])
  await adminQuery('alter table beding.entry_disclosure disable trigger append_only_rows')
  await adminQuery("update beding.entry_disclosure set disclosures[1] = null where entry_id = (select entry_id from beding.act where person_id = $1 limit 1)", [personIds[2]]) // prettier-ignore
  t.match(await facts(), [{ name: 'disclosures-missing' }], 'what is gone without an erasure is a finding')
})

t.test('other systems are told', async (t) => {
  const events = await adminQuery<{ type: string }>(
    "select type from beding.webhook_event where type like 'retention.%' order by type",
  )
  t.same(
    events.map(({ type }) => type),
    ['retention.executed', 'retention.proposed'],
  )
  t.match(platform.metrics.render(), /beding_retention_items_total\{outcome="erased"\} 2/)
})
