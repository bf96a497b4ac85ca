import { sql } from 'kysely'
import type { BundleManifest } from '#ceremonies'
import type { BundleId, CivilDate, DocumentId, EntryId, Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'
import { readEntries, remainingFacts } from '#evidence'

/** The manifests of bundles that are still there, by bundle. */
export async function readManifests(
  trx: Transaction,
  organisationId: OrganisationId,
  bundleIds: readonly BundleId[],
): Promise<Map<BundleId, BundleManifest>> {
  const { rows } = await sql<{ bundle_id: BundleId; manifest: string }>`
    select bundle_content.bundle_id, bundle_content.manifest from bundle_content
    where bundle_content.organisation_id = ${organisationId}::uuid
      and bundle_content.bundle_id = any(${[...bundleIds]}::uuid[])`.execute(trx)
  return new Map(rows.map((row) => [row.bundle_id, JSON.parse(row.manifest) as BundleManifest]))
}

/** A clause that a person agreed to on a day. */
export type Affirmation = {
  readonly employmentId: string
  readonly agreementId: string
  readonly clauseId: string
  readonly on: CivilDate
}

/** Every clause to which these persons agreed in an agreement that was concluded and that nobody denies, oldest first. */
export async function readAffirmations(
  trx: Transaction,
  organisationId: OrganisationId,
  personIds: readonly PersonId[],
): Promise<Affirmation[]> {
  const { rows } = await sql<Affirmation>`
    select agreement.employment_id as "employmentId", agreement.agreement_id as "agreementId",
           annex_clause.clause_id as "clauseId", (done.concluded_at at time zone 'Europe/Amsterdam')::date as "on"
    from agreement
    join agreement_conclusion as done using (organisation_id, agreement_id)
    join agreement_annex using (organisation_id, agreement_id)
    join annex_clause using (organisation_id, annex_id)
    where agreement.organisation_id = ${organisationId}::uuid and agreement.person_id = any(${[...personIds]}::uuid[])
      and done.outcome = 'concluded'
      and not exists (select from act where act.organisation_id = agreement.organisation_id
        and act.assignment_id in (agreement.employee_assignment_id, agreement.representative_assignment_id)
        and act_status(act.act_id) in ('denied', 'not-attributed-by-court'))
    order by done.concluded_at, annex_clause.clause_id`.execute(trx)
  return rows
}

/** What others did to the ways in which a person is known. */
export type PrivilegedAction = { readonly personId: PersonId; readonly at: Instant; readonly what: string }

/** What staff did to how these persons are known: keys that were reset, an address that was proposed, an account that was exchanged. */
export async function readPrivilegedActions(
  trx: Transaction,
  organisationId: OrganisationId,
  personIds: readonly PersonId[],
): Promise<PrivilegedAction[]> {
  const { rows } = await sql<PrivilegedAction>`
    with asked as (select unnest(${[...personIds]}::uuid[]) as person_id)
    select asked.person_id as "personId", found.at, found.what from asked
    cross join lateral (
      select signing_reset.reset_at as at, 'signing-reset' as what from signing_reset
      where signing_reset.organisation_id = ${organisationId}::uuid and signing_reset.person_id = asked.person_id
      union all
      select private_mailbox_proposal.proposed_at, 'private-mailbox-proposed' from private_mailbox_proposal
      where private_mailbox_proposal.organisation_id = ${organisationId}::uuid
        and private_mailbox_proposal.person_id = asked.person_id
      union all
      select sign_on_rebinding.requested_at, 'sign-on-rebinding-asked' from sign_on_rebinding
      where sign_on_rebinding.organisation_id = ${organisationId}::uuid
        and sign_on_rebinding.person_id = asked.person_id) as found
    order by found.at, found.what`.execute(trx)
  return rows
}

/** What the store and the ledger say: the hash of each file that is there, the newest time-stamp, and who is under a legal hold. */
export type StoredEvidence = {
  readonly fileSha256: ReadonlyMap<DocumentId, string>
  readonly lastAnchorAt: Instant | null
  readonly held: ReadonlySet<PersonId>
}

export async function readStoredEvidence(
  trx: Transaction,
  organisationId: OrganisationId,
  documentIds: readonly DocumentId[],
  personIds: readonly PersonId[],
): Promise<StoredEvidence> {
  const { rows: files } = await sql<{ document_id: DocumentId; sha256: string }>`
    select document.document_id, encode(sha256(document.bytes), 'hex') as sha256 from document
    where document.organisation_id = ${organisationId}::uuid
      and document.document_id = any(${[...documentIds]}::uuid[])`.execute(trx)
  const { rows: anchors } = await sql<{ at: Instant | null }>`
    select max(ledger_anchor.proven_at) as at from ledger_anchor
    where ledger_anchor.organisation_id = ${organisationId}::uuid and ledger_anchor.kind = 'timestamp'`.execute(
    trx,
  )
  const { rows: held } = await sql<{ person_id: PersonId }>`
    select asked.person_id from unnest(${[...personIds]}::uuid[]) as asked (person_id)
    where active_hold(asked.person_id, null) is not null`.execute(trx)
  return {
    fileSha256: new Map(files.map((row) => [row.document_id, row.sha256])),
    lastAnchorAt: anchors[0]?.at ?? null,
    held: new Set(held.map((row) => row.person_id)),
  }
}

/** The conditions that were given with acts, by the entry of the act; what was erased says so. */
export async function readConditions(
  trx: Transaction,
  organisationId: OrganisationId,
  entryIds: readonly EntryId[],
): Promise<Map<EntryId, string>> {
  if (entryIds.length === 0) return new Map()
  const entries = await readEntries(trx, organisationId, [...entryIds])
  return new Map(
    entries.map((entry) => {
      const reason = remainingFacts(entry.disclosures)['reason']
      return [entry.entryId, typeof reason === 'string' ? reason : '—']
    }),
  )
}
