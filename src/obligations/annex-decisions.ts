import { agreementStateOn, annexStateOn } from '#agreements'
import type { AgreementHistory, AnnexState } from '#agreements'
import type { CivilDate } from '#core'
import { civilDateIn } from '#core'
import type { HeldAgreement, Obligations, StandingAgreement } from './obligation.ts'
import type { Holdings } from './obligation-view.ts'
import { isContested, isWorthTelling, weighBundle, weighPolicy } from './policy-decisions.ts'
import type { ReasonCode } from './reason-texts.ts'

/** Everything about a person on a day, weighed. What had not been offered yet by the end of the day is left out. */
export function obligationsOn(holdings: Holdings, day: CivilDate): Obligations {
  const told = holdings.policies.filter((asked) => isWorthTelling(asked, holdings.policies))
  return {
    agreements: standingOn(holdings.agreements, day),
    policies: told.map((asked) => ({ ...asked, ...weighPolicy(asked) })),
    bundles: holdings.bundles
      .map((bundle) => ({ ...bundle, acts: bundle.acts.filter((act) => civilDateIn(act.actedAt) <= day) }))
      .map((bundle) => ({ ...bundle, ...weighBundle(bundle) })),
  }
}

/** Where each of these agreements and each of their annexes stood on a day, and whether it bound. */
export function standingOn(agreements: readonly HeldAgreement[], day: CivilDate): StandingAgreement[] {
  return agreements
    .filter(({ createdAt }) => civilDateIn(createdAt) <= day)
    .map((agreement) => {
      const history = historyOf(agreement)
      const against = contestOf(agreement)
      const standing = <State extends AnnexState>(state: State) => ({
        state,
        binds: state === 'in-force' && against === null,
        reasons: against === null ? [reasonOf[state]] : [...new Set([against, reasonOf[state]])],
      })
      return {
        agreement,
        ...standing(agreementStateOn(history, day)),
        annexes: agreement.annexes.map((annex) => ({
          annex,
          ...standing(annexStateOn(history, annex, day)),
        })),
      }
    })
}

/** What decides where an agreement and its annexes stand. */
export function historyOf(agreement: HeldAgreement): AgreementHistory {
  const { provenance, createdAt, employee, representative, conclusion, ends, denials } = agreement
  const parties = employee === null || representative === null ? null : { employee, representative }
  return { provenance, createdAt, parties, conclusion, ends, denials }
}

/** What is held against the signatures today, whichever day is asked about: a denial works back to the first day. */
function contestOf({ employee, representative }: HeldAgreement): ReasonCode | null {
  const contested = [...(employee?.acts ?? []), ...(representative?.acts ?? [])].filter(isContested)
  if (contested.length === 0) return null
  return contested.some(({ status }) => status === 'denied') ? 'act-denied' : 'act-not-theirs'
}

const reasonOf: Readonly<Record<AnnexState, ReasonCode>> = {
  composed: 'not-signed-by-both',
  offered: 'not-signed-by-both',
  'half-signed': 'not-signed-by-both',
  signed: 'not-yet-begun',
  'in-force': 'signed-by-both',
  superseded: 'replaced-before',
  ended: 'ended-before',
  declined: 'not-accepted',
  lapsed: 'not-accepted',
  withdrawn: 'not-accepted',
  blocked: 'blocked-by-rule',
  denied: 'act-denied',
  imported: 'imported-record',
}
