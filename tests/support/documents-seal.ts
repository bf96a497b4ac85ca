import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import { addMilliseconds, toInstant } from '#core'
import type { SealSigner } from '#documents'
import { issueCertificate } from '../../src/documents/seal-certificate.ts'
import { certificateSerial } from '../../src/documents/development-authority.ts'
import { keyObjectSigner } from '#documents'

/** A root and a seal certificate for a name, made without a database. */
export type TestSeal = {
  readonly root: Buffer
  readonly leaf: Buffer
  readonly privateKey: KeyObject
  readonly signer: SealSigner
}

const notBefore = toInstant('2026-11-01T00:00:00.000Z')
const notAfter = addMilliseconds(notBefore, 3_650 * 86_400_000)

/** A seal for an organisation of this name. */
export function aSeal(
  organisationName = 'Jansen & Zn. Zorg B.V.',
  organisationId = '01931f00-0000-7000-8000-000000000001',
): TestSeal {
  const rootKey = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const root = issueCertificate({
    subject: [{ type: 'commonName', text: 'Test root' }],
    publicKey: rootKey.publicKey,
    issuer: 'self',
    signingKey: rootKey.privateKey,
    notBefore,
    notAfter,
    serialNumber: certificateSerial(randomBytes),
  })
  const key = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const leaf = issueCertificate({
    subject: [
      { type: 'organization', text: organisationName },
      { type: 'commonName', text: organisationName },
      { type: 'serialNumber', text: organisationId },
    ],
    publicKey: key.publicKey,
    issuer: { certificate: root },
    signingKey: rootKey.privateKey,
    notBefore,
    notAfter,
    serialNumber: certificateSerial(randomBytes),
  })
  return { root, leaf, privateKey: key.privateKey, signer: keyObjectSigner(key.privateKey, [leaf]) }
}
