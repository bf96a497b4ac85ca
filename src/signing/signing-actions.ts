import { listCredentials } from './credential-view.ts'
import type { OwnCredential } from './credential-answer.ts'
import { credentialAnswer } from './credential-answer.ts'
import { completeEnrolment } from './enrolment-actions.ts'
import type { EnrolmentAnswer } from './enrolment-entry.ts'
import { revokeOwnCredential } from './revocation-actions.ts'
import type { SigningDeps } from './signing-deps.ts'
import type { Requester } from './signing.ts'

/** The credentials of the person who asks, oldest first, revoked ones too. */
export async function listOwnCredentials(
  deps: SigningDeps,
  requester: Pick<Requester, 'organisationId' | 'personId'>,
): Promise<OwnCredential[]> {
  const { organisationId, personId } = requester
  const found = await deps.database.readInOrganisation(organisationId, (trx) => listCredentials(trx, organisationId, personId)) // prettier-ignore
  const now = deps.platform.clock()
  return found.map((each) => credentialAnswer(each, now))
}

/** `completeEnrolment`, answered as its person sees it. */
export async function enrolOwnCredential(
  deps: SigningDeps,
  requester: Requester,
  answer: EnrolmentAnswer,
): Promise<OwnCredential> {
  return credentialAnswer(await completeEnrolment(deps, requester, answer), deps.platform.clock())
}

/** `revokeOwnCredential`, answered as its person sees it. */
export async function endOwnCredential(
  deps: SigningDeps,
  requester: Requester,
  signingCredentialId: string,
): Promise<OwnCredential> {
  const revoked = await revokeOwnCredential(deps, requester, signingCredentialId)
  return credentialAnswer(revoked, deps.platform.clock())
}
