import { generateKeyPair, verify, X509Certificate, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { addMilliseconds, type Instant, type OrganisationId } from '#core'
import type { Database, Transaction } from '#database'
import type { Platform } from '#platform'
import { certificateSerial, ensureDevelopmentAuthority } from './development-authority.ts'
import type { SealKeyKind } from './seal-algorithm.ts'
import { issueCertificate } from './seal-certificate.ts'
import { outsideTermOf, readSealChain, SealChainRefusal } from './seal-chain.ts'
import type { OutsideLocation } from './seal-key-location.ts'
import { insertSealKey } from './seal-key-store.ts'
import { outsideSigner, sealKeyPurpose } from './seal-key-use.ts'
import { keyObjectSigner, SealKeyFailure, sealKeyKindOfCertificate } from './seal-key.ts'

const validity_ms = 10 * 365 * 86_400_000
const generate = promisify(generateKeyPair)

type KeyMaker = Pick<Platform, 'clock' | 'newId' | 'randomBytes' | 'secrets'>

/**
 * Makes a seal key for an organisation, with a certificate that the authority of this installation issues: the
 * organisation's name (at most 64 characters of it) and its id. From then on its documents are sealed with it.
 */
export async function createSealKey(
  platform: KeyMaker,
  trx: Transaction,
  organisationId: OrganisationId,
  organisationName: string,
  now: Instant,
  kind: SealKeyKind = 'ecdsa-p256',
): Promise<{ readonly keyId: string }> {
  const authority = await ensureDevelopmentAuthority(platform, trx)
  const { privateKey, publicKey } = await generateSealKey(kind)
  const certificate = issueCertificate({
    subject: [
      { type: 'organization', text: organisationName },
      { type: 'commonName', text: organisationName },
      { type: 'serialNumber', text: organisationId },
    ],
    publicKey,
    issuer: authority,
    signingKey: authority.privateKey,
    notBefore: now,
    notAfter: addMilliseconds(now, validity_ms),
    serialNumber: certificateSerial(platform.randomBytes),
  })
  const certificates = [certificate, authority.certificate]
  return keepPrivateKey(platform, trx, organisationId, privateKey, certificates, now)
}

function generateSealKey(kind: SealKeyKind): Promise<{ privateKey: KeyObject; publicKey: KeyObject }> {
  if (kind === 'ecdsa-p256') return generate('ec', { namedCurve: 'prime256v1' })
  return generate('rsa', { modulusLength: kind === 'rsa-3072' ? 3_072 : 4_096 })
}

/** A key that somebody else made, with its certificates, leaf first and root last. */
export type SealKeyOffer = { readonly certificates: readonly Buffer[] } & (
  | { readonly kind: 'taken-in'; readonly privateKey: KeyObject }
  | { readonly kind: 'stays'; readonly location: OutsideLocation }
)

/**
 * Puts a key of the operator to use: documents sealed from now on have its seal, and older ones keep theirs. Before
 * anything is stored the chain is judged as of now and the key has to sign a trial that verifies under its certificate.
 * Throws a SealChainRefusal or a SealKeyFailure.
 */
export async function registerSealKey(
  deps: { readonly platform: KeyMaker; readonly database: Database },
  organisationId: OrganisationId,
  offer: SealKeyOffer,
): Promise<{ readonly keyId: string; readonly notAfter: Instant }> {
  const { platform, database } = deps
  const { certificates } = offer
  const now = platform.clock()
  const chain = readSealChain(certificates)
  const outside = outsideTermOf(chain, now)
  if (outside !== undefined) throw new SealChainRefusal(outside)
  await requireTrialSignature(platform, offer)
  const { keyId } = await database.inOrganisation(organisationId, (trx) =>
    keepOffer(platform, trx, organisationId, offer, now),
  )
  return { keyId, notAfter: chain.notAfter }
}

async function requireTrialSignature(platform: KeyMaker, offer: SealKeyOffer): Promise<void> {
  const { certificates } = offer
  const chain = certificates.slice(0, -1)
  const signer =
    offer.kind === 'taken-in'
      ? keyObjectSigner(offer.privateKey, chain)
      : outsideSigner(offer.location, chain)
  const trial = platform.randomBytes(32)
  const signature = await signer.sign(trial)
  const { publicKey } = new X509Certificate(certificates[0]!)
  if (!verify('sha256', trial, publicKey, signature))
    throw new SealKeyFailure('the seal key and its certificate do not belong together')
}

function keepOffer(
  platform: KeyMaker,
  trx: Transaction,
  organisationId: OrganisationId,
  offer: SealKeyOffer,
  now: Instant,
): Promise<{ readonly keyId: string }> {
  const { certificates } = offer
  if (offer.kind === 'taken-in')
    return keepPrivateKey(platform, trx, organisationId, offer.privateKey, certificates, now)
  const { location } = offer
  const key = { ...publicHalf(certificates), location, sealedPrivateKey: null }
  return insertSealKey(trx, organisationId, key, now)
}

function keepPrivateKey(
  platform: Pick<Platform, 'secrets'>,
  trx: Transaction,
  organisationId: OrganisationId,
  privateKey: KeyObject,
  certificates: readonly Buffer[],
  now: Instant,
): Promise<{ readonly keyId: string }> {
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
  const sealedPrivateKey = platform.secrets.seal(sealKeyPurpose(organisationId), pkcs8)
  const location = { kind: 'database' } as const
  return insertSealKey(trx, organisationId, { ...publicHalf(certificates), location, sealedPrivateKey }, now)
}

function publicHalf(certificates: readonly Buffer[]) {
  const leaf = certificates[0]!
  return {
    kind: sealKeyKindOfCertificate(leaf),
    publicKey: new X509Certificate(leaf).publicKey.export({ format: 'der', type: 'spki' }),
    certificates,
  }
}
