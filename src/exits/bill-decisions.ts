import { addMonths, type Regime } from '#jurisdictions'
import { covenants } from './claim-decisions.ts'
import type { Bill, BillNotice, ExitClause, ExitStatement } from './exit.ts'

/** What the draft of 2024 lets a covenant last, and the part of the wage that it asks for each month. */
const longest_months = 12
const compensation_part = 2

/**
 * What the pending bill on the concurrentiebeding would ask of the covenants that the employer invokes: to be told in writing a
 * month before the end, and half a monthly wage for each month, paid by the last working day. It decides nothing here. Under a
 * regime in which it is law the rule `nl.bill-concurrentiebeding.readiness` stops what it forbids.
 *
 * Source: internetconsultatie 2024 of the wetsvoorstel modernisering concurrentiebeding; what becomes law may differ.
 */
export function billNotices(clauses: readonly ExitClause[], statement: ExitStatement, regime: Regime): Bill {
  return {
    regime: regime.id,
    inForceFrom: regime.billConcurrentiebedingInForceFrom,
    covenants: clauses
      .filter(
        ({ clauseId, kind, state }) =>
          covenants.includes(kind) && state === 'in-force' && statement.invokes.includes(clauseId),
      )
      .map((clause) => noticeOf(clause, statement)),
  }
}

function noticeOf({ clauseId, months }: ExitClause, statement: ExitStatement): BillNotice {
  const { lastDay, noticeOn, monthlyWageCents, compensationPaidOn } = statement
  const noticeBy = addMonths(lastDay, -1)
  return {
    clauseId,
    noticeBy,
    noticeInTime: noticeOn !== null && noticeOn <= noticeBy,
    compensationCents:
      monthlyWageCents === null || months === null
        ? null
        : Math.ceil((monthlyWageCents * months) / compensation_part),
    payBy: lastDay,
    paidInTime: compensationPaidOn !== null && compensationPaidOn <= lastDay,
    tooLong: months === null || months > longest_months,
  }
}
