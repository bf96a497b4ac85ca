import type { KeyObject } from 'node:crypto'
import { sign as signBytes } from 'node:crypto'

/**
 * A key that seals, wherever it lives. The only algorithm is ECDSA on P-256 with SHA-256 (decision 0017). A token that
 * answers with the raw pair r, s has to make DER of it before it answers here.
 */
export type SealSigner = {
  readonly alg: 'ecdsa-p256-sha256'
  /** DER certificates: the leaf first, then what leads to the root, without the root. */
  readonly chain: readonly Buffer[]
  /** An ECDSA-Sig-Value in DER (RFC 3279 section 2.2.3) over the SHA-256 of `tbs`. */
  readonly sign: (tbs: Buffer) => Promise<Buffer>
}

/** A signer whose P-256 private key is in this process. Throws a TypeError for another kind of key. */
export function keyObjectSigner(privateKey: KeyObject, chain: readonly Buffer[]): SealSigner {
  if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new TypeError('a seal key is a private key on P-256')
  return {
    alg: 'ecdsa-p256-sha256',
    chain,
    sign: async (tbs) => signBytes('sha256', tbs, { key: privateKey, dsaEncoding: 'der' }),
  }
}
