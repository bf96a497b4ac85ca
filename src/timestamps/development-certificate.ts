import { createPublicKey, sign, X509Certificate, type KeyObject } from 'node:crypto'
import { certificateTime, der, derInteger, derOid, readDer, sha256, type Instant } from '#core'
import { oids, tags } from './token-names.ts'

/** A certificate of the development TSA that is to be made. */
export type CertificateWishes = {
  readonly name: string
  readonly publicKey: KeyObject
  /** Absent: it issues itself and is the root. */
  readonly issuer?: { readonly certificate: Buffer }
  /** What the certificate below a root is for; timestamps unless told otherwise. */
  readonly use?: 'timestamps' | 'revocation-answers'
  readonly signingKey: KeyObject
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** At most 20 bytes (RFC 5280 section 4.1.2.2). */
  readonly serialNumber: Buffer
}

const algorithm = der(tags.sequence, derOid(oids.ecdsaWithSha256))

/**
 * An X.509 certificate (RFC 5280) on P-256, in DER: a root that may issue end entities only, or the certificate of a TSA,
 * whose one purpose is timeStamping, marked critical (RFC 3161 section 2.3), or that of an OCSP responder, about which
 * nobody needs to ask (RFC 6960 section 4.2.2.2).
 */
export function issueCertificate(wishes: CertificateWishes): Buffer {
  const subject = nameOf(wishes.name)
  const issuer = wishes.issuer === undefined ? subject : subjectOf(wishes.issuer.certificate)
  const publicKey = wishes.publicKey.export({ format: 'der', type: 'spki' })
  const issuerKey = createPublicKey(wishes.signingKey).export({ format: 'der', type: 'spki' })
  const body = der(
    tags.sequence,
    der(0xa0, derInteger(Buffer.of(2))),
    derInteger(wishes.serialNumber),
    algorithm,
    issuer,
    der(tags.sequence, certificateTime(wishes.notBefore), certificateTime(wishes.notAfter)),
    subject,
    publicKey,
    der(
      0xa3,
      der(
        tags.sequence,
        ...(wishes.issuer === undefined ? rootExtensions() : signerExtensions(wishes.use ?? 'timestamps')),
        extension(oids.subjectKeyIdentifier, false, der(tags.octetString, keyIdentifier(publicKey))),
        extension(
          oids.authorityKeyIdentifier,
          false,
          der(tags.sequence, der(0x80, keyIdentifier(issuerKey))),
        ),
      ),
    ),
  )
  const signature = sign('sha256', body, wishes.signingKey)
  return der(tags.sequence, body, algorithm, der(tags.bitString, Buffer.of(0), signature))
}

function rootExtensions(): Buffer[] {
  const authority = der(tags.boolean, Buffer.of(0xff))
  return [
    extension(oids.basicConstraints, true, der(tags.sequence, authority, derInteger(Buffer.of(0)))),
    // Named bits: keyCertSign and cRLSign.
    extension(oids.keyUsage, true, der(tags.bitString, Buffer.of(1, 0x06))),
  ]
}

function signerExtensions(use: 'timestamps' | 'revocation-answers'): Buffer[] {
  const answers = use === 'revocation-answers'
  const purpose = derOid(answers ? oids.ocspSigning : oids.timeStamping)
  return [
    extension(oids.basicConstraints, true, der(tags.sequence)),
    // Named bit: digitalSignature.
    extension(oids.keyUsage, true, der(tags.bitString, Buffer.of(7, 0x80))),
    extension(oids.extendedKeyUsage, true, der(tags.sequence, purpose)),
    ...(answers ? [extension(oids.ocspNoCheck, false, der(tags.null))] : []),
  ]
}

function extension(name: string, critical: boolean, value: Buffer): Buffer {
  const flag = critical ? [der(tags.boolean, Buffer.of(0xff))] : []
  return der(tags.sequence, derOid(name), ...flag, der(tags.octetString, value))
}

/** A name that is one common name; at most 64 characters (RFC 5280 appendix A.1). */
function nameOf(text: string): Buffer {
  const part = der(tags.sequence, derOid(oids.commonName), der(tags.utf8String, Buffer.from(text, 'utf8')))
  return der(tags.sequence, der(tags.set, part))
}

function subjectOf(certificate: Buffer): Buffer {
  const [whole] = readDer(new X509Certificate(certificate).raw)
  const [body] = readDer(whole!.body)
  return readDer(body!.body)[5]!.whole
}

/** RFC 7093 section 2, method 1: the leftmost 160 bits of the SHA-256 of the public key. */
function keyIdentifier(spki: Buffer): Buffer {
  const [whole] = readDer(spki)
  const key = readDer(whole!.body)[1]!
  return sha256(key.body.subarray(1)).subarray(0, 20)
}
