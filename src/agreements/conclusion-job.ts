import type { OrganisationId } from '#core'
import { addMilliseconds, ProblemError } from '#core'
import type { Database } from '#database'
import type { Job } from '#jobs'
import type { Platform } from '#platform'
import { anyAgreementOpen, findDueAgreements } from './agreement-store.ts'
import { signedAtOf } from './agreement-state.ts'
import { readAgreement } from './agreement-view.ts'
import { closeOther, concludeAgreement } from './conclusion-actions.ts'
import { conclusionEvery_ms, conclusionJobKind } from './offer-actions.ts'

export type ConclusionDeps = { readonly platform: Platform; readonly database: Database }

const batchSize = 200

/** The work that writes what acts came to, every minute as long as any agreement waits for an answer. */
export function conclusionJob(deps: ConclusionDeps): Job {
  const { platform, database } = deps
  return {
    kind: conclusionJobKind,
    lease_ms: 600_000,
    async work(organisationId) {
      for (;;) {
        const done = await concludeDue(deps, organisationId)
        if (done < batchSize) break
      }
      const open = await database.readInOrganisation(organisationId, (trx) => anyAgreementOpen(trx, organisationId)) // prettier-ignore
      return open ? addMilliseconds(platform.clock(), conclusionEvery_ms) : null
    },
  }
}

/** Concludes one batch of agreements that both parties answered, and closes what one of them will not agree to. Answers how many. */
export async function concludeDue(
  { platform, database }: ConclusionDeps,
  organisationId: OrganisationId,
): Promise<number> {
  const due = await database.readInOrganisation(organisationId, (trx) => findDueAgreements(trx, organisationId, batchSize)) // prettier-ignore
  for (const agreementId of due) {
    try {
      await database.inOrganisation(organisationId, async (trx) => {
        const view = await readAgreement(trx, organisationId, agreementId)
        const over = view.parties === null || signedAtOf(view.parties) === undefined || [...view.parties.employee.acts, ...view.parties.representative.acts].some(({ choice }) => choice !== 'agreed' && choice !== 'agreed-conditionally') // prettier-ignore
        if (over) await closeOther(platform, trx, organisationId, view)
        else await concludeAgreement(platform, trx, organisationId, agreementId, null)
      })
    } catch (error) {
      // Somebody answered or ended it in that very moment: the next round looks again.
      if (!(error instanceof ProblemError)) throw error
    }
  }
  return due.length
}
