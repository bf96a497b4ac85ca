import { parseActManifest } from './act-manifest.ts'
import type { ActManifest } from './act-manifest.ts'
import { exactObject } from './canonical-json.ts'
import type { Json, JsonObject } from './canonical-json.ts'
import { parseCertificate } from './certificate.ts'
import { bytesOf, textsOf } from './passkey-signing.ts'
import type { SigningShown } from './passkey-signing.ts'
import { actLabel } from './passkey-challenge.ts'
import { checkQualifiedSignature } from './qualified-signature.ts'
import type { QualifiedSigner } from './qualified-signature.ts'
import { demand } from './refusal.ts'
import { isInstant } from './strict-text.ts'

const names = [
  'algorithm',
  'certificates',
  'manifest',
  'method',
  'nameComparison',
  'provider',
  'revocation',
  'root',
  'signature',
  'signedAt',
  'signer',
  'v',
]
const providerNames = ['baseUrl', 'credentialId', 'name', 'region', 'service', 'soleControl', 'specs']

/** A record of a remote signature that holds, and whose name stands in it. */
export type RemoteSigning = {
  readonly manifest: ActManifest
  readonly signer: QualifiedSigner
  readonly signedAt: string
  /** The name by which the person was known, and how it compared with that in the certificate. */
  readonly known: string
  readonly outcome: string
  /** Whether the root is one that the reader pinned, and not only the one that the record brings. */
  readonly pinned: boolean
}

/**
 * Checks the record of a signature at a trust service provider (decision 0151): its form, the certificate and its
 * statements, the standing of the chain when it signed, and the signature over exactly the manifest. Without a pinned root
 * above it the arithmetic is done under the root that the record brings, and `pinned` says so: anybody can make a root.
 */
export function readRemoteSigning(record: JsonObject, pinnedRoots: readonly Buffer[]): RemoteSigning {
  const fact = exactObject(record, 'the record of the signature', names)
  demand(fact['v'] === 1 && fact['method'] === 'csc', 'the record of the signature is not of format 1')
  const manifest = parseActManifest(fact['manifest'])
  const { signedAt } = fact
  demand(isInstant(signedAt), 'the record names no moment')
  const root = bytesOf(fact['root'], 'the root')
  const pinned = pinnedRoots.some((each) => each.equals(root))
  const signer = checkQualifiedSignature({
    label: actLabel,
    manifest: manifest.bytes,
    signature: bytesOf(fact['signature'], 'the signature'),
    certificates: textsOf(fact['certificates'], 'the certificates').map((each) =>
      bytesOf(each, 'a certificate'),
    ),
    revocation: revocationOf(fact['revocation'] as Json),
    roots: [root],
    at: signedAt,
  })
  const algorithm = signer.kind === 'RSA' ? 'rsa-sha256' : 'ecdsa-sha256'
  demand(fact['algorithm'] === algorithm, 'the record names another algorithm than its key')
  demand(parseCertificate(root).authority, 'the root is no authority')
  demandSigner(fact['signer'] as Json, signer)
  const { known, outcome } = exactObject(fact['nameComparison'] as Json, 'the names', ['known', 'outcome'])
  const person = manifest.value['signer'] as JsonObject | null
  demand(
    typeof known === 'string' && known === person?.['name'],
    'another name was compared than the manifest has',
  )
  demand(outcome === 'same' || outcome === 'similar', 'the record does not say how the names compared')
  exactObject(fact['provider'] as Json, 'the provider', providerNames)
  const { issuedAt, expiresAt } = manifest
  demand(issuedAt <= signedAt && signedAt < expiresAt, 'it was signed at another time than it was asked for')
  return { manifest, signer, signedAt, known, outcome, pinned }
}

/** What a remote signature shows of an act, for whoever verifies it with these pinned roots. */
export function checkRemoteSigning(record: JsonObject, pinnedRoots: readonly Buffer[]): SigningShown {
  const { manifest, signer, known, outcome, pinned } = readRemoteSigning(record, pinnedRoots)
  const unpinned =
    'whether the authority of the signature is relied on: its root is not among the pinned ones'
  return {
    manifest,
    level: 'qualified',
    copied: false,
    enrolment: undefined,
    words: `a qualified certificate of ${signer.subjectText}; the person was known as ${known} (${outcome})`,
    limits: [listedLimit, nameLimit],
    ...(pinned ? {} : { undecided: unpinned }),
  }
}

const listedLimit =
  'Whether the authority of a qualified signature was on a trusted list when it was made is for whoever pinned its root.'
const nameLimit = 'A qualified certificate names a person; that nobody else has that name, it does not say.'

function revocationOf(value: Json): { kind: 'ocsp' | 'crl'; der: Buffer }[] {
  demand(Array.isArray(value) && value.length <= 20, 'the record says nothing about revocation')
  return value.map((each) => {
    const { kind, der } = exactObject(each, 'an answer about revocation', ['der', 'kind'])
    demand(kind === 'ocsp' || kind === 'crl', 'an answer about revocation is of no kind')
    return { kind, der: bytesOf(der, 'an answer about revocation') }
  })
}

/** The record repeats who the certificate names, for people; it may say nothing else. */
function demandSigner(value: Json, { signer }: QualifiedSigner): void {
  const said = exactObject(value, 'the signer', ['commonName', 'country', 'name', 'serialNumber'])
  const { commonName, country, serialNumber, givenName, surname, pseudonym } = signer
  const full = [givenName, surname].filter((part) => part !== undefined).join(' ')
  const own = {
    commonName: commonName ?? null,
    country: country ?? null,
    name: full !== '' ? full : (commonName ?? pseudonym ?? ''),
    serialNumber: serialNumber ?? null,
  }
  for (const [name, text] of Object.entries(own))
    demand(said[name] === text, 'the record names another signer than the certificate')
}
