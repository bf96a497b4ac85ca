import { demandValidAt, isIssuedBy } from './certificate-chain.ts'
import type { Chain } from './certificate-chain.ts'
import { CertificatePool } from './certificate-pool.ts'
import { parseCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import type { ChallengeLabel } from './passkey-challenge.ts'
import { certifiedPersonOf, demandQualifiedForSignatures } from './qualified-statements.ts'
import type { CertifiedPerson } from './qualified-statements.ts'
import { demand, refuse } from './refusal.ts'
import { readListEvidence, readOcspEvidence } from './revocation-evidence.ts'
import { RevocationRecord } from './revocation-record.ts'
import { demandSignature } from './signature-algorithm.ts'

/** The certificate of a person at a trust service provider, and what it is judged by. */
export type QualifiedSignerInput = {
  /** DER, the signer's first, each issued by the next; without the root. */
  readonly certificates: readonly Buffer[]
  /** Roots of qualified authorities, DER, pinned. */
  readonly roots: readonly Buffer[]
  /** When it was used, as far as whoever asks knows. */
  readonly at: string
}

/** A signature with the key of that person. */
export type QualifiedSignatureInput = QualifiedSignerInput & {
  readonly label: ChallengeLabel
  /** The canonical manifest, byte for byte. What was signed is the label, a newline and these bytes, hashed by SHA-256. */
  readonly manifest: Buffer
  /** An ECDSA-Sig-Value in DER, or the bytes of an RSA PKCS #1 v1.5 signature. */
  readonly signature: Buffer
  /** What responders and authorities said about the certificates, DER. */
  readonly revocation: readonly { readonly kind: 'ocsp' | 'crl'; readonly der: Buffer }[]
}

export type QualifiedSigner = {
  readonly kind: 'ECDSA' | 'RSA'
  readonly subjectText: string
  readonly signer: CertifiedPerson
  /** The pinned root that the chain leads to, DER. */
  readonly root: Buffer
}

const certificatesMax = 8

/**
 * Checks that a certificate is one of a person, qualified for signatures with its key in a qualified device, and valid at
 * that moment, under a pinned root (Regulation 910/2014 article 3(12) and annex I; RFC 5280 section 6, narrowed). Throws a
 * `Refusal` with a sentence. Whether it was revoked, and whether the person is the one who was to sign, it does not say.
 */
export function checkQualifiedSigner(input: QualifiedSignerInput): QualifiedSigner {
  return signerOf(judgedChain(input))
}

/**
 * The same, and that by what authorities said no certificate of the chain was revoked, and that the signature is the one of
 * this key over exactly this manifest (article 32). Whether the person is the one who was to sign is for the caller.
 */
export function checkQualifiedSignature(input: QualifiedSignatureInput): QualifiedSigner {
  const chain = judgedChain(input)
  demandNotRevoked(chain, input)
  const signer = signerOf(chain)
  const [leaf] = chain.certificates as [Certificate]
  const message = Buffer.concat([Buffer.from(`${input.label}\n`, 'utf8'), input.manifest])
  demandSignature(leaf.publicKey, { kind: signer.kind, hash: 'sha256' }, message, input.signature)
  return signer
}

function judgedChain({ certificates, roots, at }: QualifiedSignerInput): RootedChain {
  const few = certificates.length > 0 && certificates.length <= certificatesMax
  demand(few, 'the signature brings no chain, or too long a one')
  const chain = orderedChain(certificates.map(parseCertificate), roots.map(parseCertificate))
  demandMaySign(chain)
  demandQualifiedForSignatures(chain.certificates[0]!)
  demandValidAt(chain, at)
  return chain
}

function signerOf({ certificates, root }: RootedChain): QualifiedSigner {
  const [leaf] = certificates as [Certificate]
  const { subjectText, publicKey } = leaf
  return { kind: publicKey.kind, subjectText, signer: certifiedPersonOf(leaf), root: root.der }
}

type RootedChain = Chain & { readonly root: Certificate }

function orderedChain(certificates: readonly Certificate[], roots: readonly Certificate[]): RootedChain {
  for (const [position, issuer] of certificates.slice(1).entries())
    demand(isIssuedBy(certificates[position]!, issuer), 'the certificates of the signer are not a chain')
  const last = certificates.at(-1)!
  const root = roots.find((candidate) => isIssuedBy(last, candidate) && !last.der.equals(candidate.der))
  demand(root !== undefined, 'the chain of the signer leads to no root that is relied on')
  return { certificates, root }
}

/** The leaf may sign what its owner means (ETSI EN 319 412-2 section 4.3.2), and everything above it may issue. */
function demandMaySign({ certificates, root }: RootedChain): void {
  const [leaf, ...authorities] = certificates as [Certificate, ...Certificate[]]
  demand(!leaf.authority, 'the certificate of the signer is that of an authority')
  demand(leaf.keyUsage.has('nonRepudiation'), 'the certificate of the signer is not for declarations')
  demand(!leaf.keyUsage.has('keyCertSign'), 'the certificate of the signer may issue certificates')
  for (const [below, authority] of [...authorities, root].entries()) {
    const may = authority.authority && authority.keyUsage.has('keyCertSign')
    demand(may, `${authority.subjectText} may not issue certificates`)
    const { pathLengthMax } = authority
    const deep = pathLengthMax === undefined || below <= pathLengthMax
    demand(deep, `${authority.subjectText} may not have so many authorities below it`)
  }
}

function demandNotRevoked(
  { certificates, root }: RootedChain,
  { revocation, at }: QualifiedSignatureInput,
): void {
  const pool = new CertificatePool([root])
  for (const certificate of certificates) pool.add(certificate)
  const evidence = revocation.map(({ kind, der }) =>
    kind === 'ocsp' ? readOcspEvidence(der, pool, 0) : readListEvidence(der, pool, 0),
  )
  const standing = new RevocationRecord(evidence).standing({ chain: [...certificates, root], at, provenBy: undefined }) // prettier-ignore
  if (standing.kind !== 'good') refuse(standing.sentence)
}
