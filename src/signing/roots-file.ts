import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ConfigError } from '#platform'

/** Which roots a file holds: of makers of authenticators, or of authorities whose certificates are qualified. */
export type RootsSetting = 'SIGNING_ATTESTATION_ROOTS_FILE' | 'SIGNING_QUALIFIED_ROOTS_FILE'

/**
 * The roots in a PEM file (RFC 7468), DER; none without a file. Throws a ConfigError that names the setting when it cannot
 * be read or holds something else than certificates.
 */
export function readRootsFile(setting: RootsSetting, file: string | undefined): Buffer[] {
  if (file === undefined) return []
  const blocks = textOf(file)?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  try {
    const roots = (blocks ?? []).map((block) => new X509Certificate(block).raw)
    if (roots.length > 0) return roots
  } catch {
    // Falls through to the one refusal.
  }
  throw new ConfigError([`${setting} names a file without readable certificates in PEM.`])
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return undefined
  }
}
