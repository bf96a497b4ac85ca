import { Type, type Static } from 'typebox'
import type { CivilDate } from '#core'
import { ContractRequest, FactStatementShape, statementsOf } from '#employments'
import type { HttpServer } from '#http'
import { CivilDateText, oneOf, problemResponses, strictObject, Uuid } from '#http'
import { passSentence } from '#jurisdictions'
import { PreviewShape } from '#legal-checks'
import { placeOf, type Need } from './need-decisions.ts'
import type { TaskDeps } from './task-routes.ts'
import { ReasonShape, TaskShape } from './task-schemas.ts'
import { sizeRules, workOf } from './task-words.ts'
import { supposeOf, type WhatIfOfAgreement } from './what-if-actions.ts'

const WhatIfRequest = strictObject(
  {
    on: Type.Optional({ ...CivilDateText, description: 'The day asked about; unless given, the first on which all of this holds.' }), // prettier-ignore
    facts: Type.Optional(Type.Array(FactStatementShape, { maxItems: 50 })),
    contract: Type.Optional(ContractRequest),
    organisation: Type.Optional(
      strictObject({
        headcount: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
        employeeBody: Type.Optional(oneOf(['none', 'pvt', 'or'])),
      }),
    ),
  },
  { $id: 'WhatIfRequest', description: 'What is supposed, on top of what is known.' },
)

const FindingShape = PreviewShape.properties.findings.items
const WouldBe = strictObject({
  kind: TaskShape.properties.kind,
  toDo: TaskShape.properties.toDo,
  reasons: Type.Array(ReasonShape),
  alreadyOpen: Type.Boolean({ description: 'A task of this kind is open already, and would get another ground.' }), // prettier-ignore
})

const WhatIfShape = strictObject(
  {
    on: CivilDateText,
    passMeans: PreviewShape.properties.passMeans,
    agreements: Type.Array(
      strictObject({
        agreementId: Uuid,
        ruleSetVersion: Type.String(),
        regime: Type.String(),
        findings: Type.Array(
          strictObject({
            ...FindingShape.properties,
            differs: Type.Boolean({ description: 'It would come out otherwise than with what is known.' }),
          }),
        ),
        tasks: Type.Array(WouldBe),
      }),
    ),
    organisation: Type.Array(WouldBe),
  },
  { $id: 'WhatIf', description: 'What would follow. Nothing was written.' },
)

/** Adds the route that tells what would follow from a change before it is made. */
export function whatIfRoutes(server: HttpServer, deps: TaskDeps): void {
  server.post(
    '/v1/employments/:employmentId/what-ifs',
    {
      config: { access: { right: 'law.check' } },
      schema: {
        operationId: 'supposeChange',
        summary: 'See what would follow from a change of an employment',
        description: 'Nothing is written, and nothing is opened.',
        tags: ['changes'],
        params: strictObject({ employmentId: Uuid }),
        body: WhatIfRequest,
        response: { 200: WhatIfShape, ...problemResponses('employment-not-found', 'what-if-unfit') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const { on, facts = [], contract, organisation = {} } = request.body
      const supposed = { on: (on as CivilDate | undefined) ?? null, facts: statementsOf(facts), contract: contract ?? null, organisation } // prettier-ignore
      const found = await deps.database.readInOrganisation(organisationId, (trx) =>
        supposeOf(deps.platform, trx, organisationId, request.params.employmentId, supposed),
      )
      return {
        on: found.on,
        passMeans: passSentence,
        agreements: found.agreements.map(toAgreement),
        organisation: found.organisation.map((need) => toTask({ ...need, alreadyOpen: false }, [])),
      }
    },
  )
}

function toAgreement({ agreementId, check, differing, tasks }: WhatIfOfAgreement) {
  const { findings } = check.content
  return {
    agreementId,
    ruleSetVersion: check.ruleSetVersion,
    regime: check.regime,
    findings: findings.map((finding) => ({
      ...finding,
      missing: [...finding.missing],
      differs: differing.has(placeOf(finding)),
    })),
    tasks: tasks.map((need) => toTask(need, findings)),
  }
}

function toTask(
  { kind, reasons, alreadyOpen }: Need & { readonly alreadyOpen: boolean },
  findings: WhatIfOfAgreement['check']['content']['findings'],
): Static<typeof WouldBe> {
  return {
    kind,
    toDo: workOf(kind),
    alreadyOpen,
    reasons: reasons.map((reason) => {
      const finding = findings.find((each) => placeOf(each) === placeOf(reason))
      return {
        ...reason,
        message: finding?.message ?? sizeRules[reason.ruleId]?.message ?? null,
        note: finding?.note ?? null,
        source: finding?.source ?? sizeRules[reason.ruleId]?.source ?? null,
      }
    }),
  }
}
