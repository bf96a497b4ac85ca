import { join } from 'node:path'
import { tsaRootsPem } from '#anchors'
import { reEvaluationKind } from '#changes'
import { createLedgerGuard } from '#continuity'
import type { Database } from '#database'
import { openServingDatabase } from '#database'
import { createRenderPool, listDevelopmentSealResponders } from '#documents'
import type { HttpServer } from '#http'
import { bringForward, startJobs } from '#jobs'
import { localOutboxChannel, smtpChannel } from '#messages'
import type { Config } from '#platform'
import { createPlatform } from '#platform'
import { obtainRevocation, openRevocationSources } from '#revocation'
import { readRootsFile } from '#signing'
import { listDevelopmentTimestampResponders, listTimestampRoots, openTimestampAuthorities } from '#timestamps'
import { buildApp } from './app.ts'
import { backgroundWork } from './background-work.ts'
import { ensureExample, keepExampleKeys } from './first-start.ts'
import type { FoundedOrganisation } from './found-organisation.ts'
import { witnessHeads } from './witness-heads.ts'

/** A service that is listening. */
export type RunningService = {
  readonly url: string
  readonly publicUrl: string
  /** Where messages are put when there is no mail server. */
  readonly outbox: string | undefined
  /** The example organisation, when it was made at this start. */
  readonly founded: FoundedOrganisation | undefined
  readonly server: HttpServer
  readonly database: Database
  /** Takes no new requests, answers those under way, hands the rest back to the database, and stops it if it is ours. */
  stop(): Promise<void>
}

/** Starts everything in order: database, schema, self-check, example, listening, delivery. Refuses by throwing. */
export async function startService(config: Config): Promise<RunningService> {
  const platform = createPlatform(config)
  const { home, logOriginHost } = config
  // The guard needs the database and is told of it, so it comes after.
  let connectionLost: () => void = () => undefined
  const serving = await openServingDatabase({
    config: config.database,
    home,
    secrets: platform.secrets,
    log: platform.log,
    onConnectionLost: () => connectionLost(),
  })
  const { database } = serving
  const outbox = config.mail.kind === 'local-outbox' ? join(home, 'outbox') : undefined
  const pool = createRenderPool()
  let wakeJobs: () => void = () => undefined
  const guard = createLedgerGuard({ platform, database, sources: [witnessHeads({ platform, database })] })
  connectionLost = () => guard.connectionLost()
  const authorities = await openTimestampAuthorities(platform, database, config.timestamps)
  const revocation = await openRevocationSources(platform, database, {
    privateHosts: config.revocationPrivateHosts,
    developmentResponders: [listDevelopmentSealResponders, listDevelopmentTimestampResponders],
  })
  const server = buildApp({
    platform,
    database,
    pool,
    wakeJobs: () => wakeJobs(),
    tsaRootsPem: tsaRootsPem([{ roots: await listTimestampRoots(database, authorities) }]),
    egress: { allowLoopback: config.webhookAllowLoopback },
    signOnEgress: { allowLoopback: config.signOnAllowLoopback },
    metricsToken: config.metricsToken,
    trustedProxies: config.trustedProxies,
    publicUrl: config.publicUrl,
    signing: {
      rpId: config.signing.rpId,
      attestationRoots: readRootsFile('SIGNING_ATTESTATION_ROOTS_FILE', config.signing.attestationRootsFile),
      remote: {
        qualifiedRoots: readRootsFile('SIGNING_QUALIFIED_ROOTS_FILE', config.signing.qualifiedRootsFile),
        revocationOf: (chain, at) => obtainRevocation(platform, revocation, chain, at),
        egress: { allowLoopback: config.signing.allowLoopback },
      },
    },
  })
  try {
    const founded = await ensureExample(platform, database, logOriginHost)
    if (founded !== undefined) keepExampleKeys(config, founded)
    // Fonts are parsed before somebody waits for a document; a failure shows at the first one.
    void pool.warm().catch(() => undefined)
    // Before the first act: a database that was put back must not sign a second history (decision 0066).
    await guard.checkAll()
    const url = await server.listen({ host: config.host, port: config.port })
    const publicUrl = config.publicUrl ?? url
    const channel =
      config.mail.kind === 'smtp'
        ? smtpChannel(config.mail.url, config.mail.from)
        : localOutboxChannel(outbox!, 'beding@localhost')
    const egress = { allowLoopback: config.webhookAllowLoopback }
    const work = backgroundWork({
      platform,
      database,
      authorities,
      revocation,
      egress,
      guard,
      pool,
      channel,
      publicUrl,
    })
    // What this program says of the law may differ from what the one before it said.
    await bringForward(database, reEvaluationKind, platform.clock())
    const jobs = startJobs({ platform, database }, work)
    wakeJobs = () => jobs.wake()
    const stop = async (): Promise<void> => {
      await server.close()
      await jobs.stop()
      await guard.stop()
      channel.close()
      await pool.close()
      await platform.outsideHeads.close()
      await serving.stop()
    }
    return { url, publicUrl, outbox, founded, server, database, stop }
  } catch (error) {
    await server.close()
    await pool.close()
    await serving.stop()
    throw error
  }
}
