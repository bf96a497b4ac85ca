import type { FastifyBaseLogger } from 'fastify'
import type { AnyReply, AnyRequest } from './fastify-types.ts'

/** What this room needs of a log: a line of facts with a message. An error goes under `error`; the log describes it. */
export type LogLine = (facts: Readonly<Record<string, unknown>>, message: string) => void
export type Log = { readonly info: LogLine; readonly warn: LogLine; readonly error: LogLine }

/**
 * The one line of a request. The route's pattern stands for the path, because a path that was sent may hold anything;
 * queries, headers, bodies and names are not in it.
 */
export function logRequest(log: Log, request: AnyRequest, reply: AnyReply): void {
  log.info(
    {
      requestId: request.id,
      method: request.method,
      route: routeOf(request) ?? null,
      status: reply.statusCode,
      duration_ms: Math.round(reply.elapsedTime * 10) / 10,
      organisationId: request.knownCaller?.organisationId ?? null,
      clientId: request.knownCaller?.clientId ?? null,
    },
    'request',
  )
}

/** The pattern of the route that took the request; undefined when none did. Never the path as it was sent. */
export function routeOf(request: AnyRequest): string | undefined {
  return request.is404 ? undefined : request.routeOptions.url
}

/** What Fastify itself says: warnings and errors only, without the request and reply objects it would attach. */
export function frameworkLog(log: Log): FastifyBaseLogger {
  const pass = (write: LogLine) => (first: unknown, message?: string) => {
    const error = first instanceof Error ? first : (first as { err?: unknown } | undefined)?.err
    const facts = error === undefined ? {} : { error }
    write(facts, message ?? (typeof first === 'string' ? first : 'framework'))
  }
  const silent = (): void => {}
  const logger = {
    level: 'warn',
    fatal: pass((facts, message) => log.error(facts, message)),
    error: pass((facts, message) => log.error(facts, message)),
    warn: pass((facts, message) => log.warn(facts, message)),
    info: silent,
    debug: silent,
    trace: silent,
    silent,
    child: () => logger,
  }
  return logger
}
