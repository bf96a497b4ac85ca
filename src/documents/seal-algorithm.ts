import type { KeyObject } from 'node:crypto'
import { der, derOid } from '#core'

/** How a seal is signed: the names that a key service is asked with. Both hash with SHA-256. */
export type SealAlgorithm = 'ecdsa-p256-sha256' | 'rsa-pkcs1-sha256'

/** A kind of key that may seal, as it is stored and as an operator names it. */
export type SealKeyKind = 'ecdsa-p256' | 'rsa-3072' | 'rsa-4096'

const sequence = 0x30
const parametersNull = Buffer.from('0500', 'hex')

/**
 * The AlgorithmIdentifier of a signature. ECDSA has no parameters (RFC 5758 section 3.2); RSA PKCS #1 v1.5 has NULL ones,
 * which must be there (RFC 4055 section 5).
 */
export const signatureAlgorithms: Readonly<Record<SealAlgorithm, Buffer>> = {
  'ecdsa-p256-sha256': der(sequence, derOid('1.2.840.10045.4.3.2')),
  'rsa-pkcs1-sha256': der(sequence, derOid('1.2.840.113549.1.1.11'), parametersNull),
}

/** The kind of a key, from its public or private half; undefined for a key that may not seal (decision 0087). */
export function sealKeyKindOf(key: KeyObject): SealKeyKind | undefined {
  const details = key.asymmetricKeyDetails
  if (key.asymmetricKeyType === 'ec') return details?.namedCurve === 'prime256v1' ? 'ecdsa-p256' : undefined
  if (key.asymmetricKeyType !== 'rsa' || details?.publicExponent !== 65_537n) return undefined
  return details.modulusLength === 3_072
    ? 'rsa-3072'
    : details.modulusLength === 4_096
      ? 'rsa-4096'
      : undefined
}

/** The one algorithm that a kind of key signs with. */
export function algorithmOfKind(kind: SealKeyKind): SealAlgorithm {
  return kind === 'ecdsa-p256' ? 'ecdsa-p256-sha256' : 'rsa-pkcs1-sha256'
}
