import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ConfigError } from '#platform'

/**
 * The roots of makers of authenticators in a PEM file (RFC 7468), DER; none without a file. Throws a ConfigError when it
 * cannot be read or holds something else than certificates.
 */
export function readAttestationRoots(file: string | undefined): Buffer[] {
  if (file === undefined) return []
  const blocks = textOf(file)?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  try {
    const roots = (blocks ?? []).map((block) => new X509Certificate(block).raw)
    if (roots.length > 0) return roots
  } catch {
    // Falls through to the one refusal.
  }
  throw new ConfigError(['SIGNING_ATTESTATION_ROOTS_FILE names a file without readable certificates in PEM.'])
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return undefined
  }
}
