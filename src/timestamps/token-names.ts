export { derTags as tags, signatureAlgorithms, signatureHashes as hashes, type HashName } from '#core'

/** Object identifiers in dotted form, by the names of their standards. */
export const oids = {
  // RFC 5652
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  // RFC 3161 section 2.4.2, RFC 2634 section 5.4, RFC 5035 section 3
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  // RFC 5280 section 4.2
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  anyPurpose: '2.5.29.37.0',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  // RFC 6960 section 4.2.2.2
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  // RFC 5754, RFC 5758
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
} as const

/** rsaEncryption: what many signers write for an RSA signature, the hash being named beside it (RFC 3370, 3.2). */
export const rsaEncryption = '1.2.840.113549.1.1.1'
