import { actRoutes, assignmentRoutes, ceremonyOfferRoutes } from '#acknowledgements'
import { agreementRoutes } from '#agreements'
import { annexRoutes } from '#annexes'
import { attestationRoutes, identityCheckRoutes, matrixRoutes } from '#assurance'
import {
  createPersonAuthenticator,
  createPersonSessions,
  meansRoutes,
  sessionRoutes,
  signInRoutes,
} from '#authentication'
import {
  authenticateLink,
  ceremonyRoutes,
  createActRecorder,
  createActWriter,
  requesterOf,
  visitRoutes,
} from '#ceremonies'
import { signedCopyRoutes } from '#executed-copies'
import { denialRoutes } from '#denials'
import { clauseRoutes } from '#clauses'
import { taskRoutes, whatIfRoutes } from '#changes'
import type { Database } from '#database'
import { anchorRoutes } from '#anchors'
import { continuityRoutes } from '#continuity'
import {
  attributionRoutes,
  dossierReportRoutes,
  dossierRoutes,
  evidenceBundleRoutes,
  ledgerRoutes,
  ledgerTileRoutes,
  verifierPageRoutes,
} from '#disputes'
import type { RenderPool } from '#documents'
import { exitRoutes } from '#exits'
import type { AnyRequest, HttpServer } from '#http'
import { buildServer, createPaging } from '#http'
import { createKeyring, identityRoutes, roleNames } from '#identity'
import { legalCheckRoutes, legalQuestionRoutes } from '#legal-checks'
import { letterRoutes } from '#letters'
import { queueNoticeEverywhere } from '#messages'
import { obligationRoutes } from '#obligations'
import { personRoutes } from '#people'
import type { Platform } from '#platform'
import { policyRoutes } from '#policies'
import { createCscMethod, createWebauthnMethod, cscCallbackRoute, cscProviderRoutes, signingRoutes } from '#signing' // prettier-ignore
import { pageRelease, portalRoutes } from '#portal'
import { preservationRoutes } from '#preservation'
import {
  contractDocumentRoutes,
  contractRoutes,
  createContractExaminer,
  employerRoutes,
  employmentRoutes,
} from '#employments'
import { createDocumentExaminer, recognitionRoutes } from '#recognition'
import type { DocumentExaminer } from '#recognition'
import { holdRoutes, retentionRoutes } from '#retention'
import { createProviderDirectory, personSignInRoutes, providerRoutes, rebindingRoutes } from '#single-sign-on'
import type { TellPerson } from '#single-sign-on'
import { createStaffAuthority, staffRoutes } from '#staff'
import type { EgressRules } from '#webhooks'
import { eventDocumentation, webhookRoutes } from '#webhooks'
import { healthRoutes } from './health-routes.ts'
import { metricsRoutes } from './metrics-routes.ts'
import { personRecords } from './person-records.ts'
import { apiVersion, contact } from './product.ts'
import type { SigningOptions } from './signing-composition.ts'
import { remoteSigningDeps, signingDeps } from './signing-composition.ts'

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
  /** Where identity providers may be; only on the public Internet unless said. */
  readonly signOnEgress?: EgressRules
  /** Who may read the metrics from elsewhere; nobody without it. */
  readonly metricsToken?: string | undefined
  readonly trustedProxies?: readonly string[]
  /** The address that people use; receipts carry a code with it, and say how to check offline without one. */
  readonly publicUrl?: string | undefined
  /** What keys of persons are bound to, and whose attestation counts. */
  readonly signing?: SigningOptions
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
      staff: createStaffAuthority({ platform, database }),
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
  const signing = signingDeps(
    deps,
    () => server,
    () => pageRelease(),
  )
  const remoteSigning = remoteSigningDeps(signing, deps, () => server)
  const signingMethods = [createWebauthnMethod(signing), createCscMethod(remoteSigning)]
  const examiner = deps.examiner ?? createDocumentExaminer()
  const contractExaminer = createContractExaminer()
  const signOnEgress = deps.signOnEgress ?? { allowLoopback: false }
  const rooms = {
    ...deps,
    signing,
    signingMethods,
    requesterOf: (request: AnyRequest) => requesterOf(deps, request),
    examiner,
    contractExaminer,
    personRecords,
    paging,
    writer,
    keyring,
    wakeDelivery: deps.wakeJobs,
    signOnEgress,
    directory: createProviderDirectory(platform, signOnEgress),
    personSessions: createPersonSessions({ platform, database }),
    roleNames,
    tellPerson: ((trx, organisationId, notice) =>
      queueNoticeEverywhere(trx, organisationId, platform.newId, {
        ...notice,
        facts: {},
      })) satisfies TellPerson,
  }
  server.register(async (scope: HttpServer) => {
    healthRoutes(scope, rooms)
    identityRoutes(scope, rooms)
    personRoutes(scope, rooms)
    policyRoutes(scope, rooms)
    clauseRoutes(scope, rooms)
    legalCheckRoutes(scope, rooms)
    legalQuestionRoutes(scope)
    employmentRoutes(scope, rooms)
    contractRoutes(scope, rooms)
    contractDocumentRoutes(scope, rooms)
    employerRoutes(scope, rooms)
    taskRoutes(scope, rooms)
    whatIfRoutes(scope, rooms)
    letterRoutes(scope, rooms)
    obligationRoutes(scope, rooms)
    annexRoutes(scope, rooms)
    agreementRoutes(scope, rooms)
    exitRoutes(scope, rooms)
    assignmentRoutes(scope, rooms)
    ceremonyOfferRoutes(scope, rooms)
    actRoutes(scope, rooms)
    ceremonyRoutes(scope, rooms)
    signingRoutes(scope, rooms)
    cscProviderRoutes(scope, remoteSigning)
    cscCallbackRoute(scope)
    denialRoutes(scope, rooms)
    visitRoutes(scope, rooms)
    sessionRoutes(scope, rooms)
    signInRoutes(scope, rooms)
    meansRoutes(scope, rooms)
    matrixRoutes(scope, rooms)
    attestationRoutes(scope, rooms)
    identityCheckRoutes(scope, rooms)
    providerRoutes(scope, rooms)
    personSignInRoutes(scope, rooms)
    rebindingRoutes(scope, rooms)
    staffRoutes(scope, rooms)
    signedCopyRoutes(scope, rooms)
    dossierRoutes(scope, rooms)
    dossierReportRoutes(scope, rooms)
    attributionRoutes(scope, rooms)
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
    portalRoutes(scope, rooms)
  })
  server.addHook('onClose', () => writer.drain())
  server.addHook('onClose', () => examiner.close())
  server.addHook('onClose', () => contractExaminer.close())
  return server
}
