import { createHash, timingSafeEqual } from 'node:crypto'
import { isIPv4 } from 'node:net'
import { problem } from '#core'
import type { AnyRequest, HttpServer } from '#http'
import { bearerOf, fileResponse, problemResponses } from '#http'
import type { Platform } from '#platform'

export type MetricsDeps = {
  readonly platform: Pick<Platform, 'metrics'>
  /** METRICS_TOKEN; once it is set everybody needs it. */
  readonly metricsToken?: string | undefined
}

/** What a proxy adds; with one of these the caller is somebody else than the connection says. */
const proxyHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'] as const

/**
 * Adds `GET /metrics` in the text format of Prometheus. With a token it answers whoever sends it. Without one it answers
 * callers on this machine only, and none that a proxy sent (decision 0063). Everybody else gets `credentials-missing`.
 */
export function metricsRoutes(server: HttpServer, deps: MetricsDeps): void {
  server.get(
    '/metrics',
    {
      config: { access: 'public' },
      schema: {
        response: {
          200: fileResponse('text/plain', 'The metrics of this process.'),
          ...problemResponses('credentials-missing'),
        },
      },
    },
    async (request, reply) => {
      if (!mayRead(request, deps.metricsToken)) throw problem('credentials-missing')
      return reply
        .header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
        .send(deps.platform.metrics.render())
    },
  )
}

function mayRead(request: AnyRequest, token: string | undefined): boolean {
  if (token !== undefined) return isSame(bearerOf(request.headers.authorization), token)
  return (
    isLoopback(request.raw.socket.remoteAddress ?? '') &&
    proxyHeaders.every((name) => request.headers[name] === undefined)
  )
}

// Over digests, so that neither length nor place of the first difference shows in the time it takes.
function isSame(sent: string | undefined, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return sent !== undefined && timingSafeEqual(digest(sent), digest(token))
}

function isLoopback(address: string): boolean {
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'))
}
