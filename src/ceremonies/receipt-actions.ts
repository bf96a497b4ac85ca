import { evidenceLevelOf } from '#assurance'
import type { ActId, DocumentId, OrganisationId } from '#core'
import { problem } from '#core'
import type { Database } from '#database'
import { classifyDatabaseError } from '#database'
import type { DocumentFile, ReceiptFacts, ReceiptInput, RenderPool } from '#documents'
import { documentTitle, loadDocumentFile, loadSealKey, sealDocument, storeDocument } from '#documents'
import { formatEvidenceFile, splitProof } from '#evidence'
import type { HeldEntry } from '#evidence'
import type { Platform } from '#platform'
import type { StoredAct } from './act-view.ts'
import { readAct } from './act-view.ts'
import { findReceiptDocument, insertReceiptDocument, supportingEntries } from './receipt-store.ts'
import { evidenceLimits } from './evidence-limits.ts'
import { verificationLink } from './verification-link.ts'

export type ReceiptDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly pool: Pick<RenderPool, 'render'>
  /** The address of the service that people use; undefined without one. */
  readonly publicUrl?: string | undefined
}

/**
 * The sealed receipt of an act at the newest revision, which is the level it has by now. Made the first time it is asked for; what
 * comes later begins with the same bytes. Of two requests that make it at once one is kept and both get that one. Rendering and sealing happen outside any transaction. An erasure takes
 * the receipt away, also one of single facts: a receipt holds them all or it is none. Throws `content-erased` from then on.
 */
export async function receiptDocument(
  deps: ReceiptDeps,
  organisationId: OrganisationId,
  actId: ActId,
): Promise<DocumentFile> {
  const { database } = deps
  const found = await database.readInOrganisation(organisationId, async (trx) => {
    const documentId = await findReceiptDocument(trx, organisationId, actId)
    return documentId === undefined
      ? { act: await readAct(trx, organisationId, actId) }
      : { document: await loadDocumentFile(trx, organisationId, documentId) }
  })
  if ('document' in found) return found.document
  try {
    return await makeReceipt(deps, organisationId, found.act)
  } catch (error) {
    if (!isAlreadyMade(error)) throw error
    return receiptDocument(deps, organisationId, actId)
  }
}

function isAlreadyMade(error: unknown): boolean {
  const failure = classifyDatabaseError(error)
  return failure.kind === 'constraint' && failure.constraint === 'act_receipt_pk'
}

async function makeReceipt(
  deps: ReceiptDeps,
  organisationId: OrganisationId,
  act: StoredAct,
): Promise<DocumentFile> {
  const { platform, database, pool } = deps
  requireContent(act)
  const supporting = await database.readInOrganisation(organisationId, (trx) => supportingEntries(trx, organisationId, act)) // prettier-ignore
  const input = receiptInput(act, supporting, deps.publicUrl)
  const rendered = await pool.render(input)
  const key = await database.readInOrganisation(organisationId, (trx) => loadSealKey(platform, trx, organisationId)) // prettier-ignore
  const at = platform.clock()
  const sealed = await sealDocument(key, rendered, { at, name: String(act.facts.get('organisationName')) })
  return database.inOrganisation(organisationId, async (trx) => {
    // A key far away takes its time; what was erased meanwhile does not come back as a receipt.
    requireContent(await readAct(trx, organisationId, act.actId))
    const documentId = platform.newId() as DocumentId
    const title = documentTitle(input)
    await storeDocument(trx, organisationId, { documentId, kind: 'receipt', title, language: act.language, createdAt: at }, sealed) // prettier-ignore
    await insertReceiptDocument(trx, organisationId, act.actId, documentId)
    return loadDocumentFile(trx, organisationId, documentId)
  })
}

/** Throws `content-erased` unless every fact of the act is there. */
function requireContent(act: StoredAct): void {
  if (act.entry.disclosures.includes(null) || act.facts.size === 0) throw problem('content-erased')
}

function receiptInput(
  act: StoredAct,
  supporting: readonly HeldEntry[],
  publicUrl: string | undefined,
): ReceiptInput {
  const { entry } = act
  const [origin = '', , root = ''] = splitProof(entry.tlogProof).checkpoint.split('\n')
  return {
    kind: 'receipt',
    language: act.language,
    facts: Object.fromEntries(act.facts) as ReceiptFacts,
    entryIndex: entry.entryIndex,
    treeSize: entry.treeSize,
    checkpoint: { origin, root },
    verificationUrl: publicUrl === undefined ? null : verificationLink(publicUrl, entry, { origin, root }),
    evidence: { level: evidenceLevelOf(act.assurance), ...evidenceLimits(act.language, act.assurance) },
    evidenceJson: formatEvidenceFile(entry, supporting),
  }
}
