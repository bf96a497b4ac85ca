/** The kinds of work of this room, as `work_due` names them. */
export const guardKind = 'ledger-guard'
export const sliceKind = 'ledger-audit-slice'
export const completeKind = 'ledger-audit'
