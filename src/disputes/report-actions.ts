import { problem, type DocumentId, type DossierId, type OrganisationId } from '#core'
import { readWitnessPolicy } from '#anchors'
import { classifyDatabaseError, type Transaction } from '#database'
import type {
  DocumentLanguage,
  DossierReportInput,
  RenderPool,
  SealedDocument,
  StoredDocument,
} from '#documents'
import { documentTitle, loadDocument, loadSealKey, sealDocument, storeDocument } from '#documents'
import { isContentErased, readEntries } from '#evidence'
import type { ArchiveDeps } from './archive-actions.ts'
import { dossierFile } from './archive-actions.ts'
import type { Dossier, FrozenDossier } from './dossier.ts'
import { getDossier } from './dossier-store.ts'
import { findSubjectEntries } from './dossier-view.ts'
import { checkDossierFile } from './report-checks.ts'
import { reportInput } from './report-input.ts'
import { findReport, insertReport } from './report-store.ts'
import { trustFiles, verificationKeys } from './verification-keys.ts'

export type ReportDeps = ArchiveDeps & { readonly pool: Pick<RenderPool, 'render'> }

/**
 * The sealed report of a dossier. Made the first time it is asked for and the same bytes ever after, until content that it
 * lists is erased; of two requests that make it at once one is kept and both get that one. Throws `dossier-not-found`, and
 * `dossier-not-ready` while its anchor is being asked for.
 */
export async function dossierReport(
  deps: ReportDeps,
  organisationId: OrganisationId,
  dossierId: DossierId,
  language: DocumentLanguage,
): Promise<StoredDocument> {
  const found = await deps.database.readInOrganisation(organisationId, async (trx) => {
    const documentId = await findReport(trx, organisationId, dossierId, language)
    return documentId === undefined ? undefined : loadDocument(trx, organisationId, documentId)
  })
  if (found !== undefined) return found
  try {
    return await makeReport(deps, organisationId, dossierId, language)
  } catch (error) {
    const failure = classifyDatabaseError(error)
    if (failure.kind !== 'constraint' || failure.constraint !== 'dossier_report_pk') throw error
    return dossierReport(deps, organisationId, dossierId, language)
  }
}

async function makeReport(
  deps: ReportDeps,
  organisationId: OrganisationId,
  dossierId: DossierId,
  language: DocumentLanguage,
): Promise<StoredDocument> {
  const { platform, database, pool } = deps
  const bytes = await dossierFile(deps, organisationId, dossierId)
  const trust = await database.readInOrganisation(organisationId, async (trx) => [
    ...trustFiles(await verificationKeys(trx, organisationId), deps.tsaRootsPem),
    { name: 'policy.txt', bytes: Buffer.from(await readWitnessPolicy(trx, organisationId)) },
  ])
  const checks = await checkDossierFile({ bytes, trust })
  const { dossier, input, left, key } = await database.readInOrganisation(organisationId, async (trx) => {
    const dossier = await readyDossier(trx, organisationId, dossierId)
    return {
      dossier,
      input: await reportInput(trx, organisationId, dossier, language, { bytes, checks }),
      left: await contentLeft(trx, organisationId, dossier),
      key: await loadSealKey(platform, trx, organisationId),
    }
  })
  const rendered = await pool.render(input)
  const at = platform.clock()
  const sealed = await sealDocument(key, rendered, { at, name: input.organisationName })
  return database.inOrganisation(organisationId, async (trx) => {
    // What was erased while it was being made does not come back in a report.
    if ((await contentLeft(trx, organisationId, dossier)) !== left) throw problem('dossier-not-ready', { retryAfter_s: 2 }) // prettier-ignore
    return keepReport(deps, trx, organisationId, input, sealed)
  })
}

async function keepReport(
  { platform }: ReportDeps,
  trx: Transaction,
  organisationId: OrganisationId,
  input: DossierReportInput,
  sealed: SealedDocument,
): Promise<StoredDocument> {
  const { kind, language } = input
  const documentId = platform.newId() as DocumentId
  const title = documentTitle(input)
  await storeDocument(trx, organisationId, { documentId, kind, title, language, createdAt: platform.clock() }, sealed) // prettier-ignore
  await insertReport(trx, organisationId, input.dossierId as DossierId, language, documentId)
  return loadDocument(trx, organisationId, documentId)
}

async function readyDossier(
  trx: Transaction,
  organisationId: OrganisationId,
  dossierId: DossierId,
): Promise<Dossier & { readonly frozen: FrozenDossier }> {
  const dossier = await getDossier(trx, organisationId, dossierId)
  if (dossier.frozen === null) throw problem('dossier-not-ready', { retryAfter_s: 2 })
  return { ...dossier, frozen: dossier.frozen }
}

/** How many facts of the dossier's entries are there still: an erasure can only make it less. */
async function contentLeft(
  trx: Transaction,
  organisationId: OrganisationId,
  { subject, logId, treeSize }: Dossier,
): Promise<number> {
  const found = await findSubjectEntries(trx, organisationId, subject, { logId, treeSize })
  const entries = await readEntries(trx, organisationId, found.map((each) => each.entryId)) // prettier-ignore
  return entries
    .filter((entry) => !isContentErased(entry.disclosures))
    .reduce((count, entry) => count + entry.disclosures.filter((one) => one !== null).length, 0)
}
