import { Type } from 'typebox'
import { problem } from '#core'
import type { PersonId } from '#core'
import type { Database } from '#database'
import type { HttpServer, Paging } from '#http'
import { acceptText, cutPage, pageOf, pageQuery, problemResponses, runOnce } from '#http'
import type { Platform } from '#platform'
import { importPersons } from './person-actions.ts'
import { parsePersonCsv } from './person-csv.ts'
import { PersonImportRequest, PersonImportResult, PersonParams, PersonShape } from './person-schemas.ts'
import { getPerson, listPersons } from './person-store.ts'
import type { PersonStatement } from './person.ts'

export type PeopleDeps = { readonly platform: Platform; readonly database: Database; readonly paging: Paging }

const csvLengthMax_bytes = 4 * 1024 * 1024

/** Adds the routes about persons: import as JSON or CSV, a list, one person. */
export function personRoutes(server: HttpServer, deps: PeopleDeps): void {
  importRoute(server, deps)
  readRoutes(server, deps)
}

function importRoute(server: HttpServer, deps: PeopleDeps): void {
  server.register(async (scope: HttpServer) => {
    acceptText(scope, 'text/csv', csvLengthMax_bytes)
    scope.post(
      '/v1/person-imports',
      {
        config: { access: { right: 'person.import' }, idempotent: true },
        schema: {
          operationId: 'importPersons',
          summary: 'Take over persons from an HR system',
          description:
            'As JSON, or as CSV with the columns externalId, givenName, familyName, workEmail, language, department, ' +
            'jobTitle and employedUntil. Taken whole or not at all; nobody is ever removed by an import.',
          tags: ['people'],
          body: {
            content: {
              'application/json': { schema: PersonImportRequest },
              'text/csv': { schema: Type.String({ maxLength: csvLengthMax_bytes }) },
            },
          },
          response: { 201: PersonImportResult, ...problemResponses('csv-malformed', 'import-refused') },
        },
      },
      async (request, reply) => {
        const persons = personsOf(scope, request.body)
        return runOnce(deps, request, reply, async (trx) => ({
          status: 201,
          body: await importPersons(deps.platform, trx, request.caller, persons),
        }))
      },
    )
  })
}

/** A CSV has to pass the same schema as JSON: it is another way of writing, not another door. */
function personsOf(scope: HttpServer, body: unknown): readonly PersonStatement[] {
  if (typeof body !== 'string') return (body as { persons: readonly PersonStatement[] }).persons
  const parsed = parsePersonCsv(body)
  const validate = scope.validatorCompiler?.({
    schema: PersonImportRequest,
    method: 'POST',
    url: '/v1/person-imports',
    httpPart: 'body',
  }) as ((value: unknown) => boolean | { error?: unknown }) & {
    errors?: { instancePath: string; message?: string }[]
  }
  const verdict = validate(parsed)
  if (verdict !== true && (validate.errors?.length ?? 0) > 0) {
    throw problem('csv-malformed', {
      errors: (validate.errors ?? []).slice(0, 200).map((fault) => ({
        code: 'field-invalid',
        message: fault.message ?? 'is not valid',
        parameter: csvPlace(fault.instancePath),
      })),
    })
  }
  return parsed.persons as PersonStatement[]
}

/** `/persons/0/language` is the field `language` of the second line: the first holds the names of the columns. */
function csvPlace(instancePath: string): string {
  const [, , index, field] = instancePath.split('/')
  return index === undefined
    ? 'the file'
    : `line ${Number(index) + 2}${field === undefined ? '' : `, ${field}`}`
}

function readRoutes(server: HttpServer, deps: PeopleDeps): void {
  server.get(
    '/v1/persons',
    {
      config: { access: { right: 'person.read' } },
      schema: {
        operationId: 'listPersons',
        summary: 'List persons',
        tags: ['people'],
        querystring: pageQuery({ department: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })) }),
        response: { 200: pageOf(PersonShape, 'PersonPage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const { department } = request.query
      const persons = await deps.database.readInOrganisation(organisationId, (trx) =>
        listPersons(trx, organisationId, {
          limit: size + 1,
          ...(department === undefined ? {} : { department }),
          ...(after === undefined ? {} : { after: String(after[0]) }),
        }),
      )
      return deps.paging.answer(
        request,
        reply,
        cutPage(persons, size, (person) => [person.personId]),
      )
    },
  )
  server.get(
    '/v1/persons/:personId',
    {
      config: { access: { right: 'person.read' } },
      schema: {
        operationId: 'getPerson',
        summary: 'Read one person',
        tags: ['people'],
        params: PersonParams,
        response: { 200: PersonShape, ...problemResponses('person-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      return deps.database.readInOrganisation(organisationId, (trx) =>
        getPerson(trx, organisationId, request.params.personId as PersonId),
      )
    },
  )
}
