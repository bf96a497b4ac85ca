import t from 'tap'
import { sql } from 'kysely'
import type { EntryId } from '#core'
import { appendEntries, auditLog } from '#evidence'
import { eraseItems } from '../../src/retention/erasure-store.ts'
import { leave, peopleWhoActed, retentionService } from '../support/retention-service.ts'

const service = await retentionService(t)
const { own, ask, send, database, platform, adminQuery } = service
const { organisationId } = own
const { people, personIds, instruction } = await peopleWhoActed(service, 1)
await leave(service, people, '2020-01-01')
const publisher = own.keys['hr-publisher']
const made = await ask('POST', `/v1/persons/${personIds[0]}/erasure-requests`, { as: publisher, body: { ground: 'Verzoek.' } }) // prettier-ignore
const { proposalId } = made.body

const asApp = (...statements: string[]) =>
  database.inOrganisation(organisationId, async (trx) => {
    for (const statement of statements) await sql.raw(statement).execute(trx)
  })
const erasable = [
  'act_receipt',
  'delivery_event',
  'document',
  'document_revision',
  'entry_disclosure',
  'executed_copy_document',
  'idempotency',
  'opening',
]
const columns: Record<string, string> = {
  act_receipt: 'document_id = document_id',
  delivery_event: "detail = '', address = ''",
  document: "title = ''",
  document_revision: "bytes = '\\x00'",
  entry_disclosure: 'disclosures = array_fill(null::text, array[cardinality(disclosures)])',
  executed_copy_document: 'document_id = document_id',
  idempotency: 'body = null',
  opening: "user_agent = '', network_class = ''",
}

t.test('the service itself can take nothing away, whatever it says it is doing', async (t) => {
  for (const table of erasable) {
    const claim = `set local beding.erasure = '${proposalId}'`
    for (const statement of [
      `update ${table} set ${columns[table]}`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ])
      // prettier-ignore
      await t.rejects(asApp(claim, statement), /permission denied/, statement)
    for (const statement of [
      `alter table ${table} disable trigger append_only_rows`,
      `drop trigger append_only_rows on ${table}`,
      `create trigger aaa before delete on ${table} for each row execute function refuse_change()`,
    ])
      await t.rejects(asApp(statement), /must be owner|permission denied/, statement)
  }
})

t.test('nor by the functions that do it, nor by writing down that it was done', async (t) => {
  const refused = [
    "select erase_assignment(assignment_id, '{}') from assignment",
    'create or replace function disclosed_name(disclosure text) returns text language sql return null',
    'alter function erase_items security invoker',
    'drop function erase_items',
    'set role beding_owner',
    'set session_replication_role = replica',
    `insert into erasure_result (organisation_id, proposal_id, item_number, outcome, executed_at, erasure_entry_id) select organisation_id, '${proposalId}', 1, 'erased', now(), entry_id from act`,
    'insert into entry_erasure (organisation_id, entry_id, erasure_entry_id) select organisation_id, entry_id, entry_id from act',
    'update erasure_proposal set made_by = null',
    "update erasure_decision set verdict = 'confirm'",
    'delete from legal_hold',
  ]
  for (const statement of refused)
    await t.rejects(asApp(statement), /permission denied|must be owner/, statement)
})

t.test('who owns the tables gets past the trigger only by taking away, within an erasure', async (t) => {
  const asOwner = (statement: string) =>
    adminQuery(
      `do $$ begin set local role beding_owner; set local search_path = beding; set local beding.organisation = '${organisationId}'; ${statement}; end $$`,
    )
  const erasing = `set local beding.erasure = '${proposalId}'`
  await t.rejects(asOwner("update opening set user_agent = '', network_class = ''"), /append-only/)
  for (const statement of [
    "update entry_disclosure set disclosures[1] = 'x'",
    'update entry_disclosure set disclosures = disclosures[2:]',
    'delete from entry_disclosure',
    "update opening set user_agent = 'x', network_class = ''",
    "update opening set user_agent = '', network_class = '', opened_at = now()",
    'delete from opening',
    "update delivery_event set detail = '', address = 'x'",
    "delete from document where kind = 'policy-edition'",
    'update document set bytes = bytes',
    "update idempotency set body = ''",
    'delete from act',
  ])
    await t.rejects(asOwner(`${erasing}; ${statement}`), /append-only|violates foreign key/, statement)
})

t.test('an erasure that does not put its entry in the log is not committed', async (t) => {
  const decide = `/v1/erasure-proposals/${proposalId}/decisions`
  const confirm = { decision: 'confirm', reason: 'Akkoord.' }
  await ask('POST', decide, { as: own.keys['hr-approver'], body: confirm })
  const erase = (kind: string | undefined) =>
    database.inOrganisation(organisationId, async (trx) => {
      const entryId = platform.newId() as EntryId
      await eraseItems(trx, proposalId, [1, 2, 3], entryId, platform.clock())
      if (kind === undefined) return
      await appendEntries(platform, trx, organisationId, [{ entryId, kind, at: platform.clock(), facts: { x: 1 } }]) // prettier-ignore
    })
  await t.rejects(erase(undefined), /_fk/)
  await t.rejects(erase('something-else'), /without its entry/)
  t.equal((await send('GET', '/v1/acts/current', { as: instruction[0]! })).status, 200, 'nothing went')
  const hidden = [
    'create temp table ledger_entry (organisation_id uuid, entry_id uuid, kind text)',
    'create temp table erasure_decision (organisation_id uuid, proposal_id uuid, verdict text, decided_by uuid)',
  ]
  await t.rejects(
    database.inOrganisation(organisationId, async (trx) => {
      for (const statement of hidden) await sql.raw(statement).execute(trx)
      await eraseItems(trx, proposalId, [1], platform.newId() as EntryId, platform.clock())
    }),
    /_fk/,
    'tables of the caller are not looked at',
  )
})

t.test('what was executed is not executed again, and the person is gone with the last of it', async (t) => {
  t.equal(await service.execute(), 1)
  await t.rejects(
    database.inOrganisation(organisationId, (trx) =>
      eraseItems(trx, proposalId, [1], platform.newId() as EntryId, platform.clock()),
    ),
    /has been done/,
  )
  const [row] = await adminQuery('select external_id, given_name, family_name, work_email, department, job_title, employed_until from beding.person') // prettier-ignore
  t.same(row, { external_id: `erased ${personIds[0]}`, given_name: 'Erased', family_name: 'person', work_email: 'erased@invalid', department: null, job_title: null, employed_until: null }) // prettier-ignore
  const report = await database.readInOrganisation(organisationId, (trx) => auditLog(trx, organisationId))
  t.same(report.findings, [])
})
