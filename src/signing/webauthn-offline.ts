import type { Instant } from '#core'
import { addMilliseconds } from '#core'
import { checkSigning, Refusal } from '#verification'
import { readActManifest } from './manifest.ts'
import { clockSlack_ms } from './signing-decisions.ts'
import type { OfflineVerdict } from './signing.ts'

/**
 * Checks the fact `signing` of a passkey from itself alone, by the offline verifier: canonical form, signature over exactly
 * the manifest, presence and verification of the person, that key, flags, counter and files of the page are those that were
 * signed, and that it was recorded while the challenge lived. That the key was enrolled, by whom and when, is proven by the
 * entry that the fact points at: the verifier of a dossier looks there too.
 */
export function verifyWebauthnOffline(signing: string, at: Instant): OfflineVerdict {
  try {
    const { manifest, limits } = checkSigning(signing, 'webauthn', [])
    const { declaration, issuedAt, expiresAt } = readActManifest(manifest.bytes.toString('utf8'))
    if (at < addMilliseconds(issuedAt, -clockSlack_ms) || at > expiresAt)
      return { kind: 'fails', because: 'it was recorded at a moment at which it could not be answered' }
    return { kind: 'holds', signedAt: issuedAt, declaration, limits }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'fails', because: error.message }
    throw error
  }
}
