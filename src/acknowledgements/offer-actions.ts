import { requiredFor } from '#assurance'
import type { AssignmentId, BundleId, EntryId, OrganisationId, PersonId } from '#core'
import { civilDateIn, problem } from '#core'
import type { Bundle, BundleManifest } from '#ceremonies'
import { freezeBundle, insertBundle } from '#ceremonies'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import { getPerson } from '#people'
import type { Platform } from '#platform'
import { scheduleLapse, queueDeliveries } from './assignment-store.ts'
import type { CeremonyEnding } from './end-actions.ts'
import { announceEnd, endEntry, requireOpen } from './end-actions.ts'
import { insertEnds } from './end-store.ts'
import { decideOffer } from './offer-decisions.ts'
import { insertBundleAssignment } from './offer-store.ts'
import { findOfferedDocuments } from './offer-view.ts'
import type { OfferBundle, OfferedDocument } from './offer.ts'

/** What was offered: the ceremony, what was frozen in it, and what it takes to answer. */
export type Offered = {
  readonly assignmentId: AssignmentId
  readonly bundleSha256: string
  readonly requiredAssurance: string
  readonly minReadingSeconds: number
}

type Context = { readonly platform: Platform; readonly trx: Transaction; readonly caller: Caller }

/**
 * Freezes a bundle, offers it to one person and queues the message, in one transaction with the entry that names every
 * document by its hash. Where it replaces an open ceremony, that one ends with it. Throws `person-not-found`,
 * `document-not-found`, `bundle-unfit`, `annex-not-referred-to`, `due-date-past`, and for what it would replace
 * `assignment-not-found`, `already-acted` or `ceremony-ended`. `documentsOf` is whose documents are shown: the person's own,
 * unless a room that makes both parties of an agreement sign says otherwise. No request can say so.
 */
export async function offerBundle(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: OfferBundle,
  documentsOf: PersonId = command.personId,
): Promise<Offered> {
  const { organisationId } = caller
  const context = { platform, trx, caller }
  const person = await getPerson(trx, organisationId, command.personId)
  const ids = [command.main.documentId, ...command.annexes.map(({ documentId }) => documentId)]
  const documents = await findOfferedDocuments(trx, organisationId, documentsOf, ids)
  const refusal = decideOffer(command, { today: civilDateIn(platform.clock()), documents })
  if (refusal !== undefined) throw problem(refusal.code, { errors: refusal.errors })
  if (command.replaces !== null) await requireReplaceable(context, command, command.replaces)
  const offered = ids.map((id) => documents.get(id)!)
  const manifest = bundleManifest(organisationId, command, offered)
  const bundle = freezeBundle(platform.newId() as BundleId, manifest)
  const assignmentId = await recordOffer(context, command, bundle, person.workEmail)
  const { level, minReadingSeconds } = await requiredFor(
    trx,
    organisationId,
    command.purpose,
    civilDateIn(platform.clock()),
  )
  return {
    assignmentId,
    bundleSha256: bundle.manifestSha256,
    requiredAssurance: level,
    minReadingSeconds: minReadingSeconds,
  }
}

async function requireReplaceable(
  { platform, trx, caller }: Context,
  { personId }: OfferBundle,
  replaced: AssignmentId,
): Promise<void> {
  const view = await requireOpen(platform, trx, caller.organisationId, replaced)
  if (view.personId !== personId) throw problem('assignment-not-found')
}

/** What is frozen for such an offer of these documents, the main one first. The same for whoever it is offered to. */
export function bundleManifest(
  organisationId: OrganisationId,
  command: Omit<OfferBundle, 'personId' | 'dueDate' | 'replaces'>,
  [main, ...annexes]: readonly OfferedDocument[],
): BundleManifest {
  const listed = (document: OfferedDocument, role: 'main' | 'annex', mark: string | null) => ({
    documentId: document.documentId,
    role,
    mark,
    title: document.title,
    sha256: document.sha256,
    byteLength: document.byteLength,
    pages: document.pages?.length ?? 0,
    language: document.language,
  })
  return {
    v: 1,
    organisationId,
    purpose: command.purpose,
    language: command.language,
    documents: [
      listed(main!, 'main', null),
      ...annexes.map((document, index) => listed(document, 'annex', command.annexes[index]!.mark)),
    ],
    references: command.annexes.flatMap(({ references }, index) =>
      references.map(({ text, page }) => ({ from: main!.sha256, to: annexes[index]!.sha256, text, page })),
    ),
    statements: [
      { statementId: 'main', kind: 'main', subject: command.subject },
      ...command.clauses.map(({ statementId, subject }) => ({
        statementId,
        kind: 'clause' as const,
        subject,
      })),
    ],
  }
}

async function recordOffer(
  { platform, trx, caller }: Context,
  command: OfferBundle,
  bundle: Bundle,
  address: string,
): Promise<AssignmentId> {
  const { organisationId, clientId } = caller
  const { personId, dueDate, replaces } = command
  const now = platform.clock()
  const assignmentId = platform.newId() as AssignmentId
  const entryId = platform.newId() as EntryId
  const ending: CeremonyEnding | null =
    replaces === null
      ? null
      : {
          how: 'superseded',
          ends: [{ assignmentId: replaces, supersededBy: assignmentId }],
          reason: null,
          endedBy: clientId,
          endedAt: now,
          entryId: platform.newId() as EntryId,
        }
  const facts = {
    assignmentId,
    personId,
    purpose: command.purpose,
    language: command.language,
    bundleSha256: bundle.manifestSha256,
    bundleManifest: bundle.manifestText,
    dueDate,
    addressBasis: 'personnel-record',
    replaces,
    createdBy: clientId,
  }
  if (ending !== null) await announceEnd(platform, trx, organisationId, ending)
  await appendEntries(platform, trx, organisationId, [
    { entryId, kind: 'ceremony-offered', at: now, facts },
    ...(ending === null ? [] : [endEntry(ending)]),
  ])
  await insertBundle(trx, organisationId, bundle, { personId, createdAt: now })
  const record = { createdBy: clientId, createdAt: now, entryId }
  await insertBundleAssignment(trx, organisationId, { assignmentId, bundleId: bundle.bundleId, personId, dueDate }, record) // prettier-ignore
  if (ending !== null) await insertEnds(trx, organisationId, ending)
  const member = { personId, address, alreadyAssigned: false }
  await queueDeliveries(trx, organisationId, [{ assignmentId, deliveryId: platform.newId(), member }], now)
  await scheduleLapse(trx, organisationId, now)
  return assignmentId
}
