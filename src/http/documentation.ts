import swaggerUi from '@fastify/swagger-ui'
import { Type } from 'typebox'
import { problem, problems, type ProblemCode, type ProblemKind } from '#core'
import type { HttpServer } from './fastify-types.ts'
import { apiPrefix } from './openapi.ts'
import { documentationPath } from './route-rules.ts'
import { strictObject } from './schemas.ts'

/** The page loads its own scripts and styles only; it sets style attributes, so those alone are let through inline. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Serves the OpenAPI document, a page to read it on, and the page that every problem's `type` refers to. */
export function addDocumentation(server: HttpServer): void {
  server.register(swaggerUi, {
    routePrefix: documentationPath,
    staticCSP: pagePolicy,
    uiConfig: { tryItOutEnabled: false },
  })
  server.register(async (scope: HttpServer) => {
    addDocument(scope)
    addProblemPages(scope)
  })
}

function addDocument(scope: HttpServer): void {
  let text: string | undefined
  scope.get(
    `${apiPrefix}/openapi.json`,
    {
      config: { access: 'public' },
      schema: {
        operationId: 'getOpenapiDocument',
        summary: 'This description',
        tags: ['About'],
        response: {
          200: { description: 'The OpenAPI document.', content: { 'application/json': { schema: {} } } },
        },
      },
    },
    async (_request, reply) => {
      text ??= JSON.stringify(scope.swagger())
      return reply
        .header('access-control-allow-origin', '*')
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('content-type', 'application/json')
        .send(text)
    },
  )
}

function addProblemPages(scope: HttpServer): void {
  scope.get('/problems', { config: { access: 'public' } }, async (_request, reply) => {
    const rows = Object.entries<ProblemKind>(problems).map(
      ([code, kind]) => `<li><a href="/problems/${code}">${code}</a>: ${escape(kind.title)}</li>`,
    )
    return reply.type('text/html; charset=utf-8').send(page('Problems', `<ul>${rows.join('')}</ul>`))
  })
  scope.get(
    '/problems/:code',
    {
      config: { access: 'public' },
      schema: { params: strictObject({ code: Type.String({ maxLength: 64 }) }) },
    },
    async (request, reply) => {
      const { code } = request.params
      if (!Object.hasOwn(problems, code)) throw problem('route-not-found')
      const kind: ProblemKind = problems[code as ProblemCode]
      const body = `<p><code>${code}</code>, HTTP status ${kind.status}.</p><p>${escape(kind.help)}</p>`
      return reply.type('text/html; charset=utf-8').send(page(kind.title, body))
    },
  )
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escape(title)}</title><h1>${escape(title)}</h1>${body}</html>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
