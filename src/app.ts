import { actRoutes, assignmentRoutes } from '#acknowledgements'
import { attestationRoutes, matrixRoutes } from '#assurance'
import { createPersonAuthenticator, meansRoutes, sessionRoutes, signInRoutes } from '#authentication'
import {
  authenticateLink,
  ceremonyPageRoutes,
  ceremonyRoutes,
  createActRecorder,
  createActWriter,
  visitRoutes,
} from '#ceremonies'
import { annexRoutes } from '#annexes'
import type { Database } from '#database'
import { anchorRoutes } from '#anchors'
import { continuityRoutes } from '#continuity'
import {
  dossierReportRoutes,
  dossierRoutes,
  evidenceBundleRoutes,
  ledgerRoutes,
  ledgerTileRoutes,
  verifierPageRoutes,
} from '#disputes'
import type { RenderPool } from '#documents'
import type { HttpServer } from '#http'
import { buildServer, createPaging } from '#http'
import { createKeyring, identityRoutes } from '#identity'
import { letterRoutes } from '#letters'
import { personRoutes } from '#people'
import type { Platform } from '#platform'
import { policyRoutes } from '#policies'
import { preservationRoutes } from '#preservation'
import { createDocumentExaminer, recognitionRoutes } from '#recognition'
import type { DocumentExaminer } from '#recognition'
import { holdRoutes, retentionRoutes } from '#retention'
import type { EgressRules } from '#webhooks'
import { eventDocumentation, webhookRoutes } from '#webhooks'
import { healthRoutes } from './health-routes.ts'
import { metricsRoutes } from './metrics-routes.ts'
import { apiVersion, contact } from './product.ts'

/** What the API is made of. Everything that touches the outside is handed in. */
export type AppDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly pool: RenderPool
  /** Looks for background work now. */
  readonly wakeJobs: () => void
  /** The roots under which timestamps of this installation may stand. */
  readonly tsaRootsPem: string
  /** Where webhooks may go. */
  readonly egress: EgressRules
  /** Who may read the metrics from elsewhere; nobody without it. */
  readonly metricsToken?: string | undefined
  readonly trustedProxies?: readonly string[]
  /** The address that people use; receipts carry a code with it, and say how to check offline without one. */
  readonly publicUrl?: string | undefined
  /** Reads uploaded files; the processes of this installation unless others are handed in. */
  readonly examiner?: DocumentExaminer
}

/** The API and the employee's page as one server, not listening yet. Closing it answers what is under way first. */
export function buildApp(deps: AppDeps): HttpServer {
  const { platform, database } = deps
  const paging = createPaging(platform.secrets.derive('cursor'))
  const keyring = createKeyring({ platform, database })
  const writer = createActWriter(createActRecorder({ platform, database }), (error) =>
    platform.log.warn({ err: error }, 'a batch of acts failed and is tried again'),
  )
  const server = buildServer(
    {
      log: platform.log,
      newId: platform.newId,
      authenticateKey: keyring.authenticate,
      authenticateLink,
      authenticatePerson: createPersonAuthenticator({ platform, database }),
      metrics: platform.metrics,
    },
    {
      apiVersion,
      contact,
      trustedProxies: deps.trustedProxies ?? [],
      webhooks: eventDocumentation,
      publicUrl: deps.publicUrl,
    },
  )
  const examiner = deps.examiner ?? createDocumentExaminer()
  const rooms = { ...deps, examiner, paging, writer, keyring, wakeDelivery: deps.wakeJobs }
  server.register(async (scope: HttpServer) => {
    healthRoutes(scope, rooms)
    identityRoutes(scope, rooms)
    personRoutes(scope, rooms)
    policyRoutes(scope, rooms)
    letterRoutes(scope, rooms)
    assignmentRoutes(scope, rooms)
    actRoutes(scope, rooms)
    ceremonyPageRoutes(scope)
    ceremonyRoutes(scope, rooms)
    visitRoutes(scope, rooms)
    sessionRoutes(scope, rooms)
    signInRoutes(scope, rooms)
    meansRoutes(scope, rooms)
    matrixRoutes(scope, rooms)
    attestationRoutes(scope, rooms)
    annexRoutes(scope, rooms)
    dossierRoutes(scope, rooms)
    dossierReportRoutes(scope, rooms)
    ledgerRoutes(scope, rooms)
    ledgerTileRoutes(scope, rooms)
    evidenceBundleRoutes(scope, rooms)
    anchorRoutes(scope, rooms)
    continuityRoutes(scope, rooms)
    preservationRoutes(scope, rooms)
    holdRoutes(scope, rooms)
    retentionRoutes(scope, rooms)
    webhookRoutes(scope, rooms)
    metricsRoutes(scope, rooms)
    verifierPageRoutes(scope)
    recognitionRoutes(scope, rooms)
  })
  server.addHook('onClose', () => writer.drain())
  server.addHook('onClose', () => examiner.close())
  return server
}
