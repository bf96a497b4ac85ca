import { isIssuedBy, openCertificate } from './certificate.ts'
import { readTimestampResponse } from './token-response.ts'

/** RSA named together with SHA-256, -384 and -512 (RFC 8017 appendix A.2.4). */
const rsaWithHash = ['1.2.840.113549.1.1.11', '1.2.840.113549.1.1.12', '1.2.840.113549.1.1.13']

/**
 * Why a token that holds may not stand in a file all the same: it has parts that could be changed without any check
 * noticing, which in a file somebody else would have to explain. Undefined when there is none. For a response that passed
 * `validateTimestamp`; `roots` are those it was validated under, DER.
 */
export function whyNotInFile(response: Buffer, roots: readonly Buffer[]): string | undefined {
  const { certificates, signer, hasRevocationLists } = readTimestampResponse(response)
  if (hasRevocationLists) return 'the token brings revocation lists that nothing signed with it'
  if (rsaWithHash.includes(signer.signatureName))
    return 'the token names its RSA signature together with a hash, in a place that is not signed'
  const known = [...certificates, ...roots].map(openCertificate)
  const isVouchedFor = (der: Buffer): boolean =>
    roots.some((root) => root.equals(der)) || known.some((issuer) => isIssuedBy(openCertificate(der), issuer))
  if (certificates.every(isVouchedFor)) return undefined
  return 'the token brings a certificate that no root in the settings and no other certificate vouches for'
}
