import { sql } from 'kysely'
import type { Assurance } from '#assurance'
import type { ActId, AssignmentId, BundleId, CivilDate, DocumentId, Instant, OrganisationId, PersonId, VersionId } from '#core' // prettier-ignore
import { problem } from '#core'
import type { Transaction } from '#database'
import type { Language } from '#people'
import type { Choice, EndedHow } from './act.ts'

/** An act on one statement of a ceremony. */
export type CeremonyAct = {
  readonly actId: ActId
  readonly statementId: string
  readonly choice: Choice
  readonly language: Language
  readonly documentId: DocumentId
  readonly assurance: Assurance
  readonly actedAt: Instant
}

/** How and when a ceremony ended without an answer, and what came in its place. */
export type CeremonyEnd = {
  readonly how: EndedHow
  readonly at: Instant
  readonly supersededBy: AssignmentId | null
}

/** Everything about one ceremony but what it is about. */
export type CeremonyView = {
  readonly assignmentId: AssignmentId
  readonly versionId: VersionId | null
  readonly bundleId: BundleId | null
  readonly personId: PersonId
  readonly personName: string
  readonly personLanguage: Language
  /** Nothing that tells who the person was is left. */
  readonly personErased: boolean
  readonly organisationName: string
  readonly createdAt: Instant
  readonly dueDate: CivilDate
  readonly withdrawnFrom: CivilDate | null
  readonly end: CeremonyEnd | null
  /** In the order in which they were done. */
  readonly acts: readonly CeremonyAct[]
}

/** A ceremony by one of its links. */
export type LinkView = CeremonyView & {
  readonly expiresAt: Instant
  readonly linkClosed: boolean
  /** When this link was first opened in each language. */
  readonly openings: readonly { readonly language: Language; readonly openedAt: Instant }[]
}

type Row = {
  assignment_id: AssignmentId
  version_id: VersionId | null
  bundle_id: BundleId | null
  person_id: PersonId
  person_name: string
  person_language: Language
  person_erased: boolean
  organisation_name: string
  created_at: Instant
  due_date: CivilDate
  withdrawn_from: CivilDate | null
  ended_how: EndedHow | null
  ended_at: Instant
  superseded_by: AssignmentId | null
  acts: readonly {
    act_id: ActId
    statement_id: string
    choice: Choice
    language: Language
    document_id: DocumentId
    assurance: Assurance
    acted_at: string
  }[]
}

const moment = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** The acts on the statements of `assignment`, in the order in which they were done. */
export const actsText = `
  coalesce((select json_agg(json_build_object('act_id', act.act_id, 'statement_id', act.statement_id, 'choice', act.choice,
                'language', act.language, 'document_id', act.document_id, 'assurance', act.assurance,
                'acted_at', ${moment('act.acted_at')}) order by act.acted_at, act.act_id)
            from act where act.organisation_id = assignment.organisation_id
                       and act.assignment_id = assignment.assignment_id), '[]')`

/** When `link` was first opened in each language. */
export const openingsText = `
  coalesce((select json_agg(json_build_object('language', opening.language, 'opened_at', ${moment('opening.opened_at')}))
            from opening where opening.organisation_id = link.organisation_id
                           and opening.token_sha256 = link.token_sha256), '[]')`

const columns = sql`
  assignment.assignment_id, assignment.version_id, assignment.bundle_id, assignment.person_id,
  person.given_name || ' ' || person.family_name as person_name, person.language as person_language,
  person.erased_at is not null as person_erased, organisation.name as organisation_name,
  assignment.created_at, assignment.due_date, policy_withdrawal.withdrawn_from,
  ceremony_end.how as ended_how, ceremony_end.ended_at, ceremony_end.superseded_by,
  ${sql.raw(actsText)} as acts`

const joins = sql`
  join organisation on organisation.organisation_id = assignment.organisation_id
  join person on person.organisation_id = assignment.organisation_id and person.person_id = assignment.person_id
  left join policy_withdrawal on policy_withdrawal.organisation_id = assignment.organisation_id
                             and policy_withdrawal.version_id = assignment.version_id
  left join ceremony_end on ceremony_end.organisation_id = assignment.organisation_id
                        and ceremony_end.assignment_id = assignment.assignment_id`

function toView(row: Row): CeremonyView {
  return {
    assignmentId: row.assignment_id,
    versionId: row.version_id,
    bundleId: row.bundle_id,
    personId: row.person_id,
    personName: row.person_name,
    personLanguage: row.person_language,
    personErased: row.person_erased,
    organisationName: row.organisation_name,
    createdAt: row.created_at,
    dueDate: row.due_date,
    withdrawnFrom: row.withdrawn_from,
    end:
      row.ended_how === null
        ? null
        : { how: row.ended_how, at: row.ended_at, supersededBy: row.superseded_by },
    acts: row.acts.map((act) => ({
      actId: act.act_id,
      statementId: act.statement_id,
      choice: act.choice,
      language: act.language,
      documentId: act.document_id,
      assurance: act.assurance,
      actedAt: act.acted_at as Instant,
    })),
  }
}

/** A link as its row says it. */
export type LinkRow = Row & {
  readonly expires_at: Instant
  readonly closed: boolean
  readonly openings: readonly { readonly language: Language; readonly opened_at: string }[]
}

export function toLinkView(row: LinkRow): LinkView {
  return {
    ...toView(row),
    expiresAt: row.expires_at,
    linkClosed: row.closed,
    openings: row.openings.map(({ language, opened_at }) => ({ language, openedAt: opened_at as Instant })),
  }
}

/** What stands behind the token with this hash, in one query; undefined when there is no such link here. */
export async function findLink(
  trx: Transaction,
  organisationId: OrganisationId,
  tokenSha256: Buffer,
): Promise<LinkView | undefined> {
  const { rows } = await sql<LinkRow>`
    select ${columns}, link.expires_at, misdelivery.token_sha256 is not null as closed,
           ${sql.raw(openingsText)} as openings
    from link
    join assignment on assignment.organisation_id = link.organisation_id and assignment.assignment_id = link.assignment_id
    ${joins}
    left join misdelivery on misdelivery.organisation_id = link.organisation_id
                         and misdelivery.token_sha256 = link.token_sha256
    where link.organisation_id = ${organisationId}::uuid and link.token_sha256 = ${tokenSha256}`.execute(trx)
  return rows[0] === undefined ? undefined : toLinkView(rows[0])
}

/** The ceremony with this id, or the problem `assignment-not-found`. */
export async function getCeremony(
  trx: Transaction,
  organisationId: OrganisationId,
  assignmentId: AssignmentId,
): Promise<CeremonyView> {
  const { rows } = await sql<Row>`
    select ${columns} from assignment ${joins}
    where assignment.organisation_id = ${organisationId}::uuid
      and assignment.assignment_id = ${assignmentId}::uuid`.execute(trx)
  if (rows[0] === undefined) throw problem('assignment-not-found')
  return toView(rows[0])
}

/** All ceremonies of a person, newest first. */
export async function listCeremoniesOf(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<CeremonyView[]> {
  const { rows } = await sql<Row>`
    select ${columns} from assignment ${joins}
    where assignment.organisation_id = ${organisationId}::uuid and assignment.person_id = ${personId}::uuid
    order by assignment.assignment_id desc`.execute(trx)
  return rows.map(toView)
}

/** The act on a statement behind the token with this hash, null while there is none; undefined when there is no such link here. */
export async function findOwnAct(
  trx: Transaction,
  organisationId: OrganisationId,
  tokenSha256: Buffer,
  statementId: string,
): Promise<{ readonly actId: ActId | null } | undefined> {
  const { rows } = await sql<{ act_id: ActId | null }>`
    select act.act_id from link
    left join act on act.organisation_id = link.organisation_id and act.assignment_id = link.assignment_id
                 and act.statement_id = ${statementId}
    where link.organisation_id = ${organisationId}::uuid and link.token_sha256 = ${tokenSha256}`.execute(trx)
  const row = rows[0]
  return row === undefined ? undefined : { actId: row.act_id }
}

/**
 * The version of the same policy that this person last took on before this one: agreed to, or, where nothing is agreed,
 * said to have seen. null when there is none.
 */
export async function findLastAccepted(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  versionId: VersionId,
): Promise<{ readonly versionId: VersionId; readonly actedAt: Instant } | null> {
  const { rows } = await sql<{ version_id: VersionId; acted_at: Instant }>`
    select act.version_id, act.acted_at
    from policy_version as newer
    join policy on policy.organisation_id = newer.organisation_id and policy.policy_id = newer.policy_id
    join policy_version as older on older.organisation_id = newer.organisation_id and older.policy_id = newer.policy_id
                                and older.version_number < newer.version_number
    join act on act.organisation_id = older.organisation_id and act.version_id = older.version_id
            and act.person_id = ${personId}::uuid
    where newer.organisation_id = ${organisationId}::uuid and newer.version_id = ${versionId}::uuid
      and act.choice = case policy.legal_nature when 'contract-term' then 'agreed' else 'seen' end
    order by older.version_number desc limit 1`.execute(trx)
  const row = rows[0]
  return row === undefined ? null : { versionId: row.version_id, actedAt: row.acted_at }
}
