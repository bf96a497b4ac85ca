import type { Fitness, Purpose } from '#assurance'
import { fitnessOf } from '#assurance'
import type { AskedBundle, AskedPolicy, GivenAct, Weighed } from './obligation.ts'

/**
 * What a policy version that was put before a person is worth on the day. An instruction holds once it was told, whatever the
 * answer (art. 7:660 BW); a contract term only by agreement, and an agreement with a condition is none. An act that is denied,
 * or that a court found not to be the person's, carries nothing (art. 159 lid 2 Rv). A term that was agreed and that the
 * employer replaced without agreement is for a lawyer (art. 7:611 and 7:613 BW).
 */
export function weighPolicy(asked: AskedPolicy): Weighed {
  const { legalNature, act } = asked
  if (act === null) return { ...unanswered(asked), proof: null }
  const proof = fitnessOf(legalNature, act.assurance)
  if (isContested(act)) return { ...contested(act), proof }
  if (asked.versionInForce !== asked.versionNumber)
    return legalNature === 'contract-term' && act.choice === 'agreed' && asked.versionInForce !== null
      ? { weight: 'weak', reasons: ['replaced-by-version-not-agreed'], proof }
      : { weight: 'not-binding', reasons: ['version-not-in-force'], proof }
  return { ...weighAnswer(legalNature, act, proof), proof }
}

/** What documents outside agreements are worth: the person's own word on them, and no word of the employer in return. */
export function weighBundle(bundle: AskedBundle): Weighed {
  const main = bundle.acts.find((act) => act.statementId === 'main')
  if (main === undefined) return { weight: 'not-binding', reasons: ['shown-not-answered'], proof: null }
  const proof = fitnessOf(bundle.purpose, main.assurance)
  if (isContested(main)) return { ...contested(main), proof }
  const weighed = weighAnswer(bundle.purpose, main, proof)
  if (weighed.weight !== 'binds' || bundle.purpose === 'instruction') return { ...weighed, proof }
  return { weight: 'weak', reasons: [...weighed.reasons, 'one-sided'], proof }
}

/**
 * Whether a version belongs in the answer: it was in force on the day, or it is the last of its term that the person agreed
 * to and nothing of the policy that they agreed to came after it.
 */
export function isWorthTelling(asked: AskedPolicy, all: readonly AskedPolicy[]): boolean {
  if (asked.versionInForce === asked.versionNumber) return true
  if (asked.legalNature !== 'contract-term' || asked.act?.choice !== 'agreed') return false
  if (asked.versionInForce === null || asked.versionNumber > asked.versionInForce) return false
  return !all.some(
    ({ policyId, versionNumber, versionInForce, act }) =>
      policyId === asked.policyId &&
      versionNumber > asked.versionNumber &&
      versionNumber <= (versionInForce ?? 0) &&
      act?.choice === 'agreed',
  )
}

/** Whether nothing may rest on an act: it is denied, or was found not to be the person's. */
export function isContested({ status }: Pick<GivenAct, 'status'>): boolean {
  return status === 'denied' || status === 'not-attributed-by-court'
}

type Bare = Omit<Weighed, 'proof'>

function contested({ status }: GivenAct): Bare {
  return { weight: 'not-binding', reasons: [status === 'denied' ? 'act-denied' : 'act-not-theirs'] }
}

function unanswered({ legalNature, openedAt }: AskedPolicy): Bare {
  if (openedAt === null) return { weight: 'not-binding', reasons: ['not-opened'] }
  if (legalNature === 'information') return { weight: 'informs', reasons: ['information-only'] }
  return { weight: legalNature === 'instruction' ? 'weak' : 'not-binding', reasons: ['shown-not-answered'] }
}

function weighAnswer(purpose: Purpose, act: GivenAct, proof: Fitness): Bare {
  if (purpose === 'information' || purpose === 'notice' || purpose === 'warning')
    return { weight: 'informs', reasons: ['information-only'] }
  if (purpose === 'instruction')
    return act.choice === 'declined'
      ? { weight: 'weak', reasons: ['declined'] }
      : { weight: 'binds', reasons: ['told'] }
  switch (act.choice) {
    case 'agreed':
      // A link by mail ties an act to a mailbox, not to a person.
      return proof === 'fail'
        ? { weight: 'weak', reasons: ['agreed', 'proof-too-low'] }
        : { weight: 'binds', reasons: ['agreed'] }
    case 'seen':
      return { weight: 'weak', reasons: ['seen-not-agreed'] }
    case 'agreed-conditionally':
    case 'not-agreed':
    case 'declined':
      return { weight: 'not-binding', reasons: [act.choice] }
  }
}
