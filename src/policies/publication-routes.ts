import type { PolicyId } from '#core'
import { civilDateIn, problem, ProblemError, toCivilDate } from '#core'
import { findMissingGlyph } from '#documents'
import type { HttpServer } from '#http'
import { problemResponses, readIdempotencyKey, runOnce } from '#http'
import { checkParagraph } from './content-checks.ts'
import { placeOf } from './draft-routes.ts'
import type { PolicyDeps } from './policy-deps.ts'
import {
  PublicationRequest,
  VersionParams,
  VersionShape,
  WithdrawalRequest,
  WithdrawalShape,
} from './policy-schemas.ts'
import { preparePublication, publishVersion } from './publication-actions.ts'
import { versionAnswer } from './version-answers.ts'
import { withdrawVersion } from './withdrawal-actions.ts'

/** Adds the routes that publish a draft and withdraw a version. */
export function publicationRoutes(server: HttpServer, deps: PolicyDeps): void {
  publicationRoute(server, deps)
  withdrawalRoute(server, deps)
}

function publicationRoute(server: HttpServer, deps: PolicyDeps): void {
  server.post(
    '/v1/policies/:policyId/drafts/:versionNumber/publications',
    {
      config: { access: { right: 'policy.publish' }, idempotent: true },
      schema: {
        operationId: 'publishPolicyDraft',
        summary: 'Publish an approved draft',
        description:
          'Renders and seals each edition once, takes the draft away and records the publication in the ledger. The ' +
          'text holds from the effective day in the Netherlands until a later version replaces it or it is withdrawn.',
        tags: ['policies'],
        params: VersionParams,
        body: PublicationRequest,
        response: {
          201: VersionShape,
          ...problemResponses(
            'policy-not-found',
            'policy-draft-not-found',
            'policy-version-published',
            'policy-not-approved',
            'policy-draft-incomplete',
            'policy-draft-changed',
            'effective-day-past',
            'effective-day-not-later',
            'day-too-far-ahead',
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
      const place = placeOf(request, request.params)
      const prepared = await preparePublication(deps, place, toCivilDate(request.body.effectiveFrom))
      return runOnce(deps, request, reply, async (trx) => {
        if (prepared instanceof ProblemError) throw prepared
        const version = await publishVersion(deps, trx, request.caller, prepared)
        const today = civilDateIn(deps.platform.clock())
        return {
          status: 201,
          body: await versionAnswer(trx, place.organisationId, version, today),
          location: `/v1/policies/${version.policyId}/versions/${version.versionNumber}`,
        }
      })
    },
  )
}

function withdrawalRoute(server: HttpServer, deps: PolicyDeps): void {
  server.post(
    '/v1/policies/:policyId/versions/:versionNumber/withdrawals',
    {
      config: { access: { right: 'policy.withdraw' }, idempotent: true },
      schema: {
        operationId: 'withdrawPolicyVersion',
        summary: 'Withdraw a published version',
        description:
          'From a day on, never for the past, once per version. The version before does not come back; a version ' +
          'withdrawn before it takes effect never replaces it. The text and its documents stay as they are.',
        tags: ['policies'],
        params: VersionParams,
        body: WithdrawalRequest,
        response: {
          201: WithdrawalShape,
          ...problemResponses(
            'policy-not-found',
            'policy-version-not-found',
            'policy-version-withdrawn',
            'policy-version-superseded',
            'withdrawal-day-past',
            'day-too-far-ahead',
            'reason-unprintable',
          ),
        },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { policyId, versionNumber } = request.params
        const { reason, withdrawnFrom } = request.body
        const errors = checkParagraph(reason, '/reason', findMissingGlyph)
        if (errors.length > 0) throw problem('reason-unprintable', { errors })
        const withdrawal = await withdrawVersion(deps.platform, trx, request.caller, {
          policyId: policyId as PolicyId,
          versionNumber,
          withdrawnFrom: toCivilDate(withdrawnFrom),
          reason,
        })
        return {
          status: 201,
          body: withdrawal,
          location: `/v1/policies/${policyId}/versions/${versionNumber}`,
        }
      }),
  )
}
