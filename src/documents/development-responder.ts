import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { addMilliseconds } from '#core'
import type { Database } from '#database'
import type { Platform } from '#platform'
import { certificateSerial, findAuthority } from './development-authority.ts'
import { issueCertificate } from './seal-certificate.ts'

/** Who answers whether certificates of the development authority were revoked; certificates in DER. */
export type SealResponder = {
  readonly issuer: Buffer
  readonly certificate: Buffer
  readonly privateKey: KeyObject
}

const name = 'Beding DEVELOPMENT revocation answers, do not trust'
const validity_ms = 90 * 86_400_000
/** Processes of one installation may have clocks that differ. */
const backdating_ms = 3_600_000

/**
 * A responder for the development authority of this installation, made now: a fresh key that is kept nowhere, with a
 * certificate of 90 days. Empty while there is no authority. Its owner asks for another before it ends (decision 0079).
 */
export async function listDevelopmentSealResponders(
  platform: Pick<Platform, 'clock' | 'randomBytes' | 'secrets'>,
  database: Database,
): Promise<SealResponder[]> {
  const authority = await database.installation((trx) => findAuthority(platform, trx))
  if (authority === undefined) return []
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const now = platform.clock()
  const certificate = issueCertificate({
    subject: [{ type: 'commonName', text: name }],
    publicKey,
    issuer: authority,
    use: 'revocation-answers',
    signingKey: authority.privateKey,
    notBefore: addMilliseconds(now, -backdating_ms),
    notAfter: addMilliseconds(now, validity_ms),
    serialNumber: certificateSerial(platform.randomBytes),
  })
  return [{ issuer: authority.certificate, certificate, privateKey }]
}
