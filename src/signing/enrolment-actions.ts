import type { EntryId, Instant } from '#core'
import { problem, sha256, toBase64Url } from '#core'
import { requestAnchor } from '#anchors'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import { queueNoticeEverywhere } from '#messages'
import { getOrganisation } from '#organisations'
import { challengeOf, checkRegistration, enrolmentLabel } from '#verification'
import { getChallenge, keepChallenge, newMoment, sessionSha256 } from './challenge-actions.ts'
import type { FoundChallenge } from './challenge-store.ts'
import { useChallenge } from './challenge-store.ts'
import type { Credential, StandingCredential } from './credential.ts'
import { insertCredential, lockPerson, saveCounter } from './credential-store.ts'
import { listCredentials } from './credential-view.ts'
import { deviceName } from './device-name.ts'
import type { EnrolmentAnswer, EnrolmentRecord } from './enrolment-entry.ts'
import { enrolmentEntry } from './enrolment-entry.ts'
import { enrolmentManifest } from './manifest.ts'
import type { RecordedReleases } from './page-release-actions.ts'
import { recordPageRelease } from './page-release-actions.ts'
import { bytesOf, checked, refusedResponse } from './response-reading.ts'
import { challengeLife_ms, credentialsMax } from './signing-decisions.ts'
import type { SigningDeps } from './signing-deps.ts'
import { requireRelyingParty } from './signing-deps.ts'
import type { CreationOptions, Requester } from './signing.ts'

const recordedReleases: RecordedReleases = new Map()

export type BegunEnrolment = {
  readonly challengeId: string
  readonly expiresAt: Instant
  readonly options: CreationOptions
}

/**
 * Begins an enrolment: keeps a challenge for this person in this session, and gives what the browser is to be asked
 * (WebAuthn section 5.4). Throws `signing-unavailable`, `signing-credential-limit-reached`,
 * `signing-challenge-limit-reached`, `link-expired`.
 */
export async function beginEnrolment(deps: SigningDeps, requester: Requester): Promise<BegunEnrolment> {
  const { organisationId, personId, endsAt } = requester
  if (endsAt !== null && endsAt <= deps.platform.clock()) throw problem('link-expired')
  requireRelyingParty(deps)
  const release = await recordPageRelease(deps, organisationId, recordedReleases)
  const moment = newMoment(deps, release)
  const manifest = enrolmentManifest(requester, sessionSha256(requester), moment)
  const challenge = challengeOf(enrolmentLabel, Buffer.from(manifest, 'utf8'))
  const challengeId = deps.platform.newId()
  const { issuedAt, expiresAt } = moment
  return deps.database.inOrganisation(organisationId, async (trx) => {
    const valid = (await listCredentials(trx, organisationId, personId)).filter(isValid)
    if (valid.length >= credentialsMax) throw problem('signing-credential-limit-reached')
    const { name } = await getOrganisation(trx, organisationId)
    await keepChallenge(trx, requester, { challengeId, purpose: 'enrolment', method: 'webauthn', challenge, manifest, state: null, issuedAt, expiresAt }) // prettier-ignore
    const options = creationOptions(requester, moment.relyingParty.rpId, name, challenge, valid)
    return { challengeId, expiresAt, options }
  })
}

/**
 * Completes an enrolment: checks that the key was made for exactly this challenge by a device that verified who was there,
 * records the whole of it in the ledger, asks for an anchor at once, and tells the person over every mailbox that is known.
 * The same answer once more gives the same credential. Throws `signing-challenge-unknown`, `signing-challenge-expired`,
 * `signing-challenge-used`, `signing-response-refused`, `signing-credential-exists`, `signing-credential-limit-reached`.
 */
export async function completeEnrolment(
  deps: SigningDeps,
  requester: Requester,
  answer: EnrolmentAnswer,
): Promise<StandingCredential> {
  const { platform, database } = deps
  const { organisationId, personId } = requester
  const now = platform.clock()
  const { challengeId } = answer
  const wanted = { challengeId, purpose: 'enrolment', method: 'webauthn' } as const
  const challenge = await database.readInOrganisation(organisationId, (trx) => getChallenge(trx, requester, wanted, now)) // prettier-ignore
  const record = checkedRecord(deps, requester, challenge, answer, now)
  const enrolled = await database.inOrganisation(organisationId, async (trx) => {
    await lockPerson(trx, organisationId, personId)
    const before = await listCredentials(trx, organisationId, personId)
    const same = before.find((each) => each.challenge.equals(challenge.challenge))
    if (same?.credentialId.equals(record.credential.credentialId)) return same
    if (!(await useChallenge(trx, organisationId, challengeId, now))) throw problem('signing-challenge-used')
    if (before.filter(isValid).length >= credentialsMax) throw problem('signing-credential-limit-reached')
    return keepEnrolment(deps, trx, requester, record)
  })
  deps.wakeJobs()
  return enrolled
}

export function isValid(credential: StandingCredential): boolean {
  return credential.revokedAt === null
}

function checkedRecord(
  deps: SigningDeps,
  requester: Requester,
  challenge: FoundChallenge,
  answer: EnrolmentAnswer,
  now: Instant,
): EnrolmentRecord {
  const relyingParty = requireRelyingParty(deps)
  const clientDataJson = bytesOf(answer, 'clientDataJson')
  const attestationObject = bytesOf(answer, 'attestationObject')
  const credentialId = bytesOf(answer, 'credentialId')
  const registration = checked(() =>
    checkRegistration({
      label: enrolmentLabel,
      manifest: Buffer.from(challenge.manifest, 'utf8'),
      rpId: relyingParty.rpId,
      allowedOrigins: relyingParty.allowedOrigins,
      clientDataJson,
      attestationObject,
      attestationRoots: deps.attestationRoots,
      at: now,
    }),
  )
  if (!registration.credentialId.equals(credentialId)) {
    throw refusedResponse('The answer names another credential than its authenticator data.')
  }
  const { attestation, flags, key } = registration
  const root = attestation.kind === 'certified' ? attestation.root : undefined
  const credential: Credential = {
    signingCredentialId: deps.platform.newId(),
    personId: requester.personId,
    credentialId,
    algorithm: key.algorithm,
    publicKeyCose: key.cose,
    publicKeySpki: key.spki,
    backupEligible: flags.backupEligible,
    attested: root !== undefined,
    aaguid: registration.aaguid,
    transports: answer.transports,
    rpId: relyingParty.rpId,
    allowedOrigins: relyingParty.allowedOrigins,
    enrolledBy: requester.assurance,
    userAgent: requester.userAgent,
    challenge: challenge.challenge,
    enrolledAt: now,
    entryId: deps.platform.newId() as EntryId,
  }
  const { counter, origin } = registration
  return {
    credential,
    requester,
    clientDataJson,
    attestationObject,
    attestationFormat: attestation.format,
    attestationRoot: root,
    flags,
    counter,
    origin,
    manifest: challenge.manifest,
  }
}

async function keepEnrolment(
  { platform }: SigningDeps,
  trx: Transaction,
  requester: Requester,
  record: EnrolmentRecord,
): Promise<StandingCredential> {
  const { organisationId, personId } = requester
  const { credential, counter } = record
  const { signingCredentialId, enrolledAt, challenge } = credential
  await requestAnchor(trx, organisationId, enrolledAt)
  const device = deviceName(credential.userAgent)
  await queueNoticeEverywhere(trx, organisationId, platform.newId, {
    personId,
    kind: 'signing-credential-enrolled',
    facts: device === undefined ? {} : { device },
    at: enrolledAt,
  })
  await appendEntries(platform, trx, organisationId, [enrolmentEntry(record)])
  if (!(await insertCredential(trx, organisationId, credential))) throw problem('signing-credential-exists')
  if (counter > 0) await saveCounter(trx, organisationId, signingCredentialId, counter, challenge)
  const all = await listCredentials(trx, organisationId, personId)
  return all.find((each) => each.signingCredentialId === signingCredentialId)!
}

function creationOptions(
  requester: Requester,
  rpId: string,
  organisationName: string,
  challenge: Buffer,
  valid: readonly StandingCredential[],
): CreationOptions {
  const { personName } = requester
  return {
    rp: { id: rpId, name: organisationName },
    user: { id: toBase64Url(userHandleOf(requester)), name: personName, displayName: personName },
    challenge: toBase64Url(challenge),
    pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
    timeout: challengeLife_ms,
    excludeCredentials: valid.map(descriptorOf),
    authenticatorSelection: {
      residentKey: 'discouraged',
      requireResidentKey: false,
      userVerification: 'required',
    },
    attestation: 'direct',
  }
}

/** Says nothing of the person, and is that of signing only: no other credential of theirs is ever replaced by this one. */
function userHandleOf({ organisationId, personId }: Requester): Buffer {
  return sha256(`beding/signing-user/v1\n${organisationId}\n${personId}`)
}

export function descriptorOf(credential: StandingCredential) {
  const { credentialId, transports } = credential
  return { type: 'public-key', id: toBase64Url(credentialId), transports } as const
}
