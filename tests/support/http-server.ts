import { Writable } from 'node:stream'
import { newUuid, type Instant } from '#core'
import { buildServer, type Caller, type HttpServer, type ServerDeps, type ServerOptions } from '#http'
import { createLogger } from '#platform'

export const testContact = { name: 'Beding', email: 'support@example.org', url: 'https://example.org' }

/** Lines of a log, as they would be on standard output. */
export type CapturedLog = { readonly lines: string[]; readonly log: ServerDeps['log'] }

/** A real logger that writes into memory. */
export function capturedLog(): CapturedLog {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(...String(chunk).split('\n').filter(Boolean))
      done()
    },
  })
  return { lines, log: createLogger('debug', stream) }
}

/** A caller with these rights, in organisation `…0001` unless another is named. */
export function aCaller(rights: readonly string[], organisation = 1): Caller {
  return {
    organisationId: `00000000-0000-7000-8000-00000000000${organisation}`,
    clientId: `00000000-0000-7000-8000-0000000000c${organisation}`,
    role: 'hr-reader',
    rights: new Set(rights),
  } as unknown as Caller
}

export type TestServer = HttpServer & { readonly captured: CapturedLog }

/** A server with these routes, where `Bearer <name>` is the caller of that name. */
export function aServer(
  addRoutes: (server: HttpServer) => void,
  callers: Readonly<Record<string, Caller>> = {},
  overrides: Partial<ServerDeps> & Partial<ServerOptions> = {},
): TestServer {
  const captured = capturedLog()
  const server = buildServer(
    {
      log: captured.log,
      newId: () => newUuid(new Date().toISOString() as Instant),
      authenticateKey: async (bearer) => (bearer === undefined ? undefined : callers[bearer]),
      ...overrides,
    },
    { apiVersion: '1.2.3', contact: testContact, ...overrides },
  )
  server.register(async (scope: HttpServer) => addRoutes(scope))
  return Object.assign(server, { captured })
}
