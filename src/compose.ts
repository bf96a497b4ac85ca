import { join } from 'node:path'
import { localOutboxChannel, smtpChannel, deliveryJob } from '#acknowledgements'
import { anchoringJob, tsaRootsPem } from '#anchors'
import type { Database } from '#database'
import { openServingDatabase } from '#database'
import { dossierJob } from '#disputes'
import { createRenderPool } from '#documents'
import type { HttpServer } from '#http'
import { startJobs } from '#jobs'
import type { Config } from '#platform'
import { createPlatform } from '#platform'
import { listTimestampRoots, openTimestampAuthorities } from '#timestamps'
import { webhookJob } from '#webhooks'
import { buildApp } from './app.ts'
import { ensureExample, keepExampleKeys } from './first-start.ts'
import type { FoundedOrganisation } from './found-organisation.ts'

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
  const serving = await openServingDatabase({
    config: config.database,
    home,
    secrets: platform.secrets,
    log: platform.log,
  })
  const { database } = serving
  const outbox = config.mail.kind === 'local-outbox' ? join(home, 'outbox') : undefined
  const pool = createRenderPool()
  let wakeJobs: () => void = () => undefined
  const authorities = await openTimestampAuthorities(platform, database, config.timestamps)
  const server = buildApp({
    platform,
    database,
    pool,
    wakeJobs: () => wakeJobs(),
    tsaRootsPem: tsaRootsPem([{ roots: await listTimestampRoots(database, authorities) }]),
    egress: { allowLoopback: config.webhookAllowLoopback },
    metricsToken: config.metricsToken,
    trustedProxies: config.trustedProxies,
  })
  try {
    const founded = await ensureExample(platform, database, logOriginHost)
    if (founded !== undefined) keepExampleKeys(config, founded)
    // Fonts are parsed before somebody waits for a document; a failure shows at the first one.
    void pool.warm().catch(() => undefined)
    const url = await server.listen({ host: config.host, port: config.port })
    const publicUrl = config.publicUrl ?? url
    const channel =
      config.mail.kind === 'smtp'
        ? smtpChannel(config.mail.url, config.mail.from)
        : localOutboxChannel(outbox!, 'beding@localhost')
    const jobs = startJobs({ platform, database }, [
      deliveryJob({ platform, database, channel, publicUrl }),
      anchoringJob({ platform, database, authorities }),
      dossierJob({ platform, database, authorities }),
      webhookJob({ platform, database, egress: { allowLoopback: config.webhookAllowLoopback } }),
    ])
    wakeJobs = () => jobs.wake()
    const stop = async (): Promise<void> => {
      await server.close()
      await jobs.stop()
      channel.close()
      await pool.close()
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
