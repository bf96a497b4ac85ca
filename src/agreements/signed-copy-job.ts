import type { Instant, OrganisationId } from '#core'
import { addMilliseconds, ProblemError } from '#core'
import type { CopyDeps } from '#executed-copies'
import { makeCopy } from '#executed-copies'
import type { Job } from '#jobs'
import { signedCopyJobKind } from './conclusion-actions.ts'
import { listMissingCopies, type MissingCopy } from './signed-copy-view.ts'

export type SignedCopyDeps = Pick<CopyDeps, 'platform' | 'database' | 'pool'>

/** For how long after the conclusion a copy is tried again; after that somebody can still ask for it. */
const triedFor_ms = 7 * 86_400_000
const again_ms = 5 * 60_000

/**
 * The work that makes the signed copy of each document of an agreement once it is concluded, outside the request. What cannot be made,
 * because an act is denied or content was erased, is left; what cannot be made now is tried again.
 */
export function signedCopyJob(deps: SignedCopyDeps): Job {
  const { platform, database } = deps
  return {
    kind: signedCopyJobKind,
    lease_ms: 600_000,
    async work(organisationId) {
      const now = platform.clock()
      const missing = await database.readInOrganisation(organisationId, (trx) =>
        listMissingCopies(trx, organisationId, addMilliseconds(now, -triedFor_ms)),
      )
      let later: Instant | null = null
      for (const each of missing)
        if (!(await tryCopy(deps, organisationId, each))) later = addMilliseconds(now, again_ms)
      return later
    },
  }
}

/** Makes one copy. Says whether there is nothing left to do about it. */
async function tryCopy(
  deps: SignedCopyDeps,
  organisationId: OrganisationId,
  { documentId, employeeActId, representativeActId, offeredBy, agreementId }: MissingCopy,
): Promise<boolean> {
  const parties = [
    { actId: employeeActId, capacity: 'employee' as const },
    { actId: representativeActId, capacity: 'employer-representative' as const },
  ]
  try {
    await makeCopy(deps, { organisationId, clientId: offeredBy }, { parties, documentId })
    return true
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { code, status } = error
    deps.platform.log.warn({ agreementId, code }, 'the signed copy of an agreement could not be made')
    return status < 500
  }
}
