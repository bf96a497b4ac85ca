import type { PersonId } from '#core'
import type { HttpServer } from '#http'
import { problemResponses } from '#http'
import { PersonExportShape } from './export-schemas.ts'
import { exportPerson } from './export-view.ts'
import type { RetentionRouteDeps } from './hold-routes.ts'
import { ErasurePersonParams } from './retention-schemas.ts'

/** Adds the route by which a person's request for access is answered. */
export function exportRoute(server: HttpServer, deps: RetentionRouteDeps): void {
  server.get(
    '/v1/persons/:personId/data-export',
    {
      config: { access: { right: 'person.export' } },
      schema: {
        operationId: 'exportPersonData',
        summary: 'Read everything that is held about a person',
        description: 'For the person who asks (article 15 AVG). Check who asks before it is handed over. The form is stable: members are only added.', // prettier-ignore
        tags: ['retention'],
        params: ErasurePersonParams,
        response: { 200: PersonExportShape, ...problemResponses('person-not-found') },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const personId = request.params.personId as PersonId
      const now = deps.platform.clock()
      reply.header('cache-control', 'no-store')
      return deps.database.readInOrganisation(organisationId, (trx) =>
        exportPerson(trx, organisationId, personId, now, deps.personRecords),
      )
    },
  )
}
