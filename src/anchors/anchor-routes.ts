import { problem, sha256 } from '#core'
import type { Database } from '#database'
import { cosignedNote, getOpenLog } from '#evidence'
import type { HttpServer, Paging } from '#http'
import { cutPage, fileResponse, pageOf, pageQuery, problemResponses, runOnce, sendDownload } from '#http'
import type { Platform } from '#platform'
import { requestAnchor } from './anchor-actions.ts'
import type { AnchorEvidence, BracketToken } from './anchor-list-view.ts'
import { findAnchorEvidence, listAnchors, readBracketTokens } from './anchor-list-view.ts'
import {
  AnchorParams,
  AnchorRequestShape,
  AnchorShape,
  BracketParams,
  BracketShape,
} from './anchor-schemas.ts'
import { bracketOf } from './bracket-decisions.ts'
import { witnessPolicyRoutes } from './witness-policy-routes.ts'

export type AnchorRouteDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly paging: Paging
}

const tags = ['anchors']

/** Adds the routes about anchors, about when an entry was made, and about the witness policy. */
export function anchorRoutes(server: HttpServer, deps: AnchorRouteDeps): void {
  listRoute(server, deps)
  evidenceRoute(server, deps)
  bracketRoute(server, deps)
  requestRoute(server, deps)
  witnessPolicyRoutes(server, deps)
}

function listRoute(server: HttpServer, deps: AnchorRouteDeps): void {
  server.get(
    '/v1/ledger/anchors',
    {
      config: { access: { right: 'ledger.read' } },
      schema: {
        operationId: 'listAnchors',
        summary: 'List what others said about checkpoints of the ledger',
        description: 'Timestamps, their renewals and the cosignatures of witnesses, the newest first.',
        tags,
        querystring: pageQuery({}),
        response: { 200: pageOf(AnchorShape, 'AnchorPage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const anchors = await deps.database.readInOrganisation(organisationId, (trx) =>
        listAnchors(trx, organisationId, {
          limit: size + 1,
          ...(after === undefined ? {} : { before: String(after[0]) }),
        }),
      )
      return deps.paging.answer(
        request,
        reply,
        cutPage(anchors, size, (anchor) => [anchor.anchorId]),
      )
    },
  )
}

function evidenceRoute(server: HttpServer, deps: AnchorRouteDeps): void {
  server.get(
    '/v1/ledger/anchors/:anchorId/evidence',
    {
      config: { access: { right: 'ledger.read' } },
      schema: {
        operationId: 'downloadAnchorEvidence',
        summary: 'Download what was said',
        description:
          'Of a timestamp the answer of the authority as it came (application/timestamp-reply); of a cosignature the ' +
          'checkpoint with the line of the witness (text/plain).',
        tags,
        params: AnchorParams,
        response: {
          200: fileResponse('application/timestamp-reply', 'A TimeStampResp (RFC 3161), or a cosigned note.'),
          ...problemResponses('anchor-not-found'),
        },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { anchorId } = request.params
      const found = await deps.database.readInOrganisation(organisationId, (trx) =>
        findAnchorEvidence(trx, organisationId, anchorId),
      )
      if (found === undefined) throw problem('anchor-not-found')
      const file = fileOf(found)
      return sendDownload(request, reply, { ...file, sha256: sha256(file.bytes) })
    },
  )
}

function fileOf({ kind, size, note, evidence }: AnchorEvidence) {
  if (kind === 'timestamp') {
    return { bytes: evidence, mediaType: 'application/timestamp-reply', fileName: `checkpoint-${size}.tsr` }
  }
  const bytes = Buffer.from(cosignedNote(note, [evidence.toString('utf8')]), 'utf8')
  return { bytes, mediaType: 'text/plain; charset=utf-8', fileName: `checkpoint-${size}-cosigned.txt` }
}

function bracketRoute(server: HttpServer, deps: AnchorRouteDeps): void {
  server.get(
    '/v1/ledger/brackets/:entryIndex',
    {
      config: { access: { right: 'ledger.read' } },
      schema: {
        operationId: 'getEntryBracket',
        summary: 'Read between which moments an entry was made, as others tell the time',
        description:
          'The time in an entry is what this service says. The bracket is what others say: the entry is in no checkpoint ' +
          'that was stamped before, and in one that was stamped after.',
        tags,
        params: BracketParams,
        response: { 200: BracketShape, ...problemResponses('entry-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const { entryIndex } = request.params
      const tokens = await deps.database.readInOrganisation(organisationId, (trx) =>
        readBracketTokens(trx, organisationId, entryIndex),
      )
      if (tokens === undefined) throw problem('entry-not-found')
      const { after, before } = bracketOf(tokens, entryIndex)
      return { entryIndex, after: toSide(after), before: toSide(before) }
    },
  )
}

function toSide(token: BracketToken | null) {
  if (token === null) return null
  const { at, anchorId, size, authority, development } = token
  return { at, anchorId, size, authority, development }
}

function requestRoute(server: HttpServer, deps: AnchorRouteDeps): void {
  server.post(
    '/v1/ledger/anchors',
    {
      config: { access: { right: 'ledger.anchor' }, idempotent: true },
      schema: {
        operationId: 'requestAnchor',
        summary: 'Ask for an anchor of the ledger as it is now',
        description: 'Answers at once; the anchor appears in the list when the others have answered.',
        tags,
        response: { 202: AnchorRequestShape, ...problemResponses() },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { organisationId } = request.caller
        const requestedAt = deps.platform.clock()
        const { size } = await getOpenLog(trx, organisationId)
        await requestAnchor(trx, organisationId, requestedAt)
        return { status: 202, body: { requestedAt, size }, location: '/v1/ledger/anchors' }
      }),
  )
}
