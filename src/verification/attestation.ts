import { demandPresence } from './assertion.ts'
import type { CeremonyWishes } from './assertion.ts'
import { demandPackedCertificate } from './attestation-certificate.ts'
import { parseAuthenticatorData } from './authenticator-data.ts'
import type { AttestedCredential, AuthenticatorFlags } from './authenticator-data.ts'
import { cborBytes, exactCborMap, readCbor } from './cbor.ts'
import type { Cbor, CborMap } from './cbor.ts'
import { buildChain, demandValidAt } from './certificate-chain.ts'
import { parseCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { checkClientData } from './client-data.ts'
import { demandCoseSignature } from './cose-key.ts'
import { challengeOf } from './passkey-challenge.ts'
import { sha256 } from './primitives.ts'
import { demand } from './refusal.ts'
import { demandSignature } from './signature-algorithm.ts'
import type { SignatureAlgorithm } from './signature-algorithm.ts'

export type RegistrationInput = CeremonyWishes & {
  readonly clientDataJson: Buffer
  readonly attestationObject: Buffer
  /** Roots of makers of authenticators, DER. May be empty: then no attestation counts. */
  readonly attestationRoots: readonly Buffer[]
  /** When it was enrolled: the certificates must have been valid then. */
  readonly at: string
}

/**
 * What stands behind a new key. `none`: nothing; `self`: the key itself; `certified`: a certificate of the maker, whose root
 * is `root` if it is one of those given; `unread`: a form of attestation that is not looked at, so as good as none.
 */
export type Attestation =
  | { readonly kind: 'none' | 'self' | 'unread'; readonly format: string }
  | { readonly kind: 'certified'; readonly format: 'packed'; readonly root: Buffer | undefined }

export type Registration = AttestedCredential & {
  readonly flags: AuthenticatorFlags
  readonly counter: number
  readonly origin: string
  readonly attestation: Attestation
}

/**
 * Checks that a key was made for exactly this manifest (WebAuthn section 7.1): type, challenge, origin and relying party are
 * right, somebody was there and was verified, the key is one that may sign here, and what the attestation says is true.
 * Throws a `Refusal` with a sentence.
 */
export function checkRegistration(input: RegistrationInput): Registration {
  const challenge = challengeOf(input.label, input.manifest)
  const wishes = { type: 'webauthn.create', challenge, allowedOrigins: input.allowedOrigins } as const
  const { origin } = checkClientData(input.clientDataJson, wishes)
  const { format, statement, authenticatorData } = parseAttestationObject(input.attestationObject)
  const data = parseAuthenticatorData(authenticatorData)
  demandPresence(data, input.rpId)
  demand(data.attested !== undefined, 'the enrolment brings no key')
  const signed = Buffer.concat([authenticatorData, sha256(input.clientDataJson)])
  const attestation = checkAttestation(format, statement, data.attested, signed, input)
  return { ...data.attested, flags: data.flags, counter: data.counter, origin, attestation }
}

/** The three parts of an attestation object (section 6.5). */
export function parseAttestationObject(bytes: Buffer): {
  readonly format: string
  readonly statement: CborMap
  readonly authenticatorData: Buffer
} {
  demand(bytes.length <= objectSizeMax, 'the attestation object is longer than 32,768 bytes')
  const map = exactCborMap(readCbor(bytes), 'the attestation object', ['fmt', 'attStmt', 'authData'])
  const format = map.get('fmt')
  demand(typeof format === 'string' && /^[!-~]{1,32}$/.test(format), 'the attestation has no format')
  const statement = map.get('attStmt')
  demand(statement instanceof Map, 'the attestation has no statement')
  return { format, statement, authenticatorData: cborBytes(map.get('authData'), 'the authenticator data') }
}

const objectSizeMax = 32_768
const certificatesMax = 8

function checkAttestation(
  format: string,
  statement: CborMap,
  credential: AttestedCredential,
  signed: Buffer,
  { attestationRoots, at }: RegistrationInput,
): Attestation {
  if (format === 'none') {
    demand(statement.size === 0, 'an attestation of the format "none" says something')
    return { kind: 'none', format }
  }
  if (format !== 'packed') return { kind: 'unread', format }
  const parts = exactCborMap(statement, 'the attestation', ['alg', 'sig'], ['x5c'])
  const signature = cborBytes(parts.get('sig'), 'the signature of the attestation')
  if (!parts.has('x5c')) {
    demand(
      parts.get('alg') === credential.key.algorithm,
      'the attestation names another algorithm than its key',
    )
    demandCoseSignature(credential.key, signed, signature)
    return { kind: 'self', format }
  }
  const [leaf, ...others] = certificatesOf(parts.get('x5c'))
  demandSignature(leaf.publicKey, algorithmOf(parts.get('alg')), signed, signature)
  demandPackedCertificate(leaf, credential.aaguid)
  return { kind: 'certified', format, root: rootOf(leaf, others, attestationRoots, at) }
}

function certificatesOf(value: Cbor | undefined): [Certificate, ...Certificate[]] {
  const list = Array.isArray(value) ? value : []
  demand(list.length >= 1 && list.length <= certificatesMax, 'the attestation brings no certificates')
  const read = list.map((each) => parseCertificate(cborBytes(each, 'a certificate of the attestation')))
  return read as [Certificate, ...Certificate[]]
}

function algorithmOf(value: Cbor | undefined): SignatureAlgorithm {
  demand(value === -7 || value === -257, 'the algorithm of an attestation is not ES256 or RS256')
  return { kind: value === -7 ? 'ECDSA' : 'RSA', hash: 'sha256' }
}

/** The root above the certificates, which must all be right for it to count; a certificate may be a root itself. */
function rootOf(
  leaf: Certificate,
  others: readonly Certificate[],
  roots: readonly Buffer[],
  at: string,
): Buffer | undefined {
  const pinned = roots.map((root) => parseCertificate(root))
  const brought = others.filter(({ der }) => !roots.some((root) => root.equals(der)))
  const same = pinned.find(({ der }) => der.equals(leaf.der))
  if (same !== undefined) return others.length === 0 ? same.der : undefined
  const chain = buildChain(leaf, brought, pinned)
  if (chain.root === undefined) return undefined
  for (const authority of [...chain.certificates.slice(1), chain.root])
    demand(authority.authority, 'a certificate above the attestation is not that of an authority')
  demandValidAt(chain, at)
  return chain.root.der
}
