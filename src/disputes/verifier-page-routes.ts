import { Type } from 'typebox'
import type { HttpServer } from '#http'
import { alreadyHeld } from '#http'
import { buildVerifierPage } from '#verification/page'

/** Links to the page may carry parameters of mail programs and campaigns; nothing reads them. */
const anyQuery = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  patternProperties: { '': {} },
  maxProperties: 100,
})

/**
 * Adds `GET /verify`: the HTML verifier, for everyone, the same file that lies in every dossier. Its SHA-256 is the answer's
 * `etag`, so that a copy can be recognised. Loading it records nothing, and files that are checked with it are not sent.
 */
export function verifierPageRoutes(server: HttpServer): void {
  server.register(async (scope: HttpServer) => {
    // Hooks of the surrounding server run before those of this scope, so these values win.
    scope.addHook('onSend', async (_request, reply) => {
      if (reply.statusCode >= 400) return
      const { contentSecurityPolicy } = await buildVerifierPage()
      reply.header('content-security-policy', `${contentSecurityPolicy}; frame-ancestors 'none'`)
      reply.header('cache-control', 'no-cache')
    })
    scope.get(
      '/verify',
      { config: { access: 'public' }, schema: { querystring: anyQuery } },
      async (request, reply) => {
        const { html, sha256 } = await buildVerifierPage()
        const tag = `"${sha256}"`
        reply.header('etag', tag)
        if (alreadyHeld(request, tag)) return reply.code(304).send()
        return reply.type('text/html; charset=utf-8').send(html)
      },
    )
  })
}
