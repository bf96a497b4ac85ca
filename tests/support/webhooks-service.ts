import type { OrganisationId } from '#core'
import { newUuid } from '#core'
import type { Database } from '#database'
import type { TestDatabase } from './database.ts'
import { testDatabase } from './database.ts'
import type { TestPlatform } from './platform.ts'
import { testPlatform } from './platform.ts'

export type WebhookBench = {
  readonly database: Database
  readonly adminQuery: TestDatabase['adminQuery']
  readonly urls: TestDatabase['urls']
  readonly platform: TestPlatform
  readonly anOrganisation: () => Promise<OrganisationId>
}

/** A database of its own with as many organisations as a test asks for, and a clock that stands still. */
export async function webhookBench(t: { teardown(work: () => unknown): void }): Promise<WebhookBench> {
  const { database, adminQuery, urls } = await testDatabase(t)
  const platform = testPlatform()
  const anOrganisation = async (): Promise<OrganisationId> => {
    const id = newUuid(platform.clock()) as OrganisationId
    await adminQuery('insert into beding.organisation (organisation_id, name, created_at) values ($1, $2, now())', [id, 'O']) // prettier-ignore
    return id
  }
  return { database, adminQuery, urls, platform, anOrganisation }
}
