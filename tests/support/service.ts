import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OrganisationId } from '#core'
import { relayDeliveries } from '#acknowledgements'
import { anchoringJob, tsaRootsPem } from '#anchors'
import type { Database } from '#database'
import { dossierJob } from '#disputes'
import { createRenderPool } from '#documents'
import type { HttpServer } from '#http'
import type { RoleName } from '#identity'
import { roleNames } from '#identity'
import { runDueJobs } from '#jobs'
import { localOutboxChannel } from '#messages'
import type { DocumentExaminer } from '#recognition'
import { openTimestampAuthorities } from '#timestamps'
import { buildApp } from '../../src/app.ts'
import type { SigningOptions } from '../../src/signing-composition.ts'
import { linksInOutbox } from '../../src/cli/demo/outbox.ts'
import { foundOrganisation } from '../../src/found-organisation.ts'
import type { TestDatabase } from './database.ts'
import { testDatabase } from './database.ts'
import type { TestPlatform } from './platform.ts'
import { testPlatform } from './platform.ts'

type Teardown = { teardown(work: () => unknown): void }

export type TestTenant = {
  readonly organisationId: OrganisationId
  readonly keys: Readonly<Record<RoleName, string>>
}

/** How a request is sent: as a role of the tenant, as the holder of a link, or as nobody. */
export type TestRequest = {
  readonly as?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Sent with every POST; a fresh one unless given. null leaves it out. */
  readonly key?: string | null
}

export type TestAnswer = {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the test asserts
  readonly body: any
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly bytes: Buffer
}

export type TestService = {
  readonly server: HttpServer
  readonly database: Database
  readonly adminQuery: TestDatabase['adminQuery']
  readonly targets: TestDatabase['targets']
  readonly platform: TestPlatform
  readonly own: TestTenant
  readonly other: TestTenant
  readonly outbox: string
  readonly send: (method: string, url: string, request?: TestRequest) => Promise<TestAnswer>
  /** Does the background work that is due: anchors, and the dossiers that wait for theirs. Answers how many rounds. */
  readonly runJobs: () => Promise<number>
  /** Hands over every message that is due and gives the newest link for each address. */
  readonly deliver: (count: number) => Promise<Map<string, string>>
}

/** What a test has otherwise than the service has it by itself. */
export type TestServiceOptions = {
  readonly examiner?: DocumentExaminer
  readonly signing?: SigningOptions
  readonly platform?: TestPlatform
}

/** The whole service on a database of its own, with two organisations, a clock that stands still, and real files. */
export async function testService(t: Teardown, options: TestServiceOptions = {}): Promise<TestService> {
  const db = await testDatabase(t)
  const { platform = testPlatform(), ...others } = options
  const tenants = [await aTenant(platform, db.database, 'Voorbeeld & Zonen B.V.'), await aTenant(platform, db.database, 'Ander <Bedrijf> N.V.')] as const // prettier-ignore
  return serviceOn(t, db, platform, tenants, others)
}

/** A second process on the same database, which remembers nothing of what the first one signed. */
export function forgetfulService(t: Teardown, first: TestService): Promise<TestService> {
  const platform = { ...testPlatform(), clock: first.platform.clock }
  return serviceOn(t, first, platform, [first.own, first.other])
}

async function serviceOn(
  t: Teardown,
  { database, adminQuery, targets }: Pick<TestDatabase, 'database' | 'adminQuery' | 'targets'>,
  platform: TestPlatform,
  [own, other]: readonly [TestTenant, TestTenant],
  options: TestServiceOptions = {},
): Promise<TestService> {
  const pool = createRenderPool({ threads: 1 })
  const outbox = mkdtempSync(join(tmpdir(), 'beding-outbox-'))
  const authorities = await openTimestampAuthorities(platform, database, { kind: 'development' })
  const server = buildApp({
    platform,
    database,
    pool,
    wakeJobs: () => undefined,
    tsaRootsPem: tsaRootsPem(authorities),
    egress: { allowLoopback: true },
    signOnEgress: { allowLoopback: true },
    ...options,
  })
  const jobs = [
    anchoringJob({ platform, database, authorities }),
    dossierJob({ platform, database, authorities }),
  ]
  const channel = localOutboxChannel(outbox, 'hr@voorbeeld.example')
  t.teardown(async () => {
    await server.close()
    await pool.close()
    channel.close()
    await platform.outsideHeads.close()
    rmSync(outbox, { recursive: true, force: true })
  })
  await server.ready()
  return {
    server,
    database,
    adminQuery,
    targets,
    platform,
    outbox,
    own,
    other,
    send: (method, url, request = {}) => send(server, method, url, request),
    runJobs: () => runDueJobs({ platform, database }, jobs),
    deliver: async (count) => {
      await relayDeliveries({ platform, database, channel, publicUrl: 'http://127.0.0.1:8080' })
      return linksInOutbox(outbox, count, 5_000)
    },
  }
}

/** A new organisation with a client and a key for each role. */
export async function aTenant(platform: TestPlatform, database: Database, name: string): Promise<TestTenant> {
  const organisationId = platform.newId() as OrganisationId
  const founded = await database.inOrganisation(organisationId, (trx) =>
    foundOrganisation(platform, trx, {
      organisationId,
      name,
      originHost: 'beding.local',
      clients: roleNames.map((role) => ({ name: `client ${role}`, role })),
    }),
  )
  const keys = Object.fromEntries(founded.clients.map((client) => [client.role, client.key]))
  return { organisationId, keys: keys as TestTenant['keys'] }
}

async function send(
  server: HttpServer,
  method: string,
  url: string,
  request: TestRequest,
): Promise<TestAnswer> {
  const headers: Record<string, string> = { ...request.headers }
  if (request.as !== undefined) headers['authorization'] = `Bearer ${request.as}`
  if (method === 'POST' && request.key !== null) headers['idempotency-key'] = request.key ?? randomUUID()
  const isText = typeof request.body === 'string' || Buffer.isBuffer(request.body)
  if (request.body !== undefined && !isText) headers['content-type'] = 'application/json'
  const answer = await server.inject({
    method: method as 'GET',
    url,
    headers,
    ...(request.body === undefined
      ? {}
      : { payload: isText ? (request.body as string | Buffer) : JSON.stringify(request.body) }),
  })
  const isJson = String(answer.headers['content-type'] ?? '').includes('json')
  return {
    status: answer.statusCode,
    body: isJson && answer.body !== '' ? JSON.parse(answer.body) : answer.body,
    headers: answer.headers as TestAnswer['headers'],
    bytes: answer.rawPayload,
  }
}
