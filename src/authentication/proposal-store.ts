import { sql } from 'kysely'
import type { ClientId, Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'

export type NewProposal = {
  readonly proposalId: string
  readonly personId: PersonId
  readonly address: string
  readonly proposedBy: ClientId
  readonly proposedAt: Instant
}

/** Writes a proposal in the place of the one before, which is settled by that. */
export async function insertProposal(
  trx: Transaction,
  organisationId: OrganisationId,
  proposal: NewProposal,
): Promise<void> {
  await settleProposals(trx, organisationId, proposal.personId, proposal.proposedAt)
  await sql`
    insert into private_mailbox_proposal (organisation_id, proposal_id, person_id, address, proposed_by, proposed_at)
    values (${organisationId}::uuid, ${proposal.proposalId}::uuid, ${proposal.personId}::uuid, ${proposal.address},
            ${proposal.proposedBy}::uuid, ${proposal.proposedAt}::timestamptz)`.execute(trx)
}

/** The address that is proposed to a person; undefined when none is. */
export async function findProposal(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<{ readonly address: string; readonly proposedAt: Instant } | undefined> {
  const { rows } = await sql<{ address: string; proposed_at: Instant }>`
    select private_mailbox_proposal.address, private_mailbox_proposal.proposed_at from private_mailbox_proposal
    where private_mailbox_proposal.organisation_id = ${organisationId}::uuid
      and private_mailbox_proposal.person_id = ${personId}::uuid
      and private_mailbox_proposal.settled_at is null`.execute(trx)
  const row = rows[0]
  return row === undefined ? undefined : { address: row.address, proposedAt: row.proposed_at }
}

/** Ends what is proposed to a person, whatever they chose. */
export async function settleProposals(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  at: Instant,
): Promise<void> {
  await sql`
    update private_mailbox_proposal set settled_at = ${at}::timestamptz
    where private_mailbox_proposal.organisation_id = ${organisationId}::uuid
      and private_mailbox_proposal.person_id = ${personId}::uuid
      and private_mailbox_proposal.settled_at is null`.execute(trx)
}
