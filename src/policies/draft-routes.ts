import type { Static } from 'typebox'
import type { OrganisationId, PolicyId } from '#core'
import type { Transaction } from '#database'
import type { AnyRequest, HttpServer } from '#http'
import { problemResponses, requireMatch, runOnce } from '#http'
import { approveDraft, changeDraft, createDraft, type MatchCheck } from './draft-actions.ts'
import type { DraftPlace } from './draft-store.ts'
import { getDraft } from './draft-store.ts'
import { draftAnswer, draftEtag } from './draft-view.ts'
import type { PolicyDeps } from './policy-deps.ts'
import type { Draft } from './policy.ts'
import { DraftRequest, DraftShape, NewDraftRequest, PolicyParams, VersionParams } from './policy-schemas.ts'
import { getPolicy } from './policy-store.ts'

/** Adds the routes about drafts: start one, read it, change it, approve it. */
export function draftRoutes(server: HttpServer, deps: PolicyDeps): void {
  startRoute(server, deps)
  readRoute(server, deps)
  changeRoute(server, deps)
  approvalRoute(server, deps)
}

function startRoute(server: HttpServer, deps: PolicyDeps): void {
  server.post(
    '/v1/policies/:policyId/drafts',
    {
      config: { access: { right: 'policy.write' }, idempotent: true },
      schema: {
        operationId: 'createPolicyDraft',
        summary: 'Start the next version of a policy',
        description:
          'From a content, from a template, or from a published version; of the last one the change summary is ' +
          'emptied. A policy has one draft at a time.',
        tags: ['policies'],
        params: PolicyParams,
        body: NewDraftRequest,
        response: {
          201: DraftShape,
          ...problemResponses(
            'policy-not-found',
            'policy-draft-exists',
            'policy-content-invalid',
            'policy-template-not-found',
            'policy-version-not-found',
          ),
        },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const policyId = request.params.policyId as PolicyId
        const draft = await createDraft(deps.platform, trx, request.caller, policyId, request.body)
        return {
          status: 201,
          body: await shown(trx, request.caller.organisationId, draft),
          location: `/v1/policies/${policyId}/drafts/${draft.versionNumber}`,
          etag: draftEtag(draft),
        }
      }),
  )
}

function readRoute(server: HttpServer, deps: PolicyDeps): void {
  server.get(
    '/v1/policies/:policyId/drafts/:versionNumber',
    {
      config: { access: { right: 'policy.read' } },
      schema: {
        operationId: 'getPolicyDraft',
        summary: 'Read a draft',
        description:
          'Its ETag names exactly this revision; changing or approving it asks for that tag in If-Match.',
        tags: ['policies'],
        params: VersionParams,
        response: { 200: DraftShape, ...problemResponses('policy-draft-not-found') },
      },
    },
    async (request, reply) => {
      const place = placeOf(request, request.params)
      return deps.database.readInOrganisation(place.organisationId, async (trx) => {
        const draft = await getDraft(trx, place)
        reply.header('etag', draftEtag(draft))
        return shown(trx, place.organisationId, draft)
      })
    },
  )
}

function changeRoute(server: HttpServer, deps: PolicyDeps): void {
  server.put(
    '/v1/policies/:policyId/drafts/:versionNumber',
    {
      config: { access: { right: 'policy.write' }, conditional: true },
      schema: {
        operationId: 'changePolicyDraft',
        summary: 'Change a draft',
        description:
          'Replaces the whole text with a new revision, written by the caller. An approval of the revision before ' +
          'is gone.',
        tags: ['policies'],
        params: VersionParams,
        body: DraftRequest,
        response: {
          200: DraftShape,
          ...problemResponses('policy-draft-not-found', 'policy-version-published', 'policy-content-invalid'),
        },
      },
    },
    async (request, reply) => {
      const place = placeOf(request, request.params)
      return deps.database.inOrganisation(place.organisationId, async (trx) => {
        const { content } = request.body
        const draft = await changeDraft(deps.platform, trx, request.caller, place, content, matchOf(request))
        reply.header('etag', draftEtag(draft))
        return shown(trx, place.organisationId, draft)
      })
    },
  )
}

function approvalRoute(server: HttpServer, deps: PolicyDeps): void {
  server.post(
    '/v1/policies/:policyId/drafts/:versionNumber/approvals',
    {
      config: { access: { right: 'policy.approve' }, idempotent: true, conditional: true },
      schema: {
        operationId: 'approvePolicyDraft',
        summary: 'Approve a draft',
        description:
          'Approves exactly the revision whose ETag is in If-Match. The client that wrote it cannot approve it. ' +
          'Any later change takes the approval away. Answers with the draft as it is now.',
        tags: ['policies'],
        params: VersionParams,
        response: {
          201: DraftShape,
          ...problemResponses(
            'policy-draft-not-found',
            'policy-version-published',
            'policy-draft-approved',
            'approver-is-author',
          ),
        },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const place = placeOf(request, request.params)
        const draft = await approveDraft(deps.platform, trx, request.caller, place, matchOf(request))
        return {
          status: 201,
          body: await shown(trx, place.organisationId, draft),
          location: `/v1/policies/${place.policyId}/drafts/${place.versionNumber}`,
          etag: draftEtag(draft),
        }
      }),
  )
}

/** Where the draft stands that a path names. */
export function placeOf(request: AnyRequest, params: Static<typeof VersionParams>): DraftPlace {
  return {
    organisationId: request.caller.organisationId,
    policyId: params.policyId as PolicyId,
    versionNumber: params.versionNumber,
  }
}

function matchOf(request: AnyRequest): MatchCheck {
  return (draft) => requireMatch(request, draftEtag(draft))
}

async function shown(trx: Transaction, organisationId: OrganisationId, draft: Draft) {
  const { legalNature } = await getPolicy(trx, organisationId, draft.policyId)
  return draftAnswer(draft, legalNature)
}
