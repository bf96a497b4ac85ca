import { anchoringJob } from '#anchors'
import { runDueJobs } from '#jobs'
import { openTimestampAuthorities } from '#timestamps'
import type { BenchStage, Tenant } from './bench-acts.ts'
import { prepareTenant } from './bench-acts.ts'
import type { Connection, LoadResult } from './http-load.ts'
import { closedLoop, wirePost } from './http-load.ts'
import type { BenchPasskey } from './passkey.ts'
import { makePasskey } from './passkey.ts'
import { benchToken } from './prepare-store.ts'
import type { ProcessorTime } from './processor-time.ts'
import { medianTime, perRequest, processorClock } from './processor-time.ts'
import { startServer } from './server-process.ts'
import { median } from './turns.ts'

/** Whole ceremonies, from opening the link to the receipt, at one number of clients. */
export type PasskeyFigures = {
  readonly clients: number
  readonly plain: LoadResult
  readonly signed: LoadResult
  /** The median over the repeats of the one to the other. */
  readonly p50Ratio: number
  readonly p99Ratio: number
  /** Processor time of a whole ceremony, in microseconds, by who took it. */
  readonly processor: { readonly plain: ProcessorTime; readonly signed: ProcessorTime }
}

type Measured = { readonly result: LoadResult; readonly processor: ProcessorTime }
type Turn = { readonly plain: Measured; readonly signed: Measured }

/**
 * Measures ceremonies that end in an act signed with a passkey against ceremonies that end in a plain one, in turns in one
 * run. The devices are played by the load, which therefore signs too; the server is a process of its own.
 */
export async function benchPasskeys(
  stage: BenchStage,
  clients: number,
  repeats: number,
  ceremonies: number,
): Promise<PasskeyFigures> {
  const server = await startServer(stage.home)
  const { port } = server
  try {
    const tenant = await prepareTenant(stage, `http://127.0.0.1:${port}`, 'Bench P', ceremonies * repeats * 2)
    const origin = `http://localhost:${port}`
    const passkeys = new Map<number, BenchPasskey>()
    const clock = await processorClock(stage.database, server.pid)
    const load = { port, tenant, clients, clock }
    const signedFrom = ceremonies * repeats
    await inParallel(load, signedFrom, signedFrom, async (exchange, person) => {
      passkeys.set(person, await enrol(exchange, origin))
    })
    await anchor(stage)
    const turns: Turn[] = []
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const from = repeat * ceremonies
      const plain = await inParallel(load, from, ceremonies, plainCeremony)
      const signed = await inParallel(load, signedFrom + from, ceremonies, (exchange, person) =>
        signedCeremony(exchange, passkeys.get(person)!, origin),
      )
      turns.push({ plain, signed })
    }
    const middle = turns.toSorted((a, b) => a.signed.result.p50_ms - b.signed.result.p50_ms)[Math.floor(repeats / 2)]! // prettier-ignore
    const ratio = (of: 'p50_ms' | 'p99_ms'): number =>
      median(turns.map(({ plain, signed }) => signed.result[of] / plain.result[of]))
    return {
      clients,
      plain: middle.plain.result,
      signed: middle.signed.result,
      p50Ratio: ratio('p50_ms'),
      p99Ratio: ratio('p99_ms'),
      processor: {
        plain: medianTime(turns.map(({ plain }) => plain.processor)),
        signed: medianTime(turns.map(({ signed }) => signed.processor)),
      },
    }
  } finally {
    await server.stop()
  }
}

/** One request of a person, with their link; the answer as JSON. Throws when it is not a success. */
type Exchange = (path: string, body?: object) => Promise<Answer>

// oxlint-disable-next-line typescript/no-explicit-any -- answers of our own service, read where they are used
type Answer = any

type Load = {
  readonly port: number
  readonly tenant: Tenant
  readonly clients: number
  readonly clock: () => ProcessorTime
}

async function inParallel(
  { port, tenant, clients, clock }: Load,
  from: number,
  count: number,
  ceremony: (exchange: Exchange, person: number) => Promise<void>,
): Promise<Measured> {
  const began = clock()
  const result = await closedLoop(port, clients, count, (connection, index) =>
    ceremony(exchangeOf(connection, tenant, from + index), from + index),
  )
  return { result, processor: perRequest(began, clock(), count) }
}

function exchangeOf(connection: Connection, { organisationId }: Tenant, person: number): Exchange {
  const link = `${organisationId.replaceAll('-', '')}.${benchToken(organisationId, person)}`
  let request = 0
  return async (path, body) => {
    request += 1
    const headers = {
      authorization: `Bearer ${link}`,
      'idempotency-key': `bench-ceremony-${person}-${request}`,
    }
    const answer = await connection.exchange(
      wirePost(path, headers, body === undefined ? '' : JSON.stringify(body)),
    )
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body.toString()}`)
    return JSON.parse(answer.body.toString())
  }
}

async function enrol(exchange: Exchange, origin: string): Promise<BenchPasskey> {
  const begun = await exchange('/v1/signing-enrolments')
  const passkey = makePasskey('localhost')
  const made = passkey.register(begun.options.challenge, origin)
  await exchange('/v1/signing-credentials', { challengeId: begun.challengeId, ...made, transports: [] })
  return passkey
}

async function anchor({ platform, database }: BenchStage): Promise<void> {
  const authorities = await openTimestampAuthorities(platform, database, { kind: 'development' })
  await runDueJobs({ platform, database }, [anchoringJob({ platform, database, authorities })])
}

async function open(exchange: Exchange): Promise<object> {
  const shown = await exchange('/v1/openings', { language: 'nl' })
  const seen = shown.choices.find((offer: { choice: string }) => offer.choice === 'seen')
  return {
    choice: 'seen',
    language: 'nl',
    documentSha256: shown.document.sha256,
    statement: seen.statement,
  }
}

async function plainCeremony(exchange: Exchange): Promise<void> {
  await exchange('/v1/acts', await open(exchange))
}

async function signedCeremony(exchange: Exchange, passkey: BenchPasskey, origin: string): Promise<void> {
  const act = await open(exchange)
  const { challengeId, ask } = await exchange('/v1/act-challenges', act)
  const assertion = { challengeId, ...passkey.sign(ask.options.challenge, origin) }
  await exchange('/v1/acts', { ...act, assertion })
}
