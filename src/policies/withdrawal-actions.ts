import type { CivilDate, EntryId, PolicyId } from '#core'
import { civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import type { Withdrawal } from './policy.ts'
import { lockPolicy } from './policy-store.ts'
import { decideWithdrawal } from './version-history.ts'
import { insertWithdrawal, listHistory } from './version-store.ts'

export type WithdrawVersion = {
  readonly policyId: PolicyId
  readonly versionNumber: number
  readonly withdrawnFrom: CivilDate
  readonly reason: string
}

/** Withdraws a version from a day on, and records that in the ledger. The text itself stays as it is (P1, P8). */
export async function withdrawVersion(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: WithdrawVersion,
): Promise<Withdrawal> {
  const { organisationId } = caller
  const policy = await lockPolicy(trx, organisationId, command.policyId)
  const history = await listHistory(trx, organisationId, command.policyId)
  const version = history.find((one) => one.versionNumber === command.versionNumber)
  if (version === undefined) throw problem('policy-version-not-found')
  const moment = platform.clock()
  const outcome = decideWithdrawal(version, history, command.withdrawnFrom, civilDateIn(moment))
  if (outcome.kind === 'refused') throw problem(outcome.code)
  const withdrawal: Withdrawal = {
    withdrawnFrom: command.withdrawnFrom,
    reason: command.reason,
    withdrawnBy: caller.clientId,
    withdrawnAt: moment,
    entryId: platform.newId() as EntryId,
  }
  const facts = {
    policyId: policy.policyId,
    policyName: policy.name,
    versionId: version.versionId,
    versionNumber: version.versionNumber,
    withdrawnFrom: withdrawal.withdrawnFrom,
    reason: withdrawal.reason,
    withdrawnBy: withdrawal.withdrawnBy,
  }
  const entry = { entryId: withdrawal.entryId, kind: 'policy-version-withdrawn', at: moment, facts }
  await appendEntries(platform, trx, organisationId, [entry])
  // After the entry, because the row points at it.
  await insertWithdrawal(trx, organisationId, version.versionId, withdrawal)
  return withdrawal
}
