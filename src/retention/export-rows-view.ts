import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { AssignmentId, CivilDate, EntryId, Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'

type Read = {
  readonly trx: Transaction
  readonly organisationId: OrganisationId
  readonly personId: PersonId
}

export type AssignmentRow = {
  readonly assignment_id: AssignmentId
  /** Of a policy; null for a bundle. */
  readonly policy_id: string | null
  readonly policy_name: string | null
  readonly version_number: number | null
  readonly purpose: string
  readonly manifest_sha256: string | null
  /** null for a policy, and once the content of the ceremony was erased. */
  readonly manifest: string | null
  readonly ended_how: string | null
  readonly ended_at: Instant
  readonly due_date: CivilDate
  readonly created_at: Instant
  readonly under_hold: boolean
}

/** What a person was handed, oldest first. */
export async function assignmentRows({ trx, organisationId, personId }: Read): Promise<AssignmentRow[]> {
  const { rows } = await sql<AssignmentRow>`
    select assignment.assignment_id, policy.policy_id, policy.name as policy_name,
           coalesce(bundle.purpose, policy.legal_nature) as purpose,
           encode(bundle.manifest_sha256, 'hex') as manifest_sha256, bundle_content.manifest,
           ceremony_end.how as ended_how, ceremony_end.ended_at, policy_version.version_number, assignment.due_date, assignment.created_at,
           active_hold(assignment.person_id, assignment.assignment_id) is not null as under_hold
    from assignment
    left join policy_version on policy_version.organisation_id = assignment.organisation_id
                            and policy_version.version_id = assignment.version_id
    left join policy on policy.organisation_id = policy_version.organisation_id and policy.policy_id = policy_version.policy_id
    left join bundle on bundle.organisation_id = assignment.organisation_id and bundle.bundle_id = assignment.bundle_id
    left join bundle_content on bundle_content.organisation_id = bundle.organisation_id
                            and bundle_content.bundle_id = bundle.bundle_id
    left join ceremony_end on ceremony_end.organisation_id = assignment.organisation_id
                          and ceremony_end.assignment_id = assignment.assignment_id
    where assignment.organisation_id = ${organisationId}::uuid and assignment.person_id = ${personId}::uuid
    order by assignment.assignment_id`.execute(trx)
  return rows
}

type OfAssignment = { readonly assignment_id: AssignmentId }

/** Rows of tables that stand below an assignment, for all assignments of the person at once. */
async function rowsBelow<Row>(read: Read, query: RawBuilder<unknown>): Promise<(Row & OfAssignment)[]> {
  const { rows } = await sql<Row & OfAssignment>`
    with own as (select assignment.organisation_id, assignment.assignment_id from assignment
                 where assignment.organisation_id = ${read.organisationId}::uuid
                   and assignment.person_id = ${read.personId}::uuid)
    ${query}`.execute(read.trx)
  return rows
}

export type MessageRow = { address: string; state: string; attempts: number; created_at: Instant }
export const messageRows = (read: Read) =>
  rowsBelow<MessageRow>(
    read,
    sql`select delivery.assignment_id, delivery.address, delivery.state, delivery.attempts, delivery.created_at
        from own join delivery using (organisation_id, assignment_id) order by delivery.created_at, delivery.delivery_id`,
  )

export type EventRow = {
  kind: string
  channel: string
  address: string
  detail: string
  occurred_at: Instant
}
export const eventRows = (read: Read) =>
  rowsBelow<EventRow>(
    read,
    sql`select delivery_event.assignment_id, delivery_event.kind, delivery_event.channel, delivery_event.address,
               delivery_event.detail, delivery_event.occurred_at
        from own join delivery_event using (organisation_id, assignment_id)
        order by delivery_event.occurred_at, delivery_event.event_id`,
  )

export type LinkRow = { issued_at: Instant; expires_at: Instant }
export const linkRows = (read: Read) =>
  rowsBelow<LinkRow>(
    read,
    sql`select link.assignment_id, link.issued_at, link.expires_at
        from own join link using (organisation_id, assignment_id) order by link.issued_at, link.delivery_id`,
  )

export type OpeningRow = { language: string; opened_at: Instant; user_agent: string; network_class: string }
export const openingRows = (read: Read) =>
  rowsBelow<OpeningRow>(
    read,
    sql`select opening.assignment_id, opening.language, opening.opened_at, opening.user_agent, opening.network_class
        from own join opening using (organisation_id, assignment_id) order by opening.opened_at, opening.language`,
  )

export type ActRow = {
  act_id: string
  statement_id: string
  choice: string
  language: string
  acted_at: Instant
  assurance: string
  evidence_level: string
  entry_id: EntryId
  document_id: string | null
  document_sha256: string
  document_created_at: Instant
  /** The signed copies in which the act stands, oldest first. */
  copies: readonly {
    executed_copy_id: string
    capacity: string
    made_at: string
    sha256: string
    document_id: string | null
  }[]
}
export const actRows = (read: Read) =>
  rowsBelow<ActRow>(
    read,
    sql`select act.assignment_id, act.act_id, act.statement_id, act.choice, act.language, act.acted_at, act.assurance, act.evidence_level,
               act.entry_id, document.document_id, encode(document.sha256, 'hex') as document_sha256,
               document.created_at as document_created_at,
               coalesce((select json_agg(json_build_object(
                   'executed_copy_id', executed_copy.executed_copy_id, 'capacity', party.capacity,
                   'made_at', to_char(executed_copy.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                   'sha256', encode(executed_copy.document_sha256, 'hex'), 'document_id', executed_copy_document.document_id)
                   order by executed_copy.executed_copy_id)
                 from executed_copy_party as party
                 join executed_copy using (organisation_id, executed_copy_id)
                 left join executed_copy_document using (organisation_id, executed_copy_id)
                 where party.organisation_id = act.organisation_id and party.act_id = act.act_id), '[]') as copies
        from own join act using (organisation_id, assignment_id)
        left join act_receipt on act_receipt.organisation_id = act.organisation_id and act_receipt.act_id = act.act_id
        left join document on document.organisation_id = act_receipt.organisation_id
                          and document.document_id = act_receipt.document_id
        order by act.statement_id <> 'main', act.acted_at, act.act_id`,
  )

export type DenialRow = {
  act_id: string
  entry_id: EntryId
  kind: string
  status: string
  recorded_at: Instant
}

/** What was said against acts of the person, oldest first. */
export const denialRows = (read: Read) =>
  rowsBelow<DenialRow>(
    read,
    sql`select act.assignment_id, act.act_id, denial_step.entry_id, denial_step.kind, denial_step.status, denial_step.recorded_at
        from own join act using (organisation_id, assignment_id) join denial_step using (organisation_id, act_id)
        order by denial_step.recorded_at, denial_step.step_number`,
  )

export type DossierRow = { dossier_id: string; purpose: string; created_at: Instant }

/** Dossiers that were made about the person. */
export async function dossierRows({ trx, organisationId, personId }: Read): Promise<DossierRow[]> {
  const { rows } = await sql<DossierRow>`
    select dossier.dossier_id, dossier.purpose, dossier.created_at from dossier
    where dossier.organisation_id = ${organisationId}::uuid and dossier.person_id = ${personId}::uuid
    order by dossier.dossier_id`.execute(trx)
  return rows
}

export type LetterRow = {
  document_id: string
  kind: 'annex' | 'warning' | 'exit-letter'
  subject: string
  holds_from: CivilDate
  document_sha256: string
  made_at: Instant
}

/** Annexes and warnings that were made for the person, oldest first. */
export async function letterRows({ trx, organisationId, personId }: Read): Promise<LetterRow[]> {
  const { rows } = await sql<LetterRow>`
    select letter_document.document_id, letter.kind, letter_document.subject, letter.holds_from,
           encode(letter.document_sha256, 'hex') as document_sha256, letter.made_at
    from letter join letter_document using (organisation_id, letter_id)
    where letter.organisation_id = ${organisationId}::uuid and letter.person_id = ${personId}::uuid
    order by letter.made_at, letter.letter_id`.execute(trx)
  return rows
}

export type CaptureRow = {
  capture_id: string
  captured_on: CivilDate
  visibility: string
  media_type: string
  sha256: string
  source: string | null
  shows: string | null
  kept_at: Instant
}

/** Dated prints of contacts of the person, by the day of the print. */
export async function captureRows({ trx, organisationId, personId }: Read): Promise<CaptureRow[]> {
  const { rows } = await sql<CaptureRow>`
    select contact_capture.capture_id, contact_capture.captured_on, contact_capture.visibility, contact_capture.media_type,
           encode(contact_capture.content_sha256, 'hex') as sha256, contact_capture_content.source,
           contact_capture_content.shows, contact_capture.kept_at
    from contact_capture left join contact_capture_content using (organisation_id, capture_id)
    where contact_capture.organisation_id = ${organisationId}::uuid and contact_capture.person_id = ${personId}::uuid
    order by contact_capture.captured_on, contact_capture.capture_id`.execute(trx)
  return rows
}

export type AnnexRow = {
  annex_id: string
  mark: string
  kind: 'clauses' | 'relation-list'
  effective_from: CivilDate
  effective_until: CivilDate | null
  document_sha256: string
  content_sha256: string
  created_at: Instant
  title: string
  content: string
}

/** Annexes that were composed for the person, with everything they are composed of, oldest first. */
export async function annexRows({ trx, organisationId, personId }: Read): Promise<AnnexRow[]> {
  const { rows } = await sql<AnnexRow>`
    select annex.annex_id, annex.mark, annex.kind, annex.effective_from, annex.effective_until,
           encode(annex.document_sha256, 'hex') as document_sha256, encode(annex.content_sha256, 'hex') as content_sha256,
           annex.created_at, annex_content.title, annex_content.content
    from annex join annex_content using (organisation_id, annex_id)
    where annex.organisation_id = ${organisationId}::uuid and annex.person_id = ${personId}::uuid
    order by annex.created_at, annex.annex_id`.execute(trx)
  return rows
}

export type ErasureRow = {
  proposal_id: string
  retention_class: string
  ground: string
  what: string
  assignment_id: string | null
  made_at: Instant
  verdict: string | null
  outcome: string | null
}

/** What was proposed about the person, decided and done. */
export async function erasureRows({ trx, organisationId, personId }: Read): Promise<ErasureRow[]> {
  const { rows } = await sql<ErasureRow>`
    select erasure_proposal.proposal_id, erasure_proposal.retention_class, erasure_proposal.ground, erasure_item.what,
           erasure_item.assignment_id, erasure_proposal.made_at, erasure_decision.verdict, erasure_result.outcome
    from erasure_item
    join erasure_proposal using (organisation_id, proposal_id)
    left join erasure_decision using (organisation_id, proposal_id)
    left join erasure_result using (organisation_id, proposal_id, item_number)
    where erasure_item.organisation_id = ${organisationId}::uuid and erasure_item.person_id = ${personId}::uuid
    order by erasure_proposal.proposal_id, erasure_item.item_number`.execute(trx)
  return rows
}

export type EntryRow = { entry_index: number; kind: string; recorded_at: Instant }

/** Every entry of a ledger that is about the person: handed out, acted, in a copy, held, put in a dossier, erased. */
export async function entryRows({ trx, organisationId, personId }: Read): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    with about as (
      select assignment.entry_id from assignment
        where assignment.organisation_id = ${organisationId}::uuid and assignment.person_id = ${personId}::uuid
      union select act.entry_id from act
        where act.organisation_id = ${organisationId}::uuid and act.person_id = ${personId}::uuid
      union select signing_credential.entry_id from signing_credential
        where signing_credential.organisation_id = ${organisationId}::uuid and signing_credential.person_id = ${personId}::uuid
      union select signing_revocation.entry_id from signing_revocation join signing_credential using (organisation_id, signing_credential_id)
        where signing_credential.organisation_id = ${organisationId}::uuid and signing_credential.person_id = ${personId}::uuid
      union select signing_reset.entry_id from signing_reset
        where signing_reset.organisation_id = ${organisationId}::uuid and signing_reset.person_id = ${personId}::uuid
      union select denial_step.entry_id from denial_step join act using (organisation_id, act_id)
        where act.organisation_id = ${organisationId}::uuid and act.person_id = ${personId}::uuid
      union select ceremony_end.entry_id from ceremony_end join assignment using (organisation_id, assignment_id)
        where assignment.organisation_id = ${organisationId}::uuid and assignment.person_id = ${personId}::uuid
      union select misdelivery.entry_id from misdelivery join assignment using (organisation_id, assignment_id)
        where assignment.organisation_id = ${organisationId}::uuid and assignment.person_id = ${personId}::uuid
      union select delivery_event.entry_id from delivery_event join assignment using (organisation_id, assignment_id)
        where assignment.organisation_id = ${organisationId}::uuid and assignment.person_id = ${personId}::uuid
          and delivery_event.entry_id is not null
      union select executed_copy.entry_id from executed_copy
        join executed_copy_party using (organisation_id, executed_copy_id) join act using (organisation_id, act_id)
        where act.organisation_id = ${organisationId}::uuid and act.person_id = ${personId}::uuid
      union select letter.entry_id from letter
        where letter.organisation_id = ${organisationId}::uuid and letter.person_id = ${personId}::uuid
      union select contact_capture.entry_id from contact_capture
        where contact_capture.organisation_id = ${organisationId}::uuid and contact_capture.person_id = ${personId}::uuid
      union select legal_check.entry_id from legal_check
        where legal_check.organisation_id = ${organisationId}::uuid and legal_check.person_id = ${personId}::uuid
      union select dossier.entry_id from dossier
        where dossier.organisation_id = ${organisationId}::uuid and dossier.person_id = ${personId}::uuid
      union select person_authentication.entry_id from person_authentication
        where person_authentication.organisation_id = ${organisationId}::uuid and person_authentication.person_id = ${personId}::uuid
      union select private_mailbox.entry_id from private_mailbox
        where private_mailbox.organisation_id = ${organisationId}::uuid and private_mailbox.person_id = ${personId}::uuid
      union select totp_authenticator.entry_id from totp_authenticator
        where totp_authenticator.organisation_id = ${organisationId}::uuid and totp_authenticator.person_id = ${personId}::uuid
      union select attestation.entry_id from attestation
        where attestation.organisation_id = ${organisationId}::uuid and attestation.person_id = ${personId}::uuid
      union select legal_hold.entry_id from legal_hold
        where legal_hold.organisation_id = ${organisationId}::uuid and legal_hold.person_id = ${personId}::uuid
      union select legal_hold_release.entry_id from legal_hold_release join legal_hold using (organisation_id, hold_id)
        where legal_hold.organisation_id = ${organisationId}::uuid and legal_hold.person_id = ${personId}::uuid
      union select entry_erasure.erasure_entry_id from entry_erasure
        join act on act.organisation_id = entry_erasure.organisation_id and act.entry_id = entry_erasure.entry_id
        where act.organisation_id = ${organisationId}::uuid and act.person_id = ${personId}::uuid)
    select ledger_entry.entry_index, ledger_entry.kind, ledger_entry.recorded_at from about
    join ledger_entry on ledger_entry.organisation_id = ${organisationId}::uuid and ledger_entry.entry_id = about.entry_id
    order by ledger_entry.recorded_at, ledger_entry.entry_index`.execute(trx)
  return rows
}
