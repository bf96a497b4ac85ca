import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { addMilliseconds, problem, sha256Hex, type Instant, type OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { Platform } from '#platform'
import { certificateSerial, ensureDevelopmentAuthority } from './development-authority.ts'
import { certificatePem, certificatesOfPem } from './pem.ts'
import { issueCertificate } from './seal-certificate.ts'
import { keyObjectSigner, type SealSigner } from './seal-key.ts'
import './document-tables.ts'

/** The seal key of an organisation, ready to sign. */
export type SealKey = { readonly keyId: string; readonly signer: SealSigner }

/** The public half of the seals: the certificate in use and the root that it leads to, as PEM. */
export type PublicSealKeys = { readonly certificatePem: string; readonly rootPem: string }

const validity_ms = 10 * 365 * 86_400_000

/**
 * Makes a seal key for an organisation, with a certificate that the authority of this installation issues: the
 * organisation's name (at most 64 characters of it) and its id. From then on its documents are sealed with it.
 */
export async function createSealKey(
  platform: Pick<Platform, 'clock' | 'newId' | 'randomBytes' | 'secrets'>,
  trx: Transaction,
  organisationId: OrganisationId,
  organisationName: string,
  now: Instant,
): Promise<{ readonly keyId: string }> {
  const authority = await ensureDevelopmentAuthority(platform, trx)
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
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
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  const keyId = `seal-${sha256Hex(spki).slice(0, 16)}`
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
  await trx
    .insertInto('signing_key')
    .values({
      organisation_id: organisationId,
      key_id: keyId,
      purpose: 'seal',
      algorithm: 'ecdsa-p256',
      public_key: spki,
      private_key_sealed: platform.secrets.seal(keyPurpose(organisationId), pkcs8),
      certificate_chain: certificatePem(certificate),
      created_at: now,
    })
    .execute()
  return { keyId }
}

/** The seal key that an organisation uses now: its newest. Throws an Error when it has none. */
export async function loadSealKey(
  platform: Pick<Platform, 'secrets'>,
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<SealKey> {
  const row = await newestSealKey(trx, organisationId)
  const key = platform.secrets.open(keyPurpose(organisationId), row.private_key_sealed)
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  return {
    keyId: row.key_id,
    signer: keyObjectSigner(privateKey, certificatesOfPem(row.certificate_chain ?? '')),
  }
}

/** What a stranger needs to check the seals of an organisation. */
export async function publicSealKeys(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<PublicSealKeys> {
  const { certificate_chain: chain } = await newestSealKey(trx, organisationId)
  const authority = await trx
    .selectFrom('certificate_authority')
    .select('certificate_authority.certificate')
    .orderBy('certificate_authority.created_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return { certificatePem: chain ?? '', rootPem: authority.certificate }
}

async function newestSealKey(trx: Transaction, organisationId: OrganisationId) {
  const row = await trx
    .selectFrom('signing_key')
    .select(['signing_key.key_id', 'signing_key.private_key_sealed', 'signing_key.certificate_chain'])
    .where('signing_key.organisation_id', '=', organisationId)
    .where('signing_key.purpose', '=', 'seal')
    .orderBy('signing_key.created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined)
    throw problem('internal-error', { cause: new Error('the organisation has no seal key') })
  return row
}

/** Sealed for one organisation: a sealed key that is copied to another row does not open there. */
function keyPurpose(organisationId: OrganisationId): string {
  return `signing-key/seal/${organisationId}`
}
