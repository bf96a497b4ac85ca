import { parseActManifest } from './act-manifest.ts'
import type { ActManifest } from './act-manifest.ts'
import { rankOf } from './assurance-ladder.ts'
import { checkAssertion } from './assertion.ts'
import { exactObject } from './canonical-json.ts'
import type { Json, JsonObject } from './canonical-json.ts'
import { parseCoseKey } from './cose-key.ts'
import { actLabel } from './passkey-challenge.ts'
import { sha256 } from './primitives.ts'
import { demand } from './refusal.ts'
import { decodeBase64Url, isInstant, isSha256Hex } from './strict-text.ts'

/** Where a signature says that its key was enrolled. */
export type EnrolmentClaim = {
  readonly entryIndex: number
  readonly logOrigin: string
  readonly leafSha256: string
  readonly credentialId: string
  readonly publicKeyCose: string
  readonly rpId: string
  readonly enrolledBy: string
  /** Until when the key counts for no more than who enrolled it was known by; null if it counts in full. */
  readonly coolingUntil: string | null
}

/** What a signature came to, whatever the way of signing. */
export type SigningShown = {
  readonly manifest: ActManifest
  /** The highest level that this alone supports. */
  readonly level: string
  /** Whether the key can leave its device; then it supports nothing above that level. */
  readonly copied: boolean
  /** undefined where the key is not one that was enrolled here. */
  readonly enrolment: EnrolmentClaim | undefined
  /** For a reader: by what, and what that means. */
  readonly words: string
  readonly limits: readonly string[]
  /** Why the level cannot be told here; absent where it can. */
  readonly undecided?: string
}

const names = [
  'algorithm',
  'allowedOrigins',
  'assets',
  'authenticatorData',
  'clientDataJson',
  'coolingUntil',
  'counter',
  'credentialId',
  'enrolment',
  'flags',
  'manifest',
  'method',
  'publicKeyCose',
  'publicKeySpki',
  'rpId',
  'signature',
  'v',
]

/**
 * Checks a signature by a passkey from its record alone: the key signed exactly this manifest, at an allowed origin, with
 * somebody present and verified, and the record says of key, flags and counter what the device said (decision 0124).
 */
export function checkPasskeySigning(record: JsonObject): SigningShown {
  const fact = exactObject(record, 'the record of the signature', names)
  demand(fact['v'] === 1, 'the record of the signature is not of format 1')
  const manifest = parseActManifest(fact['manifest'])
  const publicKeyCose = bytesOf(fact['publicKeyCose'], 'the key')
  const key = parseCoseKey(publicKeyCose)
  demand(key.algorithm === fact['algorithm'], 'the record names another algorithm than its key')
  demand(key.spki.equals(bytesOf(fact['publicKeySpki'], 'the key')), 'the record shows two keys')
  const { rpId, origin } = manifest
  const allowedOrigins = textsOf(fact['allowedOrigins'], 'the allowed origins')
  demand(fact['rpId'] === rpId, 'the record names another relying party than was signed')
  const assertion = checkAssertion({
    label: actLabel,
    manifest: manifest.bytes,
    rpId,
    allowedOrigins,
    publicKeyCose,
    clientDataJson: bytesOf(fact['clientDataJson'], 'the client data'),
    authenticatorData: bytesOf(fact['authenticatorData'], 'the authenticator data'),
    signature: bytesOf(fact['signature'], 'the signature'),
  })
  demand(assertion.origin === origin, 'it was signed at another origin than the manifest names')
  demand(fact['counter'] === assertion.counter, 'the record names another counter than the device')
  demandFlags(fact['flags'] as Json, assertion.flags)
  demandAssets(fact['assets'] as Json, manifest.value['pageRelease'] as Json)
  const credentialId = fact['credentialId'] as string
  demand(bytesOf(credentialId, 'the credential').length > 0, 'the record names no credential')
  const copied = assertion.flags.backupEligible
  const enrolment = enrolmentOf(fact, credentialId, rpId)
  const cooling = enrolment.coolingUntil !== null
  return {
    manifest,
    level: cooling ? enrolment.enrolledBy : 'passkey-bound',
    copied,
    enrolment,
    words: `a passkey at ${origin}: this device’s key signed exactly this sentence and these document hashes`,
    limits: [
      deviceLimit,
      ...(copied ? [copiedLimit] : []),
      ...(cooling ? [coolingLimit] : []),
      ...(enrolment.enrolledBy === 'mailbox-employer' ? [enrolledByMailboxLimit] : []),
    ],
  }
}

const deviceLimit =
  'A signature by a passkey shows that a device on which this key was made was unlocked; not by itself whose hand did it.'
const copiedLimit = 'A passkey says that it can be copied: the key may exist on more than one device.'
const coolingLimit =
  'A passkey was used within its cooling period: until that ends it counts for no more than its enrolment.'
const enrolledByMailboxLimit =
  'A passkey was enrolled by somebody who was known only by a mailbox that the employer manages.'

function enrolmentOf(fact: JsonObject, credentialId: string, rpId: string): EnrolmentClaim {
  const claimNames = ['enrolledBy', 'entryIndex', 'leafSha256', 'logOrigin']
  const claim = exactObject(fact['enrolment'] as Json, 'the enrolment', claimNames)
  const { enrolledBy, entryIndex, leafSha256, logOrigin } = claim
  demand(Number.isSafeInteger(entryIndex) && (entryIndex as number) >= 0, 'the enrolment stands at no index')
  demand(isSha256Hex(leafSha256) && typeof logOrigin === 'string', 'the enrolment stands in no log')
  demand(rankOf(enrolledBy) !== undefined, 'the record does not say how the enroller was known')
  const coolingUntil = fact['coolingUntil']
  demand(coolingUntil === null || isInstant(coolingUntil), 'the cooling period ends at no moment')
  return {
    entryIndex: entryIndex as number,
    leafSha256,
    logOrigin,
    credentialId,
    publicKeyCose: fact['publicKeyCose'] as string,
    rpId,
    enrolledBy: enrolledBy as string,
    coolingUntil,
  }
}

const flagNames = ['backupEligible', 'backupState', 'userPresent', 'userVerified'] as const

function demandFlags(value: Json, said: Readonly<Record<(typeof flagNames)[number], boolean>>): void {
  const flags = exactObject(value, 'the flags', flagNames)
  for (const name of flagNames)
    demand(flags[name] === said[name], `the record says something else of "${name}" than the device`)
}

/** The files of the page at which it was signed: together they are the release that was signed. */
function demandAssets(value: Json, release: Json): void {
  demand(Array.isArray(value), 'the files of the page are not a list')
  const lines = value.map((each) => {
    const { file, sha256: hash } = exactObject(each, 'a file of the page', ['file', 'sha256'])
    demand(typeof file === 'string' && isSha256Hex(hash), 'a file of the page has no hash')
    return `${hash}  ${file}\n`
  })
  if (lines.length === 0) return
  const own = sha256(Buffer.from(lines.join(''), 'utf8')).toString('hex')
  demand(own === release, 'the files of the page are not those of the release that was signed')
}

/** The bytes of a base64url text. */
export function bytesOf(value: Json | undefined, what: string): Buffer {
  demand(typeof value === 'string', `${what} is not a text`)
  return decodeBase64Url(value)
}

/** A list of texts. */
export function textsOf(value: Json | undefined, what: string): string[] {
  const right = Array.isArray(value) && value.every((each) => typeof each === 'string')
  demand(right, `${what} are not texts`)
  return value as string[]
}
