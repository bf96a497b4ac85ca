import type { DocumentId } from '#core'
import { civilDateIn, ProblemError } from '#core'
import { getEmployment } from '#employments'
import type { HttpServer } from '#http'
import { problemResponses, readIdempotencyKey, runOnce } from '#http'
import { keepExit, prepareExit, type ExitDeps } from './exit-actions.ts'
import { exitOnWire, follows, toExitCommand } from './exit-command.ts'
import { outlook } from './exit-outlook.ts'
import { EmploymentParams, ExitListShape, ExitParams, ExitPreviewShape, ExitRequest, ExitShape } from './exit-schemas.ts' // prettier-ignore
import { getExit, listExits } from './exit-store.ts'

const tags = ['exits']
const asked = ['employment-not-found', 'person-not-found', 'exit-recorded', 'exit-not-found', 'exit-mandate-missing', 'exit-unfit'] as const // prettier-ignore

export type ExitRouteDeps = ExitDeps & { readonly wakeDelivery: () => void }

/** Adds the routes on which the end of an employment is looked at, recorded and read. */
export function exitRoutes(server: HttpServer, deps: ExitRouteDeps): void {
  recordingRoute(server, deps)
  previewRoute(server, deps)
  readingRoutes(server, deps)
}

function recordingRoute(server: HttpServer, deps: ExitRouteDeps): void {
  server.post(
    '/v1/employments/:employmentId/exits',
    {
      config: { access: { right: 'exit.record' }, idempotent: true },
      schema: {
        operationId: 'recordExit',
        summary: 'Record how an employment ends, and hand over the letter about what goes on',
        description:
          'Records the last day, freezes the lists of relations, keeps what the rules say of each agreement, makes a sealed letter ' +
          'and puts it before its person to be seen. The letter claims nothing under what is blocked, denied, taken over from ' +
          'elsewhere or forbidden by the serious fault of the employer. A correction names the exit that it replaces.',
        tags,
        params: EmploymentParams,
        body: ExitRequest,
        response: {
          201: ExitShape,
          ...problemResponses(
            ...asked,
            'act-denied',
            'exit-changed',
            'employment-fact-unfit',
            'employment-fact-not-found',
            'employment-fact-retracted',
            'employment-overlaps',
            'bundle-unfit',
            'document-not-found',
            'due-date-past',
            'character-without-glyph',
            'rendering-busy',
            'rendering-failed',
            'seal-certificate-invalid',
            'seal-key-unavailable',
          ),
        },
      },
    },
    async (request, reply) => {
      // Before any rendering: a request that cannot be answered does not get to use the threads.
      readIdempotencyKey(request)
      const today = civilDateIn(deps.platform.clock())
      const command = toExitCommand(request.params.employmentId, request.body, today)
      const prepared = await prepareExit(deps, request.caller.organisationId, command)
      const answer = await runOnce(deps, request, reply, async (trx) => {
        if (prepared instanceof ProblemError) throw prepared
        const body = exitOnWire(await keepExit(deps, trx, request.caller, prepared))
        const location = `/v1/exits/${body.exitId}`
        // What is kept under the key says nothing of the person: that goes with them, and keys do not.
        return { status: 201, body, bodyAfterwards: { ...body, follows: null }, location }
      })
      deps.wakeDelivery()
      return answer
    },
  )
}

function previewRoute(server: HttpServer, deps: ExitRouteDeps): void {
  server.post(
    '/v1/employments/:employmentId/exits/previews',
    {
      config: { access: { right: 'exit.read' } },
      schema: {
        operationId: 'previewExit',
        summary: 'See what would follow if an employment ended like this',
        description: 'Nothing is kept: no fact, no letter, no evaluation.',
        tags,
        params: EmploymentParams,
        body: ExitRequest,
        response: { 200: ExitPreviewShape, ...problemResponses(...asked) },
      },
    },
    async (request) => {
      const { platform, database } = deps
      const at = platform.clock()
      const command = toExitCommand(request.params.employmentId, request.body, civilDateIn(at))
      const { organisationId } = request.caller
      const moment = { documentId: platform.newId() as DocumentId, at }
      const found = await database.readInOrganisation(organisationId, (trx) =>
        outlook(trx, organisationId, command, moment),
      )
      return {
        personId: found.employment.personId,
        mandateId: found.mandate.mandateId,
        follows: follows(found.content),
      }
    },
  )
}

function readingRoutes(server: HttpServer, { database }: ExitRouteDeps): void {
  server.get(
    '/v1/employments/:employmentId/exits',
    {
      config: { access: { right: 'exit.read' } },
      schema: {
        operationId: 'listExits',
        summary: 'See how an employment ended, with every correction',
        tags,
        params: EmploymentParams,
        response: { 200: ExitListShape, ...problemResponses('employment-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const { employmentId } = request.params
      const exits = await database.readInOrganisation(organisationId, async (trx) => {
        await getEmployment(trx, organisationId, employmentId)
        return listExits(trx, organisationId, employmentId)
      })
      return { items: exits.map(exitOnWire) }
    },
  )
  server.get(
    '/v1/exits/:exitId',
    {
      config: { access: { right: 'exit.read' } },
      schema: {
        operationId: 'getExit',
        summary: 'See one exit',
        tags,
        params: ExitParams,
        response: { 200: ExitShape, ...problemResponses('exit-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      return database.readInOrganisation(organisationId, async (trx) =>
        exitOnWire(await getExit(trx, organisationId, request.params.exitId)),
      )
    },
  )
}
