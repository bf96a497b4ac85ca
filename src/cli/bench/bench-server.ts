import { fileURLToPath } from 'node:url'
import { newUuid } from '#core'
import type { OrganisationId } from '#core'
import { openServingDatabase } from '#database'
import { createRenderPool } from '#documents'
import { compileSchemas } from '#http'
import { createPlatform, readConfig } from '#platform'
import { buildApp } from '../../app.ts'

const projectFolder = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * The service in a process of its own, as it is measured, with one route added to hold it against: one that inserts one
 * row, in one round trip, and does nothing else. Prints its port.
 */
const config = readConfig(process.env, projectFolder)
const platform = createPlatform(config)
const { home } = config
const { database, stop } = await openServingDatabase({ config: config.database, home, secrets: platform.secrets, log: platform.log }) // prettier-ignore
const pool = createRenderPool()
const server = buildApp({ platform, database, pool, wakeJobs: () => undefined, tsaRootsPem: '', egress: { allowLoopback: false } }) // prettier-ignore
const insertText = `insert into idempotency (organisation_id, client_id, operation, idempotency_key, fingerprint, status, created_at)
values ($1::uuid, $2::uuid, 'bench', $3, $4, 201, $5::timestamptz)`

server.post('/bench/rows', { config: { access: 'public' } }, async (request, reply) => {
  const organisationId = String(request.headers['x-organisation']) as OrganisationId
  const id = newUuid(platform.clock())
  const values = [organisationId, id, id, Buffer.alloc(32), platform.clock()]
  await database.batchInOrganisation(organisationId, [{ text: insertText, values }])
  return reply.code(201).send({ id })
})

// What is measured is a service that has been running for some time.
await server.ready()
compileSchemas(server)
const url = await server.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`${new URL(url).port}\n`)
process.on('SIGTERM', () => {
  server
    .close()
    .then(() => pool.close())
    .then(() => stop())
    .then(
      () => process.exit(0),
      () => process.exit(1),
    )
})
