import type { DossierId, EntryId, OrganisationId } from '#core'
import { problem } from '#core'
import type { Database, Transaction } from '#database'
import {
  appendEntries,
  getOpenLog,
  proveEntries,
  readCheckpoint,
  readEntries,
  signWithDossierKey,
} from '#evidence'
import type { Caller } from '#http'
import { getOrganisation } from '#organisations'
import type { Platform } from '#platform'
import { dossierArchive } from './dossier-archive.ts'
import { getDossier, insertDossier, requireSubject } from './dossier-store.ts'
import type { SubjectEntry } from './dossier-view.ts'
import { findSubjectEntries, loadDocuments } from './dossier-view.ts'
import type { Dossier, DossierMaterial, DossierSubject } from './dossier.ts'
import { dossierActsMax } from './dossier.ts'
import { verificationKeys } from './verification-keys.ts'

/**
 * Freezes a dossier at the present size of the ledger. That it was made, about whom and why, is itself an entry.
 * Throws `person-not-found`, `policy-not-found` or `dossier-too-large`.
 */
export async function makeDossier(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  request: { readonly subject: DossierSubject; readonly purpose: string },
): Promise<Dossier> {
  const { organisationId, clientId } = caller
  const { subject, purpose } = request
  await requireSubject(trx, organisationId, subject)
  const found = await findSubjectEntries(trx, organisationId, subject, Number.MAX_SAFE_INTEGER)
  if (found.length > dossierActsMax) throw problem('dossier-too-large')
  const dossierId = platform.newId() as DossierId
  const entryId = platform.newId() as EntryId
  const createdAt = platform.clock()
  const about = subject.kind === 'person' ? { personId: subject.personId } : { policyId: subject.policyId }
  const [entry] = await appendEntries(platform, trx, organisationId, [
    {
      entryId,
      kind: 'dossier-made',
      at: createdAt,
      facts: { dossierId, purpose, createdBy: clientId, ...about },
    },
  ])
  const { logId } = await getOpenLog(trx, organisationId)
  const dossier = {
    dossierId,
    subject,
    purpose,
    logId,
    treeSize: entry!.treeSize,
    createdBy: clientId,
    createdAt,
    entryId,
  }
  await insertDossier(trx, organisationId, dossier)
  return dossier
}

/** The file of a dossier. Made from rows that cannot change, so it is the same each time. */
export async function dossierFile(
  deps: { readonly platform: Platform; readonly database: Database },
  organisationId: OrganisationId,
  dossierId: DossierId,
): Promise<Buffer> {
  return deps.database.readInOrganisation(organisationId, async (trx) => {
    const dossier = await getDossier(trx, organisationId, dossierId)
    const subjectEntries = await findSubjectEntries(trx, organisationId, dossier.subject, dossier.treeSize)
    const material = await loadMaterial(trx, organisationId, dossier, subjectEntries)
    return dossierArchive(material, async (bytes) => (await signWithDossierKey(deps.platform, trx, organisationId, bytes)).signature) // prettier-ignore
  })
}

async function loadMaterial(
  trx: Transaction,
  organisationId: OrganisationId,
  dossier: Dossier,
  subjectEntries: readonly SubjectEntry[],
): Promise<DossierMaterial> {
  const organisation = await getOrganisation(trx, organisationId)
  const documentIds = [...new Set(subjectEntries.flatMap((each) => each.documentIds))]
  const documents = await loadDocuments(trx, organisationId, documentIds)
  const shaOf = new Map(documents.map((document) => [document.documentId, document.sha256]))
  const entries = await readEntries(trx, organisationId, subjectEntries.map((each) => each.entryId)) // prettier-ignore
  const indexes = entries.map((entry) => entry.entryIndex)
  const proofs = await proveEntries(trx, organisationId, indexes, dossier.treeSize)
  const checkpoint = await readCheckpoint(trx, organisationId, dossier.treeSize)
  const keys = await verificationKeys(trx, organisationId)
  return {
    dossier,
    organisation: { id: organisationId, name: organisation.name },
    checkpoint: checkpoint!.note,
    documents,
    keys,
    entries: entries.map((entry, position) => ({
      index: entry.entryIndex,
      kind: entry.kind,
      entry: entry.entry,
      disclosures: entry.disclosures.length === 0 ? null : entry.disclosures,
      receiptProof: entry.tlogProof,
      dossierProof: proofs[position]!,
      documents: subjectEntries[position]!.documentIds.map((id) => shaOf.get(id)!),
    })),
  }
}
