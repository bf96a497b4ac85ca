import type { CivilDate, OrganisationId, PolicyId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { compareContents } from './content-comparison.ts'
import type { PolicyVersion } from './policy.ts'
import { getPolicy } from './policy-store.ts'
import { stateOn, versionInForce, type DatedVersion } from './version-history.ts'
import { findWithdrawal, getVersion, listHistory } from './version-store.ts'
import { findContents, type VersionLine } from './version-view.ts'

/** One version with its withdrawal and where it stands on a day. */
export async function readVersionAnswer(
  trx: Transaction,
  organisationId: OrganisationId,
  policyId: PolicyId,
  versionNumber: number,
  today: CivilDate,
) {
  const version = await getVersion(trx, organisationId, policyId, versionNumber)
  return versionAnswer(trx, organisationId, version, today)
}

/** A version that is at hand, completed with what can change around it. */
export async function versionAnswer(
  trx: Transaction,
  organisationId: OrganisationId,
  version: PolicyVersion,
  today: CivilDate,
) {
  const history = await listHistory(trx, organisationId, version.policyId)
  const withdrawal = await findWithdrawal(trx, organisationId, version.versionId)
  const dated = { ...version, withdrawnFrom: withdrawal?.withdrawnFrom ?? null }
  return { ...version, editions: [...version.editions], withdrawal, state: stateOn(dated, history, today) }
}

/** The lines of a list, each with where it stands on a day. */
export function withStates(
  lines: readonly VersionLine[],
  history: readonly DatedVersion[],
  today: CivilDate,
) {
  const dated = new Map(history.map((version) => [version.versionNumber, version]))
  return lines.map((line) => ({ ...line, state: stateOn(dated.get(line.versionNumber)!, history, today) }))
}

/** Which version held or will hold on a day, as far as is known now; or why none does. */
export async function readInForce(
  trx: Transaction,
  organisationId: OrganisationId,
  policyId: PolicyId,
  date: CivilDate,
) {
  await getPolicy(trx, organisationId, policyId)
  const history = await listHistory(trx, organisationId, policyId)
  const answer = versionInForce(history, date)
  if (answer.kind === 'none') return { date, version: null, reason: answer.reason }
  const { versionNumber, until } = answer
  const { versionId, effectiveFrom } = history.find((one) => one.versionNumber === versionNumber)!
  return { date, version: { versionId, versionNumber, effectiveFrom, until }, reason: null }
}

/** Two published versions side by side. `policy-version-not-found` when one of them is not there. */
export async function readComparison(
  trx: Transaction,
  organisationId: OrganisationId,
  policyId: PolicyId,
  fromVersion: number,
  toVersion: number,
) {
  const contents = await findContents(trx, organisationId, policyId, [fromVersion, toVersion])
  const before = contents.get(fromVersion)
  const after = contents.get(toVersion)
  if (before === undefined || after === undefined) throw problem('policy-version-not-found')
  return { fromVersion, toVersion, ...compareContents(before, after) }
}
