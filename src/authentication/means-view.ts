import { enrolmentOfAuthenticator, enrolmentOfMailbox, readMeans, waysOf } from './means.ts'
import { findProposal } from './proposal-store.ts'
import type { SessionDeps } from './session-request.ts'
import type { PersonSession } from './session.ts'

/** Everything by which a person can show who they are here, for their own eyes. No secret is in it. */
export async function readOwnMeans(deps: SessionDeps, session: PersonSession) {
  const { organisationId, personId } = session
  return deps.database.readInOrganisation(organisationId, async (trx) => {
    const { mailboxes, authenticators } = await readMeans(trx, organisationId, personId)
    const proposed = await findProposal(trx, organisationId, personId)
    const mailbox = mailboxes.private
    const [authenticator = null] = authenticators.flatMap((app) => {
      const enrolment = enrolmentOfAuthenticator(app)
      if (enrolment === undefined) return []
      const { at: confirmedAt, knownBy, coolingUntil } = enrolment
      return [{ authenticatorId: app.authenticatorId, confirmedAt, knownBy, coolingUntil }]
    })
    return {
      privateMailbox: mailbox === null ? null : mailboxAnswer(mailbox.address, enrolmentOfMailbox(mailbox)),
      proposedMailbox: proposed ?? null,
      authenticator,
      ways: await waysOf(trx, organisationId, personId, deps.platform.clock()),
    }
  })
}

/** A private mailbox as its person sees it. */
export function mailboxAnswer(
  address: string,
  { at, knownBy, coolingUntil }: ReturnType<typeof enrolmentOfMailbox>,
) {
  return { address, confirmedAt: at, knownBy, coolingUntil }
}
