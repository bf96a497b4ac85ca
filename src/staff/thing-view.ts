import { sql, type RawBuilder } from 'kysely'
import type { OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { Belongings } from './matter-decisions.ts'
import type { Thing } from './route-things.ts'

const assignmentsJoined = sql`
  assignment left join policy_version on policy_version.organisation_id = assignment.organisation_id
                                     and policy_version.version_id = assignment.version_id`

/**
 * Of whom and of which policies a thing is; nobody and none for one that is not there. `candidates` are the persons in whom
 * the asker is interested at all: a policy is everybody's who was ever asked about it, and only these are looked for.
 */
export async function findBelongings(
  trx: Transaction,
  organisationId: OrganisationId,
  thing: Thing,
  candidates: readonly string[],
): Promise<Belongings> {
  const { rows } = await questionOf(organisationId, thing, candidates).execute(trx)
  const present = (values: (string | null)[]): string[] => [
    ...new Set(values.filter((each) => each !== null)),
  ]
  return {
    persons: present(rows.map((row) => row.person_id)),
    policies: present(rows.map((row) => row.policy_id)),
  }
}

type Row = { person_id: string | null; policy_id: string | null }

function questionOf(
  organisationId: OrganisationId,
  { kind, id }: Thing,
  candidates: readonly string[],
): RawBuilder<Row> {
  const own = sql`${organisationId}::uuid`
  const it = sql`${id}::uuid`
  switch (kind) {
    case 'person':
      return sql`select person.person_id, null::uuid as policy_id from person
        where person.organisation_id = ${own} and person.person_id = ${it}`
    case 'policy-whole':
      return sql`select null::uuid as person_id, policy.policy_id from policy
        where policy.organisation_id = ${own} and policy.policy_id = ${it}`
    case 'policy-text':
      return sql`select null::uuid as person_id, policy.policy_id from policy
        where policy.organisation_id = ${own} and policy.policy_id = ${it}
        union all select distinct assignment.person_id, null::uuid from ${assignmentsJoined}
        where assignment.organisation_id = ${own} and policy_version.policy_id = ${it}
          and assignment.person_id = any(${[...candidates]}::uuid[])`
    case 'assignment':
      return sql`select assignment.person_id, policy_version.policy_id from ${assignmentsJoined}
        where assignment.organisation_id = ${own} and assignment.assignment_id = ${it}`
    case 'dossier':
      return sql`select dossier.person_id, dossier.policy_id from dossier
        where dossier.organisation_id = ${own} and dossier.dossier_id = ${it}`
    case 'executed-copy':
      return sql`select assignment.person_id, policy_version.policy_id
        from executed_copy_party
        join act on act.organisation_id = executed_copy_party.organisation_id and act.act_id = executed_copy_party.act_id
        join ${assignmentsJoined} on assignment.organisation_id = act.organisation_id and assignment.assignment_id = act.assignment_id
        where executed_copy_party.organisation_id = ${own} and executed_copy_party.executed_copy_id = ${it}`
    case 'document':
      return documentQuestion(own, it, candidates)
    case 'matter':
      return sql`select matter.person_id, matter.policy_id from matter
        where matter.organisation_id = ${own} and matter.matter_id = ${it}`
  }
}

/** Each kind of document says in its own way of whom it is. */
function documentQuestion(
  own: RawBuilder<unknown>,
  it: RawBuilder<unknown>,
  candidates: readonly string[],
): RawBuilder<Row> {
  return sql`
    select letter.person_id, null::uuid as policy_id from letter
      where letter.organisation_id = ${own} and letter.letter_id = ${it}
    union all
    select assignment.person_id, policy_version.policy_id from act_receipt
      join act on act.organisation_id = act_receipt.organisation_id and act.act_id = act_receipt.act_id
      join ${assignmentsJoined} on assignment.organisation_id = act.organisation_id and assignment.assignment_id = act.assignment_id
      where act_receipt.organisation_id = ${own} and act_receipt.document_id = ${it}
    union all
    select asked.person_id, policy_version.policy_id from policy_edition
      join policy_version on policy_version.organisation_id = policy_edition.organisation_id
                         and policy_version.version_id = policy_edition.version_id
      left join assignment as asked on asked.organisation_id = policy_version.organisation_id
                                   and asked.version_id = policy_version.version_id
                                   and asked.person_id = any(${[...candidates]}::uuid[])
      where policy_edition.organisation_id = ${own} and policy_edition.document_id = ${it}
    union all
    select assignment.person_id, policy_version.policy_id from executed_copy_document
      join executed_copy_party on executed_copy_party.organisation_id = executed_copy_document.organisation_id
                              and executed_copy_party.executed_copy_id = executed_copy_document.executed_copy_id
      join act on act.organisation_id = executed_copy_party.organisation_id and act.act_id = executed_copy_party.act_id
      join ${assignmentsJoined} on assignment.organisation_id = act.organisation_id and assignment.assignment_id = act.assignment_id
      where executed_copy_document.organisation_id = ${own} and executed_copy_document.document_id = ${it}
    union all
    select dossier.person_id, dossier.policy_id from dossier_report
      join dossier on dossier.organisation_id = dossier_report.organisation_id and dossier.dossier_id = dossier_report.dossier_id
      where dossier_report.organisation_id = ${own} and dossier_report.document_id = ${it}`
}
