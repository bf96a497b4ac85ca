import { sql } from 'kysely'
import type {
  ActId,
  AssignmentId,
  CivilDate,
  DocumentId,
  Instant,
  OrganisationId,
  PersonId,
  VersionId,
} from '#core'
import type { Transaction } from '#database'
import type { Language } from '#people'
import type { Choice, NetworkClass } from './act.ts'

export type NewLink = {
  readonly tokenSha256: Buffer
  readonly assignmentId: AssignmentId
  readonly deliveryId: string
  readonly issuedAt: Instant
  readonly expiresAt: Instant
}

/** Writes the hash of a new link's token. The token itself never comes here. */
export async function insertLink(
  trx: Transaction,
  organisationId: OrganisationId,
  link: NewLink,
): Promise<void> {
  await sql`
    insert into link (organisation_id, token_sha256, assignment_id, delivery_id, issued_at, expires_at)
    values (${organisationId}::uuid, ${link.tokenSha256}, ${link.assignmentId}::uuid, ${link.deliveryId}::uuid,
            ${link.issuedAt}::timestamptz, ${link.expiresAt}::timestamptz)`.execute(trx)
}

export type NewOpening = {
  readonly tokenSha256: Buffer
  readonly assignmentId: AssignmentId
  readonly language: Language
  readonly openedAt: Instant
  readonly userAgent: string
  readonly networkClass: NetworkClass
}

/** Records the first opening of a link in a language; later ones change nothing. */
export async function insertOpening(
  trx: Transaction,
  organisationId: OrganisationId,
  opening: NewOpening,
): Promise<void> {
  await sql`
    insert into opening (organisation_id, token_sha256, language, assignment_id, opened_at, user_agent, network_class)
    values (${organisationId}::uuid, ${opening.tokenSha256}, ${opening.language}, ${opening.assignmentId}::uuid,
            ${opening.openedAt}::timestamptz, ${opening.userAgent}, ${opening.networkClass})
    on conflict on constraint opening_pk do nothing`.execute(trx)
}

/** What stands behind a link, for showing it. */
export type LinkView = {
  readonly assignmentId: AssignmentId
  readonly versionId: VersionId
  readonly personId: PersonId
  readonly personName: string
  readonly personLanguage: Language
  /** Nothing that tells who the person was is left. */
  readonly personErased: boolean
  readonly organisationName: string
  readonly dueDate: CivilDate
  readonly expiresAt: Instant
  readonly withdrawnFrom: CivilDate | null
  readonly act: {
    readonly actId: string
    readonly choice: Choice
    readonly language: Language
    readonly documentId: DocumentId
    readonly actedAt: Instant
  } | null
}

type LinkRow = {
  assignment_id: string
  version_id: string
  person_id: string
  person_name: string
  person_language: string
  person_erased: boolean
  organisation_name: string
  due_date: string
  expires_at: string
  withdrawn_from: string | null
  act_id: string | null
  choice: string | null
  act_language: string | null
  document_id: string | null
  acted_at: string | null
}

/** What stands behind the token with this hash, in one query; undefined when there is no such link here. */
export async function findLink(
  trx: Transaction,
  organisationId: OrganisationId,
  tokenSha256: Buffer,
): Promise<LinkView | undefined> {
  const { rows } = await sql<LinkRow>`
    select link.assignment_id, assignment.version_id, assignment.person_id,
           person.given_name || ' ' || person.family_name as person_name, person.language as person_language,
           person.erased_at is not null as person_erased,
           organisation.name as organisation_name, assignment.due_date, link.expires_at,
           policy_withdrawal.withdrawn_from,
           act.act_id, act.choice, act.language as act_language, act.document_id, act.acted_at
    from link
    join organisation on organisation.organisation_id = link.organisation_id
    join assignment on assignment.organisation_id = link.organisation_id and assignment.assignment_id = link.assignment_id
    join person on person.organisation_id = assignment.organisation_id and person.person_id = assignment.person_id
    left join policy_withdrawal on policy_withdrawal.organisation_id = assignment.organisation_id
                               and policy_withdrawal.version_id = assignment.version_id
    left join act on act.organisation_id = link.organisation_id and act.assignment_id = link.assignment_id
    where link.organisation_id = ${organisationId}::uuid and link.token_sha256 = ${tokenSha256}`.execute(trx)
  const row = rows[0]
  return row === undefined ? undefined : toLinkView(row)
}

/** The act behind the token with this hash, null while there is none; undefined when there is no such link here. */
export async function findOwnAct(
  trx: Transaction,
  organisationId: OrganisationId,
  tokenSha256: Buffer,
): Promise<{ readonly actId: ActId | null } | undefined> {
  const { rows } = await sql<{ act_id: string | null }>`
    select act.act_id from link
    left join act on act.organisation_id = link.organisation_id and act.assignment_id = link.assignment_id
    where link.organisation_id = ${organisationId}::uuid and link.token_sha256 = ${tokenSha256}`.execute(trx)
  const row = rows[0]
  return row === undefined ? undefined : { actId: row.act_id as ActId | null }
}

function toLinkView(row: LinkRow): LinkView {
  return {
    assignmentId: row.assignment_id as AssignmentId,
    versionId: row.version_id as VersionId,
    personId: row.person_id as PersonId,
    personName: row.person_name,
    personLanguage: row.person_language as Language,
    personErased: row.person_erased,
    organisationName: row.organisation_name,
    dueDate: row.due_date as CivilDate,
    expiresAt: row.expires_at as Instant,
    withdrawnFrom: row.withdrawn_from as CivilDate | null,
    act:
      row.act_id === null
        ? null
        : {
            actId: row.act_id,
            choice: row.choice as Choice,
            language: row.act_language as Language,
            documentId: row.document_id as DocumentId,
            actedAt: row.acted_at as Instant,
          },
  }
}
