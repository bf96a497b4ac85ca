import { writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  asMigrator,
  connectionTarget,
  DatabaseRefusal,
  dumpSchema,
  prepareDatabase,
  readMigrationFiles,
  schemaFile,
  startEmbedded,
  type ConnectionTarget,
} from '#database'
import { ConfigError, createPlatform, readConfig, type Config } from '#platform'

/**
 * Brings the configured database to the newest schema and says what it did. With `--write-schema` it also writes
 * `migrations/schema.sql` from the result. Exit code 1 with one sentence when it may not or cannot.
 */
async function main(parameters: readonly string[]): Promise<void> {
  const config = readConfig(process.env, dirname(dirname(import.meta.dirname)))
  const place = await openPlace(config)
  try {
    const { secrets } = createPlatform(config)
    const { applied } = await prepareDatabase({ ...place, secrets, files: readMigrationFiles() })
    for (const name of applied) console.log(`applied ${name}`)
    if (applied.length === 0) console.log('the schema is current')
    if (parameters.includes('--write-schema')) await writeSchema(place.migrationTarget ?? place.target)
  } finally {
    await place.stop()
  }
}

type Place = {
  readonly target: ConnectionTarget
  readonly migrationTarget: ConnectionTarget | undefined
  readonly stop: () => Promise<void>
}

async function openPlace({ database, home }: Config): Promise<Place> {
  if (database.kind === 'embedded') {
    const { target, stop } = await startEmbedded({ home })
    return { target, migrationTarget: undefined, stop }
  }
  const { url, migrationUrl } = database
  return {
    target: connectionTarget(url),
    migrationTarget: migrationUrl === undefined ? undefined : connectionTarget(migrationUrl),
    stop: async () => undefined,
  }
}

async function writeSchema(target: ConnectionTarget): Promise<void> {
  writeFileSync(schemaFile, await asMigrator(target, dumpSchema))
  console.log(`wrote ${schemaFile}`)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof DatabaseRefusal)) throw error
  console.error(error.message)
  process.exitCode = 1
}
