import { listCopies, ownCopyFile } from '#executed-copies'
import { readAct, receiptCode, receiptDocument } from '#ceremonies'
import type { StoredAct } from '#ceremonies'
import { evidenceLevelOf } from '#assurance'
import type { ActId } from '#core'
import { problem, sha256 } from '#core'
import { actArchive } from '#disputes'
import { listDenialSteps } from '#denials'
import { sendDocumentFile } from '#documents'
import type { RenderPool } from '#documents'
import type { HttpServer } from '#http'
import { sendDownload, strictObject, Uuid } from '#http'
import type { AnyRequest } from '#http'
import { evidenceLimits } from '#ceremonies'
import { actPage } from './act-page.ts'
import type { ActMoment, ShownAct } from './act-page.ts'
import type { ActDeps } from './act-sending.ts'
import { showOwnCeremony } from './own-ceremonies.ts'
import { signedIn } from './ceremony-routes.ts'
import type { SignedIn } from './ceremony-routes.ts'
import { isOwnAct } from './owner-view.ts'
import { anyQuery } from './portal-scope.ts'
import { sendPage } from './visitor.ts'

export type ReceiptPageDeps = ActDeps & {
  readonly pool: RenderPool
  readonly publicUrl?: string | undefined
  readonly tsaRootsPem: string
}

const config = { access: 'person' } as const
const Params = strictObject({ actId: Uuid })
const CopyParams = strictObject({ actId: Uuid, executedCopyId: Uuid })

/** Adds the receipt of an act, and the files that its person keeps of it. */
export function actPageRoutes(scope: HttpServer, deps: ReceiptPageDeps): void {
  pageRoute(scope, deps)
  fileRoutes(scope, deps)
}

/**
 * An act of the person of a session; a visit sees those of its own ceremony only. Throws `act-not-found` for any other, so
 * that nobody learns that it exists.
 */
export async function ownActOf(deps: ActDeps, { session }: SignedIn, actId: ActId): Promise<StoredAct> {
  const { organisationId } = session
  return deps.database.readInOrganisation(organisationId, async (trx) => {
    if (!(await isOwnAct(trx, session, actId))) throw problem('act-not-found')
    return readAct(trx, organisationId, actId)
  })
}

const idOf = (request: AnyRequest): ActId => (request.params as { actId: string }).actId as ActId

function pageRoute(scope: HttpServer, deps: ReceiptPageDeps): void {
  scope.get(
    '/my/acts/:actId',
    { config, schema: { params: Params, querystring: anyQuery } },
    async (request, reply) => {
      const visitor = await signedIn(deps, request)
      const act = await ownActOf(deps, visitor, idOf(request))
      const { shown } = request.query as { shown?: unknown }
      const moment: ActMoment = shown === 'now' ? 'now' : shown === 'refused' ? 'refused-second' : 'earlier'
      const page = actPage(await toShown(deps, visitor, act), moment, visitor.w)
      return sendPage(request, reply, visitor, page, 'receipts')
    },
  )
}

async function toShown(deps: ReceiptPageDeps, visitor: SignedIn, act: StoredAct): Promise<ShownAct> {
  const { organisationId } = visitor.session
  const erased = act.entry.disclosures.every((one) => one === null)
  const text = (name: string): string | null => {
    const value = act.facts.get(name)
    return typeof value === 'string' ? value : null
  }
  const ceremony = await showOwnCeremony(deps, visitor, act.assignmentId)
  const { copies, denied } = await deps.database.readInOrganisation(organisationId, async (trx) => ({
    copies: await listCopies(trx, organisationId, { actId: act.actId, limit: 20 }),
    denied: await listDenialSteps(trx, organisationId, act.actId),
  }))
  return {
    actId: act.actId,
    ceremonyId: act.assignmentId,
    title: text('documentTitle') ?? ceremony.title,
    personName: text('personName') ?? ceremony.personName,
    choice: act.choice,
    statement: erased ? null : text('statement'),
    reason: text('reason'),
    language: act.language,
    actedAt: act.actedAt,
    entryIndex: act.entry.entryIndex,
    treeSize: act.entry.treeSize,
    evidence: {
      assurance: act.assurance,
      evidenceLevel: evidenceLevelOf(act.assurance),
      ...evidenceLimits(act.language, act.assurance),
    },
    code: receiptCode(act.entry),
    documents: ceremony.documents,
    copies: copies.filter((one) => one.documentId !== null),
    partsLeft: ceremony.partsLeft,
    denial: denied.length === 0 ? null : { status: denied.at(-1)!.status, steps: denied.map((step) => ({ status: step.status, at: step.recordedAt })) },
  } // prettier-ignore
}

function fileRoutes(scope: HttpServer, deps: ReceiptPageDeps): void {
  scope.get('/my/acts/:actId/receipt.pdf', { config, schema: { params: Params } }, async (request, reply) => {
    const visitor = await signedIn(deps, request)
    const { actId } = await ownActOf(deps, visitor, idOf(request))
    const document = await receiptDocument(deps, visitor.session.organisationId, actId)
    return sendDocumentFile(request, reply, document, fileNames[visitor.language].receipt)
  })
  scope.get(
    '/my/acts/:actId/proof.tlog-proof',
    { config, schema: { params: Params } },
    async (request, reply) => {
      const visitor = await signedIn(deps, request)
      const { entry } = await ownActOf(deps, visitor, idOf(request))
      const bytes = Buffer.from(entry.tlogProof, 'utf8')
      return sendDownload(request, reply, {
        bytes,
        sha256: sha256(bytes),
        mediaType: 'text/plain; charset=utf-8',
        fileName: fileNames[visitor.language].proof,
      })
    },
  )
  scope.get(
    '/my/acts/:actId/evidence.zip',
    { config, schema: { params: Params } },
    async (request, reply) => {
      const visitor = await signedIn(deps, request)
      const { actId } = await ownActOf(deps, visitor, idOf(request))
      const bytes = await actArchive(deps, visitor.session.organisationId, actId)
      return sendDownload(request, reply, {
        bytes,
        sha256: sha256(bytes),
        mediaType: 'application/zip',
        fileName: fileNames[visitor.language].bundle,
      })
    },
  )
  scope.get(
    '/my/acts/:actId/copies/:executedCopyId',
    { config, schema: { params: CopyParams } },
    async (request, reply) => {
      const visitor = await signedIn(deps, request)
      const { actId } = await ownActOf(deps, visitor, idOf(request))
      const { organisationId } = visitor.session
      const file = await ownCopyFile(deps.database, organisationId, actId, request.params.executedCopyId)
      return sendDocumentFile(request, reply, file, fileNames[visitor.language].copy)
    },
  )
}

const fileNames = {
  nl: { receipt: 'ontvangstbewijs.pdf', proof: 'bewijs.tlog-proof', bundle: 'bewijsmap.zip', copy: 'getekend-exemplaar.pdf' }, // prettier-ignore
  en: { receipt: 'receipt.pdf', proof: 'proof.tlog-proof', bundle: 'evidence.zip', copy: 'signed-copy.pdf' },
} as const
