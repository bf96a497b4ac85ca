import { problem, type ClientId, type EntryId, type Instant } from '#core'
import type { Transaction } from '#database'
import { appendEntries, type EntryDraft } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { getAccount } from './account-store.ts'
import { refuseGrant } from './matter-decisions.ts'
import {
  getMatter,
  insertAccess,
  insertAccessEnd,
  insertMatter,
  listAccess,
  subjectExists,
} from './matter-store.ts'
import type { Matter, MatterAccess, MatterSubject } from './staff.ts'

/** Opens a matter about a person or a policy. Nobody reads anything by that. An entry. Throws `person-not-found` or `policy-not-found`. */
export async function openMatter(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  wanted: { readonly title: string; readonly subject: MatterSubject },
): Promise<Matter> {
  const { organisationId, clientId } = caller
  const { title, subject } = wanted
  if (!(await subjectExists(trx, organisationId, subject)))
    throw problem(subject.kind === 'person' ? 'person-not-found' : 'policy-not-found')
  const matterId = platform.newId()
  const openedAt = platform.clock()
  const about = subject.kind === 'person' ? { personId: subject.personId } : { policyId: subject.policyId }
  const facts = { matterId, title, ...about, openedBy: clientId }
  const entryId = await record(platform, trx, caller, 'matter-opened', openedAt, facts)
  const matter: Matter = { matterId, title, subject, openedBy: clientId, openedAt }
  await insertMatter(trx, organisationId, { ...matter, entryId })
  return matter
}

/**
 * Lets a lawyer who has signed in before read what belongs to a matter, from one moment until another. An entry. Throws
 * `matter-not-found`, `staff-not-found`, and what `refuseGrant` says.
 */
export async function grantAccess(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  wanted: {
    readonly matterId: string
    readonly clientId: ClientId
    readonly readableFrom: Instant
    readonly readableUntil: Instant
  },
): Promise<MatterAccess> {
  const { organisationId } = caller
  const { matterId, clientId, readableFrom, readableUntil } = wanted
  await getMatter(trx, organisationId, matterId)
  const account = await getAccount(trx, organisationId, clientId)
  const grantedAt = platform.clock()
  const facts = { granter: caller.clientId, role: account.role, moment: grantedAt }
  const refusal = refuseGrant(wanted, facts)
  if (refusal !== undefined) throw problem(refusal)
  const accessId = platform.newId()
  const entryId = await record(platform, trx, caller, 'matter-access-granted', grantedAt, {
    accessId,
    matterId,
    clientId,
    name: account.name,
    readableFrom,
    readableUntil,
    grantedBy: caller.clientId,
  })
  const access = {
    accessId,
    matterId,
    clientId,
    readableFrom,
    readableUntil,
    grantedBy: caller.clientId,
    grantedAt,
  }
  await insertAccess(trx, organisationId, { ...access, entryId })
  return { ...access, name: account.name, endedAt: null }
}

/** Takes access back, from now. Doing it again changes nothing. An entry. Throws `matter-access-not-found`. */
export async function endAccess(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  place: { readonly matterId: string; readonly accessId: string },
): Promise<void> {
  const { organisationId, clientId } = caller
  const { matterId, accessId } = place
  const access = (await listAccess(trx, organisationId, matterId)).find((each) => each.accessId === accessId)
  if (access === undefined) throw problem('matter-access-not-found')
  if (access.endedAt !== null) return
  const endedAt = platform.clock()
  const facts = { accessId, matterId, clientId: access.clientId, endedBy: clientId }
  const entryId = await record(platform, trx, caller, 'matter-access-ended', endedAt, facts)
  await insertAccessEnd(trx, organisationId, { accessId, endedBy: clientId, endedAt, entryId })
}

async function record(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  kind: string,
  at: Instant,
  facts: EntryDraft['facts'],
): Promise<EntryId> {
  const entryId = platform.newId() as EntryId
  await appendEntries(platform, trx, caller.organisationId, [{ entryId, kind, at, facts }])
  return entryId
}
