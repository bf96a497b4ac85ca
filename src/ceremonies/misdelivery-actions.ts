import type { EntryId, Instant } from '#core'
import { problem } from '#core'
import { classifyDatabaseError } from '#database'
import { appendEntries } from '#evidence'
import { recordEvent } from '#webhooks'
import { findLink } from './ceremony-view.ts'
import { insertMisdelivery } from './link-store.ts'
import type { LinkCredential } from './link.ts'
import type { CeremonyDeps } from './presentation.ts'

/**
 * Records that whoever opened a link says that it is not for them. From then on this link takes no act; the ceremony goes
 * on, and the employer is told, who can send a new link to the right mailbox. Reporting again changes nothing. Throws
 * `credentials-missing` when no link has this token, and `already-acted` when something was answered with the ceremony:
 * that is a denial, which is another thing.
 */
export async function reportMisdelivery(deps: CeremonyDeps, credential: LinkCredential): Promise<void> {
  try {
    await recordMisdelivery(deps, credential)
  } catch (error) {
    const failure = classifyDatabaseError(error)
    // Of two reports at once the other one stands.
    if (failure.kind !== 'constraint' || failure.constraint !== 'misdelivery_pk') throw error
  }
}

async function recordMisdelivery(
  { platform, database }: CeremonyDeps,
  { organisationId, tokenSha256 }: LinkCredential,
): Promise<void> {
  await database.inOrganisation(organisationId, async (trx) => {
    const view = await findLink(trx, organisationId, tokenSha256)
    if (view === undefined) throw problem('credentials-missing')
    if (view.linkClosed) return
    if (view.acts.length > 0) throw problem('already-acted')
    const reportedAt: Instant = platform.clock()
    const entryId = platform.newId() as EntryId
    const { assignmentId, personId } = view
    const facts = { assignmentId, personId, reportedAt }
    await recordEvent(platform, trx, organisationId, {
      type: 'ceremony.misdelivered',
      subject: assignmentId,
      data: facts,
    })
    const entry = { entryId, kind: 'ceremony-misdelivered', at: reportedAt, facts }
    await appendEntries(platform, trx, organisationId, [entry])
    await insertMisdelivery(trx, organisationId, { tokenSha256, assignmentId, reportedAt, entryId })
  })
}
