import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { OrganisationId } from '#core'
import type { Database } from '#database'
import type { Config, Platform } from '#platform'
import type { FoundedOrganisation } from './found-organisation.ts'
import { foundOrganisation } from './found-organisation.ts'

const exampleName = 'Voorbeeld & Zonen B.V.'

/** The clients of the example organisation: enough to write, approve by somebody else, hand out, and look into it. */
const exampleClients = [
  { name: 'Example administrator', role: 'organisation-admin' },
  { name: 'Example HR author', role: 'hr-author' },
  { name: 'Example HR approver', role: 'hr-approver' },
  { name: 'Example HR publisher', role: 'hr-publisher' },
  { name: 'Example lawyer', role: 'lawyer' },
] as const

/**
 * Makes the example organisation when this database has none yet, in one transaction: two processes that start at once
 * make one. Answers it with its keys in clear, or undefined when it was there.
 */
export async function ensureExample(
  platform: Platform,
  database: Database,
  originHost: string,
): Promise<FoundedOrganisation | undefined> {
  if (await hasExample(database)) return undefined
  const organisationId = platform.newId() as OrganisationId
  try {
    return await database.inOrganisation(organisationId, async (trx) => {
      await sql`insert into installation (example_organisation_id, created_at)
                values (${organisationId}::uuid, ${platform.clock()}::timestamptz)`.execute(trx)
      return foundOrganisation(platform, trx, {
        organisationId,
        name: exampleName,
        originHost,
        clients: [...exampleClients],
      })
    })
  } catch (error) {
    if (await hasExample(database)) return undefined
    throw error
  }
}

async function hasExample(database: Database): Promise<boolean> {
  return database.installation(async (trx) => {
    const { rows } = await sql`select from installation`.execute(trx)
    return rows.length > 0
  })
}

const keysFile = 'example-keys.json'

/**
 * Keeps the example's keys in a file only the owner can read, so that a second start can show them again. Only for the
 * built-in database: with a database of your own the keys are shown once and kept nowhere.
 */
export function keepExampleKeys(config: Config, founded: FoundedOrganisation): void {
  if (config.database.kind !== 'embedded') return
  mkdirSync(config.home, { recursive: true, mode: 0o700 })
  writeFileSync(join(config.home, keysFile), `${JSON.stringify(founded, null, 2)}\n`, { mode: 0o600 })
}

/** The example's keys as they were kept; undefined where they were not. */
export function keptExampleKeys(config: Config): FoundedOrganisation | undefined {
  try {
    return JSON.parse(readFileSync(join(config.home, keysFile), 'utf8')) as FoundedOrganisation
  } catch {
    return undefined
  }
}
