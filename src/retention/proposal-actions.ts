import type { OrganisationId, PersonId } from '#core'
import { civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import type { Caller } from '#http'
import { scheduleJob } from '#jobs'
import { getPerson } from '#people'
import type { Platform } from '#platform'
import { recordEvent } from '#webhooks'
import { policiesOfPerson } from './person-policies-view.ts'
import { listHolds } from './hold-store.ts'
import { insertDecision, insertProposal, itemsOfPerson } from './proposal-store.ts'
import { getProposal } from './proposal-view.ts'
import { coveringHold, decideVerdict } from './retention-decisions.ts'
import type { ErasureItem, ErasureProposal, ErasureVerdict, LegalHold, ProposalStatus } from './retention.ts'

/** The kind of background work that executes what was confirmed. */
export const erasureKind = 'erasure'

/** Writes a proposal and tells other systems. Nothing goes before somebody confirms it. */
export async function propose(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  proposal: ErasureProposal,
  items: readonly ErasureItem[],
): Promise<void> {
  await insertProposal(trx, organisationId, proposal, items)
  await recordEvent(platform, trx, organisationId, {
    type: 'retention.proposed',
    subject: proposal.proposalId,
    data: { proposalId: proposal.proposalId, retentionClass: proposal.retentionClass, items: items.length },
  })
}

/**
 * Asks that everything of a person goes, on a ground such as article 17 AVG. Another client must confirm it. Throws
 * `person-not-found`, or `legal-hold` with the name of the holder, the reason and the day of review.
 */
export async function requestErasure(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  request: { readonly personId: PersonId; readonly ground: string },
): Promise<ProposalStatus> {
  const { organisationId, clientId } = caller
  const { personId, ground } = request
  await getPerson(trx, organisationId, personId)
  await requireNoHold(trx, organisationId, personId)
  const items = await itemsOfPerson(trx, organisationId, personId)
  const proposal: ErasureProposal = {
    proposalId: platform.newId(),
    retentionClass: 'request',
    ground,
    fields: [],
    personId,
    madeBy: clientId,
    madeAt: platform.clock(),
  }
  await propose(platform, trx, organisationId, proposal, items)
  return getProposal(trx, organisationId, proposal.proposalId)
}

async function requireNoHold(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<void> {
  const holds = await listHolds(trx, organisationId, { state: 'active' })
  const hold = coveringHold(holds, personId, await policiesOfPerson(trx, organisationId, personId))
  if (hold !== undefined) throw heldProblem(hold)
}

/** The refusal that names who holds and why. */
function heldProblem(hold: LegalHold) {
  const message = `Held by ${hold.holder} since ${civilDateIn(hold.placedAt)}, to be reviewed on ${hold.reviewOn}: ${hold.reason}`
  return problem('legal-hold', { errors: [{ code: 'legal-hold', message, parameter: hold.holdId }] })
}

/**
 * Confirms or rejects a proposal. What was confirmed is executed soon after, without the confirming client. Throws
 * `erasure-proposal-not-found`, `erasure-decided` or `erasure-own-request`.
 */
export async function decideProposal(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: { readonly proposalId: string } & Pick<ErasureVerdict, 'verdict' | 'reason'>,
): Promise<ProposalStatus> {
  const { organisationId, clientId } = caller
  const { proposalId, verdict, reason } = command
  const proposal = await getProposal(trx, organisationId, proposalId)
  const refusal = decideVerdict(proposal, clientId)
  if (refusal !== undefined) throw problem(refusal)
  const decidedAt = platform.clock()
  const decision: ErasureVerdict = { verdict, reason, decidedBy: clientId, decidedAt }
  await insertDecision(trx, organisationId, proposalId, decision)
  if (verdict === 'confirm') await scheduleJob(trx, organisationId, erasureKind, decidedAt)
  return { ...proposal, decision }
}
