import type { EntryId } from '#core'
import { civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { decideRule } from './retention-decisions.ts'
import type { RetentionRule } from './retention.ts'
import { insertRule } from './rule-store.ts'

export type MakeRule = Pick<RetentionRule, 'retentionClass' | 'months' | 'effectiveFrom' | 'reason'>

/** Makes a rule that takes over from its day on, and records it in the ledger. Throws `effective-day-past`. */
export async function makeRule(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: MakeRule,
): Promise<RetentionRule> {
  const madeAt = platform.clock()
  const refusal = decideRule(command.effectiveFrom, civilDateIn(madeAt))
  if (refusal !== undefined) throw problem(refusal)
  const ruleId = platform.newId()
  const entryId = platform.newId() as EntryId
  const { retentionClass, months, effectiveFrom, reason } = command
  const facts = { ruleId, retentionClass, months, effectiveFrom, reason, madeBy: caller.clientId }
  await appendEntries(platform, trx, caller.organisationId, [
    { entryId, kind: 'retention-rule-made', at: madeAt, facts },
  ])
  const rule: RetentionRule = { ...command, ruleId, entryId, madeBy: caller.clientId, madeAt }
  await insertRule(trx, caller.organisationId, rule)
  return rule
}
