import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { addMilliseconds, millisecondsOf, type Instant } from '#core'
import type { Database } from '#database'
import type { Platform } from '#platform'
import { readCertificate } from './certificate.ts'
import { issueCertificate, type CertificateWishes } from './development-certificate.ts'
import { answerTimestampRequest, type TimestampSigner } from './development-response.ts'
import type { TimestampAuthority } from './timestamp.ts'
import {
  insertTimestampAuthority,
  listTimestampAuthorities,
  lockTimestampAuthorities,
} from './timestamp-authority-store.ts'
import type { TimestampDeps } from './timestamp-obtaining.ts'

/** The name on the token, in every report, and in every list of authorities. */
export const developmentTimestampsName = 'Beding development TSA: do not trust'

/** A root and a certificate that it issued for timestamps; the root's private key is gone. */
export type DevelopmentKeys = TimestampSigner & { readonly root: Buffer }

/** What signs answers about the revocation of certificates that the root issued. */
export type DevelopmentResponderKeys = { readonly certificate: Buffer; readonly privateKey: KeyObject }

const keyPurpose = 'timestamp-authority'
const responderKeyPurpose = 'timestamp-authority/responder'
const day_ms = 86_400_000
const rootTerm_ms = 20 * 365 * day_ms
const signerTerm_ms = 10 * 365 * day_ms
/** A signer with less than this left is followed by a new one. */
const remainingMin_ms = 365 * day_ms
/** Processes of one installation share the keys; their clocks may differ. */
const backdating_ms = 3_600_000

/**
 * Makes the keys of a development TSA, on P-256: a root that says in its name that nobody should trust it, and two
 * certificates below it, for timestamps and, as long as the root, for answers about revocation. The root's private key
 * does not leave this function. `signerEndsAt`: ten years unless told.
 */
export function createDevelopmentKeys(
  deps: TimestampDeps,
  signerEndsAt: Instant = addMilliseconds(deps.clock(), signerTerm_ms),
): DevelopmentKeys & { readonly responder: DevelopmentResponderKeys } {
  const now = deps.clock()
  const notBefore = addMilliseconds(now, -backdating_ms)
  const rootEndsAt = addMilliseconds(now, rootTerm_ms)
  const rootKey = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const root = issueCertificate({
    name: `${developmentTimestampsName} (root)`,
    publicKey: rootKey.publicKey,
    signingKey: rootKey.privateKey,
    notBefore,
    notAfter: rootEndsAt,
    serialNumber: serialNumber(deps),
  })
  const below = (wishes: Pick<CertificateWishes, 'name' | 'notAfter' | 'use'>): DevelopmentResponderKeys => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const signing = { issuer: { certificate: root }, signingKey: rootKey.privateKey }
    const serial = serialNumber(deps)
    const certificate = issueCertificate({
      ...wishes,
      ...signing,
      publicKey,
      notBefore,
      serialNumber: serial,
    })
    return { certificate, privateKey }
  }
  return {
    root,
    ...below({ name: developmentTimestampsName, notAfter: signerEndsAt }),
    responder: below({
      name: `${developmentTimestampsName} (revocation answers)`,
      notAfter: rootEndsAt,
      use: 'revocation-answers',
    }),
  }
}

/**
 * A TSA in this process that tells the time of `deps.clock` and that nobody should trust: whoever runs it can make it say
 * anything (decision 0050). `earlierRoots` are those of its predecessors, whose tokens are still about.
 */
export function developmentAuthority(
  deps: TimestampDeps,
  keys: DevelopmentKeys,
  earlierRoots: readonly Buffer[] = [],
): TimestampAuthority {
  return {
    name: developmentTimestampsName,
    development: true,
    roots: [keys.root, ...earlierRoots],
    exchange: async (request) => answerTimestampRequest(request, keys, deps.clock(), serialNumber(deps)),
  }
}

/**
 * Gives the development TSA of this installation, and makes one where there is none, where its certificate ends within
 * a year, or where nobody can answer whether it was revoked (decision 0079). Two processes that start at once get the same one. Its private key lies in the database, sealed under the
 * master key.
 */
export async function ensureDevelopmentTimestamps(
  platform: Pick<Platform, 'clock' | 'newId' | 'randomBytes' | 'secrets'>,
  database: Database,
): Promise<TimestampAuthority> {
  return database.installation(async (trx) => {
    await lockTimestampAuthorities(trx)
    const stored = await listTimestampAuthorities(trx)
    const [newest] = stored
    if (
      newest !== undefined &&
      newest.responder_certificate !== null &&
      lastsAfter(newest.certificate, addMilliseconds(platform.clock(), remainingMin_ms))
    ) {
      const key = platform.secrets.open(keyPurpose, newest.private_key_sealed)
      const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
      const earlier = stored.slice(1).map(({ root }) => root)
      return developmentAuthority(platform, { ...newest, privateKey }, earlier)
    }
    const keys = createDevelopmentKeys(platform)
    const pkcs8 = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'pkcs8' })
    await insertTimestampAuthority(trx, {
      authority_id: platform.newId(),
      root: keys.root,
      certificate: keys.certificate,
      private_key_sealed: platform.secrets.seal(keyPurpose, pkcs8(keys.privateKey)),
      responder_certificate: keys.responder.certificate,
      responder_key_sealed: platform.secrets.seal(responderKeyPurpose, pkcs8(keys.responder.privateKey)),
      created_at: platform.clock(),
    })
    return developmentAuthority(
      platform,
      keys,
      stored.map(({ root }) => root),
    )
  })
}

/**
 * Who answers whether certificates of the development TSAs of this installation were revoked: one for every TSA that was
 * made with one, the newest first. `issuer` is the TSA's root; certificates in DER.
 */
export async function listDevelopmentTimestampResponders(
  platform: Pick<Platform, 'secrets'>,
  database: Database,
): Promise<(DevelopmentResponderKeys & { readonly issuer: Buffer })[]> {
  const stored = await database.installation(listTimestampAuthorities)
  return stored.flatMap(({ root, responder_certificate: certificate, responder_key_sealed: sealed }) => {
    if (certificate === null || sealed === null) return []
    const key = platform.secrets.open(responderKeyPurpose, sealed)
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
    return [{ issuer: root, certificate, privateKey }]
  })
}

function lastsAfter(certificate: Buffer, moment: Instant): boolean {
  return millisecondsOf(readCertificate(certificate).notAfter) > millisecondsOf(moment)
}

/** Sixteen random bytes that are a positive number without leading zeros. */
function serialNumber({ randomBytes }: Pick<TimestampDeps, 'randomBytes'>): Buffer {
  const serial = Buffer.from(randomBytes(16))
  serial[0] = (serial[0]! & 0x7f) | 0x40
  return serial
}
