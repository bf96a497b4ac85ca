import type { DossierId, EntryId, LogId, OrganisationId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { appendEntries, listLogs } from '#evidence'
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
 * that was tried. That it was made, about whom and why, is itself an entry. Throws `ledger-not-found`, `person-not-found`, `policy-not-found` or `dossier-too-large`.
 */
export async function makeDossier(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  request: { readonly subject: DossierSubject; readonly purpose: string; readonly ledgerOrigin?: string },
): Promise<Dossier> {
  const { organisationId, clientId } = caller
  const { subject, purpose } = request
  await requireSubject(trx, organisationId, subject)
  const log = await chosenLog(trx, organisationId, request.ledgerOrigin)
  const { logId } = log
  const found = await findSubjectEntries(trx, organisationId, subject, {
    logId,
    treeSize: Number.MAX_SAFE_INTEGER,
  })
  if (found.length > dossierActsMax) throw problem('dossier-too-large')
  const dossierId = platform.newId() as DossierId
  const entryId = platform.newId() as EntryId
  const createdAt = platform.clock()
  const exportedBy = caller.staff === undefined ? null : `${caller.staff.name} (${caller.role})`
  const about = subject.kind === 'person' ? { personId: subject.personId } : { policyId: subject.policyId }
  const [entry] = await appendEntries(platform, trx, organisationId, [
    {
      entryId,
      kind: 'dossier-made',
      at: createdAt,
      facts: { dossierId, purpose, createdBy: clientId, exportedBy, ...about },
    },
  ])
  const dossier = {
    dossierId,
    subject,
    purpose,
    logId,
    // A closed ledger stays at its last checkpoint; that a dossier of it was made stands in the open one.
    treeSize: log.open ? entry!.treeSize : log.size,
    createdBy: clientId,
    exportedBy,
    createdAt,
    entryId,
  }
  await insertDossier(trx, organisationId, dossier)
  await scheduleJob(trx, organisationId, dossierJobKind, createdAt)
  return dossier
}

async function chosenLog(
  trx: Transaction,
  organisationId: OrganisationId,
  origin: string | undefined,
): Promise<{ readonly logId: LogId; readonly size: number; readonly open: boolean }> {
  const logs = await listLogs(trx, organisationId)
  const log = logs.find((each) => (origin === undefined ? each.open : each.origin === origin))
  if (log === undefined || log.size === 0) throw problem('ledger-not-found')
  return log
}
