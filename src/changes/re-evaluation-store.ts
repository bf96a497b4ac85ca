import { sql } from 'kysely'
import type { OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { Cause } from './task.ts'

/** That an agreement was evaluated again, and whether anything came out otherwise than in the evaluation before. */
export type ReEvaluation = {
  readonly legalCheckId: string
  readonly agreementId: string
  readonly previousCheckId: string | null
  readonly causes: readonly Cause[]
  readonly differs: boolean
}

/** Writes re-evaluations, all in one statement. Their legal checks must be there. */
export async function insertReEvaluations(
  trx: Transaction,
  organisationId: OrganisationId,
  made: readonly ReEvaluation[],
): Promise<void> {
  const list = (causes: readonly Cause[], of: (cause: Cause) => string): string => causes.map(of).join(' ')
  await sql`
    insert into re_evaluation (organisation_id, legal_check_id, agreement_id, previous_check_id, cause_subjects, cause_ids, differs)
    select ${organisationId}::uuid, one.legal_check_id, one.agreement_id, one.previous_check_id,
           string_to_array(one.cause_subjects, ' '), string_to_array(one.cause_ids, ' ')::uuid[], one.differs
    from unnest(${made.map((each) => each.legalCheckId)}::uuid[], ${made.map((each) => each.agreementId)}::uuid[],
                ${made.map((each) => each.previousCheckId)}::uuid[],
                ${made.map((each) => list(each.causes, (cause) => cause.subject))}::text[],
                ${made.map((each) => list(each.causes, (cause) => cause.subjectId))}::text[],
                ${made.map((each) => each.differs)}::boolean[])
      as one (legal_check_id, agreement_id, previous_check_id, cause_subjects, cause_ids, differs)`.execute(
    trx,
  )
}
