import { toInstant, type Instant } from '#core'

/** An algorithm and the moment from which nothing should rest on it alone. */
export type AlgorithmEnd = { readonly algorithm: string; readonly endsAt: Instant }

/**
 * Dated ends, in the words of `Timestamp.algorithms`. RSA with PKCS#1 v1.5 of any length is only for old signatures until
 * 2029-01-01 in the cryptographic suites of ETSI TS 119 312 as validators apply them (decision 0072); ECDSA from P-256 up and SHA-2
 * have no end there.
 */
export const algorithmEnds: readonly AlgorithmEnd[] = [
  { algorithm: 'rsa', endsAt: toInstant('2029-01-01T00:00:00.000Z') },
]
