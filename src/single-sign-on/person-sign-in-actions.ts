import { addMilliseconds, civilDateIn, problem, type EntryId, type PersonId } from '#core'
import type { Transaction } from '#database'
import { appendEntries, type EntryDraft } from '#evidence'
import { attemptValidity_s } from './attempt.ts'
import { decideBinding, namedBy, type Binding } from './binding-decisions.ts'
import {
  endRebinding,
  findBoundPerson,
  findMatchingPersons,
  findPersonState,
  lockBindings,
  writeBinding,
} from './binding-store.ts'
import { claimAttempt } from './provider-store.ts'
import type { TellPerson } from './rebinding-actions.ts'
import type { SignOnDeps, SignOnProof } from './sign-in-actions.ts'

export type IdentifyDeps = SignOnDeps & { readonly tellPerson: TellPerson }

/**
 * The person for whom a proven account speaks; binds the account where that is due. An account that speaks for nobody, or no longer, is refused with the problem that
 * `decideBinding` names; that refusal is an entry when it concerns a person who is known. Throws `sign-on-expired` when
 * this attempt was completed before.
 */
export async function identifyPerson(deps: IdentifyDeps, proof: SignOnProof): Promise<PersonId> {
  const { organisationId } = proof.attempt
  const outcome = await deps.database.inOrganisation(organisationId, async (trx) => {
    await claim(trx, proof)
    const binding = await findBinding(trx, proof)
    if (binding.kind === 'refused') {
      if (binding.personId !== null) await recordRefusal(deps, trx, proof, binding.because, binding.personId)
      return binding
    }
    if (binding.kind !== 'bound') await bind(deps, trx, proof, binding)
    return binding
  })
  // Thrown outside, so that what was recorded stays.
  if (outcome.kind === 'refused') throw problem(outcome.because)
  return outcome.personId
}

/** Makes sure that an attempt becomes one sign-in at most. Throws `sign-on-expired`. */
export async function claim(trx: Transaction, { attempt, word: { at } }: SignOnProof): Promise<void> {
  const before = addMilliseconds(at, -2 * attemptValidity_s * 1000)
  await claimAttempt(trx, attempt.organisationId, attempt.attemptId, at, before)
}

async function findBinding(trx: Transaction, proof: SignOnProof): Promise<Binding> {
  const { provider, subject, claims } = proof
  const { at } = proof.word
  const { organisationId } = proof.attempt
  const { providerId } = provider
  await lockBindings(trx, organisationId, providerId)
  const named = namedBy(claims, provider)
  const matching =
    named === null ? [] : await findMatchingPersons(trx, organisationId, provider.personMatches, named.value)
  const [match] = matching
  const state =
    match === undefined ? undefined : await findPersonState(trx, organisationId, providerId, match.personId)
  return decideBinding({
    named,
    boundTo: await findBoundPerson(trx, organisationId, providerId, subject),
    matching,
    otherAccountBound: state?.bound ?? false,
    rebindingUsableFrom: state?.rebinding?.usableFrom ?? null,
    today: civilDateIn(at),
    moment: at,
  })
}

async function bind(
  deps: IdentifyDeps,
  trx: Transaction,
  proof: SignOnProof,
  binding: { readonly kind: 'bind' | 'bind-anew' | 'bound'; readonly personId: PersonId },
): Promise<void> {
  const { provider, subject } = proof
  const { at } = proof.word
  const { organisationId } = proof.attempt
  const { personId } = binding
  const { providerId } = provider
  if (binding.kind === 'bind-anew') {
    const { rebinding } = await findPersonState(trx, organisationId, providerId, personId)
    if (rebinding !== undefined) await endRebinding(trx, organisationId, rebinding.rebindingId, 'done', at)
    await deps.tellPerson(trx, organisationId, { personId, kind: 'sign-on-account-bound-anew', at })
  }
  const entryId = deps.platform.newId() as EntryId
  const bound = { bindingId: deps.platform.newId(), providerId, subject, personId, boundAt: at, entryId }
  const kind = binding.kind === 'bind' ? 'sign-on-account-bound' : 'sign-on-account-bound-anew'
  const facts = { ...factsOf(proof, personId), authentication: proof.record }
  await appendEntries(deps.platform, trx, organisationId, [{ entryId, kind, at, facts }])
  await writeBinding(trx, organisationId, bound)
}

async function recordRefusal(
  deps: SignOnDeps,
  trx: Transaction,
  proof: SignOnProof,
  because: string,
  personId: PersonId,
): Promise<void> {
  const entry: EntryDraft = {
    entryId: deps.platform.newId() as EntryId,
    kind: 'sign-on-refused',
    at: proof.word.at,
    facts: { ...factsOf(proof, personId), because },
  }
  await appendEntries(deps.platform, trx, proof.attempt.organisationId, [entry])
}

function factsOf({ word }: SignOnProof, personId: PersonId) {
  const { providerId, issuer, subjectSha256 } = word
  return { personId, providerId, issuer, subjectSha256 }
}
