import { sql } from 'kysely'
import type { Database } from '#database'
import type { HttpServer } from '#http'
import { oneOf, problemResponses, strictObject } from '#http'

const HealthShape = strictObject({ status: oneOf(['ok']) }, { $id: 'Health' })

/** Adds what an operator's probes ask: is the process there, and can it reach its database. */
export function healthRoutes(server: HttpServer, deps: { readonly database: Database }): void {
  server.get(
    '/health/live',
    { config: { access: 'public' }, schema: { response: { 200: HealthShape, ...problemResponses() } } },
    async () => ({ status: 'ok' as const }),
  )
  server.get(
    '/health/ready',
    {
      config: { access: 'public' },
      schema: { response: { 200: HealthShape, ...problemResponses('service-busy') } },
    },
    async () => {
      await deps.database.installation((trx) => sql`select 1`.execute(trx))
      return { status: 'ok' as const }
    },
  )
}
