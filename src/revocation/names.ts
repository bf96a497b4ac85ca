/** Object identifiers in dotted form, by the names of their standards. */
export const oids = {
  // RFC 5280 section 4.2
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  distributionPoints: '2.5.29.31',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInformationAccess: '1.3.6.1.5.5.7.1.1',
  // RFC 5280 section 5.2 and 5.3
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  issuingDistributionPoint: '2.5.29.28',
  // RFC 6960
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  ocsp: '1.3.6.1.5.5.7.48.1',
  basicResponse: '1.3.6.1.5.5.7.48.1.1',
  nonce: '1.3.6.1.5.5.7.48.1.2',
  noCheck: '1.3.6.1.5.5.7.48.1.5',
  // RFC 3279, RFC 5754, RFC 5758
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const

/** Hashes that may stand in a certificate id: SHA-1 names there, it proves nothing (decision 0077). */
export const idHashes: ReadonlyMap<string, IdHash> = new Map([
  [oids.sha1, 'sha1'],
  [oids.sha256, 'sha256'],
])

export type IdHash = 'sha1' | 'sha256'
