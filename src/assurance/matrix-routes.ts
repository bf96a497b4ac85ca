import { Type } from 'typebox'
import type { CivilDate, EntryId } from '#core'
import { civilDateIn, problem, toCivilDate } from '#core'
import type { Database, Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller, HttpServer } from '#http'
import { CivilDateText, InstantText, oneOf, problemResponses, runOnce, strictObject, Uuid } from '#http'
import type { Platform } from '#platform'
import { assurances } from './assurance.ts'
import { decideRule, requirementOn } from './matrix-decisions.ts'
import type { MadeRule } from './matrix-store.ts'
import { insertRule, listRules } from './matrix-store.ts'
import type { PurposeRule } from './purpose.ts'
import { defaultMatrix, purposes } from './purpose.ts'
import { fitnessOf } from './start-decisions.ts'

export type AssuranceDeps = { readonly platform: Platform; readonly database: Database }

const tags = ['assurance']
const purpose = oneOf(purposes)
const level = oneOf(assurances)
const minReadingSeconds = Type.Integer({ minimum: 0, maximum: 3600, description: 'How long the text must stand before the person, in seconds.' }) // prettier-ignore
const reason = Type.String({ minLength: 1, maxLength: 2000, description: 'Why, in words that hold later.' })

const AssuranceRuleShape = strictObject(
  { ruleId: Uuid, purpose, level, minReadingSeconds, effectiveFrom: CivilDateText, reason: Type.String(), madeBy: Uuid, madeAt: InstantText }, // prettier-ignore
  { $id: 'AssuranceRule' },
)

const AssuranceMatrixShape = strictObject(
  {
    day: CivilDateText,
    purposes: Type.Array(
      strictObject({
        purpose,
        level,
        minReadingSeconds,
        matrixVersion: Type.String({ description: 'The rule that says so, or the built-in matrix.' }),
        builtInLevel: level,
        fitness: oneOf(['pass', 'lawyer', 'fail'], {
          description: 'What the law file’s purpose matrix says of an act at this very level.',
        }),
      }),
    ),
    rules: Type.Array(AssuranceRuleShape),
  },
  { $id: 'AssuranceMatrix' },
)

/** Adds the routes about what each purpose asks. A rule is never changed: a new one takes over from its day on. */
export function matrixRoutes(server: HttpServer, deps: AssuranceDeps): void {
  server.get(
    '/v1/assurance-matrix',
    {
      config: { access: { right: 'any' } },
      schema: {
        operationId: 'getAssuranceMatrix',
        summary: 'Read how well a person must be known for each purpose',
        description: 'On a day, today unless one is named; with every rule that was ever made.',
        tags,
        querystring: strictObject({ day: Type.Optional(CivilDateText) }),
        response: { 200: AssuranceMatrixShape, ...problemResponses() },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const day = request.query.day === undefined ? civilDateIn(deps.platform.clock()) : toCivilDate(request.query.day) // prettier-ignore
      const rules = await deps.database.readInOrganisation(organisationId, (trx) =>
        listRules(trx, organisationId),
      )
      return { day, purposes: purposes.map((each) => rowOn(each, rules, day)), rules }
    },
  )
  server.post(
    '/v1/assurance-rules',
    {
      config: { access: { right: 'assurance.set' }, idempotent: true },
      schema: {
        operationId: 'makeAssuranceRule',
        summary: 'Set how well a person must be known for a purpose, from a day on',
        description: 'Never less than what is built in. Nothing that was set before is changed. An entry in the ledger.', // prettier-ignore
        tags,
        body: strictObject({ purpose, level, minReadingSeconds, effectiveFrom: CivilDateText, reason }, { $id: 'AssuranceRuleRequest' }), // prettier-ignore
        response: { 201: AssuranceRuleShape, ...problemResponses('effective-day-past', 'level-below-built-in') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { effectiveFrom, ...wanted } = request.body
        const rule = await makeRule(deps.platform, trx, request.caller, { ...wanted, effectiveFrom: toCivilDate(effectiveFrom) }) // prettier-ignore
        return { status: 201, body: rule }
      }),
  )
}

function rowOn(each: PurposeRule['purpose'], rules: readonly MadeRule[], day: CivilDate) {
  const requirement = requirementOn(each, rules, day)
  return { purpose: each, ...requirement, builtInLevel: defaultMatrix[each].level, fitness: fitnessOf(each, requirement.level) } // prettier-ignore
}

/** Makes a rule, and records it in the ledger. Throws `effective-day-past` and `level-below-built-in`. */
async function makeRule(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  wanted: PurposeRule & { readonly effectiveFrom: CivilDate; readonly reason: string },
): Promise<MadeRule> {
  const madeAt = platform.clock()
  const refusal = decideRule(wanted, civilDateIn(madeAt))
  if (refusal !== undefined) throw problem(refusal)
  const ruleId = platform.newId()
  const entryId = platform.newId() as EntryId
  const facts = { ruleId, ...wanted, madeBy: caller.clientId }
  await appendEntries(platform, trx, caller.organisationId, [
    { entryId, kind: 'assurance-rule-made', at: madeAt, facts },
  ])
  const rule: MadeRule = { ruleId, ...wanted, madeBy: caller.clientId, madeAt }
  await insertRule(trx, caller.organisationId, { ...rule, entryId })
  return rule
}
