import t from 'tap'
import { Type } from 'typebox'
import {
  CivilDateText,
  emptyResponse,
  fileResponse,
  pageOf,
  pageQuery,
  problemResponses,
  strictObject,
  Uuid,
  type HttpServer,
} from '#http'
import { ruleBreaks } from '../support/http-openapi-rules.ts'
import { aServer } from '../support/http-server.ts'

const Pebble = strictObject(
  { pebbleId: Uuid, foundDate: CivilDateText, weight_g: Type.Optional(Type.Integer()) },
  { $id: 'Pebble' },
)
const NewPebble = strictObject({ foundDate: CivilDateText }, { $id: 'PebbleRequest' })
const right = { right: 'person.read' } as const
const params = strictObject({ pebbleId: Uuid })
const tags = ['pebbles']

function pebbleRoutes(server: HttpServer): void {
  server.get(
    '/v1/pebbles',
    { config: { access: right }, schema: { operationId: 'listPebbles', summary: 'List', tags, querystring: pageQuery({}), response: { 200: pageOf(Pebble, 'PebblePage'), ...problemResponses() } } }, // prettier-ignore
    async () => ({ items: [], nextCursor: null }),
  )
  server.post(
    '/v1/pebbles',
    { config: { access: right, idempotent: true }, schema: { operationId: 'createPebble', summary: 'Make', tags, body: NewPebble, response: { 201: Pebble, ...problemResponses() } } }, // prettier-ignore
    async () => {
      throw new Error('not called')
    },
  )
  server.put(
    '/v1/pebbles/:pebbleId',
    { config: { access: right, conditional: true }, schema: { operationId: 'changePebble', summary: 'Change', tags, params, body: NewPebble, response: { 204: emptyResponse('Changed.'), ...problemResponses('person-not-found') } } }, // prettier-ignore
    async (_request, reply) => reply.code(204).send(null),
  )
  server.get(
    '/v1/pebbles/:pebbleId/picture',
    { config: { access: 'link' }, schema: { operationId: 'getPicture', summary: 'Look', tags, params, response: { 200: fileResponse('image/png', 'The picture.'), ...problemResponses('document-not-found') } } }, // prettier-ignore
    async () => {
      throw new Error('not called')
    },
  )
}

type Document = Record<string, any> // oxlint-disable-line typescript/no-explicit-any -- it is taken apart below

async function documentOf(addRoutes: (server: HttpServer) => void): Promise<Document> {
  const server = aServer(addRoutes)
  t.teardown(() => server.close())
  const answer = await server.inject('/v1/openapi.json')
  return answer.json() as Document
}

t.test('a document of well-made routes breaks no rule but the one that was put in', async (t) => {
  t.same(ruleBreaks(await documentOf(pebbleRoutes)), [
    '/components/schemas/Pebble: weight_g is not camelCase',
  ])
})

t.test('shared schemas become components, and only once', async (t) => {
  const document = await documentOf(pebbleRoutes)
  t.same(Object.keys(document['components'].schemas), ['Pebble', 'PebblePage', 'PebbleRequest', 'Problem'])
  t.same(document['components'].schemas.PebblePage.properties.items.items, {
    $ref: '#/components/schemas/Pebble',
  })
})

t.test('two schemas with one name are refused', async (t) => {
  const server = aServer((scope) => {
    pebbleRoutes(scope)
    const schema = { operationId: 'x', response: { 200: strictObject({ other: Uuid }, { $id: 'Pebble' }) } }
    scope.get('/v1/others', { config: { access: 'public' }, schema }, async () => ({ other: '' }))
  })
  t.teardown(() => server.close())
  t.equal((await server.inject('/v1/openapi.json')).statusCode, 500)
  t.match(server.captured.lines.join('\n'), 'two different schemas call themselves Pebble')
})

const damages: Readonly<Record<string, (document: Document) => void>> = {
  'info.contact has no email': (d) => delete d['info'].contact.email,
  'info.version is not semver': (d) => (d['info'].version = '1.0'),
  'is neither https nor relative': (d) => (d['servers'] = [{ url: 'http://example.org/v1' }]),
  'does not end in a major version': (d) => (d['servers'] = [{ url: '/api' }]),
  'is not kebab-case': (d) => (d['paths']['/bigStones'] = {}),
  'ends in a slash': (d) => (d['paths']['/stones/'] = {}),
  'operationId listPebbles is used twice': (d) => (d['paths']['/pebbles'].post.operationId = 'listPebbles'),
  'the query parameter page_size is not camelCase': (d) => d['paths']['/pebbles'].get.parameters.push({ in: 'query', name: 'page_size' }), // prettier-ignore
  'does not declare 401': (d) => delete d['paths']['/pebbles'].get.responses['401'],
  'does not declare 412': (d) => delete d['paths']['/pebbles/{pebbleId}'].put.responses['412'],
  'does not declare the header API-Version': (d) =>
    delete d['paths']['/pebbles'].get.responses['200'].headers,
  'is not application/problem+json': (d) => (d['paths']['/pebbles'].get.responses['400'].content = { 'application/json': {} }), // prettier-ignore
  'has no summary': (d) => delete d['paths']['/pebbles'].get.summary,
  'is an open object': (d) => delete d['components'].schemas.Pebble.additionalProperties,
  'foundDate is a day but not of format date': (d) => (d['components'].schemas.Pebble.properties.foundDate.format = 'date-time'), // prettier-ignore
  'leads nowhere': (d) => delete d['components'].schemas.PebbleRequest,
  'does not describe its path': (d) => (d['paths']['/pebbles/{pebbleId}'].put.parameters = []),
}
for (const [complaint, damage] of Object.entries(damages)) {
  t.test(`the rules see it when a document ${complaint}`, async (t) => {
    const document = await documentOf(pebbleRoutes)
    damage(document)
    t.match(ruleBreaks(document).join('\n'), complaint)
  })
}
