import { sql } from 'kysely'
import type { Instant, LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { AuditRun, AuditScope, AuditState, Finding, KeptFinding } from './audit.ts'

const hashLength = 32

type StateRow = {
  log_id: LogId
  next_index: number
  frontier: Buffer
  open_tiles: Buffer[]
  last_at: Instant | null
  findings: number
  started_at: Instant
}

/** Where the audit of that scope stands; undefined when none is under way. Locked until the transaction ends. */
export async function lockAuditState(
  trx: Transaction,
  organisationId: OrganisationId,
  scope: AuditScope,
): Promise<AuditState | undefined> {
  const { rows } = await sql<StateRow>`
    select ledger_audit_state.log_id, ledger_audit_state.next_index, ledger_audit_state.frontier,
           ledger_audit_state.open_tiles, ledger_audit_state.last_at, ledger_audit_state.findings,
           ledger_audit_state.started_at
    from ledger_audit_state
    where ledger_audit_state.organisation_id = ${organisationId}::uuid and ledger_audit_state.scope = ${scope}
    for update`.execute(trx)
  const [row] = rows
  if (row === undefined) return undefined
  return {
    logId: row.log_id,
    progress: {
      range: { size: row.next_index, hashes: hashesOf(row.frontier) },
      lastAt: row.last_at ?? undefined,
      openTiles: row.open_tiles.map(hashesOf),
    },
    findings: row.findings,
    startedAt: row.started_at,
  }
}

function hashesOf(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / hashLength }, (_, position) =>
    bytes.subarray(position * hashLength, (position + 1) * hashLength),
  )
}

/** Puts down where the audit stands. */
export async function saveAuditState(
  trx: Transaction,
  organisationId: OrganisationId,
  scope: AuditScope,
  state: AuditState,
): Promise<void> {
  const { range, lastAt, openTiles } = state.progress
  const tiles = openTiles.map((hashes) => Buffer.concat(hashes))
  await sql`
    insert into ledger_audit_state (organisation_id, scope, log_id, next_index, frontier, open_tiles, last_at, findings, started_at)
    values (${organisationId}::uuid, ${scope}, ${state.logId}::uuid, ${range.size}, ${Buffer.concat(range.hashes)},
            ${tiles}::bytea[], ${lastAt ?? null}::timestamptz, ${state.findings}, ${state.startedAt}::timestamptz)
    on conflict on constraint ledger_audit_state_pk do update
    set log_id = excluded.log_id, next_index = excluded.next_index, frontier = excluded.frontier,
        open_tiles = excluded.open_tiles, last_at = excluded.last_at, findings = excluded.findings,
        started_at = excluded.started_at`.execute(trx)
}

/** The next audit of that scope begins anew. */
export async function clearAuditState(
  trx: Transaction,
  organisationId: OrganisationId,
  scope: AuditScope,
): Promise<void> {
  await sql`
    delete from ledger_audit_state
    where ledger_audit_state.organisation_id = ${organisationId}::uuid and ledger_audit_state.scope = ${scope}`.execute(
    trx,
  )
}

/** Keeps findings that were not known yet, and answers those. */
export async function insertFindings(
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
  findings: readonly Finding[],
  foundAt: Instant,
): Promise<Finding[]> {
  if (findings.length === 0) return []
  const names = findings.map((finding) => finding.name)
  const subjects = findings.map((finding) => finding.subject)
  const { rows } = await sql<Finding>`
    insert into ledger_audit_finding (organisation_id, log_id, name, subject, found_at)
    select ${organisationId}::uuid, ${logId}::uuid, found.name, found.subject, ${foundAt}::timestamptz
    from unnest(${names}::text[], ${subjects}::text[]) as found (name, subject)
    on conflict on constraint ledger_audit_finding_pk do nothing
    returning ledger_audit_finding.name, ledger_audit_finding.subject`.execute(trx)
  return rows
}

/** Keeps what a complete audit came to. */
export async function insertRun(
  trx: Transaction,
  organisationId: OrganisationId,
  run: AuditRun,
): Promise<void> {
  await sql`
    insert into ledger_audit_run (organisation_id, run_id, log_id, started_at, ended_at, entries, root, anchored_size, findings)
    values (${organisationId}::uuid, ${run.runId}::uuid, ${run.logId}::uuid, ${run.startedAt}::timestamptz,
            ${run.endedAt}::timestamptz, ${run.entries}, ${run.root}, ${run.anchoredSize}, ${run.findings})`.execute(
    trx,
  )
}

/** The newest complete audits, newest first. */
export async function listRuns(
  trx: Transaction,
  organisationId: OrganisationId,
  limit: number,
): Promise<AuditRun[]> {
  const { rows } = await sql<AuditRun>`
    select ledger_audit_run.run_id as "runId", ledger_audit_run.log_id as "logId",
           ledger_audit_run.started_at as "startedAt", ledger_audit_run.ended_at as "endedAt",
           ledger_audit_run.entries, ledger_audit_run.root, ledger_audit_run.anchored_size as "anchoredSize",
           ledger_audit_run.findings
    from ledger_audit_run
    where ledger_audit_run.organisation_id = ${organisationId}::uuid
    order by ledger_audit_run.ended_at desc, ledger_audit_run.run_id desc
    limit ${limit}`.execute(trx)
  return rows
}

/** The findings, newest first, and how many there are in all. */
export async function listFindings(
  trx: Transaction,
  organisationId: OrganisationId,
  limit: number,
): Promise<{ readonly findings: KeptFinding[]; readonly count: number }> {
  const { rows } = await sql<KeptFinding & { count: number }>`
    select ledger_audit_finding.log_id as "logId", ledger_audit_finding.name, ledger_audit_finding.subject,
           ledger_audit_finding.found_at as "foundAt", (count(*) over ())::int as count
    from ledger_audit_finding
    where ledger_audit_finding.organisation_id = ${organisationId}::uuid
    order by ledger_audit_finding.found_at desc, ledger_audit_finding.log_id, ledger_audit_finding.name,
             ledger_audit_finding.subject
    limit ${limit}`.execute(trx)
  return { findings: rows.map(({ count: _count, ...finding }) => finding), count: rows[0]?.count ?? 0 }
}

/** How far the audit goes that is under way in small pieces; undefined between two of them. */
export async function findSlicePosition(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<{ readonly logId: LogId; readonly entries: number; readonly startedAt: Instant } | undefined> {
  const { rows } = await sql<{ logId: LogId; entries: number; startedAt: Instant }>`
    select ledger_audit_state.log_id as "logId", ledger_audit_state.next_index as entries,
           ledger_audit_state.started_at as "startedAt"
    from ledger_audit_state
    where ledger_audit_state.organisation_id = ${organisationId}::uuid and ledger_audit_state.scope = 'slice'`.execute(
    trx,
  )
  return rows[0]
}
