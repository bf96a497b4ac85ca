import type { Static } from 'typebox'
import type { CivilDate, PersonId } from '#core'
import { canonicalJson, problem, sha256Hex, toCivilDate } from '#core'
import type { Database } from '#database'
import type { HttpServer } from '#http'
import { acceptForm, fileResponse, problemResponses, runOnce, sendDownload } from '#http'
import { getPerson } from '#people'
import type { Platform } from '#platform'
import { keepCapture } from './capture-actions.ts'
import { CaptureForm, CaptureParams, CaptureShape, CapturesShape, PersonParams } from './capture-schemas.ts'
import { listCaptures, readCaptureBytes } from './capture-store.ts'

export type CaptureDeps = { readonly platform: Platform; readonly database: Database }

const tags = ['obligations']
const fileMax_bytes = 10 * 1024 * 1024
const formOverhead_bytes = 16 * 1024

/** Adds the routes by which captures are handed in, listed and fetched. */
export function captureRoutes(server: HttpServer, deps: CaptureDeps): void {
  keepRoute(server, deps)
  readRoutes(server, deps)
}

function keepRoute(server: HttpServer, deps: CaptureDeps): void {
  server.register(async (scope: HttpServer) => {
    acceptForm(scope, {
      bodyMax_bytes: fileMax_bytes + formOverhead_bytes,
      fieldMax_bytes: 8_000,
      fieldsMax: 4,
    })
    scope.post(
      '/v1/persons/:personId/captures',
      {
        config: { access: { right: 'capture.keep' }, idempotent: true },
        schema: {
          operationId: 'keepContactCapture',
          summary: 'Keep a dated print of a contact',
          description:
            'The bytes are hashed and kept as they came. The entry in the ledger commits to hash, day, source and visibility: it proves that this print was there when it was kept, and the stated day by nothing but the word of whoever handed it in. Goes with the person when they are erased.',
          tags,
          params: PersonParams,
          body: { content: { 'multipart/form-data': { schema: CaptureForm } } },
          response: {
            201: CaptureShape,
            ...problemResponses('person-not-found', 'capture-unfit', 'capture-held'),
          },
        },
      },
      async (request, reply) => {
        const { file, capturedOn, ...said } = request.body as Static<typeof CaptureForm>
        const bytes = Buffer.isBuffer(file) ? file : Buffer.from(String(file))
        if (bytes.length > fileMax_bytes) throw problem('body-too-large')
        // Each sending of a form draws another boundary, so what counts for a repetition is what the form says.
        request.rawBody = Buffer.from(canonicalJson({ ...said, capturedOn, sha256: sha256Hex(bytes) }))
        return runOnce(deps, request, reply, async (trx) => {
          const personId = request.params.personId as PersonId
          const command = { ...said, bytes, capturedOn: toCivilDate(capturedOn) }
          const capture = await keepCapture(deps.platform, trx, request.caller, personId, command)
          const location = `/v1/persons/${personId}/captures/${capture.captureId}/content`
          return { status: 201, body: capture, location }
        })
      },
    )
  })
}

function readRoutes(server: HttpServer, { database }: CaptureDeps): void {
  server.get(
    '/v1/persons/:personId/captures',
    {
      config: { access: { right: 'obligation.read' } },
      schema: {
        operationId: 'listContactCaptures',
        summary: 'See the captures of the contacts of a person',
        tags,
        params: PersonParams,
        response: { 200: CapturesShape, ...problemResponses('person-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const personId = request.params.personId as PersonId
      return database.readInOrganisation(organisationId, async (trx) => {
        await getPerson(trx, organisationId, personId)
        return { captures: await listCaptures(trx, organisationId, personId) }
      })
    },
  )
  server.get(
    '/v1/persons/:personId/captures/:captureId/content',
    {
      config: { access: { right: 'obligation.read' } },
      schema: {
        operationId: 'getContactCaptureContent',
        summary: 'Fetch a capture exactly as it was handed in',
        tags,
        params: CaptureParams,
        response: {
          200: fileResponse('application/octet-stream', 'The print, in its own media type.'),
          ...problemResponses('capture-not-found', 'content-erased'),
        },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { personId, captureId } = request.params
      const { capture, bytes } = await database.readInOrganisation(organisationId, (trx) =>
        readCaptureBytes(trx, organisationId, personId as PersonId, captureId),
      )
      const ending = { 'image/png': 'png', 'image/jpeg': 'jpg', 'application/pdf': 'pdf' }[capture.mediaType]
      return sendDownload(request, reply, {
        bytes,
        sha256: Buffer.from(capture.sha256, 'hex'),
        mediaType: capture.mediaType,
        fileName: `${fileNameOf(capture.capturedOn)}.${ending}`,
      })
    },
  )
}

function fileNameOf(day: CivilDate): string {
  return `capture-${day}`
}
