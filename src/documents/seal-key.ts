import type { KeyObject } from 'node:crypto'
import { sign as signBytes, X509Certificate } from 'node:crypto'
import { algorithmOfKind, sealKeyKindOf, type SealAlgorithm, type SealKeyKind } from './seal-algorithm.ts'

/**
 * A key that seals, wherever it lives (decision 0087). A token that answers with the raw pair r, s has to make DER of it
 * before it answers here.
 */
export type SealSigner = {
  readonly alg: SealAlgorithm
  /** DER certificates: the leaf first, then what leads to the root, without the root. */
  readonly chain: readonly Buffer[]
  /**
   * The signature over the SHA-256 of `tbs`: an ECDSA-Sig-Value in DER (RFC 3279 section 2.2.3), or the bytes of an RSA
   * PKCS #1 v1.5 one. Throws a SealKeyFailure when the place where the key lives gives none.
   */
  readonly sign: (tbs: Buffer) => Promise<Buffer>
}

/**
 * A key that gave no signature, or one that is not its certificate's. The message is for the operator: it names files,
 * tokens and addresses, never a PIN, a bearer token or a key.
 */
export class SealKeyFailure extends Error {
  override readonly name = 'SealKeyFailure'
  /** After how many seconds another attempt may turn out differently. */
  readonly retryAfter_s: number

  constructor(message: string, options: ErrorOptions & { readonly retryAfter_s?: number } = {}) {
    super(message, options)
    this.retryAfter_s = options.retryAfter_s ?? 30
  }
}

/** The kind of key that a certificate is for. Throws a TypeError for one that may not seal. */
export function sealKeyKindOfCertificate(leaf: Buffer): SealKeyKind {
  return kindOf(new X509Certificate(leaf).publicKey)
}

/** A signer whose private key is in this process. Throws a TypeError for a key that may not seal. */
export function keyObjectSigner(privateKey: KeyObject, chain: readonly Buffer[]): SealSigner {
  return {
    alg: algorithmOfKind(kindOf(privateKey)),
    chain,
    // For RSA the option says nothing: the padding of Node is PKCS #1 v1.5.
    sign: async (tbs) => signBytes('sha256', tbs, { key: privateKey, dsaEncoding: 'der' }),
  }
}

function kindOf(key: KeyObject): SealKeyKind {
  const kind = sealKeyKindOf(key)
  if (kind === undefined) throw new TypeError('a seal key is on P-256, or RSA of 3072 or 4096 bits')
  return kind
}
