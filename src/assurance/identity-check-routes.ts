import { Type } from 'typebox'
import type { EntryId, PersonId } from '#core'
import { civilDateIn, problem, toCivilDate } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller, HttpServer } from '#http'
import { CivilDateText, InstantText, oneOf, problemResponses, runOnce, strictObject, Uuid } from '#http'
import type { Platform } from '#platform'
import { findAttestable } from './attestation-store.ts'
import type { IdentityCheck } from './identity-check-store.ts'
import { identityDocuments, insertIdentityCheck, listIdentityChecks } from './identity-check-store.ts'
import type { AssuranceDeps } from './matrix-routes.ts'

const tags = ['assurance']
const PersonParams = strictObject({ personId: Uuid })
const documentKind = oneOf(identityDocuments, { description: 'Which proof of identity was held against the person.' }) // prettier-ignore

const IdentityCheckShape = strictObject(
  {
    identityCheckId: Uuid,
    personId: Uuid,
    documentKind,
    checkedOn: CivilDateText,
    recordedBy: Uuid,
    recordedAt: InstantText,
    proves: Type.String({ description: 'What this record is worth.' }),
  },
  { $id: 'IdentityCheck', description: 'The employer’s own word that a proof of identity was seen together with its holder.' }, // prettier-ignore
)

const proves =
  'That the employer said on that day that it had held this proof of identity against the person. It holds no number and no ' +
  'copy, and does not say that a key or a login is the person’s.'

/** Adds what the employer records about seeing a person's proof of identity: one person at a time. */
export function identityCheckRoutes(server: HttpServer, deps: AssuranceDeps): void {
  server.post(
    '/v1/persons/:personId/identity-checks',
    {
      config: { access: { right: 'identity-check.record' }, idempotent: true },
      schema: {
        operationId: 'recordIdentityCheck',
        summary: 'Record that a person’s proof of identity was seen',
        description:
          'By whoever of the employer held the document against the person. What is signed afterwards counts as signed by ' +
          'somebody whose identity was proven in this way; what was signed before does not. An entry in the ledger.',
        tags,
        params: PersonParams,
        body: strictObject({ documentKind, checkedOn: CivilDateText }, { $id: 'IdentityCheckRequest' }),
        response: { 201: IdentityCheckShape, ...problemResponses('attested-day-ahead', 'person-not-found') },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { entryId: _, ...check } = await recordIdentityCheck(deps.platform, trx, request.caller, {
          personId: request.params.personId as PersonId,
          documentKind: request.body.documentKind,
          checkedOn: toCivilDate(request.body.checkedOn),
        })
        return { status: 201, body: { ...check, proves } }
      }),
  )
  server.get(
    '/v1/persons/:personId/identity-checks',
    {
      config: { access: { right: 'act.read' } },
      schema: {
        operationId: 'listIdentityChecks',
        summary: 'List when a person’s proof of identity was seen',
        tags,
        params: PersonParams,
        response: {
          200: strictObject({ items: Type.Array(IdentityCheckShape) }, { $id: 'IdentityChecks' }),
          ...problemResponses('person-not-found'),
        },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const personId = request.params.personId as PersonId
      const checks = await deps.database.readInOrganisation(organisationId, async (trx) => {
        const { personFound } = await findAttestable(trx, organisationId, personId, null)
        if (!personFound) throw problem('person-not-found')
        return listIdentityChecks(trx, organisationId, [personId])
      })
      return { items: checks.map(({ entryId: _, ...check }) => ({ ...check, proves })) }
    },
  )
}

/** Records a check with its entry. Throws `attested-day-ahead` and `person-not-found`. */
async function recordIdentityCheck(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  wanted: Pick<IdentityCheck, 'personId' | 'documentKind' | 'checkedOn'>,
): Promise<IdentityCheck> {
  const { organisationId, clientId } = caller
  const recordedAt = platform.clock()
  if (wanted.checkedOn > civilDateIn(recordedAt)) throw problem('attested-day-ahead')
  const { personFound } = await findAttestable(trx, organisationId, wanted.personId, null)
  if (!personFound) throw problem('person-not-found')
  const identityCheckId = platform.newId()
  const entryId = platform.newId() as EntryId
  const facts = { identityCheckId, ...wanted, recordedBy: clientId }
  await appendEntries(platform, trx, organisationId, [
    { entryId, kind: 'identity-checked', at: recordedAt, facts },
  ])
  const check = { ...wanted, identityCheckId, recordedBy: clientId, recordedAt, entryId }
  await insertIdentityCheck(trx, organisationId, check)
  return check
}
