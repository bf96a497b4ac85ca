import { openRevocationSources, type RevocationConfig, type RevocationSources } from '#revocation'
import type { TestPlatform } from './platform.ts'

/** Sources without a development authority and without a database, that may ask this machine. */
export function revocationSources(
  platform: TestPlatform,
  config: Partial<RevocationConfig> = {},
): Promise<RevocationSources> {
  const noDatabase = undefined as never
  return openRevocationSources(platform, noDatabase, {
    privateHosts: ['127.0.0.1'],
    developmentResponders: [],
    timeout_ms: 10_000,
    ...config,
  })
}
