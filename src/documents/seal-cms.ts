import { verify, X509Certificate } from 'node:crypto'
import { der, readDer, sha256 } from '#core'
import { algorithmOfKind, signatureAlgorithms, type SealAlgorithm } from './seal-algorithm.ts'
import { SealKeyFailure, sealKeyKindOfCertificate, type SealSigner } from './seal-key.ts'

const sequence = 0x30
const set = 0x31
const octetString = 0x04

const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const versionOne = der(0x02, Buffer.of(1))

const data = oid('2a864886f70d010701') // 1.2.840.113549.1.7.1
const signedData = oid('2a864886f70d010702') // 1.2.840.113549.1.7.2
const contentType = oid('2a864886f70d010903') // 1.2.840.113549.1.9.3
const messageDigest = oid('2a864886f70d010904') // 1.2.840.113549.1.9.4
const signingCertificateV2 = oid('2a864886f70d010910022f') // 1.2.840.113549.1.9.16.2.47
const algorithmProtection = oid('2a864886f70d010934') // 1.2.840.113549.1.9.52
const sha256Name = oid('608648016503040201') // 2.16.840.1.101.3.4.2.1

// Without parameters (RFC 5754 section 2).
const digestAlgorithm = der(sequence, sha256Name)

/**
 * A detached CMS SignedData (RFC 5652) over bytes with this SHA-256, as PAdES B-B wants it (EN 319 142-1, 6.3): signed
 * attributes exactly content-type, message-digest, signing-certificate-v2 and CMSAlgorithmProtection, no signing-time.
 * DER, written element by element: the certificates stand in it byte for byte as they came. Throws when the signature
 * does not fit the certificate, so that no file gets a seal that nobody can verify.
 */
export async function signCms(contentDigest: Buffer, signer: SealSigner): Promise<Buffer> {
  const [leaf] = signer.chain
  if (leaf === undefined) throw new TypeError('a seal needs the certificate of its key')
  if (signer.alg !== algorithmOfKind(sealKeyKindOfCertificate(leaf)))
    throw new TypeError('the seal key signs with another algorithm than its certificate is for')
  const attributes = signedAttributes(contentDigest, leaf, signer.alg)
  // The signature is over the SET OF with its own tag; in the file the tag is [0] (RFC 5652 section 5.4).
  const toBeSigned = der(set, ...attributes)
  const signature = await signer.sign(toBeSigned)
  if (!verify('sha256', toBeSigned, new X509Certificate(leaf).publicKey, signature))
    throw new SealKeyFailure('the signature of the seal key and its certificate do not belong together')
  const signerInfo = der(
    sequence,
    versionOne,
    issuerAndSerialNumber(leaf),
    digestAlgorithm,
    der(0xa0, ...attributes),
    signatureAlgorithms[signer.alg],
    der(octetString, signature),
  )
  const content = der(
    sequence,
    versionOne,
    der(set, digestAlgorithm),
    der(sequence, data),
    der(0xa0, ...sorted(signer.chain)),
    der(set, signerInfo),
  )
  return der(sequence, signedData, der(0xa0, content))
}

/** The four attributes, sorted. */
function signedAttributes(contentDigest: Buffer, leaf: Buffer, alg: SealAlgorithm): Buffer[] {
  const attribute = (type: Buffer, value: Buffer): Buffer => der(sequence, type, der(set, value))
  // RFC 5035 section 4: SHA-256 is the default hash and therefore left out.
  const certificateId = der(sequence, der(octetString, sha256(leaf)))
  // RFC 6211: the signature algorithm is an implicitly tagged [1], with the parameters that the SignerInfo has.
  const [signatureAlgorithm] = readDer(signatureAlgorithms[alg])
  const algorithms = der(sequence, digestAlgorithm, der(0xa1, signatureAlgorithm!.body))
  return sorted([
    attribute(contentType, data),
    attribute(messageDigest, der(octetString, contentDigest)),
    attribute(signingCertificateV2, der(sequence, der(sequence, certificateId))),
    attribute(algorithmProtection, algorithms),
  ])
}

/** The order of a SET OF (X.690 section 11.6). */
function sorted(elements: readonly Buffer[]): Buffer[] {
  return elements.toSorted((a, b) => Buffer.compare(a, b))
}

/** Names the certificate by its issuer and number, with the very bytes that stand in it (RFC 5280, 4.1). */
function issuerAndSerialNumber(certificate: Buffer): Buffer {
  const [whole] = readDer(certificate)
  const [toBeSigned] = readDer(whole!.body)
  const [version, serialNumber, , issuer] = readDer(toBeSigned!.body)
  if (version?.tag !== 0xa0 || serialNumber?.tag !== 0x02 || issuer?.tag !== sequence)
    throw new TypeError('this is not an X.509 certificate of version 3')
  return der(sequence, issuer.whole, serialNumber.whole)
}
