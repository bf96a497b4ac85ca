import { Type } from 'typebox'
import { alreadyHeld, strictObject } from '#http'
import type { AnyReply, AnyRequest, HttpServer } from '#http'
import type { PageFile } from './page-files.ts'
import { pageKit } from './release.ts'

const AssetParams = strictObject({
  release: Type.String({ maxLength: 64 }),
  file: Type.String({ maxLength: 64 }),
})

/** How much of the release stands in an address. */
export const releaseInAddress = 16

/** Adds `GET /my/assets/{release}/{file}`. An address names one content for ever; one of another release is not found. */
export function assetRoutes(scope: HttpServer): void {
  const { release, files } = pageKit()
  scope.get(
    '/my/assets/:release/:file',
    { config: { access: 'public' }, schema: { params: AssetParams } },
    async (request, reply) => {
      const { release: asked, file: name } = request.params
      const file = asked === release.slice(0, releaseInAddress) ? files.get(name) : undefined
      if (file === undefined) return reply.callNotFound()
      return sendFile(request, reply.header('cache-control', 'public, max-age=31536000, immutable'), file)
    },
  )
}

type Coding = 'br' | 'gzip' | 'plain'

function sendFile(request: AnyRequest, reply: AnyReply, file: PageFile): AnyReply {
  const coding = codingFor(request.headers['accept-encoding'])
  const tag = coding === 'plain' ? `"${file.sha256}"` : `"${file.sha256}-${coding}"`
  reply.header('etag', tag).header('vary', 'accept-encoding')
  if (alreadyHeld(request, tag)) return reply.code(304).send()
  if (coding !== 'plain') reply.header('content-encoding', coding)
  return reply.type(file.contentType).send(file[coding])
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
