import type { ActId, DossierId, OrganisationId } from '#core'
import { addMilliseconds, problem } from '#core'
import { readAnchorMarks } from '#anchors'
import type { Database, Transaction } from '#database'
import { signWithDossierKey } from '#evidence'
import type { Platform } from '#platform'
import { buildVerifierPage, independentVerifier } from '#verification/page'
import { loadMaterial } from './archive-material.ts'
import type { ArchiveRequest } from './archive-material.ts'
import { dossierArchive } from './dossier-archive.ts'
import { frozenDocuments, newestDocuments } from './dossier-document-store.ts'
import { getDossier } from './dossier-store.ts'
import { findActEntries, findSubjectEntries } from './dossier-view.ts'

export type ArchiveDeps = {
  readonly platform: Platform
  readonly database: Database
  /** The roots under which timestamps of this installation may stand. */
  readonly tsaRootsPem: string
}

const retryAfter_s = 2

/**
 * The file of a dossier: the same bytes each time, until content of it is erased. Throws `dossier-not-found`, and
 * `dossier-not-ready` while its anchor is being asked for.
 */
export async function dossierFile(
  deps: ArchiveDeps,
  organisationId: OrganisationId,
  dossierId: DossierId,
): Promise<Buffer> {
  const verifiers = await loadVerifiers()
  return deps.database.readInOrganisation(organisationId, async (trx) => {
    const { subject, treeSize, logId, createdAt, exportedBy, frozen } = await getDossier(
      trx,
      organisationId,
      dossierId,
    )
    if (frozen === null) throw problem('dossier-not-ready', { retryAfter_s })
    const id = subject.kind === 'person' ? subject.personId : subject.policyId
    return signedArchive(deps, trx, organisationId, {
      id: dossierId,
      subject: { kind: subject.kind, id },
      logId,
      treeSize,
      createdAt,
      exportedBy,
      entries: await findSubjectEntries(trx, organisationId, subject, { logId, treeSize }),
      anchoredBefore: frozen.frozenAt,
      verifiers,
      unanchored: frozen.unanchoredBecause,
      documents: await frozenDocuments(trx, organisationId, dossierId),
    })
  })
}

/**
 * What a person can hold against everybody about one act of their own: the receipt, led into a checkpoint that others
 * have put their time to. It grows stronger with each anchor. Throws `not-anchored-yet` before the first one that covers the act.
 */
export async function actArchive(
  deps: ArchiveDeps,
  organisationId: OrganisationId,
  actId: ActId,
): Promise<Buffer> {
  const now = deps.platform.clock()
  // The moments of anchors run ahead of the clock by as many milliseconds as were taken within one.
  const anchoredBefore = addMilliseconds(now, 60_000)
  const verifiers = await loadVerifiers()
  return deps.database.readInOrganisation(organisationId, async (trx) => {
    const { logId, act, entries } = await findActEntries(trx, organisationId, actId)
    const marks = await readAnchorMarks(trx, organisationId, logId, { upToSize: Number.MAX_SAFE_INTEGER, obtainedBefore: anchoredBefore }) // prettier-ignore
    const newest = marks.findLast((mark) => mark.size > act.index)
    if (newest === undefined) throw problem('not-anchored-yet', { retryAfter_s: 60 })
    return signedArchive(deps, trx, organisationId, {
      id: actId,
      subject: { kind: 'act', id: actId },
      logId,
      treeSize: newest.size,
      createdAt: newest.at ?? now,
      exportedBy: null,
      entries: entries.filter((entry) => entry.index < newest.size),
      anchoredBefore,
      verifiers,
      documents: newestDocuments,
      unanchored: newest.at !== null ? null : 'this checkpoint has witnesses and no timestamp',
    })
  })
}

/** Before a connection is taken: the first time the page has to be bundled, which takes seconds. */
async function loadVerifiers(): Promise<ArchiveRequest['verifiers']> {
  const [page, python] = await Promise.all([buildVerifierPage(), independentVerifier()])
  return { html: page.html, python: python.text }
}

async function signedArchive(
  deps: ArchiveDeps,
  trx: Transaction,
  organisationId: OrganisationId,
  request: ArchiveRequest,
): Promise<Buffer> {
  const material = await loadMaterial(trx, organisationId, deps.tsaRootsPem, request)
  return dossierArchive(material, async (bytes) => (await signWithDossierKey(deps.platform, trx, organisationId, bytes)).signature) // prettier-ignore
}
