import { derTags, onlyElement } from '#core'
import { isAuthority, mayBeUsedFor, placesOf, type Certificate } from './certificate.ts'
import { readCrl, type RevocationList } from './crl.ts'
import { demandFresh } from './freshness-decisions.ts'
import { oids } from './names.ts'
import type { Answer, Question } from './ocsp-validation.ts'
import { demand, RevocationRefusal } from './revocation.ts'
import { demandSignature } from './signed-bytes.ts'

/** A list with more bytes than this is not read: it would stand in every document. */
export const crlLengthMax = 2_097_152

const crlSign = 6

/**
 * Holds a CRL (DER) against the question (RFC 5280 section 6.3, decision 0078): a whole list of the issuer itself, which
 * may sign lists, that is about such certificates, with its signature, and in its term. Throws RevocationRefusal with the
 * reason.
 */
export function validateCrl(bytes: Buffer, { certificate, issuer, now }: Question): Answer {
  demand(bytes.length <= crlLengthMax, 'too-large', `the list has more than ${crlLengthMax} bytes`)
  try {
    const list = readCrl(bytes)
    demandIssuer(list, issuer)
    demandSignature(list.signature, issuer)
    demandScope(list, certificate)
    demandFresh(list, now)
    const entry = list.find(certificate.serialNumber)
    return {
      status: entry === undefined ? { kind: 'good' } : { kind: 'revoked', ...entry },
      evidence: {
        kind: 'crl',
        der: bytes,
        certificates: [],
        thisUpdate: list.thisUpdate,
        nextUpdate: list.nextUpdate,
        certificateSha256: certificate.sha256,
      },
    }
  } catch (error) {
    // Only readers of bytes throw it; what they cannot read is not the form that the standards describe.
    if (error instanceof RangeError) throw new RevocationRefusal('form', error.message)
    throw error
  }
}

function demandIssuer({ issuer: name, issuerKeyId }: RevocationList, issuer: Certificate): void {
  demand(name.equals(issuer.subject), 'issuer', 'the list is of another issuer')
  const own = issuer.extensions.get(oids.subjectKeyIdentifier)
  const same =
    own === undefined ||
    issuerKeyId === undefined ||
    onlyElement(own.value, derTags.octetString, 'the key of the issuer').body.equals(issuerKeyId)
  demand(same, 'issuer', 'the list is of another key of the issuer')
  demand(mayBeUsedFor(issuer, crlSign), 'issuer', 'the issuer may not sign lists')
}

/** A part of a list counts only when the certificate points to that part (RFC 5280 section 6.3.3, b). */
function demandScope({ scope }: RevocationList, certificate: Certificate): void {
  const places = placesOf(certificate).crl
  demand(
    scope.urls === undefined || scope.urls.some((url) => places.includes(url)),
    'scope',
    'the list is a part that the certificate does not point to',
  )
  const kind = isAuthority(certificate) ? 'authorities' : 'users'
  demand(scope.only === undefined || scope.only === kind, 'scope', `the list is about ${scope.only} only`)
}
