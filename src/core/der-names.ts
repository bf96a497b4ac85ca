/** Tags of DER (X.690): those that tokens, certificates and revocation answers are made of. */
export const derTags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** A hash that may stand under a signature, as node:crypto calls it. */
export type HashName = 'sha256' | 'sha384' | 'sha512'

/** Hashes that may stand under a signature (RFC 5754 section 2). */
export const signatureHashes: ReadonlyMap<string, HashName> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
])

/**
 * Signature algorithms that count: RSA of PKCS 1 version 1.5 and ECDSA, with the SHA-2 family (RFC 5754 section 3,
 * RFC 5758 section 3.2). Everything else, SHA-1 first of all, does not.
 */
export const signatureAlgorithms: ReadonlyMap<
  string,
  { readonly key: 'rsa' | 'ec'; readonly hash: HashName }
> = new Map([
  ['1.2.840.113549.1.1.11', { key: 'rsa', hash: 'sha256' }],
  ['1.2.840.113549.1.1.12', { key: 'rsa', hash: 'sha384' }],
  ['1.2.840.113549.1.1.13', { key: 'rsa', hash: 'sha512' }],
  ['1.2.840.10045.4.3.2', { key: 'ec', hash: 'sha256' }],
  ['1.2.840.10045.4.3.3', { key: 'ec', hash: 'sha384' }],
  ['1.2.840.10045.4.3.4', { key: 'ec', hash: 'sha512' }],
])
