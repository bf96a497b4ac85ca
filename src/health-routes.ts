import { Type } from 'typebox'
import { ledgerStops } from '#continuity'
import type { Database } from '#database'
import type { HttpServer } from '#http'
import { oneOf, problemResponses, strictObject } from '#http'

const HealthShape = strictObject({ status: oneOf(['ok']) }, { $id: 'Health' })
const ReadyShape = strictObject(
  {
    status: oneOf(['ok', 'degraded']),
    stoppedLedgers: Type.Integer({
      description: 'Organisations whose ledger is behind what is known outside and is not signed any more.',
    }),
  },
  { $id: 'Readiness' },
)

/** Adds what an operator's probes ask: is the process there, can it reach its database, and is every ledger signed. */
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
      schema: { response: { 200: ReadyShape, ...problemResponses('service-busy') } },
    },
    async () => {
      const stoppedLedgers = await ledgerStops(deps.database)
      return { status: stoppedLedgers === 0 ? ('ok' as const) : ('degraded' as const), stoppedLedgers }
    },
  )
}
