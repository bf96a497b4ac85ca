import { civilDateIn, toCivilDate } from '#core'
import type { HttpServer } from '#http'
import { problemResponses, runOnce } from '#http'
import type { RetentionRouteDeps } from './hold-routes.ts'
import { retentionDefaults, ruleOn } from './retention-decisions.ts'
import { RetentionRuleRequest, RetentionRuleShape, RetentionRulesShape } from './retention-schemas.ts'
import type { RetentionRule } from './retention.ts'
import { executedClasses, retentionClasses } from './retention.ts'
import { makeRule } from './rule-actions.ts'
import { listRules } from './rule-store.ts'

const tags = ['retention']

/** Adds the routes about how long things are kept. A rule is never changed: a new one takes over from its day on. */
export function ruleRoutes(server: HttpServer, deps: RetentionRouteDeps): void {
  server.get(
    '/v1/retention-rules',
    {
      config: { access: { right: 'retention.read' } },
      schema: {
        operationId: 'listRetentionRules',
        summary: 'Read how long each class of content is kept',
        tags,
        response: { 200: RetentionRulesShape, ...problemResponses() },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const rules = await deps.database.readInOrganisation(organisationId, (trx) =>
        listRules(trx, organisationId),
      )
      const today = civilDateIn(deps.platform.clock())
      const classes = retentionClasses.map((retentionClass) => {
        const { content, trigger, months } = retentionDefaults[retentionClass]
        const rule = ruleOn(retentionClass, rules, today)
        const executed = (executedClasses as readonly string[]).includes(retentionClass)
        const inForce = { months: rule === undefined ? months : rule.months, ruleId: rule?.ruleId ?? null }
        return { retentionClass, content, trigger, ...inForce, executed }
      })
      return { classes, rules: rules.map(toAnswer) }
    },
  )
  server.post(
    '/v1/retention-rules',
    {
      config: { access: { right: 'retention.decide' }, idempotent: true },
      schema: {
        operationId: 'makeRetentionRule',
        summary: 'Set how long a class is kept from a day on',
        description: 'Nothing that was set before is changed. An entry in the ledger.',
        tags,
        body: RetentionRuleRequest,
        response: { 201: RetentionRuleShape, ...problemResponses('effective-day-past') },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { retentionClass, months, effectiveFrom, reason } = request.body
        const rule = await makeRule(deps.platform, trx, request.caller, {
          retentionClass,
          months,
          effectiveFrom: toCivilDate(effectiveFrom),
          reason,
        })
        return { status: 201, body: toAnswer(rule) }
      }),
  )
}

function toAnswer({ entryId: _entryId, ...rule }: RetentionRule) {
  return rule
}
