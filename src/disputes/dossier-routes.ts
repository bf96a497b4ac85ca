import type { Static } from 'typebox'
import type { DossierId, OrganisationId, PersonId, PolicyId } from '#core'
import { problem, sha256 } from '#core'
import { readWitnessPolicy } from '#anchors'
import type { HttpServer } from '#http'
import { fileResponse, problemResponses, runOnce, sendDownload } from '#http'
import { findOrganisation } from '#organisations'
import { dossierFile } from './archive-actions.ts'
import type { ArchiveDeps } from './archive-actions.ts'
import { makeDossier } from './dossier-actions.ts'
import { DossierParams, DossierRequest, DossierShape, OrganisationParams, VerificationKeysShape } from './dossier-schemas.ts' // prettier-ignore
import { getDossier } from './dossier-store.ts'
import type { Dossier, DossierSubject, FrozenDossier } from './dossier.ts'
import { verificationKeys } from './verification-keys.ts'

export type DisputeDeps = ArchiveDeps & {
  /** Looks for background work now. */
  readonly wakeJobs: () => void
}

/** Adds the routes about dossiers, and the public one about the keys to check them with. */
export function dossierRoutes(server: HttpServer, deps: DisputeDeps): void {
  createRoute(server, deps)
  readRoutes(server, deps)
  keysRoute(server, deps)
}

function createRoute(server: HttpServer, deps: DisputeDeps): void {
  server.post(
    '/v1/dossiers',
    {
      config: { access: { right: 'dossier.create' }, idempotent: true },
      schema: {
        operationId: 'createDossier',
        summary: 'Freeze a dossier of a person or a policy',
        description:
          'The dossier is frozen at the present size of the ledger. That it was made is an entry too. Its file is ready once that checkpoint has a timestamp from outside, or none could be had: a matter of seconds.',
        tags: ['disputes'],
        body: DossierRequest,
        response: { 201: DossierShape, ...problemResponses('ledger-not-found', 'person-not-found', 'policy-not-found', 'dossier-too-large') }, // prettier-ignore
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { subject, purpose, ledgerOrigin } = request.body
        const dossier = await makeDossier(deps.platform, trx, request.caller, {
          subject: toSubject(subject),
          purpose,
          ...(ledgerOrigin === undefined ? {} : { ledgerOrigin }),
        })
        return { status: 201, location: `/v1/dossiers/${dossier.dossierId}`, body: toAnswer(dossier, null) }
      }).finally(deps.wakeJobs),
  )
}

function toSubject(subject: Static<typeof DossierRequest>['subject']): DossierSubject {
  return 'personId' in subject
    ? { kind: 'person', personId: subject.personId as PersonId }
    : { kind: 'policy', policyId: subject.policyId as PolicyId }
}

function toAnswer(dossier: Dossier, frozen: FrozenDossier | null) {
  const { dossierId, subject, purpose, treeSize, createdAt, createdBy } = dossier
  const id = subject.kind === 'person' ? subject.personId : subject.policyId
  return {
    dossierId,
    subject: { kind: subject.kind, id },
    purpose,
    treeSize,
    createdAt,
    createdBy,
    state: frozen === null ? ('anchoring' as const) : ('ready' as const),
    unanchoredBecause: frozen?.unanchoredBecause ?? null,
  }
}

function readRoutes(server: HttpServer, deps: DisputeDeps): void {
  server.get(
    '/v1/dossiers/:dossierId',
    {
      config: { access: { right: 'dossier.read' } },
      schema: {
        operationId: 'getDossier',
        summary: 'Read what a dossier is about',
        tags: ['disputes'],
        params: DossierParams,
        response: { 200: DossierShape, ...problemResponses('dossier-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const dossierId = request.params.dossierId as DossierId
      const dossier = await deps.database.readInOrganisation(organisationId, (trx) =>
        getDossier(trx, organisationId, dossierId),
      )
      return toAnswer(dossier, dossier.frozen)
    },
  )
  server.get(
    '/v1/dossiers/:dossierId/content',
    {
      config: { access: { right: 'dossier.read' } },
      schema: {
        operationId: 'downloadDossier',
        summary: 'Download the file of a dossier',
        description:
          'A ZIP with documents, entries, proofs and keys that can be checked offline; the same bytes each time, until content in it is erased.',
        tags: ['disputes'],
        params: DossierParams,
        response: {
          200: fileResponse('application/zip', 'The dossier.'),
          ...problemResponses('dossier-not-found', 'dossier-not-ready'),
        },
      },
    },
    async (request, reply) => {
      const dossierId = request.params.dossierId as DossierId
      const bytes = await dossierFile(deps, request.caller.organisationId, dossierId)
      return sendDownload(request, reply, {
        bytes,
        sha256: sha256(bytes),
        mediaType: 'application/zip',
        fileName: `dossier-${dossierId}.zip`,
      })
    },
  )
}

function keysRoute(server: HttpServer, deps: DisputeDeps): void {
  server.get(
    '/v1/organisations/:organisationId/verification-keys',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'getVerificationKeys',
        summary: 'Read the public keys of an organisation',
        description:
          'Public for ever. Pin them from a second source: keys that come with what they check prove nothing.',
        tags: ['disputes'],
        params: OrganisationParams,
        response: { 200: VerificationKeysShape, ...problemResponses('organisation-not-found') },
      },
    },
    async (request) => {
      const organisationId = request.params.organisationId as OrganisationId
      return deps.database.readInOrganisation(organisationId, async (trx) => {
        const organisation = await findOrganisation(trx, organisationId)
        if (organisation === undefined) throw problem('organisation-not-found')
        const keys = await verificationKeys(trx, organisationId)
        return {
          organisationId,
          organisationName: organisation.name,
          ...keys,
          tsaRootsPem: deps.tsaRootsPem,
          witnessPolicy: await readWitnessPolicy(trx, organisationId),
        }
      })
    },
  )
}
