import type { PolicyId } from '#core'
import { problem } from '#core'
import type { HttpServer } from '#http'
import { cutPage, pageOf, pageQuery, problemResponses, runOnce } from '#http'
import { createPolicy } from './draft-actions.ts'
import type { PolicyDeps } from './policy-deps.ts'
import {
  PolicyParams,
  PolicyRequest,
  PolicyShape,
  TemplateListShape,
  TemplateParams,
  TemplateShape,
} from './policy-schemas.ts'
import { getPolicy, listPolicies } from './policy-store.ts'
import { findTemplate, templates } from './template.ts'

/** Adds the routes about policies as such: make one, list them, read one. */
export function subjectRoutes(server: HttpServer, deps: PolicyDeps): void {
  server.post(
    '/v1/policies',
    {
      config: { access: { right: 'policy.write' }, idempotent: true },
      schema: {
        operationId: 'createPolicy',
        summary: 'Make a policy',
        description: 'A policy is a subject with an owner and a legal nature. Its text comes in versions.',
        tags: ['policies'],
        body: PolicyRequest,
        response: { 201: PolicyShape, ...problemResponses('policy-content-invalid') },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const policy = await createPolicy(deps.platform, trx, request.caller, request.body)
        return { status: 201, body: policy, location: `/v1/policies/${policy.policyId}` }
      }),
  )
  server.get(
    '/v1/policies',
    {
      config: { access: { right: 'policy.read' } },
      schema: {
        operationId: 'listPolicies',
        summary: 'List policies',
        description: 'In the order in which they were made.',
        tags: ['policies'],
        querystring: pageQuery({}),
        response: { 200: pageOf(PolicyShape, 'PolicyPage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const rows = await deps.database.readInOrganisation(organisationId, (trx) =>
        listPolicies(trx, organisationId, {
          limit: size + 1,
          ...(after === undefined ? {} : { after: String(after[0]) as PolicyId }),
        }),
      )
      return deps.paging.answer(
        request,
        reply,
        cutPage(rows, size, (policy) => [policy.policyId]),
      )
    },
  )
  server.get(
    '/v1/policies/:policyId',
    {
      config: { access: { right: 'policy.read' } },
      schema: {
        operationId: 'getPolicy',
        summary: 'Read one policy',
        description: 'The subject; for its texts see its drafts and versions.',
        tags: ['policies'],
        params: PolicyParams,
        response: { 200: PolicyShape, ...problemResponses('policy-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      return deps.database.readInOrganisation(organisationId, (trx) =>
        getPolicy(trx, organisationId, request.params.policyId as PolicyId),
      )
    },
  )
}

/** Adds the routes about the starter texts. */
export function templateRoutes(server: HttpServer): void {
  server.get(
    '/v1/policy-templates',
    {
      config: { access: { right: 'policy.read' } },
      schema: {
        operationId: 'listPolicyTemplates',
        summary: 'List the starter texts',
        description: 'Texts to begin a draft with. All of them in one page.',
        tags: ['policies'],
        response: { 200: TemplateListShape, ...problemResponses() },
      },
    },
    async () => ({
      items: templates.map(({ content: _content, ...line }) => ({ ...line, languages: [...line.languages] })),
      nextCursor: null,
    }),
  )
  server.get(
    '/v1/policy-templates/:templateId',
    {
      config: { access: { right: 'policy.read' } },
      schema: {
        operationId: 'getPolicyTemplate',
        summary: 'Read one starter text',
        description: 'The whole text, with its placeholders still open.',
        tags: ['policies'],
        params: TemplateParams,
        response: { 200: TemplateShape, ...problemResponses('policy-template-not-found') },
      },
    },
    async (request) => {
      const template = findTemplate(request.params.templateId)
      if (template === undefined) throw problem('policy-template-not-found')
      return { ...template, languages: [...template.languages] }
    },
  )
}
