import { connectionTarget, openDatabase } from '#database'
import { createLogger, createMetrics, createOutsideHeads, createSecrets, type Platform } from '#platform'
import { newUuid, toInstant } from '#core'
import { compileSchemas } from '#http'
import { buildApp, type AppDeps } from '../app.ts'

/**
 * The OpenAPI document of the service as text, the same for the same code. The app is built with nothing behind it: the
 * document says what routes are, and no route is called. Throws when a schema of the document cannot be compiled.
 */
export async function openapiText(): Promise<string> {
  const clock = () => toInstant('2026-01-01T00:00:00.000Z')
  const platform: Platform = {
    clock,
    newId: () => newUuid(clock()),
    randomBytes: (length) => Buffer.alloc(length),
    secrets: createSecrets(Buffer.alloc(32)),
    log: createLogger('silent'),
    metrics: createMetrics(),
    outsideHeads: createOutsideHeads('/nowhere'),
  }
  const database = openDatabase(connectionTarget('postgres://nobody@localhost:1/none'))
  const server = buildApp({ platform, database, pool: noRendering, wakeJobs: () => undefined, tsaRootsPem: '', egress: { allowLoopback: false } }) // prettier-ignore
  await server.ready()
  compileSchemas(server)
  const text = `${JSON.stringify(server.swagger(), null, 2)}\n`
  await server.close()
  await database.close()
  return text
}

const noRendering: AppDeps['pool'] = {
  render: async () => Promise.reject(new Error('nothing is rendered here')),
  warm: async () => undefined,
  close: async () => undefined,
}
