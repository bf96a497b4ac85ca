import type { RawBuilder } from 'kysely'
import { CompiledQuery, sql } from 'kysely'
import type { ClientId, EntryId, OrganisationId, PersonId } from '#core'
import type { Database, Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Platform } from '#platform'
import { foundOrganisation } from '../../found-organisation.ts'
import { benchId } from './prepare-store.ts'

/** An organisation of the bench, with what all its rows share. */
export type FilledGround = {
  readonly organisationId: OrganisationId
  readonly clientId: ClientId
  readonly entryId: EntryId
  readonly logId: string
}

/** Acts of each person: six about versions of policies, two of their own under an agreement, two of who signs for the employer. */
export const actsPerPerson = 10

const policyCount = 3
const versionsOfPolicy = 2
const chunk = 5_000

/** Who is person `index` of the ground. */
export function benchPerson({ organisationId }: FilledGround, index: number): PersonId {
  return benchId(organisationId, 'person', index) as PersonId
}

/** Founds an organisation with three policies of two versions each, a clause text, and somebody who signs for the employer. */
export async function layGround(platform: Platform, database: Database, name: string): Promise<FilledGround> {
  const organisationId = platform.newId() as OrganisationId
  const entryId = platform.newId() as EntryId
  const founded = await database.inOrganisation(organisationId, (trx) =>
    foundOrganisation(platform, trx, {
      organisationId,
      name,
      originHost: 'bench.local',
      clients: [
        { name: 'one', role: 'hr-publisher' },
        { name: 'two', role: 'hr-approver' },
      ],
    }),
  )
  const [maker, approver] = founded.clients
  const clientId = maker!.clientId
  return database.inOrganisation(organisationId, async (trx) => {
    await appendEntries(platform, trx, organisationId, [
      { entryId, kind: 'bench-filled', at: platform.clock(), facts: { organisationId } },
    ])
    const { rows } = await sql<{ log_id: string }>`select log_id from ledger_head`.execute(trx)
    const ground = { organisationId, clientId, entryId, logId: rows[0]!.log_id }
    await sharedRows(trx, ground, approver!.clientId)
    return ground
  })
}

async function sharedRows(trx: Transaction, ground: FilledGround, approver: ClientId): Promise<void> {
  const { organisationId: org, clientId, entryId } = ground
  const id = (purpose: string) => benchId(org, purpose, 0)
  const hash = sql`sha256('x')`
  const at = sql`timestamptz '2025-01-10T09:00:00Z'`
  await sql`insert into person (organisation_id, person_id, external_id, given_name, family_name, work_email, language, created_at, updated_at)
    values (${org}::uuid, ${id('representative')}::uuid, 'R', 'Roos', 'Directeur', 'r@voorbeeld.example', 'nl', ${at}, ${at})`.execute(
    trx,
  )
  await sql`insert into mandate (organisation_id, mandate_id, person_id, covers, valid_from, recorded_by, recorded_at, entry_id)
    values (${org}::uuid, ${id('mandate')}::uuid, ${id('representative')}::uuid, array['annex', 'contract'], '2024-01-01', ${clientId}::uuid, ${at}, ${entryId}::uuid)`.execute(
    trx,
  )
  await sql`insert into legal_check (organisation_id, legal_check_id, jurisdiction, rule_set_version, regime, as_of, moments, facts_sha256, findings_sha256, made_by, made_at, entry_id)
    values (${org}::uuid, ${id('check')}::uuid, 'nl', '2026-11', 'nl-2015-01', '2025-01-10', array['sign'], ${hash}, ${hash}, ${clientId}::uuid, ${at}, ${entryId}::uuid)`.execute(
    trx,
  )
  await sql`insert into clause_template (organisation_id, template_id, kind, name, created_by, created_at)
    values (${org}::uuid, ${id('template')}::uuid, 'relatiebeding', 'R', ${clientId}::uuid, ${at})`.execute(
    trx,
  )
  await sql`insert into clause_template_version (organisation_id, template_id, version_number, content, content_sha256, created_by, created_at, entry_id)
    values (${org}::uuid, ${id('template')}::uuid, 1, '{}', ${hash}, ${clientId}::uuid, ${at}, ${entryId}::uuid)`.execute(
    trx,
  )
  const each = sql`from generate_series(0, ${policyCount - 1}) as p cross join generate_series(1, ${versionsOfPolicy}) as v`
  await sql`insert into policy (organisation_id, policy_id, name, owner, legal_nature, created_at, created_by)
    select ${org}::uuid, ${made(org, 'policy', sql`p`)}, 'Beleid ' || p, 'HR', (array['information', 'instruction', 'contract-term'])[p + 1], ${at}, ${clientId}::uuid
    from generate_series(0, ${policyCount - 1}) as p`.execute(trx)
  await sql`insert into policy_version (organisation_id, version_id, policy_id, version_number, content, content_sha256, materiality,
      effective_from, author_id, approved_by, approved_at, published_by, published_at, entry_id)
    select ${org}::uuid, ${versionId(org)}, ${made(org, 'policy', sql`p`)}, v, repeat('{} ', 2000), ${hash}, 'material',
      case v when 1 then date '2025-02-01' else date '2026-02-01' end, ${approver}::uuid, ${clientId}::uuid, ${at}, ${clientId}::uuid, ${at}, ${entryId}::uuid ${each}`.execute(
    trx,
  )
  await sql`insert into document (organisation_id, document_id, kind, media_type, title, language, bytes, sha256, rendered_length, rendered_sha256, seal_level, seal_key_id, created_at)
    select ${org}::uuid, doc.id, 'policy-edition', 'application/pdf', 'Beleid', 'nl', convert_to(repeat('x', 60000), 'UTF8'), ${hash}, 50000, ${hash}, 'B-B',
      (select key_id from signing_key where purpose = 'seal' limit 1), ${at}
    from (select ${documentId(org)} as id ${each} union all select ${id('contract-file')}::uuid) as doc`.execute(
    trx,
  )
}

/** The id that `benchId` makes, made by the database. */
function made(organisationId: OrganisationId, purpose: string, index: RawBuilder<unknown>) {
  return sql`md5(${organisationId} || ${`/${purpose}/`} || ${index})::uuid`
}

const versionId = (org: OrganisationId) => made(org, 'version', sql`(p * ${versionsOfPolicy} + v)`)
const documentId = (org: OrganisationId) => made(org, 'edition', sql`(p * ${versionsOfPolicy} + v)`)

/**
 * Adds the persons from `from` until before `until`: each answered every version, and has an agreement in force with an annex of two
 * clauses, signed by both. `annexContent` is what every annex was composed of. Set by set and in chunks, as a year of work would be: the acts of one person lie far apart.
 */
export async function fillPersons(
  database: Database,
  ground: FilledGround,
  from: number,
  until: number,
  annexContent: string = '{"clause":"relatiebeding"} '.repeat(300),
): Promise<void> {
  for (let start = from; start < until; start += chunk)
    await database.inOrganisation(ground.organisationId, (trx) =>
      fillChunk(trx, ground, start, Math.min(start + chunk, until) - 1, annexContent),
    )
}

async function fillChunk(
  trx: Transaction,
  ground: FilledGround,
  first: number,
  last: number,
  annexContent: string,
): Promise<void> {
  const { organisationId: org, clientId, entryId } = ground
  const id = (purpose: string, index: RawBuilder<unknown> = sql`i`) => made(org, purpose, index)
  const shared = (purpose: string) => sql`${benchId(org, purpose, 0)}::uuid`
  const each = sql`from generate_series(${first}::int, ${last}::int) as i`
  const at = sql`timestamptz '2025-03-01T09:00:00Z' + i * interval '1 second'`
  const hash = sql`sha256(convert_to(i::text, 'UTF8'))`
  const insert = (table: string, columns: string, values: RawBuilder<unknown>, source = each) =>
    sql`insert into ${sql.table(table)} (organisation_id, ${sql.raw(columns)}) select ${org}::uuid, ${values} ${source}`.execute(
      trx,
    )
  const by = sql`${clientId}::uuid`
  const entry = sql`${entryId}::uuid`
  await insert(
    'person',
    'person_id, external_id, given_name, family_name, work_email, language, created_at, updated_at',
    sql`${id('person')}, 'O-' || i, 'Anna', 'de Vries ' || i, 'o' || i || '@voorbeeld.example', 'nl', ${at}, ${at}`,
  )
  await insert(
    'employment',
    'employment_id, person_id, recorded_by, recorded_at, entry_id',
    sql`${id('employment')}, ${id('person')}, ${by}, ${at}, ${entry}`,
  )
  await insert(
    'contract',
    'contract_id, employment_id, kind, starts_on, changed_more, provenance, recorded_by, recorded_at, entry_id',
    sql`${id('contract')}, ${id('employment')}, 'indefinite', '2025-03-01', false, 'elsewhere', ${by}, ${at}, ${entry}`,
  )
  await insert(
    'letter',
    'letter_id, kind, person_id, holds_from, document_sha256, made_by, made_at, entry_id',
    sql`${id('letter')}, 'annex', ${id('person')}, '2025-03-01', ${hash}, ${by}, ${at}, ${entry}`,
  )
  await insert(
    'annex',
    'annex_id, employment_id, person_id, contract_id, mark, kind, language, effective_from, document_id, document_sha256, content_sha256, draft_check_id, created_by, created_at, entry_id',
    sql`${id('annex')}, ${id('employment')}, ${id('person')}, ${id('contract')}, 'A', 'clauses', 'nl', '2025-03-01', ${id('letter')}, ${hash}, ${hash}, ${shared('check')}, ${by}, ${at}, ${entry}`,
  )
  await insert(
    'annex_content',
    'annex_id, title, content',
    sql`${id('annex')}, 'Bijlage A', ${annexContent}::text`,
  )
  const clauses = sql`${each} cross join generate_series(1, 2) as c`
  await insert(
    'annex_clause',
    'annex_id, clause_id, position, kind, template_id, version_number, content_sha256, counsel, months',
    sql`${id('annex')}, 'A.' || c, c, (array['relatiebeding', 'boetebeding'])[c], ${shared('template')}, 1, ${hash}, 'reviewed', case c when 1 then 12 end`,
    clauses,
  )
  await policyActs(insert, ground, first, last)
  await agreementRows(insert, ground, first, last)
}

type Insert = (
  table: string,
  columns: string,
  values: RawBuilder<unknown>,
  source?: RawBuilder<unknown>,
) => Promise<unknown>

const entryColumns = 'log_id, entry_index, entry_id, kind, entry, leaf_hash, proof_size, proof, recorded_at'
const actColumns =
  'act_id, assignment_id, person_id, version_id, bundle_id, document_id, language, choice, assurance, evidence_level, acted_at, entry_id, person_entry_number, statement_id'

/** An entry of the size of a real one; its index leaves the ledger's own alone. */
const entryValues = (ground: FilledGround, id: RawBuilder<unknown>, number: RawBuilder<unknown>) =>
  sql`${ground.logId}::uuid, 1000000000 + ${number}, ${id}, 'act', convert_to(repeat('x', 900), 'UTF8'), sha256('x'), 1000000001 + ${number}, convert_to(repeat('x', 544), 'UTF8'), timestamptz '2025-03-01T09:00:00Z'`

async function policyActs(insert: Insert, ground: FilledGround, first: number, last: number): Promise<void> {
  const { organisationId: org, clientId, entryId } = ground
  const key = sql`(i || '/' || p || '/' || v)`
  const source = sql`from generate_series(0, ${policyCount - 1}) as p cross join generate_series(1, ${versionsOfPolicy}) as v cross join generate_series(${first}::int, ${last}::int) as i`
  const at = sql`timestamptz '2025-03-02T09:00:00Z' + (v - 1) * interval '1 year' + i * interval '1 second'`
  const actEntry = made(org, 'act-entry', key)
  await insert(
    'ledger_entry',
    entryColumns,
    entryValues(ground, actEntry, sql`(i::bigint * ${actsPerPerson + 1} + p * ${versionsOfPolicy} + v - 1)`),
    source,
  )
  await insert(
    'assignment',
    'assignment_id, version_id, person_id, due_date, created_by, created_at, entry_id',
    sql`${made(org, 'assignment', key)}, ${versionId(org)}, ${made(org, 'person', sql`i`)}, '2099-12-31', ${clientId}::uuid, ${at}, ${entryId}::uuid`,
    source,
  )
  await insert(
    'act',
    actColumns,
    sql`${made(org, 'act', key)}, ${made(org, 'assignment', key)}, ${made(org, 'person', sql`i`)}, ${versionId(org)}, null, ${documentId(org)}, 'nl', case p when 2 then 'agreed' else 'seen' end, 'sso-mfa', 'E4', ${at}, ${actEntry}, p * ${versionsOfPolicy} + v, 'main'`,
    source,
  )
}

async function agreementRows(
  insert: Insert,
  ground: FilledGround,
  first: number,
  last: number,
): Promise<void> {
  const { organisationId: org, clientId, entryId } = ground
  const shared = (purpose: string) => sql`${benchId(org, purpose, 0)}::uuid`
  const side = sql`(i || '/' || s)`
  const each = sql`from generate_series(${first}::int, ${last}::int) as i`
  const sides = sql`from generate_series(0, 1) as s cross join generate_series(${first}::int, ${last}::int) as i`
  const statements = sql`${sides} cross join generate_series(1, 2) as n`
  const at = sql`timestamptz '2025-03-01T10:00:00Z' + i * interval '1 second'`
  const who = sql`case s when 0 then ${made(org, 'person', sql`i`)} else ${shared('representative')} end`
  const key = sql`(i || '/' || s || '/' || n)`
  const statement = sql`case n when 1 then 'main' else 'clause-a-1' end`
  const hash = sql`sha256(convert_to(i::text, 'UTF8'))`
  const entry = sql`${entryId}::uuid`
  const bundle = made(org, 'bundle', side)
  const assignment = made(org, 'signing', side)
  const actEntry = made(org, 'signed-entry', key)
  await insert(
    'bundle',
    'bundle_id, person_id, purpose, language, manifest_sha256, created_at',
    sql`${bundle}, ${who}, 'covenant', 'nl', ${hash}, ${at}`,
    sides,
  )
  await insert(
    'bundle_document',
    'bundle_id, position, document_id, role, document_sha256',
    sql`${bundle}, 1, ${shared('contract-file')}, 'main', sha256('x')`,
    sides,
  )
  await insert(
    'bundle_statement',
    'bundle_id, position, statement_id, kind',
    sql`${bundle}, n, ${statement}, case n when 1 then 'main' else 'clause' end`,
    statements,
  )
  await insert(
    'assignment',
    'assignment_id, bundle_id, person_id, due_date, created_by, created_at, entry_id',
    sql`${assignment}, ${bundle}, ${who}, '2099-12-31', ${clientId}::uuid, ${at}, ${entry}`,
    sides,
  )
  await insert(
    'ledger_entry',
    entryColumns,
    entryValues(ground, actEntry, sql`(i::bigint * ${actsPerPerson + 1} + 6 + s * 2 + n - 1)`),
    statements,
  )
  await insert(
    'act',
    actColumns,
    sql`${made(org, 'signature', key)}, ${assignment}, ${who}, null, ${bundle}, ${shared('contract-file')}, 'nl', 'agreed', 'passkey-bound', 'E4', ${at}, ${actEntry}, 6 + n, ${statement}`,
    statements,
  )
  await insert(
    'agreement',
    'agreement_id, employment_id, person_id, contract_id, provenance, representative_id, mandate_id, bundle_sha256, employee_assignment_id, representative_assignment_id, created_by, created_at, entry_id',
    sql`${made(org, 'agreement', sql`i`)}, ${made(org, 'employment', sql`i`)}, ${made(org, 'person', sql`i`)}, ${made(org, 'contract', sql`i`)}, 'ceremony', ${shared('representative')}, ${shared('mandate')}, ${hash}, ${made(org, 'signing', sql`(i || '/0')`)}, ${made(org, 'signing', sql`(i || '/1')`)}, ${clientId}::uuid, ${at}, ${entry}`,
    each,
  )
  await insert(
    'agreement_annex',
    'agreement_id, position, annex_id, role',
    sql`${made(org, 'agreement', sql`i`)}, 2, ${made(org, 'annex', sql`i`)}, 'annex'`,
    each,
  )
  const concluded = made(org, 'concluded-entry', sql`i`)
  await insert(
    'ledger_entry',
    entryColumns,
    entryValues(ground, concluded, sql`(i::bigint * ${actsPerPerson + 1} + 10)`),
    each,
  )
  await insert(
    'agreement_conclusion',
    'agreement_id, outcome, concluded_at, legal_check_id, blocked_by, recorded_at, entry_id',
    sql`${made(org, 'agreement', sql`i`)}, 'concluded', ${at}, ${shared('check')}, '{}', ${at}, ${concluded}`,
    each,
  )
}

/** One row of `person` by its primary key, as the service would read it. */
export async function readOne(database: Database, ground: FilledGround, index: number): Promise<void> {
  const { organisationId } = ground
  const { rows } = await database.readInOrganisation(organisationId, (trx) =>
    trx.executeQuery(
      CompiledQuery.raw(
        'select person.person_id, person.external_id, person.given_name, person.family_name, person.work_email, person.language from person where person.organisation_id = $1::uuid and person.person_id = $2::uuid',
        [organisationId, benchPerson(ground, index)],
      ),
    ),
  )
  if (rows.length !== 1) throw new Error('the person is not there')
}
