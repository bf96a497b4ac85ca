import type { DossierId, EntryId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { appendEntries, getOpenLog } from '#evidence'
import type { Caller } from '#http'
import { scheduleJob } from '#jobs'
import type { Platform } from '#platform'
import { dossierJobKind } from './dossier-job.ts'
import { insertDossier, requireSubject } from './dossier-store.ts'
import { findSubjectEntries } from './dossier-view.ts'
import type { Dossier, DossierSubject } from './dossier.ts'
import { dossierActsMax } from './dossier.ts'

/**
 * Freezes a dossier at the present size of the ledger, and asks for an anchor of that size; the file can be had once
 * that was tried. That it was made, about whom and why, is itself an entry. Throws `person-not-found`, `policy-not-found` or `dossier-too-large`.
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
  const { logId } = await getOpenLog(trx, organisationId)
  const found = await findSubjectEntries(trx, organisationId, subject, {
    logId,
    treeSize: Number.MAX_SAFE_INTEGER,
  })
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
  await scheduleJob(trx, organisationId, dossierJobKind, createdAt)
  return dossier
}
