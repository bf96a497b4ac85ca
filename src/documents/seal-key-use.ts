import { createPrivateKey } from 'node:crypto'
import { problem, type Instant, type OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { Platform } from '#platform'
import { withRoot } from './public-seal-keys.ts'
import { algorithmOfKind } from './seal-algorithm.ts'
import { outsideTermOf, readSealChain, SealChainRefusal, type SealChain } from './seal-chain.ts'
import { readKeyFile } from './seal-key-file.ts'
import type { OutsideLocation } from './seal-key-location.ts'
import { signWithService } from './seal-key-service.ts'
import { findSealKeyInUse, type StoredSealKey } from './seal-key-store.ts'
import { signWithToken } from './seal-key-token.ts'
import { keyObjectSigner, sealKeyKindOfCertificate, type SealSigner } from './seal-key.ts'

/** The seal key of an organisation, ready to sign. */
export type SealKey = { readonly keyId: string; readonly signer: SealSigner }

/**
 * The seal key that an organisation uses now. Nothing outside the database is asked yet: a key in a file, a token or a
 * service is reached when it signs. Throws `seal-certificate-invalid` when a certificate of the chain is not valid at
 * this moment or may not seal, and an internal problem when the organisation has no key.
 */
export async function loadSealKey(
  platform: Pick<Platform, 'clock' | 'secrets'>,
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<SealKey> {
  const stored = await findSealKeyInUse(trx, organisationId)
  if (stored === undefined)
    throw problem('internal-error', { cause: new Error('the organisation has no seal key') })
  const certificates = await withRoot(trx, stored.certificates)
  requireMaySeal(certificates, platform.clock())
  // The root is pinned by whoever checks the seal and does not travel in it.
  const chain = certificates.slice(0, -1)
  return { keyId: stored.keyId, signer: signerOf(platform, organisationId, stored, chain) }
}

function signerOf(
  platform: Pick<Platform, 'secrets'>,
  organisationId: OrganisationId,
  { location, sealedPrivateKey }: StoredSealKey,
  chain: readonly Buffer[],
): SealSigner {
  if (location.kind !== 'database') return outsideSigner(location, chain)
  if (sealedPrivateKey === null) throw new Error('a seal key of the database has no private half there')
  const key = platform.secrets.open(sealKeyPurpose(organisationId), sealedPrivateKey)
  return keyObjectSigner(createPrivateKey({ key, format: 'der', type: 'pkcs8' }), chain)
}

/** A signer whose key is not in the database. It is asked for nothing before it signs. */
export function outsideSigner(location: OutsideLocation, chain: readonly Buffer[]): SealSigner {
  const alg = algorithmOfKind(sealKeyKindOfCertificate(chain[0]!))
  return { alg, chain, sign: (tbs) => signAt(location, alg, chain, tbs) }
}

async function signAt(
  location: OutsideLocation,
  alg: SealSigner['alg'],
  chain: readonly Buffer[],
  tbs: Buffer,
): Promise<Buffer> {
  if (location.kind === 'token') return signWithToken(location, alg, tbs)
  if (location.kind === 'service') return signWithService(location, alg, tbs)
  return keyObjectSigner(readKeyFile(location.keyFile), chain).sign(tbs)
}

/** Sealed for one organisation: a sealed key that is copied to another row does not open there. */
export function sealKeyPurpose(organisationId: OrganisationId): string {
  return `signing-key/seal/${organisationId}`
}

// What a chain says never changes; only the moment does. A few hundred bytes for each key in use.
const judged = new Map<string, SealChain>()
const judgedMax = 1_000

function requireMaySeal(certificates: readonly Buffer[], now: Instant): void {
  const name = Buffer.concat(certificates).toString('base64')
  let chain = judged.get(name)
  try {
    chain ??= readSealChain(certificates)
  } catch (error) {
    if (error instanceof SealChainRefusal) throw problem('seal-certificate-invalid', { cause: error })
    throw error
  }
  if (judged.size >= judgedMax) judged.clear()
  judged.set(name, chain)
  const outside = outsideTermOf(chain, now)
  if (outside !== undefined)
    throw problem('seal-certificate-invalid', { detail: `${outside}.`, cause: new SealChainRefusal(outside) })
}
