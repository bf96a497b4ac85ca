import { Type } from 'typebox'
import { problem } from '#core'
import type { Database } from '#database'
import type { LedgerId } from '#evidence'
import { parseTilePath, readLedgerCheckpoint, readLedgerTile } from '#evidence'
import type { HttpServer } from '#http'
import { fileResponse, problemResponses, strictObject, Uuid } from '#http'

type TileDeps = { readonly database: Database }

const description = `The prefix of a log for any client of C2SP tlog-tiles: the newest signed checkpoint stands here, and beside it
\`tile/<level>/<index>[.p/<width>]\` and \`tile/entries/<index>[.p/<width>]\`, as that standard writes them. Entries hold
commitments and no content. \`ledgerId\` is the id of your organisation for its first log, and the id of a log for any.`

const ledgerId = Type.Unsafe<LedgerId>(Uuid)

/** What never changes may be kept for a year, the longest that HTTP knows, but not by caches that serve others. */
const forEver = 'private, max-age=31536000, immutable'

/**
 * Adds the logs of an organisation as C2SP tlog-tiles serves them, read-only, for whoever may read its ledger (decision
 * 0053). A log of another organisation does not exist here.
 */
export function ledgerTileRoutes(server: HttpServer, deps: TileDeps): void {
  checkpointRoute(server, deps)
  tileRoute(server, deps)
}

function checkpointRoute(server: HttpServer, { database }: TileDeps): void {
  server.get(
    '/v1/ledgers/:ledgerId/checkpoint',
    {
      config: { access: { right: 'ledger.read' } },
      schema: {
        operationId: 'getLedgerCheckpoint',
        summary: 'Read the newest checkpoint of a log as C2SP tlog-tiles serves it',
        description,
        tags: ['disputes'],
        params: strictObject({ ledgerId }),
        response: {
          200: fileResponse('text/plain', 'The signed checkpoint (C2SP tlog-checkpoint).'),
          ...problemResponses('ledger-not-found'),
        },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const note = await database.readInOrganisation(organisationId, (trx) =>
        readLedgerCheckpoint(trx, organisationId, request.params.ledgerId),
      )
      if (note === undefined) throw problem('ledger-not-found')
      return reply.header('content-type', 'text/plain; charset=utf-8').send(Buffer.from(note, 'utf8'))
    },
  )
}

/** Hidden from the OpenAPI document, which cannot say that a path has as many parts as its number has digits. */
function tileRoute(server: HttpServer, { database }: TileDeps): void {
  server.get(
    '/v1/ledgers/:ledgerId/tile/*',
    {
      config: { access: { right: 'ledger.read' } },
      schema: {
        hide: true,
        params: strictObject({ ledgerId, '*': Type.String({ maxLength: 40 }) }),
        response: {
          200: fileResponse('application/octet-stream', 'A tile or an entry bundle.'),
          ...problemResponses('tile-not-found'),
        },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const tile = parseTilePath(request.params['*'])
      if (tile === undefined) throw problem('tile-not-found')
      const bytes = await database.readInOrganisation(organisationId, (trx) =>
        readLedgerTile(trx, organisationId, request.params.ledgerId, tile),
      )
      if (bytes === undefined) throw problem('tile-not-found')
      if (tile.width === fullWidth) reply.header('cache-control', forEver)
      return reply.header('content-type', 'application/octet-stream').send(bytes)
    },
  )
}

/** Hashes or entries in a full tile; a partial one may be dropped for it, so it is not kept. */
const fullWidth = 256
