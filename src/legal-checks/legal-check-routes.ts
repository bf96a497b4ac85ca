import type { PersonId } from '#core'
import type { Database } from '#database'
import type { HttpServer } from '#http'
import { problemResponses, runOnce } from '#http'
import { passSentence } from '#jurisdictions'
import type { Platform } from '#platform'
import { factsOf } from './case-schemas.ts'
import { makeCheck, readCheck, recordReview } from './legal-check-actions.ts'
import type { CheckView } from './legal-check-actions.ts'
import { ruleSets, runCheck } from './legal-check-decisions.ts'
import { CheckParams, CheckRequest, CheckShape, OverrideRequest, PreviewRequest, PreviewShape, ReviewRequest, ReviewShape, RuleSetsShape, standingOnWire } from './legal-check-schemas.ts' // prettier-ignore

export type LegalCheckDeps = { readonly platform: Platform; readonly database: Database }

const tags = ['law']

/** Adds the routes on which the rules of law are listed, run, kept and reviewed. */
export function legalCheckRoutes(server: HttpServer, deps: LegalCheckDeps): void {
  listingRoute(server)
  previewRoute(server)
  checkRoutes(server, deps)
  reviewRoutes(server, deps)
}

function listingRoute(server: HttpServer): void {
  server.get(
    '/v1/rule-sets',
    {
      config: { access: { right: 'law.read' } },
      schema: {
        operationId: 'listRuleSets',
        summary: 'See the rules of law, their sources, and how well these were seen',
        tags,
        response: { 200: RuleSetsShape },
      },
    },
    async () => ({
      ruleSets: ruleSets.map(({ jurisdiction, version, regimes, rules }) => ({
        jurisdiction,
        version,
        regimes: regimes.map(({ id, from }) => ({ id, from })),
        rules: rules.map(({ id, source, basis, at, about, inputs, severity, message }) => ({
          id,
          source,
          basis,
          at: [...at],
          about,
          inputs: [...inputs],
          severity,
          message,
        })),
      })),
    }),
  )
}

function previewRoute(server: HttpServer): void {
  server.post(
    '/v1/legal-checks/previews',
    {
      config: { access: { right: 'law.check' } },
      schema: {
        operationId: 'previewLegalCheck',
        summary: 'Run the rules on a draft or a hypothetical employment',
        description: 'Nothing is kept.',
        tags,
        body: PreviewRequest,
        response: { 200: PreviewShape, ...problemResponses('jurisdiction-not-found') },
      },
    },
    async (request) => {
      const { jurisdiction, moments, facts } = request.body
      const evaluation = runCheck({ jurisdiction, moments, facts: factsOf(facts), personId: null })
      return {
        ...evaluation,
        moments: [...evaluation.moments],
        passMeans: passSentence,
        findings: evaluation.findings.map((finding) => ({ ...finding, missing: [...finding.missing] })),
      }
    },
  )
}

function checkRoutes(server: HttpServer, deps: LegalCheckDeps): void {
  server.post(
    '/v1/legal-checks',
    {
      config: { access: { right: 'law.check' }, idempotent: true },
      schema: {
        operationId: 'makeLegalCheck',
        summary: 'Run the rules and keep what they said',
        description:
          'Kept with rule set, regime, day and the hashes of facts and findings, which stand in the ledger. Running again is another evaluation; this one never changes.',
        tags,
        body: CheckRequest,
        response: { 201: CheckShape, ...problemResponses('jurisdiction-not-found', 'person-not-found') },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { jurisdiction, moments, facts, personId } = request.body
        const made = await makeCheck(deps.platform, trx, request.caller, {
          jurisdiction,
          moments,
          facts: factsOf(facts),
          personId: (personId as PersonId | undefined) ?? null,
        })
        const about = made.check.personId === null ? {} : { personId: made.check.personId }
        return {
          status: 201,
          body: toAnswer(made),
          location: `/v1/legal-checks/${made.check.legalCheckId}`,
          ...about,
        }
      }),
  )
  server.get(
    '/v1/legal-checks/:legalCheckId',
    {
      config: { access: { right: 'law.read' } },
      schema: {
        operationId: 'getLegalCheck',
        summary: 'See an evaluation, what people decided about it, and whether it comes out the same today',
        tags,
        params: CheckParams,
        response: { 200: CheckShape, ...problemResponses('legal-check-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const view = await deps.database.readInOrganisation(organisationId, (trx) =>
        readCheck(trx, organisationId, request.params.legalCheckId),
      )
      return toAnswer(view)
    },
  )
}

function reviewRoutes(server: HttpServer, deps: LegalCheckDeps): void {
  server.post(
    '/v1/legal-checks/:legalCheckId/reviews',
    {
      config: { access: { right: 'law.review' }, idempotent: true },
      schema: {
        operationId: 'reviewFinding',
        summary: 'Decide on a finding that is for a lawyer',
        description:
          'Holds for exactly these inputs, also in later evaluations, and lapses when one of them changes.',
        tags,
        params: CheckParams,
        body: ReviewRequest,
        response: { 201: ReviewShape, ...problemResponses('legal-check-not-found', 'finding-not-found', 'review-not-possible') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { clauseId = null, ...decided } = request.body
        const { legalCheckId } = request.params
        const command = { ...decided, clauseId, legalCheckId, kind: 'review' as const }
        return { status: 201, body: await recordReview(deps.platform, trx, request.caller, command) }
      }),
  )
  server.post(
    '/v1/legal-checks/:legalCheckId/overrides',
    {
      config: { access: { right: 'law.override' }, idempotent: true },
      schema: {
        operationId: 'overrideFinding',
        summary: 'Go on despite a failed rule of severity major',
        description: 'By name and with a reason; the rule stays failed and the reason is evidence.',
        tags,
        params: CheckParams,
        body: OverrideRequest,
        response: { 201: ReviewShape, ...problemResponses('legal-check-not-found', 'finding-not-found', 'override-not-possible') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { clauseId = null, ...decided } = request.body
        const { legalCheckId } = request.params
        const command = {
          ...decided,
          clauseId,
          legalCheckId,
          kind: 'override' as const,
          outcome: 'fail' as const,
        }
        return { status: 201, body: await recordReview(deps.platform, trx, request.caller, command) }
      }),
  )
}

function toAnswer({ check, standings, mayGoOn, replay }: CheckView) {
  const { content, moments, ...rest } = check
  return {
    ...rest,
    moments: [...moments],
    passMeans: passSentence,
    contentErased: content === null,
    replay,
    mayGoOn,
    findings: standings.map(standingOnWire),
  }
}
