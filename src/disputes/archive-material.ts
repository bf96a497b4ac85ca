import type { DocumentId, Instant, LogId, OrganisationId } from '#core'
import { readAnchorsFor, readWitnessPolicy } from '#anchors'
import type { Transaction } from '#database'
import type { WantedFile } from '#documents'
import { proveConsistencies, proveEntries, readCheckpoint, readEntries } from '#evidence'
import { getOrganisation } from '#organisations'
import type { SubjectEntry } from './dossier-view.ts'
import { loadDocuments } from './dossier-document-store.ts'
import type { ArchiveSubject, DossierAnchor, DossierEntry, DossierMaterial } from './dossier.ts'
import { verificationKeys } from './verification-keys.ts'

/** What an archive is made for: which entries, seen from which checkpoint, with the anchors of which moment. */
export type ArchiveRequest = {
  readonly id: string
  readonly subject: ArchiveSubject
  readonly logId: LogId
  readonly treeSize: number
  readonly createdAt: Instant
  readonly exportedBy: string | null
  readonly entries: readonly SubjectEntry[]
  /** Anchors that were obtained later are left out, so that the archive stays the same. */
  readonly anchoredBefore: Instant
  readonly unanchored: string | null
  readonly verifiers: DossierMaterial['verifiers']
  /** Which state of a document goes in. */
  readonly documents: (documentId: DocumentId) => WantedFile
}

/** Reads everything an archive is made of. The rows cannot change, but that content may have been erased since. */
export async function loadMaterial(
  trx: Transaction,
  organisationId: OrganisationId,
  tsaRootsPem: string,
  request: ArchiveRequest,
): Promise<DossierMaterial> {
  const { treeSize, logId } = request
  const organisation = await getOrganisation(trx, organisationId)
  const documents = await loadDocuments(trx, organisationId, [...new Set(request.entries.flatMap((each) => each.documentIds))], request.documents) // prettier-ignore
  const shaOf = new Map(documents.map((document) => [document.documentId, document.sha256]))
  const checkpoint = await readCheckpoint(trx, organisationId, treeSize, logId)
  const keys = await verificationKeys(trx, organisationId, {
    origin: originOf(checkpoint!.note),
    seals: { before: request.createdAt, keyIds: documents.flatMap(({ sealKeyId }) => sealKeyId ?? []) },
  })
  return {
    dossierId: request.id,
    subject: request.subject,
    treeSize,
    createdAt: request.createdAt,
    exportedBy: request.exportedBy,
    organisation: { id: organisationId, name: organisation.name },
    checkpoint: checkpoint!.note,
    documents,
    entries: await loadEntries(trx, organisationId, request, (documentId) => shaOf.get(documentId)),
    keys: { ...keys, tsaRootsPem },
    anchors: await loadAnchors(trx, organisationId, logId, request),
    unanchored: request.unanchored,
    policy: policyOf(await readWitnessPolicy(trx, organisationId, request.anchoredBefore), keys.logVkey),
    verifiers: request.verifiers,
  }
}

async function loadEntries(
  trx: Transaction,
  organisationId: OrganisationId,
  { entries: asked, treeSize, logId }: ArchiveRequest,
  shaOf: (documentId: string) => string | undefined,
): Promise<DossierEntry[]> {
  const entries = await readEntries(trx, organisationId, asked.map((each) => each.entryId)) // prettier-ignore
  const proofs = await proveEntries(trx, organisationId, entries.map((entry) => entry.entryIndex), treeSize, logId) // prettier-ignore
  const consistencies = await proveConsistencies(trx, organisationId, entries.map((entry) => entry.treeSize), treeSize, logId) // prettier-ignore
  return entries.map((entry, position) => ({
    index: entry.entryIndex,
    kind: entry.kind,
    entry: entry.entry,
    disclosures: entry.disclosures.every((one) => one === null) ? null : entry.disclosures,
    receiptProof: entry.tlogProof,
    dossierProof: proofs[position]!,
    consistency: consistencies.get(entry.treeSize)!,
    // A receipt that was erased with its act is not there any more.
    documents: asked[position]!.documentIds.map(shaOf).filter((sha) => sha !== undefined),
  }))
}

async function loadAnchors(
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
  { entries, treeSize, anchoredBefore }: ArchiveRequest,
): Promise<DossierAnchor[]> {
  const range = { upToSize: treeSize, obtainedBefore: anchoredBefore }
  const indexes = entries.map((entry) => entry.index)
  const chosen = await readAnchorsFor(trx, organisationId, logId, range, indexes)
  const consistencies = await proveConsistencies(trx, organisationId, chosen.map((anchor) => anchor.size), treeSize, logId) // prettier-ignore
  return chosen.map(({ size, note, timestamps, cosigned }) => ({
    size,
    note,
    timestamps: timestamps.map((each) => each.response),
    cosigned,
    development: timestamps.some((each) => each.development),
    consistency: consistencies.get(size)!,
  }))
}

/** The first line of a checkpoint: the log it is of. */
function originOf(note: string): string {
  return note.slice(0, note.indexOf('\n'))
}

/** The policy that names this log; a closed one that no policy speaks of any more has no witnesses. */
function policyOf(policy: string, vkey: string): string {
  return policy.split('\n').some((line) => line.startsWith(`log ${vkey}`))
    ? policy
    : `log ${vkey}\nquorum none\n`
}
