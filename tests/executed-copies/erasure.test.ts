import t from 'tap'
import { auditLog } from '#evidence'
import { factsOnSheet } from '../../src/executed-copies/executed-copy-decisions.ts'
import { anAgreement, execute, partiesOf } from '../support/annexes.ts'
import { stamped } from '../support/documents-revisions.ts'
import { leave, placesOf, retentionService } from '../support/retention-service.ts'

const service = await retentionService(t)
const { own, send, ask, night, execute: erase, adminQuery, database, platform } = service
const publisher = own.keys['hr-publisher']
const approver = own.keys['hr-approver']
const { lawyer } = own.keys
const count = async (table: string) =>
  (await adminQuery<{ n: number }>(`select count(*)::int as n from beding.${table}`))[0]!.n

/** People who agreed, with their signed copy. */
async function executed(prefix: string) {
  const { agreed } = await anAgreement(service, { prefix })
  const copy = (await execute(service, agreed)).body
  const [employee, representative] = agreed as [(typeof agreed)[0], (typeof agreed)[0]]
  return { agreed, employee, representative, copy }
}

/** Asks for the erasure of a person, has it confirmed by another client, and executes it. */
async function erasePerson(personId: string) {
  const asked = await ask('POST', `/v1/persons/${personId}/erasure-requests`, { as: publisher, body: { ground: 'Verzoek.' } }) // prettier-ignore
  t.equal(asked.status, 201, JSON.stringify(asked.body))
  const url = `/v1/erasure-proposals/${asked.body.proposalId}/decisions`
  const body = { decision: 'confirm', reason: 'Gegrond.' }
  t.equal((await ask('POST', url, { as: approver, body })).status, 201)
  await erase()
  return (await ask('GET', `/v1/erasure-proposals/${asked.body.proposalId}`, { as: approver })).body.counts
}

t.test('X7: the database and the sheet name the same facts', async (t) => {
  const [row] = await adminQuery<{ facts: string[] }>('select beding.facts_on_sheet() as facts')
  t.same(row!.facts, factsOnSheet)
})

t.test(
  'X7: with the content of one party’s act the file goes, for everybody and with all that was appended',
  async (t) => {
    const { employee, representative, copy } = await executed('A')
    // A revision as preservation appends it, so that there is more than the row of the document.
    const [document] = await adminQuery<{ bytes: Buffer; sha256: Buffer }>('select bytes, sha256 from beding.document where document_id = $1', [copy.documentId]) // prettier-ignore
    const longer = stamped(document!.bytes)
    await adminQuery(
      `insert into beding.document_revision (organisation_id, document_id, number, kind, bytes, base_sha256, length, sha256, level,
       authority, development, proven_at, chain_ends_at, algorithms, created_at)
     values ($1, $2, 4, 'timestamp', $3, $4, $5, sha256($6), 'B-T', 'test', true, now(), now(), '{}', now())`,
      [
        own.organisationId,
        copy.documentId,
        longer.subarray(document!.bytes.length),
        document!.sha256,
        longer.length,
        longer,
      ],
    )
    const name = `${employee.person.givenName} ${employee.person.familyName}`
    const before = (await send('GET', '/v1/acts/current/executed-copies', { as: representative.link })).body
    t.equal(before.items.length, 1)
    t.match(await erasePerson(employee.personId), { erased: 2, held: 0 })
    for (const { link } of [employee, representative]) {
      t.same((await send('GET', '/v1/acts/current/executed-copies', { as: link })).body.items, [])
      const url = `/v1/acts/current/executed-copies/${copy.executedCopyId}/content`
      t.match(await send('GET', url, { as: link }), { status: 410, body: { code: 'content-erased' } })
    }
    t.equal((await send('GET', `/v1/documents/${copy.documentId}/content`, { as: publisher })).status, 404)
    const left = await send('GET', `/v1/executed-copies/${copy.executedCopyId}`, { as: publisher })
    t.match(left, {
      status: 200,
      body: { documentId: null, documentSha256: copy.documentSha256, parties: copy.parties },
    })
    t.equal(await count(`document_revision where document_id = '${copy.documentId}'`), 0)
    t.equal(await count(`document_preservation where document_id = '${copy.documentId}'`), 0)
    t.equal(
      (await send('GET', '/v1/acts/current', { as: representative.link })).status,
      200,
      'the other act stays',
    )
    t.match(await placesOf(service, name), [], 'the name is nowhere any more')
    const report = await database.readInOrganisation(own.organisationId, (trx) => auditLog(trx, own.organisationId)) // prettier-ignore
    t.same(report.findings, [])
  },
)

t.test('X7: no copy is made of an act that was erased', async (t) => {
  const { agreed } = await anAgreement(service, { prefix: 'B' })
  await erasePerson(agreed[1]!.personId)
  t.match(await execute(service, agreed), { status: 410, body: { code: 'content-erased' } })
  t.equal(await count(`executed_copy_party where act_id = '${agreed[0]!.actId}'`), 0)
})

t.test('X7: a hold on one party keeps what the other party agreed to, until it is released', async (t) => {
  const { employee, representative, copy } = await executed('D')
  const body = {
    subject: { personId: employee.personId },
    holder: 'Advocaat',
    reason: 'Zaak.',
    reviewOn: '2026-12-05',
  }
  const hold = await ask('POST', '/v1/legal-holds', { as: lawyer, body })
  t.equal(hold.status, 201, JSON.stringify(hold.body))
  t.match(await erasePerson(representative.personId), { erased: 0, held: 2 })
  const url = `/v1/acts/current/executed-copies/${copy.executedCopyId}/content`
  t.equal((await send('GET', url, { as: representative.link })).status, 200)
  await ask('POST', `/v1/legal-holds/${hold.body.holdId}/releases`, { as: lawyer, body: { releaser: 'Advocaat', reason: 'Klaar.' } }) // prettier-ignore
  t.match(await erasePerson(representative.personId), { erased: 2 })
  t.equal((await send('GET', url, { as: representative.link })).status, 410)
})

t.test('X7: the night proposes nothing of a copy as long as another party of it is employed', async (t) => {
  const { employee, representative } = await executed('E')
  await leave(service, [representative.person], '2015-01-01')
  const proposed = async () => {
    const items = await Promise.all(
      (await night())
        .filter((each: { retentionClass: string }) => each.retentionClass === 'R3')
        .map(
          async ({ proposalId }: { proposalId: string }) =>
          (await ask('GET', `/v1/erasure-proposals/${proposalId}/items?pageSize=200`, { as: approver })).body.items, // prettier-ignore
        ),
    )
    return items.flat().map((item: { personId: string }) => item.personId)
  }
  t.notOk((await proposed()).includes(representative.personId))
  await leave(service, [employee.person], '2015-06-01')
  const both = await proposed()
  t.ok(both.includes(representative.personId) && both.includes(employee.personId))
})

t.test('R9: a person’s export names the signed copies with their act', async (t) => {
  const { representative, copy } = await executed('F')
  const { body } = await ask('GET', `/v1/persons/${representative.personId}/data-export`, { as: publisher })
  t.match(body.assignments[0].act.signedCopies, [
    { executedCopyId: copy.executedCopyId, capacity: 'employer-representative', madeAt: copy.madeAt, documentId: copy.documentId, sha256: copy.documentSha256 },
  ]) // prettier-ignore
  t.ok(body.entries.some((entry: { kind: string }) => entry.kind === 'executed-copy'))
  t.equal(
    partiesOf([representative])[0]!.capacity,
    'employee',
    'the capacity in the export is that of the copy',
  )
})

t.test('X7: the service’s own login can take nothing away', async (t) => {
  const { copy } = await executed('G')
  for (const table of ['executed_copy', 'executed_copy_party', 'executed_copy_document', 'document'])
    await t.rejects(
      database.inOrganisation(own.organisationId, async (trx) => {
        await trx.deleteFrom(table as 'document').execute()
      }),
    )
  t.equal((await send('GET', `/v1/documents/${copy.documentId}/content`, { as: publisher })).status, 200)
})

t.test('X7: technical traces stand on no sheet, so the copy outlives them', async (t) => {
  const { employee, copy } = await executed('C')
  const rule = { retentionClass: 'R5', months: 1, effectiveFrom: '2026-11-21', reason: 'Korter.' }
  t.equal((await ask('POST', '/v1/retention-rules', { as: approver, body: rule })).status, 201)
  platform.advanceClock(45 * 86_400_000)
  const traces = (await night()).filter((each: { retentionClass: string }) => each.retentionClass === 'R5')
  t.ok(traces.length > 0)
  for (const { proposalId } of traces)
    await ask('POST', `/v1/erasure-proposals/${proposalId}/decisions`, { as: approver, body: { decision: 'confirm', reason: 'Termijn.' } }) // prettier-ignore
  await erase()
  const [act] = await adminQuery<{ gone: boolean }>(
    'select array_position(disclosures, null) is not null as gone from beding.entry_disclosure join beding.act using (organisation_id, entry_id) where act_id = $1',
    [employee.actId],
  )
  t.ok(act!.gone, 'facts of the act went')
  const url = `/v1/acts/current/executed-copies/${copy.executedCopyId}/content`
  t.equal((await send('GET', url, { as: employee.link })).status, 200)
})
