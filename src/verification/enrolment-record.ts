import { checkRegistration } from './attestation.ts'
import type { Registration } from './attestation.ts'
import { rankOf } from './assurance-ladder.ts'
import { checkAuthentication } from './authentication-record.ts'
import { exactObject, parseCanonicalJson } from './canonical-json.ts'
import type { Json } from './canonical-json.ts'
import type { Facts } from './disclosures.ts'
import { enrolmentLabel } from './passkey-challenge.ts'
import { bytesOf, textsOf } from './passkey-signing.ts'
import { sha256 } from './primitives.ts'
import { demand } from './refusal.ts'
import { decodeBase64Url, isInstant } from './strict-text.ts'

/** An enrolment that was made anew from its record. */
export type Enrolment = {
  readonly organisationId: string
  readonly personId: string
  readonly signingCredentialId: string
  readonly credentialId: string
  readonly publicKeyCose: string
  readonly rpId: string
  readonly enrolledBy: string
  readonly enrolledAt: string
  /** Whether a certificate of the maker, under the root on record, says that the key cannot leave the device. */
  readonly attested: boolean
}

/** The facts of an enrolment: exactly these. */
export const enrolmentFacts = [
  'aaguid',
  'algorithm',
  'allowedOrigins',
  'attestationFormat',
  'attestationObject',
  'attestationRoot',
  'attestationRootSha256',
  'attested',
  'authentication',
  'backupEligible',
  'backupState',
  'clientDataJson',
  'counter',
  'credentialId',
  'enrolledAt',
  'enrolledBy',
  'manifest',
  'organisationId',
  'origin',
  'personId',
  'personName',
  'publicKeyCose',
  'publicKeySpki',
  'rpId',
  'signingCredentialId',
  'transports',
  'userAgent',
  'userPresent',
  'userVerified',
]

/**
 * Checks an enrolment from its facts alone (decision 0125): the device made exactly this key, for exactly this manifest, and
 * every other fact says what device and manifest say. The root of the maker is the one on record.
 */
export function checkEnrolment(facts: Facts): Enrolment {
  for (const name of facts.keys()) demand(enrolmentFacts.includes(name), `an enrolment has no fact "${name}"`)
  for (const name of enrolmentFacts) demand(facts.has(name), `the fact "${name}" of the enrolment is missing`)
  const text = (name: string): string => {
    const value = facts.get(name)
    demand(typeof value === 'string', `the fact "${name}" of the enrolment is not a text`)
    return value
  }
  const enrolledAt = text('enrolledAt')
  demand(isInstant(enrolledAt), 'the enrolment took place at no moment')
  const manifest = Buffer.from(text('manifest'), 'utf8')
  demandManifest(manifest, facts)
  const rootText = facts.get('attestationRoot')
  const root = rootText === null ? undefined : bytesOf(rootText, 'the root of the attestation')
  const rootHash = root === undefined ? null : sha256(root).toString('hex')
  demand(facts.get('attestationRootSha256') === rootHash, 'the enrolment names another root than it shows')
  const registration = checkRegistration({
    label: enrolmentLabel,
    manifest,
    rpId: text('rpId'),
    allowedOrigins: textsOf(facts.get('allowedOrigins'), 'the allowed origins'),
    clientDataJson: bytesOf(text('clientDataJson'), 'the client data'),
    attestationObject: bytesOf(text('attestationObject'), 'the attestation'),
    attestationRoots: root === undefined ? [] : [root],
    at: enrolledAt,
  })
  demandDevice(registration, facts)
  demandKnown(facts)
  return {
    organisationId: text('organisationId'),
    personId: text('personId'),
    signingCredentialId: text('signingCredentialId'),
    credentialId: text('credentialId'),
    publicKeyCose: text('publicKeyCose'),
    rpId: text('rpId'),
    enrolledBy: text('enrolledBy'),
    enrolledAt,
    attested: facts.get('attested') === true && !registration.flags.backupEligible,
  }
}

const manifestNames = [
  'expiresAt',
  'issuedAt',
  'nonce',
  'organisationId',
  'origin',
  'pageRelease',
  'rpId',
  'sessionSha256',
  'signer',
  'v',
]

function demandManifest(bytes: Buffer, facts: Facts): void {
  const manifest = exactObject(parseCanonicalJson(bytes), 'the manifest of the enrolment', manifestNames)
  const { expiresAt, issuedAt, nonce, v } = manifest
  demand(v === 1, 'the manifest of the enrolment is not of format 1')
  demand(typeof nonce === 'string' && decodeBase64Url(nonce).length === 32, 'the nonce is not 32 bytes')
  const signer = exactObject(manifest['signer'] as Json, 'the signer', ['name', 'personId'])
  const pairs: readonly (readonly [string, Json | undefined])[] = [
    ['organisationId', manifest['organisationId']],
    ['rpId', manifest['rpId']],
    ['origin', manifest['origin']],
    ['personId', signer['personId']],
    ['personName', signer['name']],
  ]
  for (const [name, value] of pairs) {
    demand(
      value === facts.get(name),
      `the manifest of the enrolment says something else than the fact "${name}"`,
    )
  }
  demand(isInstant(issuedAt) && isInstant(expiresAt), 'the manifest was given out at no moment')
  const enrolledAt = facts.get('enrolledAt') as string
  const inTime = Date.parse(enrolledAt) >= Date.parse(issuedAt) - slack_ms && enrolledAt <= expiresAt
  demand(inTime, 'the key was not enrolled while the question stood')
}

const slack_ms = 60_000

function demandDevice(registration: Registration, facts: Facts): void {
  const { aaguid, attestation, counter, credentialId, flags, key, origin } = registration
  const certified = attestation.kind === 'certified' && attestation.root !== undefined
  const said: readonly (readonly [string, Json])[] = [
    ['aaguid', aaguid],
    ['algorithm', key.algorithm],
    ['attestationFormat', attestation.format],
    ['backupEligible', flags.backupEligible],
    ['backupState', flags.backupState],
    ['counter', counter],
    ['credentialId', credentialId.toString('base64url')],
    ['origin', origin],
    ['publicKeyCose', key.cose.toString('base64url')],
    ['publicKeySpki', key.spki.toString('base64url')],
    ['userPresent', flags.userPresent],
    ['userVerified', flags.userVerified],
  ]
  for (const [name, value] of said)
    demand(facts.get(name) === value, `the device said something else than the fact "${name}"`)
  const attested = facts.get('attested')
  demand(
    attested === false || (attested === true && certified),
    'no certificate of a maker vouches for the device',
  )
}

/** Refuses a record that claims more of who enrolled than the authentication beside it supports. */
function demandKnown(facts: Facts): void {
  const by = rankOf(facts.get('enrolledBy'))
  demand(by !== undefined, 'the enrolment does not say how its person was known')
  const authentication = facts.get('authentication')
  const level =
    authentication === null ? 0 : rankOf(checkAuthentication(authentication, facts, 'enrolledAt').level)
  demand(by <= (level as number), 'the person was not known as well as the enrolment claims')
}
