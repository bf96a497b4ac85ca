import type { EntryId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import type { PolicyError, WitnessPolicy } from '#evidence'
import { appendEntries, getOpenLog, parseWitnessPolicy } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { requestAnchor } from './anchor-actions.ts'
import { takeMoment } from './anchor-store.ts'
import {
  findWitnessPolicy,
  insertWitnessPolicy,
  ownVerifierKey,
  type StoredPolicy,
} from './witness-policy-store.ts'

/**
 * Sets whose cosignatures are asked for, records it in the ledger, and asks for an anchor under it. `demandMatch` is
 * handed the revision that this replaces and throws when it is not the one the caller saw. Throws
 * `witness-policy-invalid`, and `edit-conflict` when somebody else set another one at the same moment.
 */
export async function setWitnessPolicy(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  text: string,
  demandMatch: (current: StoredPolicy) => void,
): Promise<StoredPolicy> {
  const { organisationId, clientId } = caller
  const now = platform.clock()
  const { logId } = await getOpenLog(trx, organisationId)
  // Under this lock nobody else sets a policy, and no anchor is frozen between the entry and the row.
  const { moment } = await takeMoment(trx, organisationId, logId, now)
  const current = await findWitnessPolicy(trx, organisationId)
  demandMatch(current)
  const policy = readPolicy(text, await ownVerifierKey(trx, organisationId))
  const revision = current.revision + 1
  const entryId = platform.newId() as EntryId
  await requestAnchor(trx, organisationId, now)
  const facts = {
    revision,
    policy: text,
    witnesses: policy.witnesses.map(({ key }) => key.vkey),
    quorum: policy.quorum,
    setBy: clientId,
  }
  await appendEntries(platform, trx, organisationId, [
    { entryId, kind: 'witness-policy-set', at: now, facts },
  ])
  // After the entry, because the row points at it.
  await insertWitnessPolicy(trx, {
    organisationId,
    revision,
    policy: text,
    createdBy: clientId,
    createdAt: moment,
    entryId,
  })
  return { revision, policy: text, setAt: moment }
}

/** Reads a policy that this service can follow: about the own log alone, and every witness with an address. */
function readPolicy(text: string, ownKey: string): WitnessPolicy {
  let policy: WitnessPolicy
  try {
    policy = parseWitnessPolicy(text)
  } catch (error) {
    if (!isPolicyError(error)) throw error
    throw invalid(`line-${error.line}`, error.message)
  }
  if (policy.logs.length !== 1 || policy.logs[0]!.vkey !== ownKey) {
    throw invalid('log', 'the one log line names the verifier key of this organisation')
  }
  if (policy.witnesses.some(({ url }) => url === undefined)) {
    throw invalid('url', 'every witness needs an address, because this service asks it')
  }
  return policy
}

function isPolicyError(error: unknown): error is PolicyError {
  return error instanceof Error && error.name === 'PolicyError'
}

function invalid(code: string, message: string): Error {
  return problem('witness-policy-invalid', { errors: [{ code, message, pointer: '/policy' }] })
}
