import { meets } from '#assurance'
import { requestAnchor } from '#anchors'
import type { Instant, OrganisationId } from '#core'
import { fromBase64Url, isUuid, problem, toBase64Url } from '#core'
import type { Gathering } from '#database'
import { gathering } from '#database'
import { actLabel, challengeOf, checkAssertion } from '#verification'
import type { Assertion } from '#verification'
import { newMoment, requireTimely, tooManyChallenges } from './challenge-actions.ts'
import type { Challenge, FoundChallenge } from './challenge-store.ts'
import type { StandingCredential } from './credential.ts'
import { descriptorOf, isValid } from './enrolment-actions.ts'
import { actManifest, readActManifest } from './manifest.ts'
import type { RecordedReleases } from './page-release-actions.ts'
import { recordPageRelease } from './page-release-actions.ts'
import { bytesOf, checked, refusedResponse } from './response-reading.ts'
import { challengeLife_ms, worthOf } from './signing-decisions.ts'
import type { SigningDeps } from './signing-deps.ts'
import { requireRelyingParty } from './signing-deps.ts'
import type { BegunSigning, Declaration, PageRelease, Requester, SigningAnswer, SigningMethod, SigningProof, SigningSession } from './signing.ts' // prettier-ignore
import { verifyWebauthnOffline } from './webauthn-offline.ts'
import { webauthnEvidence } from './webauthn-evidence.ts'
import type { Answered, AnsweredAbout, Kept } from './webauthn-statements.ts'
import { answeredIn, answeredStatement, keepingStatement, keptIn } from './webauthn-statements.ts'

/** How long whoever has just enrolled may have to wait for the anchor of it. */
const anchorWait_s = 15

/**
 * Signing with a key on a device of the person: the browser asks the device to sign the hash of the manifest, and the device
 * asks the person for their fingerprint, face or PIN (WebAuthn Level 3). Each of the two steps waits for the database once,
 * together with all who take it at the same time (decision 0177).
 */
export function createWebauthnMethod(deps: SigningDeps): SigningMethod {
  const { database } = deps
  const method: Method = {
    deps,
    recordedReleases: new Map(),
    keep: gathering(async (organisationId, challenges: readonly Challenge[]) => {
      const asked = keepingStatement(organisationId, challenges)
      const [answer] = await database.batchInOrganisation(organisationId, [asked], { keepPlans: true })
      const kept = keptIn(answer!.rows)
      return challenges.map((_, position) => fulfilled(kept.get(position) ?? { isKept: false, credentials: [] })) // prettier-ignore
    }),
    look: gathering(async (organisationId, answers: readonly Answered[]) => {
      const asked = answeredStatement(organisationId, answers)
      const [answer] = await database.batchInOrganisation(organisationId, [asked], { readOnly: true, keepPlans: true }) // prettier-ignore
      const found = answeredIn(answer!.rows)
      return answers.map((_, position) => fulfilled(found.get(position)))
    }),
  }
  return {
    name: 'webauthn',
    begin: (requester, declaration) => begin(method, requester, declaration),
    complete: (session, answer) => complete(method, session, answer),
    verifyOffline: verifyWebauthnOffline,
  }
}

type Method = {
  readonly deps: SigningDeps
  readonly recordedReleases: RecordedReleases
  readonly keep: Gathering<Challenge, Kept>
  readonly look: Gathering<Answered, AnsweredAbout | undefined>
}

const fulfilled = <Value>(value: Value) => ({ status: 'fulfilled', value }) as const

async function begin(
  { deps, recordedReleases, keep }: Method,
  requester: Requester,
  declaration: Declaration,
): Promise<BegunSigning> {
  const { organisationId, personId, session } = requester
  requireRelyingParty(deps)
  const moment = newMoment(deps, await recordPageRelease(deps, organisationId, recordedReleases))
  const manifest = actManifest(requester, declaration, moment)
  const challenge = challengeOf(actLabel, Buffer.from(manifest, 'utf8'))
  const challengeId = deps.platform.newId()
  const { issuedAt, expiresAt, relyingParty } = moment
  const { isKept, credentials } = await keep(organisationId, { challengeId, purpose: 'act', method: 'webauthn', personId, session, challenge, manifest, state: null, issuedAt, expiresAt }) // prettier-ignore
  const usable = await usableOf(deps, organisationId, credentials)
  if (!isKept) throw tooManyChallenges()
  const worths = usable.map((each) => worthOf(each, each.resetCoolsUntil, issuedAt).assurance)
  return {
    challengeId,
    expiresAt,
    manifest,
    assurance: worths.reduce((best, each) => (meets(each, best) ? each : best)),
    ask: {
      kind: 'webauthn',
      options: {
        challenge: toBase64Url(challenge),
        timeout: challengeLife_ms,
        rpId: relyingParty.rpId,
        allowCredentials: usable.map(descriptorOf),
        userVerification: 'required',
      },
    },
  }
}

/**
 * The credentials that can sign now. Where the only ones there are wait for their anchor, it is asked for once more: the
 * round that was to bring it may have begun before the enrolment was committed.
 */
async function usableOf(
  deps: SigningDeps,
  organisationId: OrganisationId,
  credentials: readonly StandingCredential[],
): Promise<readonly StandingCredential[]> {
  const valid = credentials.filter(isValid)
  if (valid.length === 0) throw problem('signing-credential-missing')
  const anchored = valid.filter(({ place }) => place.anchored)
  if (anchored.length > 0) return anchored
  await askForAnchor(deps, organisationId)
  throw problem('credential-not-anchored', { retryAfter_s: anchorWait_s })
}

async function askForAnchor(deps: SigningDeps, organisationId: OrganisationId): Promise<void> {
  const now = deps.platform.clock()
  await deps.database.inOrganisation(organisationId, (trx) => requestAnchor(trx, organisationId, now))
  deps.wakeJobs()
}

async function complete(
  { deps, look }: Method,
  { organisationId, session }: SigningSession,
  { challengeId, response }: SigningAnswer,
): Promise<SigningProof> {
  const now = deps.platform.clock()
  if (!isUuid(challengeId)) throw problem('signing-challenge-unknown')
  const credentialId = fromBase64Url(response['credentialId'] ?? '') ?? Buffer.alloc(0)
  const about = await look(organisationId, { challengeId, session, credentialId })
  const challenge = requireTimely(about?.challenge, now)
  const credential = requireCredential(about?.credential, response)
  if (!isValid(credential) && !challenge.isUsed) throw problem('signing-credential-revoked')
  if (!credential.place.anchored) throw problem('credential-not-anchored', { retryAfter_s: anchorWait_s })
  const assertion = checkedAssertion(credential, challenge, response)
  return proofOf(credential, challenge, assertion, response, now, deps.pageRelease())
}

function requireCredential(
  found: StandingCredential | undefined,
  response: SigningAnswer['response'],
): StandingCredential {
  bytesOf(response, 'credentialId')
  if (found === undefined) throw refusedResponse('The passkey is not one of this person.', '/credentialId')
  return found
}

function checkedAssertion(
  credential: StandingCredential,
  challenge: FoundChallenge,
  response: SigningAnswer['response'],
): Assertion {
  const input = {
    label: actLabel,
    manifest: Buffer.from(challenge.manifest, 'utf8'),
    rpId: credential.rpId,
    allowedOrigins: credential.allowedOrigins,
    clientDataJson: bytesOf(response, 'clientDataJson'),
    authenticatorData: bytesOf(response, 'authenticatorData'),
    signature: bytesOf(response, 'signature'),
    publicKeyCose: credential.publicKeyCose,
  } as const
  const assertion = checked(() => checkAssertion(input))
  // WebAuthn section 7.2 step 18: whether a key may be copied is settled when it is made.
  if (assertion.flags.backupEligible !== credential.backupEligible)
    throw refusedResponse(
      'The device says something else about copies of this key than when it was enrolled.',
    )
  return assertion
}

function proofOf(
  credential: StandingCredential,
  challenge: FoundChallenge,
  assertion: Assertion,
  response: SigningAnswer['response'],
  now: Instant,
  page: PageRelease | null,
): SigningProof {
  const worth = worthOf(credential, credential.resetCoolsUntil, now)
  const { pageRelease, personId: signer, declaration } = readActManifest(challenge.manifest)
  return {
    method: 'webauthn',
    assurance: worth.assurance,
    signing: webauthnEvidence(credential, challenge.manifest, assertion, response, worth, page),
    pageRelease,
    signingCredentialId: credential.signingCredentialId,
    challengeSha256: challenge.challenge,
    counter: assertion.counter,
    notAfter: challenge.expiresAt,
    signer,
    declaration,
  }
}
