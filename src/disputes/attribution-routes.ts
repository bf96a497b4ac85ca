import { Type } from 'typebox'
import { readAct } from '#ceremonies'
import type { ActId, PersonId } from '#core'
import { problem, sha256 } from '#core'
import type { HttpServer } from '#http'
import { fileResponse, InstantText, oneOf, orNull, problemResponses, runOnce, sendDownload, strictObject, Uuid } from '#http' // prettier-ignore
import { makePack, packFile } from './attribution-actions.ts'
import { getPack } from './attribution-store.ts'
import { subjects, type Attribution } from './attribution.ts'
import type { DisputeDeps } from './dossier-routes.ts'

const ActParams = strictObject({ actId: Uuid })
const PackParams = strictObject({ packId: Uuid })
const Value = Type.Unsafe<string | number | boolean | null>({ type: ['string', 'number', 'boolean', 'null'] })

const PackRequestShape = strictObject(
  {
    purpose: Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'Why it is asked for. Goes into the ledger.',
    }),
    custodian: Type.Optional(
      strictObject(
        {
          text: Type.String({ minLength: 1, maxLength: 8000 }),
          by: Type.String({ minLength: 1, maxLength: 200 }),
        },
        {
          description:
            'How the system works, who operates it and which keys there are, by somebody of the employer.',
        },
      ),
    ),
  },
  { $id: 'AttributionPackRequest' },
)

const PackShape = strictObject(
  {
    packId: Uuid,
    actId: Uuid,
    dossierId: Uuid,
    attributionSha256: Type.String({
      description: 'SHA-256 of attribution.json, as it stands in the ledger.',
    }),
    madeAt: InstantText,
    status: orNull(
      Type.String({ description: 'What held for the act then; null once the content was erased.' }),
    ),
    statements: Type.Array(
      strictObject({
        subject: oneOf(subjects),
        outcome: oneOf(['shown', 'missing', 'lawyer']),
        reason: Type.String(),
        details: Type.Array(Type.Record(Type.String(), Value)),
        evidence: Type.Array(strictObject({ entryIndex: Type.Integer(), fact: orNull(Type.String()), inDossier: Type.Boolean() })), // prettier-ignore
      }),
    ),
    missing: Type.Array(oneOf(subjects), { description: 'Of what nothing is recorded.' }),
  },
  { $id: 'AttributionPack', description: 'What is known about whose act it is. It concludes nothing.' },
)

/** Adds what a lawyer needs when an act is denied: everything that is recorded about whose act it is, and what is not. */
export function attributionRoutes(server: HttpServer, deps: DisputeDeps): void {
  server.post(
    '/v1/acts/:actId/attribution-packs',
    {
      config: { access: { right: 'dossier.create' }, idempotent: true },
      schema: {
        operationId: 'createAttributionPack',
        summary: 'Put together what is known about whose act it is',
        description:
          'With a dossier of the person that its statements point into. It says what is recorded, what is missing and what is for a lawyer, and never whose act it is. That it was made is an entry.',
        tags: ['disputes'],
        params: ActParams,
        body: PackRequestShape,
        response: { 201: PackShape, ...problemResponses('act-not-found', 'content-erased', 'dossier-too-large', 'ledger-not-found') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { organisationId } = request.caller
        const actId = request.params.actId as ActId
        const { purpose, custodian = null } = request.body
        const { facts } = await readAct(trx, organisationId, actId).catch(() => {
          throw problem('act-not-found')
        })
        const personId = facts.get('personId')
        if (typeof personId !== 'string') throw problem('content-erased')
        const made = await makePack(deps.platform, trx, request.caller, { actId, personId: personId as PersonId, purpose, custodian }) // prettier-ignore
        return {
          status: 201,
          location: `/v1/attribution-packs/${made.pack.packId}`,
          body: toAnswer(made.pack, made.attribution),
        }
      }).finally(deps.wakeJobs),
  )
  readRoutes(server, deps)
}

function readRoutes(server: HttpServer, deps: DisputeDeps): void {
  const config = { access: { right: 'dossier.read' } } as const
  server.get(
    '/v1/attribution-packs/:packId',
    {
      config,
      schema: {
        operationId: 'getAttributionPack',
        summary: 'Read what is known about whose act it is',
        tags: ['disputes'],
        params: PackParams,
        response: { 200: PackShape, ...problemResponses('attribution-pack-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const pack = await deps.database.readInOrganisation(organisationId, (trx) => getPack(trx, organisationId, request.params.packId)) // prettier-ignore
      return toAnswer(pack, pack.attribution === null ? null : (JSON.parse(pack.attribution) as Attribution))
    },
  )
  server.get(
    '/v1/attribution-packs/:packId/content',
    {
      config,
      schema: {
        operationId: 'downloadAttributionPack',
        summary: 'Download a pack with its dossier',
        description:
          'A ZIP with attribution.json, the same as text in Dutch and English, the dossier that it points into (dossier.zip, which every verifier checks), and signed sums.',
        tags: ['disputes'],
        params: PackParams,
        response: {
          200: fileResponse('application/zip', 'The pack.'),
          ...problemResponses('attribution-pack-not-found', 'content-erased', 'dossier-not-ready'),
        },
      },
    },
    async (request, reply) => {
      const { packId } = request.params
      const bytes = await packFile(deps, request.caller.organisationId, packId)
      return sendDownload(request, reply, { bytes, sha256: sha256(bytes), mediaType: 'application/zip', fileName: `attribution-${packId}.zip` }) // prettier-ignore
    },
  )
}

function toAnswer(
  pack: { readonly packId: string; readonly actId: string; readonly dossierId: string; readonly attributionSha256: string; readonly madeAt: string }, // prettier-ignore
  attribution: Attribution | null,
) {
  const { packId, actId, dossierId, attributionSha256, madeAt } = pack
  return {
    packId,
    actId,
    dossierId,
    attributionSha256,
    madeAt,
    status: attribution?.act.status ?? null,
    statements: (attribution?.statements ?? []).map((each) => ({ ...each, details: each.details.map((row) => ({ ...row })), evidence: [...each.evidence] })), // prettier-ignore
    missing: [...(attribution?.missing ?? [])],
  }
}
