import { demandValidAt, isIssuedBy } from './certificate-chain.ts'
import type { Chain } from './certificate-chain.ts'
import { CertificatePool } from './certificate-pool.ts'
import { parseCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import type { ChallengeLabel } from './passkey-challenge.ts'
import { certifiedPersonOf, demandQualifiedForSignatures } from './qualified-statements.ts'
import type { CertifiedPerson } from './qualified-statements.ts'
import { demand } from './refusal.ts'
import { readListEvidence, readOcspEvidence } from './revocation-evidence.ts'
import { RevocationRecord } from './revocation-record.ts'
import { demandSignature } from './signature-algorithm.ts'

/** A signature that a trust service provider made with the key of a person, and all that is needed to judge it. */
export type QualifiedSignatureInput = {
  readonly label: ChallengeLabel
  /** The canonical manifest, byte for byte. What was signed is the label, a newline and these bytes, hashed by SHA-256. */
  readonly manifest: Buffer
  /** An ECDSA-Sig-Value in DER, or the bytes of an RSA PKCS #1 v1.5 signature. */
  readonly signature: Buffer
  /** DER, the signer's first, each issued by the next; without the root. */
  readonly certificates: readonly Buffer[]
  /** Roots of qualified authorities, DER, pinned. */
  readonly roots: readonly Buffer[]
  /** What responders and authorities said about the certificates, DER. */
  readonly revocation: readonly { readonly kind: 'ocsp' | 'crl'; readonly der: Buffer }[]
  /** When it was made, as far as whoever asks knows. */
  readonly at: string
}

export type QualifiedSignature = {
  readonly kind: 'ECDSA' | 'RSA'
  readonly subjectText: string
  readonly signer: CertifiedPerson
  /** The pinned root that the chain leads to, DER. */
  readonly root: Buffer
}

const certificatesMax = 8

/**
 * Checks that the signature is one of a person over exactly this manifest, by a certificate that is qualified for
 * signatures with its key in a qualified device, valid and not revoked at that moment, under a pinned root (Regulation
 * 910/2014 articles 3(12) and 32; RFC 5280 section 6, narrowed). Throws a `Refusal` with a sentence. Whether the person is
 * the one who was to sign is for the caller: see `signer`.
 */
export function checkQualifiedSignature(input: QualifiedSignatureInput): QualifiedSignature {
  const { certificates, at } = input
  demand(certificates.length > 0 && certificates.length <= certificatesMax, 'the signature brings no chain, or too long a one') // prettier-ignore
  const roots = input.roots.map(parseCertificate)
  const chain = orderedChain(certificates.map(parseCertificate), roots)
  const [leaf] = chain.certificates as [Certificate]
  demandMaySign(chain)
  demandQualifiedForSignatures(leaf)
  demandValidAt(chain, at)
  const message = Buffer.concat([Buffer.from(`${input.label}\n`, 'utf8'), input.manifest])
  const { kind } = leaf.publicKey
  demandSignature(leaf.publicKey, { kind, hash: 'sha256' }, message, input.signature)
  demandNotRevoked(chain, roots, input)
  return { kind, subjectText: leaf.subjectText, signer: certifiedPersonOf(leaf), root: chain.root.der }
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
  roots: readonly Certificate[],
  { revocation, at }: QualifiedSignatureInput,
): void {
  const pool = new CertificatePool(roots)
  for (const certificate of certificates) pool.add(certificate)
  const record = new RevocationRecord(
    revocation.map(({ kind, der }) => (kind === 'ocsp' ? readOcspEvidence : readListEvidence)(der, pool, 0)),
  )
  const standing = record.standing({ chain: [...certificates, root], at, provenBy: undefined })
  demand(standing.kind === 'good', standing.kind === 'good' ? '' : standing.sentence)
}
