import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { createLedgerGuard, ledgerStops, scheduleContinuity } from '#continuity'
import type { OrganisationId } from '#core'
import { toBase64Url } from '#core'
import type { ConnectionTarget, Database, EmbeddedOptions, EmbeddedPostgres } from '#database'
import { openDatabase, prepareDatabase, readMigrationFiles, startEmbedded } from '#database'
import type { AppendedEntry } from '#evidence'
import { appendEntries, auditLog, createLog, formatEvidenceFile, publicKeys, readEntries } from '#evidence'
import { insertOrganisation } from '#organisations'
import { createPlatform, readConfig } from '#platform'
import type { Platform } from '#platform'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { aDraft } from './evidence-samples.ts'
import { guardCluster } from './test-cluster.ts'

/** A day of a service on a real server: what is up, and what knows the way outside. */
type Day = { readonly server: EmbeddedPostgres; readonly platform: Platform; readonly database: Database }

/** How this scenario saves and puts back. `server` is up when a backup is made and down when it is put back. */
export type RestoreWay = {
  readonly options?: Partial<EmbeddedOptions>
  /** Makes a copy of the data of a server that is up, or that it stops itself. */
  readonly backUp: (server: EmbeddedPostgres, copy: string) => Promise<void>
  readonly putBack: (copy: string, dataFolder: string) => void
}

const masterKey = toBase64Url(Buffer.alloc(32, 9))
const command = fileURLToPath(new URL('../../src/cli/successor-log.ts', import.meta.url))

/**
 * Yesterday's backup is put back under today's home folder: the ledger refuses to sign and says so, a successor is opened
 * by the operator's command, receipts that people kept are imported, and old and new receipts verify.
 */
export async function restoreYesterday(t: Test, way: RestoreWay): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'beding-restore-'))
  const stopServer = guardCluster(home)
  t.teardown(stopServer)
  const copy = join(home, 'backup')

  const yesterday = await begin(home, way)
  const id = yesterday.platform.newId() as OrganisationId
  await found(yesterday, id)
  const early = await record(yesterday, id, 30)
  await end(yesterday, () => way.backUp(yesterday.server, copy))

  const today = await begin(home, way)
  const lost = [...(await record(today, id, 10)), ...(await record(today, id, 5))]
  t.equal(lost.at(-1)!.entryIndex, 45)
  await end(today)
  way.putBack(copy, today.server.dataFolder)

  const restored = await begin(home, way)
  t.teardown(() => restored.database.close())
  const guard = createLedgerGuard(restored)
  t.match(await guard.checkAll(), { 'stopped-now': 1, sound: 0 }, 'at the start it is seen')
  t.equal(await ledgerStops(restored.database), 1, 'health can say so')
  t.match(restored.platform.metrics.render(), `beding_ledger_stopped{organisation="${id}"} 1`)
  await t.rejects(record(restored, id, 1), { code: 'ledger-stopped' }, 'and nothing is signed')
  const run = (...parameters: string[]) => runCommand(restored.server.target, home, ['--organisation', id, ...parameters]) // prettier-ignore
  const early0 = await restored.database.readInOrganisation(id, (trx) =>
    readEntries(trx, id, [early[0]!.entryId]),
  )
  t.equal(early0[0]!.tlogProof, early[0]!.tlogProof, 'receipts are still given')

  const opened = run('--incident', 'Server failed; the backup of yesterday was put back.')
  t.equal(opened.status, 0, opened.stderr)
  t.match(opened.stdout, `opened beding.local/log/2/${id}`)
  t.equal(run('--incident', 'again').status, 1, 'a second time there is nothing to succeed')
  t.equal(await ledgerStops(restored.database), 0)
  const files = keptFiles(home, [...lost.slice(0, 4), early[0]!])
  const imported = run('--import', ...files)
  t.equal(imported.status, 1, 'one of them was never lost')
  t.same(imported.stdout.match(/^imported|^refused/gm), [
    'imported',
    'imported',
    'imported',
    'imported',
    'refused',
  ])
  t.match(imported.stdout, /still-there/)
  t.equal(run('--nonsense').status, 2)

  const [fresh] = await record(restored, id, 1)
  t.equal(fresh!.entryIndex, 5, 'the successor goes on after its first entry and four imports')
  await everythingVerifies(t, restored, id, [...early, ...lost, fresh!])
  t.match(await guard.checkAll(), { sound: 1, 'stopped-before': 0 })
  await guard.stop()
}

async function begin(home: string, way: RestoreWay): Promise<Day> {
  const server = await startEmbedded({ home, firstPort: 18_432, ...way.options })
  const config = readConfig({ BEDING_HOME: home, BEDING_MASTER_KEY: masterKey, LOG_LEVEL: 'silent' }, home)
  const platform = createPlatform(config)
  const { target } = await prepareDatabase({ target: server.target, migrationTarget: undefined, secrets: platform.secrets, files: readMigrationFiles() }) // prettier-ignore
  return { server, platform, database: openDatabase(target, { poolSize: 4 }) }
}

async function end(day: Day, first: () => Promise<void> = async () => undefined): Promise<void> {
  await day.platform.outsideHeads.close()
  await first()
  await day.database.close()
  await day.server.stop()
}

async function found({ platform, database }: Day, id: OrganisationId): Promise<void> {
  const now = platform.clock()
  await database.inOrganisation(id, async (trx) => {
    await insertOrganisation(trx, { organisationId: id, name: 'Bakkerij De Wit', createdAt: now })
    await createLog(platform, trx, id, 'beding.local', now)
    await scheduleContinuity(trx, id, now)
  })
}

async function record(
  { platform, database }: Day,
  id: OrganisationId,
  count: number,
): Promise<AppendedEntry[]> {
  const drafts = Array.from({ length: count }, () => aDraft({ entryId: platform.newId() as never, at: platform.clock() })) // prettier-ignore
  return database.inOrganisation(id, (trx) => appendEntries(platform, trx, id, drafts))
}

function keptFiles(home: string, receipts: readonly AppendedEntry[]): string[] {
  const folder = join(home, 'kept')
  mkdirSync(folder)
  return receipts.map((receipt) => {
    const path = join(folder, `evidence-${receipt.entryIndex}.json`)
    writeFileSync(path, formatEvidenceFile(receipt))
    return path
  })
}

function runCommand(target: ConnectionTarget, home: string, parameters: readonly string[]) {
  const { user, password, host, port, database } = target
  const url = `postgres://${user}:${encodeURIComponent(String(password))}@${host}:${port}/${database}`
  const env = { PATH: process.env['PATH'], BEDING_HOME: home, BEDING_MASTER_KEY: masterKey, DATABASE_URL: url, LOG_LEVEL: 'silent' } // prettier-ignore
  return spawnSync(process.execPath, [command, ...parameters], { env, encoding: 'utf8', timeout: 60_000 })
}

async function everythingVerifies(
  t: Test,
  { database }: Day,
  id: OrganisationId,
  receipts: readonly AppendedEntry[],
): Promise<void> {
  // prettier-ignore
  const keys = await database.readInOrganisation(id, (trx) => publicKeys(trx, id))
  const trust = readTrust(keys.logs.map(({ verifierKey }, place) => ({ name: `${place}.vkey`, bytes: Buffer.from(verifierKey) }))) // prettier-ignore
  const accepted = receipts.filter(({ tlogProof }) =>
    isAccepted(verifyFile(Buffer.from(tlogProof), 'x', trust)),
  )
  t.equal(accepted.length, receipts.length, 'receipts of both logs, kept or lost, verify')
  for (const origin of keys.logs.map((log) => log.origin)) {
    const logs = await database.readInOrganisation(id, async (trx) => (await trx.selectFrom('ledger_log').select('log_id').where('origin', '=', origin).execute())) // prettier-ignore
    const report = await database.readInOrganisation(id, (trx) => auditLog(trx, id, logs[0]!.log_id))
    t.same(report.findings, [], `${origin} agrees with itself`)
  }
}

/** Takes a folder away, so that a copy can stand in its place. */
export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true })
}
