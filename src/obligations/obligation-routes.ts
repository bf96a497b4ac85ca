import type { PersonId } from '#core'
import { toCivilDate } from '#core'
import type { Database } from '#database'
import type { HttpServer } from '#http'
import { problemResponses } from '#http'
import { PersonParams } from './capture-schemas.ts'
import { answerObligations } from './obligation-actions.ts'
import { DayQuery, ObligationsShape } from './obligation-schemas.ts'

/** Adds the question what bound a person on a day. */
export function bindingRoutes(server: HttpServer, { database }: { readonly database: Database }): void {
  server.get(
    '/v1/persons/:personId/obligations',
    {
      config: { access: { right: 'obligation.read' } },
      schema: {
        operationId: 'getObligationsOnDay',
        summary: 'What bound a person on a day',
        description:
          'Annexes of agreements and policy versions, under which text, accepted how, at which level, with the acts and entries that prove it. What was done up to the end of that day in the Netherlands counts. What does not bind is shown with the reason. A signature that is contested today binds on no day.',
        tags: ['obligations'],
        params: PersonParams,
        querystring: DayQuery,
        response: { 200: ObligationsShape, ...problemResponses('person-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const personId = request.params.personId as PersonId
      const on = toCivilDate(request.query.on)
      return database.readInOrganisation(organisationId, (trx) =>
        answerObligations(trx, organisationId, personId, on),
      )
    },
  )
}
