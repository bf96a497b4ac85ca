import type { Certificate } from './certificate.ts'
import type { CertificatePool } from './certificate-pool.ts'
import { isAbout, isResponder, parseOcspResponse } from './ocsp-response.ts'
import type { OcspResponse, RevocationStatus } from './ocsp-response.ts'
import { demand, refuse } from './refusal.ts'
import { parseRevocationList, statusIn } from './revocation-list.ts'
import type { RevocationList } from './revocation-list.ts'
import { demandSignature } from './signature-algorithm.ts'

/** What somebody who may say so said about certificates of one issuer; verified. */
export type Evidence = {
  /** The revision that brought it. */
  readonly revision: number
  readonly thisUpdate: string
  readonly nextUpdate: string | undefined
  /** The responder that answered in place of the issuer, unless nobody need ask about it. */
  readonly responder: Certificate | undefined
  /** What it says of a certificate of this issuer; undefined if it is about others. */
  readonly statusOf: (certificate: Certificate, issuer: Certificate) => RevocationStatus | undefined
}

const ocspSigning = '1.3.6.1.5.5.7.3.9'

/**
 * Reads and verifies an OCSP response: about a certificate of the file, by its issuer or by one to whom the issuer gave
 * that right (RFC 6960 section 4.2.2.2), which was valid when it answered.
 */
export function readOcspEvidence(der: Buffer, pool: CertificatePool, revision: number): Evidence {
  const response = parseOcspResponse(der)
  const pair = pool.pairs().find(({ certificate, issuer }) => isAbout(response, certificate, issuer))
  demand(pair !== undefined, 'the OCSP response is about no certificate of this file')
  const { certificate, issuer } = pair
  const responder = authorisedResponder(response, issuer, pool)
  demandValidThen(responder, response.producedAt)
  demandValidThen(issuer, response.producedAt)
  const { algorithm, signedBytes, signature, status, thisUpdate, nextUpdate } = response
  demandSignature(responder.publicKey, algorithm, signedBytes, signature)
  demandTimes(thisUpdate, nextUpdate)
  const delegated = responder !== issuer && !responder.noRevocationCheck
  return {
    revision,
    thisUpdate,
    nextUpdate,
    responder: delegated ? responder : undefined,
    statusOf: (asked, above) =>
      asked.der.equals(certificate.der) && above.der.equals(issuer.der) ? status : undefined,
  }
}

/** Reads and verifies a revocation list: of an authority of the file, signed by it. */
export function readListEvidence(der: Buffer, pool: CertificatePool, revision: number): Evidence {
  const list = parseRevocationList(der)
  const issuers = new Set(pool.pairs().map((pair) => pair.issuer))
  const issuer =
    [...issuers].find((candidate) => isSignedBy(list, candidate)) ??
    refuse('no authority whose certificates are in this file signed the revocation list')
  demandValidThen(issuer, list.thisUpdate)
  demandTimes(list.thisUpdate, list.nextUpdate)
  return {
    revision,
    thisUpdate: list.thisUpdate,
    nextUpdate: list.nextUpdate,
    responder: undefined,
    statusOf: (asked, above) =>
      above.der.equals(issuer.der) ? statusIn(list, asked.serialNumber) : undefined,
  }
}

function isSignedBy(list: RevocationList, { subject, keyUsage, publicKey }: Certificate): boolean {
  if (!subject.equals(list.issuer) || (keyUsage.size > 0 && !keyUsage.has('cRLSign'))) return false
  try {
    demandSignature(publicKey, list.algorithm, list.signedBytes, list.signature)
    return true
  } catch {
    return false
  }
}

function authorisedResponder(
  response: OcspResponse,
  issuer: Certificate,
  pool: CertificatePool,
): Certificate {
  if (isResponder(response, issuer)) return issuer
  const candidates = [...response.certificates, ...pool.certificates]
  const found = candidates.find(
    (candidate) => isResponder(response, candidate) && pool.isIssuedBy(candidate, issuer),
  )
  demand(found !== undefined, 'the responder is neither the issuer nor has the issuer’s right to answer')
  const { keyUsage } = found
  const maySign = keyUsage.size === 0 || keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation')
  const delegated = found.extendedKeyUsage.includes(ocspSigning) && !found.authority && maySign
  demand(delegated, 'the certificate of the responder is not for OCSP')
  return found
}

function demandValidThen({ subjectText, validFrom, validUntil }: Certificate, at: string): void {
  demand(validFrom <= at && at <= validUntil, `${subjectText} was not valid when it answered, at ${at}`)
}

function demandTimes(thisUpdate: string, nextUpdate: string | undefined): void {
  demand(nextUpdate === undefined || thisUpdate < nextUpdate, 'the next update stands before this one')
}
