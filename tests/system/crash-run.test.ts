import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t from 'tap'
import { toBase64Url } from '#core'
import type { OrganisationId } from '#core'
import { connectionTarget, openDatabase } from '#database'
import { auditLog } from '#evidence'
import { roleNames } from '#identity'
import { createPlatform, readConfig } from '#platform'
import { isAccepted, verifyFile } from '#verification'
import { call } from '../../src/cli/demo/api-client.ts'
import type { Stage } from '../../src/cli/demo/story.ts'
import { publishPolicy } from '../../src/cli/demo/story.ts'
import { benchToken, fillOrganisation } from '../../src/cli/bench/prepare-store.ts'
import { foundOrganisation } from '../../src/found-organisation.ts'
import { startCrashCluster } from '../support/crash-cluster.ts'
import { pinnedTrust, tryAct } from '../support/service-crowd.ts'
import type { ServiceProcess } from '../support/service-process.ts'
import { startProcess } from '../support/service-process.ts'

/** Fifty thousand in the full run: BEDING_CRASH_ACTS=50000. */
const acts = Number(process.env['BEDING_CRASH_ACTS'] ?? 900)
// A machine of two processors records some 250 in a second under all that.
t.setTimeout(Math.max(300_000, acts * 12))
const processes = 3
const clientsEach = 16
const masterKey = toBase64Url(Buffer.alloc(32, 7))

type Held = { readonly index: number; readonly entry: string }
type Faults = { kills: number; terminated: number; crashes: number }

t.test(
  `three processes, ${acts} acts, killed and cut off all the time: no gap, no loss, no double`,
  async (t) => {
    const home = mkdtempSync(join(tmpdir(), 'beding-crash-'))
    const clusterHome = mkdtempSync(join(tmpdir(), 'beding-crash-db-'))
    const cluster = await startCrashCluster(clusterHome)
    const environment = { DATABASE_URL: cluster.url, BEDING_MASTER_KEY: masterKey, LOG_LEVEL: 'silent' }
    const running: ServiceProcess[] = [await startProcess(home, environment)]
    while (running.length < processes) running.push(await startProcess(home, environment))
    t.teardown(async () => {
      await Promise.all(running.map((service) => service.stop()))
      await cluster.stop()
      for (const folder of [home, clusterHome]) rmSync(folder, { recursive: true, force: true })
    })
    const { organisationId, body } = await prepare(home, running[0]!.url, environment)
    const trust = await pinnedTrust(running[0]!.url, organisationId)

    const held = new Map<number, Held>()
    const faults: Faults = { kills: 0, terminated: 0, crashes: 0 }
    let refused = 0
    let unproven = 0
    let next = 0
    let done = false
    let failed = false
    const client = async (number: number): Promise<void> => {
      for (let act = next++; act < acts; act = next++) {
        const link = `${organisationId.replaceAll('-', '')}.${benchToken(organisationId, act)}`
        for (let attempt = number; !failed; attempt += 1) {
          const { url } = running[attempt % processes]!
          const answer = await tryAct(url, link, body, `crash-run-act-number-${act}`)
          if (answer?.status === 201) {
            const { receipt } = JSON.parse(answer.text) as {
              receipt: { entryIndex: number; entry: string; tlogProof: string }
            }
            if (!isAccepted(verifyFile(Buffer.from(receipt.tlogProof), 'receipt.tlog-proof', trust)))
              unproven += 1
            held.set(act, { index: receipt.entryIndex, entry: receipt.entry })
            break
          }
          // Under the same key nothing but the same answer, or no answer, may come.
          if (answer !== undefined && answer.status !== 503) refused += 1
          await sleep(50)
        }
      }
    }
    const trouble = makeTrouble(
      running,
      () => startProcess(home, environment),
      cluster,
      faults,
      () => done,
    ).catch((error: unknown) => {
      failed = true
      throw error
    })
    trouble.catch(() => undefined)
    await Promise.all(Array.from({ length: processes * clientsEach }, (_, number) => client(number)))
    done = true
    await trouble

    t.comment(
      `${acts} acts, ${faults.kills} kill -9, ${faults.terminated} backends terminated, ${faults.crashes} immediate stops`,
    )
    t.ok(faults.kills > 0 && faults.terminated > 0 && faults.crashes > 0, 'there was trouble')
    t.equal(refused, 0, 'no act was refused that had not been answered')
    t.equal(unproven, 0, 'every receipt verifies')
    t.equal(
      new Set([...held.values()].map((one) => one.index)).size,
      acts,
      'every receipt has an index of its own',
    )
    await checkLedger(t, home, environment, cluster.url, organisationId, held)
  },
)

/** Kills processes, cuts connections and crashes the server, in turns, until told to end. */
async function makeTrouble(
  running: ServiceProcess[],
  start: () => Promise<ServiceProcess>,
  cluster: { terminateBackends(share: number): Promise<number>; crash(): Promise<void> },
  faults: Faults,
  isDone: () => boolean,
): Promise<void> {
  for (let round = 0; !isDone() || faults.crashes === 0; round += 1) {
    await sleep(300 + Math.random() * 700)
    if (round % 8 === 5) {
      await cluster.crash()
      faults.crashes += 1
    } else if (round % 2 === 0) {
      const victim = Math.floor(Math.random() * running.length)
      await running[victim]!.kill()
      faults.kills += 1
      running[victim] = await start()
    } else faults.terminated += await cluster.terminateBackends(0.3).catch(() => 0)
  }
}

async function prepare(
  home: string,
  base: string,
  environment: Record<string, string>,
): Promise<{ organisationId: OrganisationId; body: object }> {
  const organisationId = randomUUID() as OrganisationId
  const founded = await withDatabase(home, environment, (database, platform) =>
    database.inOrganisation(
      organisationId,
      (trx) =>
      foundOrganisation(platform, trx, { organisationId, name: 'Crash B.V.', originHost: 'crash.local', clients: roleNames.map((role) => ({ name: role, role })) }), // prettier-ignore
    ),
  )
  const keys = Object.fromEntries(founded.clients.map((client) => [client.role, client.key])) as Stage['keys']
  const stage: Stage = { base, keys, organisationId, outbox: join(home, 'outbox'), tell: () => undefined }
  const policyId = await publishPolicy(stage)
  const version = await call<{ versionId: never }>(base, 'GET', `/v1/policies/${policyId}/versions/1`, { bearer: keys['hr-author']! }) // prettier-ignore
  await withDatabase(home, environment, (database, platform) =>
    fillOrganisation(platform, database, organisationId, version.body.versionId, acts),
  )
  const link = `${organisationId.replaceAll('-', '')}.${benchToken(organisationId, 0)}`
  const opened = await call<{ document: { sha256: string }; choices: { choice: string; statement: string }[] }>(base, 'POST', '/v1/openings', { bearer: link, body: { language: 'nl' } }) // prettier-ignore
  const { statement } = opened.body.choices.find((offer) => offer.choice === 'seen')!
  return {
    organisationId,
    body: { choice: 'seen', language: 'nl', documentSha256: opened.body.document.sha256, statement },
  }
}

type TestOf = {
  same(a: unknown, b: unknown, message: string): unknown
  equal(a: unknown, b: unknown, message: string): unknown
}
type Opened = Parameters<typeof auditLog>[0]

async function withDatabase<T>(
  home: string,
  environment: Record<string, string>,
  work: (
    database: ReturnType<typeof openDatabase>,
    platform: ReturnType<typeof createPlatform>,
  ) => Promise<T>,
): Promise<T> {
  const config = readConfig({ ...environment, BEDING_HOME: home }, home)
  const platform = createPlatform(config)
  const admin = connectionTarget(environment['DATABASE_URL']!)
  const password = toBase64Url(platform.secrets.derive('database-login/beding_app'))
  const database = openDatabase({ ...admin, user: 'beding_app', password }, { poolSize: 2 })
  try {
    return await work(database, platform)
  } finally {
    await database.close()
    await platform.outsideHeads.close()
  }
}

/** What the database holds against what the clients were told. */
async function checkLedger(
  t: TestOf,
  home: string,
  environment: Record<string, string>,
  url: string,
  organisationId: OrganisationId,
  held: ReadonlyMap<number, Held>,
): Promise<void> {
  const client = new Client(url)
  await client.connect()
  const { rows } = await client.query<{ entry_index: string; entry: Buffer }>(
    `select entry_index, entry from beding.ledger_entry where organisation_id = $1 and kind = 'act' order by entry_index`,
    [organisationId],
  )
  const stored = await client.query<{ acts: number; assignments: number; keys: number }>(
    `select count(*)::int as acts, count(distinct assignment_id)::int as assignments,
            (select count(*)::int from beding.idempotency where organisation_id = $1 and operation = 'recordAct') as keys
     from beding.act where organisation_id = $1`,
    [organisationId],
  )
  await client.end()
  t.same(stored.rows[0], { acts, assignments: acts, keys: acts }, 'every act is there once')
  const entries = new Map(rows.map((row) => [Number(row.entry_index), row.entry.toString()]))
  const wrong = [...held.values()].filter((one) => entries.get(one.index) !== one.entry)
  t.equal(wrong.length, 0, 'what people hold is what the ledger has, at the same index')
  t.equal(entries.size, acts, 'no entry is without a receipt')
  const report = await withDatabase(home, environment, (database) =>
    database.readInOrganisation(organisationId, (trx: Opened) => auditLog(trx, organisationId)),
  )
  t.same(report.findings, [], 'the whole log holds together, without a gap')
}
