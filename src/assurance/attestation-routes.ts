import { Type } from 'typebox'
import type { AssignmentId, EntryId, PersonId } from '#core'
import { civilDateIn, problem, sha256Base64Url, toBase64Url, toCivilDate } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller, HttpServer } from '#http'
import { CivilDateText, InstantText, oneOf, orNull, problemResponses, runOnce, strictObject, Uuid } from '#http' // prettier-ignore
import type { Platform } from '#platform'
import type { Attestation } from './attestation-store.ts'
import { attestationKinds, findAttestable, insertAttestation, listAttestations } from './attestation-store.ts'
import type { AssuranceDeps } from './matrix-routes.ts'

const tags = ['assurance']
const kind = oneOf(attestationKinds)
const Sha256Hex = Type.String({ minLength: 64, maxLength: 64, pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of a scan or file that the organisation keeps.' }) // prettier-ignore

const AttestationShape = strictObject(
  {
    attestationId: Uuid,
    personId: Uuid,
    assignmentId: orNull(Uuid),
    kind,
    happenedOn: CivilDateText,
    what: orNull(Type.String({ description: 'What the organisation says happened; null once it was erased.' })), // prettier-ignore
    evidenceSha256: orNull(Type.String()),
    attestedBy: Uuid,
    attestedAt: InstantText,
    proves: Type.String({ description: 'What this record is worth.' }),
  },
  { $id: 'Attestation', description: 'The employer’s own word. Never an act of the person.' },
)

const proves = 'Only that the employer said so on that day. It is no act of the person and answers nothing.'

/** Adds what the employer may record of things that happened without an own act: one person at a time, beside every act. */
export function attestationRoutes(server: HttpServer, deps: AssuranceDeps): void {
  server.post(
    '/v1/attestations',
    {
      config: { access: { right: 'attestation.make' }, idempotent: true },
      schema: {
        operationId: 'makeAttestation',
        summary: 'Record that something happened on paper, orally, in a workshop or elsewhere',
        description:
          'The employer’s own word about one person. It answers no assignment, changes no state, and never stands where an ' +
          'act of the person stands. There is no way to make many at once. An entry in the ledger.',
        tags,
        body: strictObject(
          {
            personId: Uuid,
            assignmentId: Type.Optional(Uuid),
            kind,
            happenedOn: CivilDateText,
            what: Type.String({ minLength: 1, maxLength: 2000 }),
            evidenceSha256: Type.Optional(Sha256Hex),
          },
          { $id: 'AttestationRequest' },
        ),
        response: { 201: AttestationShape, ...problemResponses('assignment-not-found', 'attested-day-ahead', 'person-not-found') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { personId, assignmentId, happenedOn, what, evidenceSha256, kind: said } = request.body
        const made = await makeAttestation(deps.platform, trx, request.caller, {
          personId: personId as PersonId,
          assignmentId: (assignmentId ?? null) as AssignmentId | null,
          kind: said,
          happenedOn: toCivilDate(happenedOn),
          what,
          evidenceSha256: evidenceSha256 ?? null,
        })
        const body = { ...made, proves }
        // What is kept under the key has no words: those go with the person, and keys do not.
        return { status: 201, body, bodyAfterwards: { ...body, what: null } }
      }),
  )
  server.get(
    '/v1/persons/:personId/attestations',
    {
      config: { access: { right: 'act.read' } },
      schema: {
        operationId: 'listAttestations',
        summary: 'List what the employer recorded about a person without an own act',
        tags,
        params: strictObject({ personId: Uuid }),
        querystring: strictObject({ assignmentId: Type.Optional(Uuid) }),
        response: {
          200: strictObject({ items: Type.Array(AttestationShape) }, { $id: 'Attestations' }),
          ...problemResponses('person-not-found'),
        },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const personId = request.params.personId as PersonId
      const assignmentId = request.query.assignmentId as AssignmentId | undefined
      const items = await deps.database.readInOrganisation(organisationId, async (trx) => {
        const { personFound } = await findAttestable(trx, organisationId, personId, null)
        if (!personFound) throw problem('person-not-found')
        return listAttestations(trx, organisationId, { personId, assignmentId })
      })
      return { items: items.map((each) => ({ ...each, proves })) }
    },
  )
}

type Wanted = Omit<Attestation, 'attestationId' | 'attestedBy' | 'attestedAt' | 'what'> & {
  readonly what: string
}

/** Records an attestation. The entry commits to its words under a salt that goes with the person. */
async function makeAttestation(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  wanted: Wanted,
): Promise<Attestation> {
  const { organisationId, clientId } = caller
  const attestedAt = platform.clock()
  if (wanted.happenedOn > civilDateIn(attestedAt)) throw problem('attested-day-ahead')
  const { personFound, assignmentFound } = await findAttestable(trx, organisationId, wanted.personId, wanted.assignmentId) // prettier-ignore
  if (!personFound) throw problem('person-not-found')
  if (!assignmentFound) throw problem('assignment-not-found')
  const attestationId = platform.newId()
  const entryId = platform.newId() as EntryId
  const salt = platform.randomBytes(16)
  const { what, ...rest } = wanted
  const whatSha256 = sha256Base64Url(`${toBase64Url(salt)}.${what}`)
  const facts = { attestationId, ...rest, whatSha256, attestedBy: clientId }
  await appendEntries(platform, trx, organisationId, [
    { entryId, kind: 'attestation-made', at: attestedAt, facts },
  ])
  const made = { ...wanted, attestationId, attestedBy: clientId, attestedAt }
  await insertAttestation(trx, organisationId, { ...made, salt, entryId })
  return made
}
