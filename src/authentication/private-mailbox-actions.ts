import type { EntryId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import { lockMailboxes, queueNotice, queueNoticeEverywhere, redeemCode, removePrivateMailbox, requestOwnCode, savePrivateMailbox } from '#messages' // prettier-ignore
import type { PrivateMailbox } from '#messages'
import { getPerson } from '#people'
import type { Platform } from '#platform'
import { canBePrivate, coolingFrom } from './means-decisions.ts'
import { recordMeans } from './means-entry.ts'
import type { SignInDeps } from './means.ts'
import { lockMeans, proofForChange } from './means.ts'
import { insertProposal, settleProposals } from './proposal-store.ts'
import { bestAuthentication } from './session-decisions.ts'
import type { PersonSession } from './session.ts'

/**
 * Sends a code to the mailbox that a person wants as their private one. Nothing is set yet. Throws `mailbox-is-work`,
 * `assurance-too-low`, `sign-in-stale` and `codes-too-many`.
 */
export async function askMailboxCode(
  deps: SignInDeps,
  session: PersonSession,
  address: string,
): Promise<{ readonly codeId: string }> {
  const { platform, database } = deps
  const { organisationId, personId, sessionId } = session
  const { codeId, sent } = await database.inOrganisation(organisationId, async (trx) => {
    const means = await lockMeans(trx, organisationId, personId)
    proofForChange(session, means, platform.clock())
    if (!canBePrivate(address, means.mailboxes.work)) throw problem('mailbox-is-work')
    return requestOwnCode(platform, trx, organisationId, { purpose: 'confirm-mailbox', personId, sessionId, mailbox: 'private', address }) // prettier-ignore
  })
  if (!sent) throw problem('codes-too-many', { retryAfter_s: 3_600 })
  deps.wakeJobs()
  return { codeId }
}

/**
 * Sets the private mailbox with the code that came to it. Told to every mailbox, the former one too, and an entry
 * `private-mailbox-confirmed`. Throws `code-refused`, `assurance-too-low` and `sign-in-stale`.
 */
export async function confirmPrivateMailbox(
  deps: SignInDeps,
  session: PersonSession,
  attempt: { readonly codeId: string; readonly code: string },
): Promise<PrivateMailbox> {
  const { platform, database } = deps
  const { organisationId, personId, sessionId } = session
  const confirmed = await database.inOrganisation(organisationId, async (trx) => {
    const at = platform.clock()
    const means = await lockMeans(trx, organisationId, personId)
    const proof = proofForChange(session, means, at)
    const redeemed = await redeemCode(platform, trx, organisationId, { ...attempt, purpose: 'confirm-mailbox', sessionId }) // prettier-ignore
    if (redeemed?.personId !== personId) return undefined
    const { address } = redeemed
    const told = { personId, kind: 'private-mailbox-confirmed', facts: {}, at } as const
    await queueNoticeEverywhere(trx, organisationId, platform.newId, told)
    await queueNotice(trx, organisationId, { ...told, noticeId: platform.newId(), to: 'private', address })
    await settleProposals(trx, organisationId, personId, at)
    const coolingUntil = coolingFrom(proof.assurance, at)
    const entryId = await recordMeans(platform, trx, 'private-mailbox-confirmed', session, { proof, at, coolingUntil }) // prettier-ignore
    const mailbox = { address, confirmedAt: at, knownBy: proof.assurance, coolingUntil, entryId }
    await savePrivateMailbox(trx, organisationId, personId, mailbox)
    return mailbox
  })
  if (confirmed === undefined) throw problem('code-refused')
  deps.wakeJobs()
  return confirmed
}

/**
 * Takes the private mailbox away. Told to every mailbox, this one too, and an entry `private-mailbox-removed`. Throws
 * `private-mailbox-missing` and `sign-in-stale`.
 */
export async function dropPrivateMailbox(deps: SignInDeps, session: PersonSession): Promise<void> {
  const { platform, database } = deps
  const { organisationId, personId } = session
  await database.inOrganisation(organisationId, async (trx) => {
    const at = platform.clock()
    const proof = bestAuthentication(session.authentications, at)
    if (proof === undefined) throw problem('sign-in-stale')
    const mailboxes = await lockMailboxes(trx, organisationId, personId)
    if (mailboxes === undefined || mailboxes.private === null) throw problem('private-mailbox-missing')
    await queueNoticeEverywhere(trx, organisationId, platform.newId, { personId, kind: 'private-mailbox-removed', facts: {}, at }) // prettier-ignore
    await removePrivateMailbox(trx, organisationId, personId)
    await recordMeans(platform, trx, 'private-mailbox-removed', session, { proof, at })
  })
  deps.wakeJobs()
}

/**
 * Proposes a private mailbox to a person, on behalf of the employer. It counts for nothing, no code goes there, and the
 * person is told; what they make of it is theirs. An entry `private-mailbox-proposed`. Throws `person-not-found` and
 * `mailbox-is-work`.
 */
export async function proposePrivateMailbox(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  personId: PersonId,
  address: string,
): Promise<{ readonly proposalId: string; readonly proposedAt: string }> {
  const { organisationId, clientId } = caller
  const at = platform.clock()
  const person = await getPerson(trx, organisationId, personId)
  if (!canBePrivate(address, person.workEmail)) throw problem('mailbox-is-work')
  const proposalId = platform.newId()
  await lockMailboxes(trx, organisationId, personId)
  await insertProposal(trx, organisationId, { proposalId, personId, address, proposedBy: clientId, proposedAt: at }) // prettier-ignore
  await queueNotice(trx, organisationId, { noticeId: platform.newId(), personId, to: 'work', kind: 'private-mailbox-proposed', facts: {}, at }) // prettier-ignore
  const entryId = platform.newId() as EntryId
  await appendEntries(platform, trx, organisationId, [
    { entryId, kind: 'private-mailbox-proposed', at, facts: { proposalId, personId, proposedBy: clientId } },
  ])
  return { proposalId, proposedAt: at }
}
