import { Type } from 'typebox'
import { alreadyHeld, strictObject } from '#http'
import type { AnyReply, AnyRequest, HttpServer } from '#http'
import { loadPageAssets } from './page-assets.ts'
import type { PageAsset, PageAssets } from './page-assets.ts'

/** The routes are for everyone: what is secret stands in the fragment of the link, which no browser sends. */
const config = { access: 'public' } as const

/**
 * The page opens whatever is hung on its address: mail gateways and campaign tools add parameters of their own, and
 * a person must not meet a refusal because of them. Nothing reads them.
 */
const anyQuery = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  patternProperties: { '': {} },
  maxProperties: 100,
})

const AssetParams = strictObject({
  release: Type.String({ maxLength: 64 }),
  file: Type.String({ maxLength: 64 }),
})

/**
 * What the page may do, in the browser: load from its own origin, and nothing else. No script or style in the
 * markup, no frame around it, no strings turned into markup or code (decision 0037).
 */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const pageHeaders = {
  'content-security-policy': pagePolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(self)',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
} as const

/**
 * Adds the employee's page: `GET /c` and `GET /assets/{release}/{file}`. Loading any of it records nothing; mail
 * scanners and link previews may do so as often as they like. The routes live in a scope of their own, so their headers
 * reach no other route.
 */
export function ceremonyPageRoutes(server: HttpServer): void {
  const assets = loadPageAssets()
  server.register(async (scope: HttpServer) => {
    // Hooks of the surrounding server run before those of this scope, so these values win.
    scope.addHook('onSend', async (_request, reply) => {
      reply.headers(pageHeaders)
      if (reply.statusCode >= 400) reply.header('cache-control', 'no-store')
    })
    addRoutes(scope, assets)
  })
}

function addRoutes(scope: HttpServer, assets: PageAssets): void {
  scope.get('/c', { config, schema: { querystring: anyQuery } }, async (request, reply) =>
    // Asked for again on every visit, so that a new release of the page is used at once.
    sendAsset(request, reply.header('cache-control', 'no-cache'), assets.shell),
  )
  scope.get('/assets/:release/:file', { config, schema: { params: AssetParams } }, async (request, reply) => {
    const { release, file } = request.params
    const asset = release === assets.release ? assets.files.get(file) : undefined
    if (asset === undefined) return reply.callNotFound()
    return sendAsset(request, reply.header('cache-control', 'public, max-age=31536000, immutable'), asset)
  })
}

type Coding = 'br' | 'gzip' | 'plain'

function sendAsset(request: AnyRequest, reply: AnyReply, asset: PageAsset): AnyReply {
  const coding = codingFor(request.headers['accept-encoding'])
  const tag = coding === 'plain' ? `"${asset.tag}"` : `"${asset.tag}-${coding}"`
  reply.header('etag', tag).header('vary', 'accept-encoding')
  if (alreadyHeld(request, tag)) return reply.code(304).send()
  if (coding !== 'plain') reply.header('content-encoding', coding)
  return reply.type(asset.contentType).send(asset[coding])
}

/** The best coding the client accepts. A coding with `q=0` is refused (RFC 9110 section 12.5.3). */
function codingFor(accepted: string | string[] | undefined): Coding {
  const offers = String(accepted ?? '')
    .toLowerCase()
    .split(',')
    .map((offer) => offer.trim())
    .filter((offer) => !/;\s*q=0(\.0*)?$/.test(offer))
    .map((offer) => offer.split(';')[0]!.trim())
  return (['br', 'gzip'] as const).find((coding) => offers.includes(coding)) ?? 'plain'
}
