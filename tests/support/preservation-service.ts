import type { OrganisationId } from '#core'
import { listDevelopmentSealResponders } from '#documents'
import { preservationJob } from '#preservation'
import { obtainRevocation, openRevocationSources } from '#revocation'
import { listDevelopmentTimestampResponders, listTimestampRoots, openTimestampAuthorities } from '#timestamps'
import type { TestService } from './service.ts'

/** Preservation of a service's documents as the service itself does it: the development authorities, and their responders. */
export async function preservationOf({ database, platform }: Pick<TestService, 'database' | 'platform'>) {
  const authorities = await openTimestampAuthorities(platform, database, { kind: 'development' })
  const sources = await openRevocationSources(platform, database, {
    privateHosts: [],
    developmentResponders: [listDevelopmentSealResponders, listDevelopmentTimestampResponders],
  })
  const job = preservationJob({
    platform,
    database,
    authorities,
    timestampRoots: () => listTimestampRoots(database, authorities),
    revocationOf: (chain, at) => obtainRevocation(platform, sources, chain, at),
  })
  return { job, run: (organisationId: OrganisationId) => job.work(organisationId) }
}
