import type { OrganisationId, VersionId } from '#core'
import type { Database } from '#database'
import type { Platform } from '#platform'
import { foundOrganisation } from '../../found-organisation.ts'
import { call } from '../demo/api-client.ts'
import type { Stage } from '../demo/story.ts'
import { publishPolicy } from '../demo/story.ts'
import type { LoadResult } from './http-load.ts'
import { loadHttp, wirePost } from './http-load.ts'
import { benchToken, fillOrganisation, readGround } from './prepare-store.ts'
import type { ProcessorTime } from './processor-time.ts'
import { medianTime, perRequest, processorClock } from './processor-time.ts'
import type { ReplayGround } from './raw-replay.ts'
import { replayRaw } from './raw-replay.ts'
import { startServer } from './server-process.ts'
import { median } from './turns.ts'

export type BenchStage = { readonly platform: Platform; readonly database: Database; readonly home: string }

/** Medians over the repeats, at one number of clients. */
export type ActFigures = {
  readonly clients: number
  readonly acts: LoadResult
  readonly toRawReplay: number
  readonly toOneRowRoute: number
  /** 99 of 100 answers come within so many times clients / throughput: of acts, and of the one-row route beside them. */
  readonly p99ToIdeal: number
  readonly oneRowP99ToIdeal: number
  /** Processor time of an act and of a request to the one-row route, in microseconds, by who took it. */
  readonly processor: { readonly act: ProcessorTime; readonly oneRow: ProcessorTime }
}

export type Tenant = Stage & {
  readonly organisationId: OrganisationId
  readonly versionId: VersionId
  readonly policyId: string
}

/**
 * Measures acts with receipt over HTTP, against the same statements sent by the bare driver and against a route that
 * inserts one row, in turns in one run. The server is a process of its own; the load and PostgreSQL share its machine.
 */
export async function benchActs(
  stage: BenchStage,
  clientCounts: readonly number[],
  repeats: number,
  actsOf: (clients: number) => number,
): Promise<ActFigures[]> {
  const total = clientCounts.reduce((sum, clients) => sum + actsOf(clients), 0) * (repeats + 1)
  const server = await startServer(stage.home)
  const { port } = server
  try {
    const served = await prepareTenant(stage, `http://127.0.0.1:${port}`, 'Bench A', total)
    const replayed = await prepareTenant(stage, `http://127.0.0.1:${port}`, 'Bench B', total)
    const ground = await readGround(stage.database, replayed.organisationId, replayed.versionId)
    const act = await actBody(served)
    const clock = await processorClock(stage.database, server.pid)
    const rounds: Round[] = []
    let from = 0
    // The first turn is not counted: a service that has been running for some time is what is measured.
    for (let repeat = 0; repeat <= repeats; repeat += 1) {
      for (const clients of clientCounts) {
        const count = actsOf(clients)
        const round = await measureRound({ ...stage, port, clock }, served, ground, act, { clients, from, count }) // prettier-ignore
        if (repeat > 0) rounds.push(round)
        from += count
      }
    }
    return clientCounts.map((clients) => figuresOf(clients, rounds))
  } finally {
    await server.stop()
  }
}

type Round = {
  readonly clients: number
  readonly acts: LoadResult
  readonly raw: LoadResult
  readonly oneRow: LoadResult
  readonly processor: ActFigures['processor']
}

async function measureRound(
  stage: BenchStage & { readonly port: number; readonly clock: () => ProcessorTime },
  served: Tenant,
  ground: ReplayGround,
  act: string,
  part: { readonly clients: number; readonly from: number; readonly count: number },
): Promise<Round> {
  const { clients, from, count } = part
  const { port, clock } = stage
  const prefix = served.organisationId.replaceAll('-', '')
  const requests = Array.from(
    { length: count },
    (_, index) =>
    wirePost('/v1/acts', { authorization: `Bearer ${prefix}.${benchToken(served.organisationId, from + index)}`, 'idempotency-key': `bench-act-number-${from + index}` }, act), // prettier-ignore
  )
  const rows = Array.from({ length: count }, () => wirePost('/bench/rows', { 'x-organisation': served.organisationId }, '')) // prettier-ignore
  const began = clock()
  const acts = await loadHttp(port, clients, requests)
  const ofAct = perRequest(began, clock(), count)
  const raw = await replayRaw(stage.database, ground, clients, from, count)
  const replayed = clock()
  const oneRow = await loadHttp(port, clients, rows)
  return {
    clients,
    acts,
    raw,
    oneRow,
    processor: { act: ofAct, oneRow: perRequest(replayed, clock(), count) },
  }
}

function figuresOf(clients: number, rounds: readonly Round[]): ActFigures {
  const own = rounds.filter((round) => round.clients === clients)
  const medianOf = (pick: (round: Round) => number): number => median(own.map(pick))
  const middle = own.toSorted((a, b) => a.acts.perSecond - b.acts.perSecond)[Math.floor(own.length / 2)]!
  return {
    clients,
    acts: middle.acts,
    toRawReplay: medianOf((round) => round.acts.perSecond / round.raw.perSecond),
    toOneRowRoute: medianOf((round) => round.acts.perSecond / round.oneRow.perSecond),
    p99ToIdeal: medianOf((round) => p99ToIdeal(clients, round.acts)),
    oneRowP99ToIdeal: medianOf((round) => p99ToIdeal(clients, round.oneRow)),
    processor: {
      act: medianTime(own.map(({ processor }) => processor.act)),
      oneRow: medianTime(own.map(({ processor }) => processor.oneRow)),
    },
  }
}

function p99ToIdeal(clients: number, { p99_ms, perSecond }: LoadResult): number {
  return p99_ms / ((clients / perSecond) * 1000)
}

export async function prepareTenant(
  stage: BenchStage,
  base: string,
  name: string,
  count: number,
): Promise<Tenant> {
  const { platform, database } = stage
  const organisationId = platform.newId() as OrganisationId
  const roles = ['hr-author', 'hr-approver', 'hr-publisher', 'lawyer'] as const
  const founded = await database.inOrganisation(
    organisationId,
    (trx) =>
    foundOrganisation(platform, trx, { organisationId, name, originHost: 'bench.local', clients: roles.map((role) => ({ name: role, role })) }), // prettier-ignore
  )
  const keys = Object.fromEntries(founded.clients.map((client) => [client.role, client.key])) as Stage['keys']
  const tenant = { base, keys, organisationId, outbox: '', tell: () => undefined }
  const policyId = await publishPolicy(tenant)
  const version = await call<{ versionId: VersionId }>(base, 'GET', `/v1/policies/${policyId}/versions/1`, { bearer: keys['hr-author'] }) // prettier-ignore
  const { versionId } = version.body
  await fillOrganisation(platform, database, organisationId, versionId, count)
  return { ...tenant, policyId, versionId }
}

/** The body that every act of the bench sends: all were handed the same version in the same language. */
async function actBody(tenant: Tenant): Promise<string> {
  const link = `${tenant.organisationId.replaceAll('-', '')}.${benchToken(tenant.organisationId, 0)}`
  const { body } = await call<{ document: { sha256: string }; choices: { choice: string; statement: string }[] }>(tenant.base, 'POST', '/v1/openings', { bearer: link, body: { language: 'nl' } }) // prettier-ignore
  const seen = body.choices.find((offer) => offer.choice === 'seen')!
  return JSON.stringify({
    choice: 'seen',
    language: 'nl',
    documentSha256: body.document.sha256,
    statement: seen.statement,
  })
}
