import type { KeyObject } from 'node:crypto'
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { addMilliseconds } from '#core'
import type { Transaction } from '#database'
import type { Platform } from '#platform'
import { findAuthorityRow, insertAuthorityRow, lockAuthority } from './authority-store.ts'
import { certificatePem, certificatesOfPem } from './pem.ts'
import { issueCertificate } from './seal-certificate.ts'

/** The name that every reader of a seal sees, so that nobody takes it for a trusted party. */
export const developmentAuthorityName = 'Beding DEVELOPMENT root, not a trusted authority'

/** An authority of this installation that can issue certificates. */
export type Authority = { readonly certificate: Buffer; readonly privateKey: KeyObject }

const keyPurpose = 'certificate-authority'
const validity_ms = 20 * 365 * 86_400_000

/**
 * Gives the authority of this installation, and makes one where there is none: a root on P-256 that says in its name
 * that it is for development. Two processes that start at once get the same one.
 */
export async function ensureDevelopmentAuthority(
  platform: Pick<Platform, 'clock' | 'newId' | 'randomBytes' | 'secrets'>,
  trx: Transaction,
): Promise<Authority> {
  await lockAuthority(trx)
  const found = await findAuthority(platform, trx)
  if (found !== undefined) return found
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const now = platform.clock()
  const certificate = issueCertificate({
    subject: [{ type: 'commonName', text: developmentAuthorityName }],
    publicKey,
    issuer: 'self',
    signingKey: privateKey,
    notBefore: now,
    notAfter: addMilliseconds(now, validity_ms),
    serialNumber: certificateSerial(platform.randomBytes),
  })
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
  await insertAuthorityRow(trx, {
    authority_id: platform.newId(),
    certificate: certificatePem(certificate),
    private_key_sealed: platform.secrets.seal(keyPurpose, pkcs8),
    development: true,
    created_at: now,
  })
  return { certificate, privateKey }
}

/** The authority in use: the newest. */
export async function findAuthority(
  platform: Pick<Platform, 'secrets'>,
  trx: Transaction,
): Promise<Authority | undefined> {
  const row = await findAuthorityRow(trx)
  if (row === undefined) return undefined
  const key = platform.secrets.open(keyPurpose, row.private_key_sealed)
  return {
    certificate: certificatesOfPem(row.certificate)[0]!,
    privateKey: createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
  }
}

/** Sixteen random bytes that are a positive number without leading zeros. */
export function certificateSerial(randomBytes: Platform['randomBytes']): Buffer {
  const serial = Buffer.from(randomBytes(16))
  serial[0] = (serial[0]! & 0x7f) | 0x40
  return serial
}
