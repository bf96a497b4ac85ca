import { X509Certificate, verify } from 'node:crypto'
import {
  Attribute,
  CertificateChoices,
  CertificateSet,
  CMSVersion,
  ContentInfo,
  DigestAlgorithmIdentifier,
  DigestAlgorithmIdentifiers,
  EncapsulatedContentInfo,
  id_data,
  id_signedData,
  IssuerAndSerialNumber,
  SignatureAlgorithmIdentifier,
  SignedData,
  SignerIdentifier,
  SignerInfo,
  SignerInfos,
} from '@peculiar/asn1-cms'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { Certificate } from '@peculiar/asn1-x509'
import { sha256 } from '#core'
import type { SealSigner } from './seal-key.ts'

const contentType = '1.2.840.113549.1.9.3'
const messageDigest = '1.2.840.113549.1.9.4'
const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47'
const algorithmProtection = '1.2.840.113549.1.9.52'
const sha256Identifier = '2.16.840.1.101.3.4.2.1'
const ecdsaWithSha256Identifier = '1.2.840.10045.4.3.2'

// RFC 5754 section 2 and RFC 5758 section 3.2: both without parameters.
const digestAlgorithm = () => new DigestAlgorithmIdentifier({ algorithm: sha256Identifier })
const signatureAlgorithm = () => new SignatureAlgorithmIdentifier({ algorithm: ecdsaWithSha256Identifier })

/**
 * A detached CMS SignedData (RFC 5652) over bytes with this SHA-256, as PAdES B-B wants it (EN 319 142-1, 6.3):
 * signed attributes exactly content-type, message-digest, signing-certificate-v2 and CMSAlgorithmProtection, no
 * signing-time. DER. Throws when the signature does not fit the certificate, so that no file gets a seal that nobody
 * can verify.
 */
export async function signCms(contentDigest: Buffer, signer: SealSigner): Promise<Buffer> {
  const [leafBytes] = signer.chain
  if (leafBytes === undefined) throw new TypeError('a seal needs the certificate of its key')
  const attributes = signedAttributes(contentDigest, leafBytes)
  const encoded = attributes.map((attribute) => encode(attribute))
  // The signature is over the SET OF with its own tag (RFC 5652 section 5.4); inside the file the tag is [0].
  const toBeSigned = tlv(0x31, ...encoded)
  const signature = await signer.sign(toBeSigned)
  if (!verify('sha256', toBeSigned, new X509Certificate(leafBytes).publicKey, signature))
    throw new Error('the seal key and its certificate do not belong together')
  const signedData = assemble(signer.chain, attributes, signature)
  const bytes = encode(
    new ContentInfo({ contentType: id_signedData, content: toArrayBuffer(encode(signedData)) }),
  )
  // What was signed and certified has to stand in the result byte for byte, whatever the encoder did.
  for (const part of [...signer.chain, Buffer.concat(encoded)])
    if (!bytes.includes(part)) throw new Error('the CMS encoder changed bytes that were signed or certified')
  return bytes
}

function assemble(chain: readonly Buffer[], signedAttrs: Attribute[], signature: Buffer): SignedData {
  const certificates = chain.map((bytes) => AsnConvert.parse(bytes, Certificate))
  const { issuer, serialNumber } = certificates[0]!.tbsCertificate
  const signerInfo = new SignerInfo({
    version: CMSVersion.v1,
    sid: new SignerIdentifier({
      issuerAndSerialNumber: new IssuerAndSerialNumber({ issuer, serialNumber }),
    }),
    digestAlgorithm: digestAlgorithm(),
    signedAttrs,
    signatureAlgorithm: signatureAlgorithm(),
    signature: new OctetString(toArrayBuffer(signature)),
  })
  return new SignedData({
    version: CMSVersion.v1,
    digestAlgorithms: new DigestAlgorithmIdentifiers([digestAlgorithm()]),
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: id_data }),
    certificates: new CertificateSet(
      certificates.map((certificate) => new CertificateChoices({ certificate })),
    ),
    signerInfos: new SignerInfos([signerInfo]),
  })
}

/** The four attributes in the order of their DER, as a SET OF has to stand (X.690 section 11.6). */
function signedAttributes(contentDigest: Buffer, leaf: Buffer): Attribute[] {
  const digest = encode(digestAlgorithm())
  const signature = encode(signatureAlgorithm())
  const values: readonly [string, Buffer][] = [
    [contentType, tlv(0x06, Buffer.from('2a864886f70d010701', 'hex'))],
    [messageDigest, tlv(0x04, contentDigest)],
    // RFC 5035 section 4: SHA-256 is the default hash and therefore left out.
    [signingCertificateV2, tlv(0x30, tlv(0x30, tlv(0x30, tlv(0x04, sha256(leaf)))))],
    // RFC 6211: the signature algorithm is an implicitly tagged [1].
    [algorithmProtection, tlv(0x30, digest, tlv(0xa1, signature.subarray(2)))],
  ]
  return values
    .map(([attrType, value]) => new Attribute({ attrType, attrValues: [toArrayBuffer(value)] }))
    .sort((a, b) => Buffer.compare(encode(a), encode(b)))
}

function encode(value: object): Buffer {
  return Buffer.from(AsnConvert.serialize(value))
}

/** One DER element: tag, length, contents (X.690 sections 8.1 and 10.1). */
function tlv(tag: number, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents)
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body])
  const digits = body.length.toString(16)
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body])
}

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
