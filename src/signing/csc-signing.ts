import { der, derInteger, problem, type Instant } from '#core'
import type { RevocationEvidence } from '#revocation'
import { actLabel, checkQualifiedSignature, checkQualifiedSigner, Refusal, type QualifiedSigner } from '#verification' // prettier-ignore
import type { FoundChallenge } from './challenge-store.ts'
import { unusable, type CscCredential } from './csc-answers.ts'
import type { AskedAuthorisation } from './csc-authorization.ts'
import type { CscClient } from './csc-client.ts'
import type { CscDeps } from './csc-deps.ts'
import { cscEvidence } from './csc-evidence.ts'
import { compareNames } from './csc-name-decisions.ts'
import type { CscProvider } from './csc-provider.ts'

/** What a person authorised, with the code that they came back with. */
export type RemoteSigning = {
  readonly asked: AskedAuthorisation
  readonly code: string
  readonly challenge: FoundChallenge
  readonly personName: string
}

/**
 * Fetches the signature that a person authorised. The certificate is judged first, with its name and whether it was revoked,
 * so that nothing is signed in vain; then the hash is signed, and the signature is checked. Gives the evidence. Throws
 * `signing-not-authorised`, `signing-provider-unavailable`, `qualified-signature-refused` and `signer-name-differs`.
 */
export async function signRemotely(
  deps: CscDeps,
  client: CscClient,
  provider: CscProvider,
  { asked, code, challenge, personName }: RemoteSigning,
): Promise<{ readonly signing: string; readonly credentialId: string }> {
  const { service, codeVerifier, redirectUri } = asked
  const authorisation = await client.authorisation(service, { code, codeVerifier, redirectUri })
  const { credentialId } = authorisation
  const credential = await client.credential(await client.serviceToken(service), credentialId)
  demandUsable(credential)
  const certificates = withoutRoot(credential.certificates, deps.qualifiedRoots)
  const at = deps.platform.clock()
  const judged = { certificates, roots: deps.qualifiedRoots, at }
  const signer = checked(() => checkQualifiedSigner(judged))
  const comparison = compareNames(personName, signer.signer)
  if (comparison === 'different') throw problem('signer-name-differs')
  const revocation = await goodStanding(deps, [...certificates, signer.root], at)
  const answer = await client.signHash(authorisation, challenge.challenge, algorithmFor(signer, credential))
  const signature = signer.kind === 'ECDSA' ? asDer(answer) : answer
  const manifest = Buffer.from(challenge.manifest, 'utf8')
  checked(() => checkQualifiedSignature({ ...judged, revocation, label: actLabel, manifest, signature }))
  const { soleControl } = credential
  const { name, baseUrl } = provider
  const signing = cscEvidence({
    manifest: challenge.manifest,
    personName,
    comparison,
    signer,
    certificates,
    signature,
    revocation,
    provider: { name, baseUrl, service, credentialId, soleControl },
    signedAt: at,
  })
  return { signing, credentialId }
}

/** The key may be used, and an authorisation covers exactly the hashes that were shown (EN 419 241-1, SCAL 2). */
function demandUsable({ enabled, certificateStatus, soleControl }: CscCredential): void {
  if (!enabled) throw refused('The provider says that the key is not enabled.')
  if (certificateStatus !== null && certificateStatus !== 'valid')
    throw refused('The provider says that the certificate is not valid.')
  if (soleControl !== '2') throw refused('An authorisation at this provider is not bound to what is signed.')
}

/** The chain up to the root, which is pinned and need not be brought. */
function withoutRoot(certificates: readonly Buffer[], roots: readonly Buffer[]): readonly Buffer[] {
  return certificates.filter((certificate) => !roots.some((root) => root.equals(certificate)))
}

/** What authorities say of the chain now. Nothing is signed with a certificate of which nobody says that it is good. */
async function goodStanding(
  deps: CscDeps,
  chain: readonly Buffer[],
  at: Instant,
): Promise<readonly RevocationEvidence[]> {
  const outcome = await deps.revocationOf(chain, at)
  if (outcome.kind === 'revoked') throw refused('The certificate was revoked.')
  if (outcome.kind === 'unavailable')
    throw unusable(new Error('no answer about the certificate of the signer'))
  return outcome.evidence
}

const algorithms = {
  ECDSA: ['1.2.840.10045.4.3.2', '1.2.840.10045.2.1'],
  RSA: ['1.2.840.113549.1.1.11', '1.2.840.113549.1.1.1'],
} as const

/** With SHA-256 where the key names it so; by the kind of the key where the hash is named apart. */
function algorithmFor({ kind }: QualifiedSigner, credential: CscCredential): string {
  const found = algorithms[kind].find((oid) => credential.algorithms.includes(oid))
  if (found === undefined) throw refused('The key cannot sign by ECDSA or RSA with SHA-256.')
  return found
}

/** Some providers answer both numbers of an ECDSA signature side by side, and not as RFC 3279 has them. */
function asDer(signature: Buffer): Buffer {
  if (signature.length !== 64 && signature.length !== 96) return signature
  const half = signature.length / 2
  return der(0x30, derInteger(signature.subarray(0, half)), derInteger(signature.subarray(half)))
}

function checked<T>(check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof Refusal) throw refused(error.message)
    throw error
  }
}

function refused(message: string) {
  return problem('qualified-signature-refused', { errors: [{ code: 'check-failed', message }] })
}
