import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Database } from '#database'
import { ConfigError, type Platform, type TimestampSettings } from '#platform'
import { readCertificate } from './certificate.ts'
import { ensureDevelopmentTimestamps } from './development-authority.ts'
import { httpAuthority } from './http-authority.ts'
import type { TimestampAuthority } from './timestamp.ts'
import { listTimestampAuthorities } from './timestamp-authority-store.ts'

/**
 * The TSAs that the settings name, in their order, each with every root of the file; none with the development TSA.
 * Throws a ConfigError when the file cannot be read, or holds something else than certificates.
 */
export function configuredAuthorities(settings: TimestampSettings): TimestampAuthority[] {
  if (settings.kind === 'development') return []
  const roots = readRoots(settings.rootsFile)
  return settings.urls.map((url) => httpAuthority({ name: new URL(url).host, url, roots }))
}

/** The TSAs to ask: the configured ones, or else the development TSA of this installation, made where there is none. */
export async function openTimestampAuthorities(
  platform: Pick<Platform, 'clock' | 'newId' | 'randomBytes' | 'secrets'>,
  database: Database,
  settings: TimestampSettings,
): Promise<TimestampAuthority[]> {
  if (settings.kind === 'configured') return configuredAuthorities(settings)
  return [await ensureDevelopmentTimestamps(platform, database)]
}

/** Every root, DER, under which a token of this installation may stand: those in use and every development root ever. */
export async function listTimestampRoots(
  database: Database,
  authorities: readonly TimestampAuthority[],
): Promise<Buffer[]> {
  const made = await database.installation(listTimestampAuthorities)
  const roots = [...authorities.flatMap(({ roots }) => roots), ...made.map(({ root }) => root)]
  return [...new Map(roots.map((root) => [root.toString('base64'), root])).values()]
}

/** The certificates of a PEM file (RFC 7468), DER. Text around them is allowed, as in the usual bundles. */
function readRoots(file: string): Buffer[] {
  const refuse = (what: string): never => {
    throw new ConfigError([`TSA_ROOTS_FILE ${what}.`])
  }
  const text = readText(file) ?? refuse('names a file that cannot be read')
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (blocks === null) return refuse('names a file without a certificate in PEM')
  try {
    return blocks.map((block) => readCertificate(new X509Certificate(block).raw).der)
  } catch {
    return refuse('names a file with a certificate that cannot be used as a root')
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return undefined
  }
}
