import type { AssignmentId, EntryId, PersonId, VersionId } from '#core'
import { civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { getPublishedVersion } from '#policies'
import type { CeremonyEnding } from './end-actions.ts'
import { announceEnd, endEntry } from './end-actions.ts'
import { findSuperseded, insertEnds } from './end-store.ts'
import { decideAssignment } from './assignment-decisions.ts'
import type { AudienceMember } from './assignment-store.ts'
import { findAudience, insertAssignments } from './assignment-store.ts'
import type { AssignVersion } from './assignment.ts'

export type AssignmentOutcome = {
  readonly created: number
  readonly alreadyAssigned: number
  readonly assignments: readonly { readonly assignmentId: AssignmentId; readonly personId: PersonId }[]
}

/**
 * Hands a published version to an audience: one assignment for each person who has none yet, a message queued for
 * each, and one entry in the ledger that names them all. Persons who have it already keep the assignment they have; what
 * is open of earlier versions ends with an entry of its own.
 */
export async function assignVersion(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: AssignVersion,
): Promise<AssignmentOutcome> {
  const { organisationId } = caller
  const version = await getPublishedVersion(trx, organisationId, command.policyId, command.versionNumber)
  const audience = await findAudience(trx, organisationId, version.versionId, command.audience)
  const now = platform.clock()
  const today = civilDateIn(now)
  const refusal = decideAssignment(command, {
    today,
    withdrawn: version.withdrawnFrom !== undefined && version.withdrawnFrom <= today,
    personsFound: audience.length,
  })
  if (refusal !== undefined) throw problem(refusal)
  const fresh = audience.filter((member) => !member.alreadyAssigned)
  if (fresh.length > 0) return recordAssignments(platform, trx, caller, { ...command, versionId: version.versionId }, fresh, audience.length) // prettier-ignore
  return { created: 0, alreadyAssigned: audience.length, assignments: [] }
}

async function recordAssignments(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  command: AssignVersion & { readonly versionId: VersionId },
  members: readonly AudienceMember[],
  audienceSize: number,
): Promise<AssignmentOutcome> {
  const now = platform.clock()
  const entryId = platform.newId() as EntryId
  const assignments = members.map((member) => ({
    assignmentId: platform.newId() as AssignmentId,
    deliveryId: platform.newId(),
    member,
  }))
  const ending = await supersededBy(platform, trx, caller, command.versionId, assignments)
  if (ending !== null) await announceEnd(platform, trx, caller.organisationId, ending)
  await appendEntries(platform, trx, caller.organisationId, [
    {
      entryId,
      kind: 'assignments-created',
      at: now,
      facts: {
        versionId: command.versionId,
        policyId: command.policyId,
        versionNumber: command.versionNumber,
        dueDate: command.dueDate,
        assignmentIds: assignments.map((each) => each.assignmentId),
        createdBy: caller.clientId,
        addressBasis: 'personnel-record',
      },
    },
    ...(ending === null ? [] : [endEntry(ending)]),
  ])
  await insertAssignments(trx, caller.organisationId, command, assignments, {
    createdBy: caller.clientId,
    createdAt: now,
    entryId,
  })
  if (ending !== null) await insertEnds(trx, caller.organisationId, ending)
  return {
    created: assignments.length,
    alreadyAssigned: audienceSize - assignments.length,
    assignments: assignments.map(({ assignmentId, member }) => ({ assignmentId, personId: member.personId })),
  }
}

/** The open ceremonies about earlier versions of the same policy, which end because these come in their place. */
async function supersededBy(
  platform: Platform,
  trx: Transaction,
  { organisationId, clientId }: Caller,
  versionId: VersionId,
  assignments: readonly { readonly assignmentId: AssignmentId; readonly member: AudienceMember }[],
): Promise<CeremonyEnding | null> {
  const successors = new Map(assignments.map(({ assignmentId, member }) => [member.personId, assignmentId]))
  const found = await findSuperseded(trx, organisationId, versionId, [...successors.keys()])
  if (found.length === 0) return null
  return {
    how: 'superseded',
    ends: found.map(({ assignmentId, personId }) => ({
      assignmentId,
      supersededBy: successors.get(personId)!,
    })),
    reason: null,
    endedBy: clientId,
    endedAt: platform.clock(),
    entryId: platform.newId() as EntryId,
  }
}
