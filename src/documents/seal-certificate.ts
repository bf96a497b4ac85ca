import type { KeyObject } from 'node:crypto'
import { createPublicKey, sign } from 'node:crypto'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  CRLDistributionPoints,
  DistributionPoint,
  DistributionPointName,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  KeyIdentifier,
  Name,
  RelativeDistinguishedName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509'
import { sha256, type Instant } from '#core'

/** One part of a name: the OID of the attribute and its text. */
export type NamePart = { readonly type: keyof typeof nameTypes; readonly text: string }

const nameTypes = { commonName: '2.5.4.3', organization: '2.5.4.10', serialNumber: '2.5.4.5' } as const

/** RFC 5280 appendix A.1: neither of our names may be longer. */
const nameLengthMax = 64

export type CertificateRequest = {
  readonly subject: readonly NamePart[]
  readonly publicKey: KeyObject
  readonly issuer: Issuer | 'self'
  /** What a certificate that another issues is for; a seal unless told otherwise. */
  readonly use?: 'seal' | 'revocation-answers'
  readonly signingKey: KeyObject
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** Positive, at most 20 bytes (RFC 5280, 4.1.2.2). */
  readonly serialNumber: Buffer
}

export type Issuer = { readonly certificate: Buffer }

const ecdsaWithSha256 = () => new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' })

/**
 * Issues an X.509 certificate (RFC 5280) on P-256, in DER. `self` makes a root that may only issue end entities;
 * anything else makes the certificate of a seal: digitalSignature and nonRepudiation, for documents and mail, because
 * the usual PDF readers look for the mail purpose; or that of an OCSP responder, about which nobody needs to ask (RFC 6960
 * section 4.2.2.2).
 */
export function issueCertificate(request: CertificateRequest): Buffer {
  const subject = encodeName(request.subject)
  const root = request.issuer === 'self'
  const answers = request.use === 'revocation-answers'
  const issuerCertificate =
    request.issuer === 'self' ? undefined : AsnConvert.parse(request.issuer.certificate, Certificate)
  const spki = request.publicKey.export({ format: 'der', type: 'spki' })
  const issuerKey = createPublicKey(request.signingKey).export({ format: 'der', type: 'spki' })
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: toArrayBuffer(request.serialNumber),
    signature: ecdsaWithSha256(),
    issuer: issuerCertificate?.tbsCertificate.subject ?? subject,
    validity: new Validity({
      notBefore: wholeSecond(request.notBefore),
      notAfter: wholeSecond(request.notAfter),
    }),
    subject,
    subjectPublicKeyInfo: AsnConvert.parse(spki, SubjectPublicKeyInfo),
    extensions: new Extensions([
      critical('2.5.29.19', new BasicConstraints(root ? { cA: true, pathLenConstraint: 0 } : {})),
      // Named bits: keyCertSign and cRLSign, or digitalSignature and, for a seal, nonRepudiation (RFC 5280, 4.2.1.3).
      criticalBytes('2.5.29.15', Buffer.from(root ? '03020106' : answers ? '03020780' : '030206c0', 'hex')),
      ...(root ? [] : answers ? responderExtensions() : sealExtensions()),
      plain('2.5.29.14', new SubjectKeyIdentifier(keyIdentifier(spki))),
      plain(
        '2.5.29.35',
        new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyIdentifier(issuerKey)) }),
      ),
    ]),
  })
  const tbs = Buffer.from(AsnConvert.serialize(tbsCertificate))
  const signature = sign('sha256', tbs, { key: request.signingKey, dsaEncoding: 'der' })
  return Buffer.from(
    AsnConvert.serialize(
      new Certificate({
        tbsCertificate,
        signatureAlgorithm: ecdsaWithSha256(),
        signatureValue: toArrayBuffer(signature),
      }),
    ),
  )
}

/**
 * What only the certificate of a seal has. The place of the revocation list is a name that never resolves (RFC 6761,
 * section 6.4): a development authority publishes no list. Without the entry pdfsig calls a good certificate
 * "corrupted" (decision 0018).
 */
function sealExtensions(): Extension[] {
  const list = new GeneralName({ uniformResourceIdentifier: 'http://no-revocation-list.invalid/' })
  const point = new DistributionPoint({ distributionPoint: new DistributionPointName({ fullName: [list] }) })
  return [
    plain('2.5.29.37', new ExtendedKeyUsage(['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36'])),
    plain('2.5.29.31', new CRLDistributionPoints([point])),
  ]
}

/** OCSPSigning, and ocsp-nocheck, whose value is NULL. */
function responderExtensions(): Extension[] {
  const noCheck = {
    extnID: '1.3.6.1.5.5.7.48.1.5',
    extnValue: new OctetString(toArrayBuffer(Buffer.of(5, 0))),
  }
  return [plain('2.5.29.37', new ExtendedKeyUsage(['1.3.6.1.5.5.7.3.9'])), new Extension(noCheck)]
}

/** A text that fits one attribute of a name: at most 64 characters; an ellipsis says that there was more. */
export function shortened(text: string): string {
  const characters = Array.from(text.normalize('NFC'))
  if (characters.length <= nameLengthMax) return characters.join('')
  return `${characters.slice(0, nameLengthMax - 1).join('')}…`
}

/** RFC 7093 section 2, method 1: the leftmost 160 bits of the SHA-256 of the public key. */
function keyIdentifier(spki: Buffer): ArrayBuffer {
  const { subjectPublicKey } = AsnConvert.parse(spki, SubjectPublicKeyInfo)
  return toArrayBuffer(sha256(new Uint8Array(subjectPublicKey)).subarray(0, 20))
}

function encodeName(parts: readonly NamePart[]): Name {
  return new Name(
    parts.map(({ type, text }) => {
      const value = type === 'serialNumber' ? { printableString: text } : { utf8String: shortened(text) }
      return new RelativeDistinguishedName([
        new AttributeTypeAndValue({ type: nameTypes[type], value: new AttributeValue(value) }),
      ])
    }),
  )
}

function critical(extnID: string, value: object): Extension {
  return criticalBytes(extnID, Buffer.from(AsnConvert.serialize(value)))
}

function criticalBytes(extnID: string, bytes: Buffer): Extension {
  return new Extension({ extnID, critical: true, extnValue: new OctetString(toArrayBuffer(bytes)) })
}

function plain(extnID: string, value: object): Extension {
  return new Extension({ extnID, critical: false, extnValue: new OctetString(AsnConvert.serialize(value)) })
}

/** Certificates count in whole seconds; rounding down keeps a seal of the same second inside the term. */
function wholeSecond(instant: Instant): Date {
  return new Date(Math.floor(Date.parse(instant) / 1000) * 1000)
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
