import { sql } from 'kysely'
import type { ClientId, EntryId, Instant, OrganisationId } from '#core'
import type { Database, Transaction } from '#database'
import type { ErasureProposal, ItemOutcome } from './retention.ts'

/** A proposal that was confirmed and is not done. */
export type ConfirmedErasure = Pick<
  ErasureProposal,
  'proposalId' | 'retentionClass' | 'ground' | 'fields'
> & {
  readonly decidedBy: ClientId
}

/** The confirmed proposals that still have items without a result, oldest first. */
export async function listConfirmed(
  database: Database,
  organisationId: OrganisationId,
): Promise<ConfirmedErasure[]> {
  const { rows } = await database.readInOrganisation(organisationId, (trx) =>
    sql<{
      proposal_id: string
      retention_class: ErasureProposal['retentionClass']
      ground: string
      fields: string[]
      decided_by: ClientId
    }>`
      select erasure_proposal.proposal_id, erasure_proposal.retention_class, erasure_proposal.ground,
             erasure_proposal.fields, erasure_decision.decided_by
      from erasure_decision
      join erasure_proposal on erasure_proposal.organisation_id = erasure_decision.organisation_id
                           and erasure_proposal.proposal_id = erasure_decision.proposal_id
      where erasure_decision.organisation_id = ${organisationId}::uuid and erasure_decision.verdict = 'confirm'
        and exists (select from erasure_item
          where erasure_item.organisation_id = erasure_decision.organisation_id
            and erasure_item.proposal_id = erasure_decision.proposal_id
            and not exists (select from erasure_result
              where erasure_result.organisation_id = erasure_item.organisation_id
                and erasure_result.proposal_id = erasure_item.proposal_id
                and erasure_result.item_number = erasure_item.item_number))
      order by erasure_decision.decided_at, erasure_decision.proposal_id`.execute(trx),
  )
  return rows.map((row) => ({
    proposalId: row.proposal_id,
    retentionClass: row.retention_class,
    ground: row.ground,
    fields: row.fields,
    decidedBy: row.decided_by,
  }))
}

/** The numbers of items that have no result, but for those left out; persons' rows last. */
export async function nextItems(
  trx: Transaction,
  organisationId: OrganisationId,
  proposalId: string,
  leftOut: readonly number[],
  limit: number,
): Promise<number[]> {
  const { rows } = await sql<{ item_number: number }>`
    select erasure_item.item_number from erasure_item
    where erasure_item.organisation_id = ${organisationId}::uuid and erasure_item.proposal_id = ${proposalId}::uuid
      and erasure_item.item_number <> all(${[...leftOut]}::integer[])
      and not exists (select from erasure_result
        where erasure_result.organisation_id = erasure_item.organisation_id
          and erasure_result.proposal_id = erasure_item.proposal_id
          and erasure_result.item_number = erasure_item.item_number)
    order by erasure_item.what = 'person', erasure_item.item_number limit ${limit}`.execute(trx)
  return rows.map((row) => row.item_number)
}

export type ErasedItem = {
  readonly number: number
  readonly outcome: ItemOutcome
  /** The entry whose content went, if the item had one. */
  readonly entryId: EntryId | null
}

/**
 * Takes the content of these items away, by the function of the owner (decision 0060). `erasureEntryId` is the entry that
 * will say so: without it in the log the transaction cannot be committed.
 */
export async function eraseItems(
  trx: Transaction,
  proposalId: string,
  numbers: readonly number[],
  erasureEntryId: EntryId,
  at: Instant,
): Promise<ErasedItem[]> {
  const { rows } = await sql<{ item_number: number; outcome: ItemOutcome; entry_id: EntryId | null }>`
    select done.item_number, done.outcome, done.entry_id
    from erase_items(${proposalId}::uuid, ${[...numbers]}::integer[], ${erasureEntryId}::uuid, ${at}::timestamptz) as done`.execute(
    trx,
  )
  return rows.map((row) => ({ number: row.item_number, outcome: row.outcome, entryId: row.entry_id }))
}

/** The assignments that these items of a proposal are about. */
export async function assignmentsOf(
  trx: Transaction,
  organisationId: OrganisationId,
  proposalId: string,
  numbers: readonly number[],
): Promise<string[]> {
  const { rows } = await sql<{ assignment_id: string }>`
    select erasure_item.assignment_id from erasure_item
    where erasure_item.organisation_id = ${organisationId}::uuid and erasure_item.proposal_id = ${proposalId}::uuid
      and erasure_item.item_number = any(${[...numbers]}::integer[]) and erasure_item.assignment_id is not null`.execute(
    trx,
  )
  return rows.map((row) => row.assignment_id)
}

/** The entries whose content went with this erasure, also those of letters, which go with the row of their person. */
export async function entriesErasedWith(
  trx: Transaction,
  organisationId: OrganisationId,
  erasureEntryId: EntryId,
): Promise<EntryId[]> {
  const { rows } = await sql<{ entry_id: EntryId }>`
    select entry_erasure.entry_id from entry_erasure
    where entry_erasure.organisation_id = ${organisationId}::uuid
      and entry_erasure.erasure_entry_id = ${erasureEntryId}::uuid`.execute(trx)
  return rows.map((row) => row.entry_id)
}
