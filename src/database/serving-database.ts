import { toBase64Url } from '#core'
import type { DatabaseConfig, Logger, Secrets } from '#platform'
import { readCatalogue } from './catalogue.ts'
import { asLogin, connectionTarget, type ConnectionTarget } from './connection-target.ts'
import { openDatabase, type Database, type DatabaseOptions } from './database.ts'
import { DatabaseRefusal } from './database-refusal.ts'
import { startEmbedded } from './embedded-postgres.ts'
import { asMigrator, migrateOn } from './migration.ts'
import { type MigrationFile, planMigration, readMigrationFiles, refusalSentence } from './migration-files.ts'
import { readApplied } from './migration.ts'
import { appRole, isPrivileged, readLoginPower, setAppPassword } from './role-setup.ts'
import { requireServer } from './server-reach.ts'
import { type CheckOptions, evaluateCatalogue, type Finding } from './self-check.ts'

export type ServingOptions = {
  readonly config: DatabaseConfig
  readonly home: string
  readonly secrets: Secrets
  readonly log: Logger
  readonly pool?: DatabaseOptions
  readonly check?: CheckOptions
  readonly files?: readonly MigrationFile[]
  /** Told when a connection that nobody was using was lost: the server may have been put back or replaced. */
  readonly onConnectionLost?: () => void
}

export type ServingDatabase = {
  readonly database: Database
  /** As whom it serves and where, for anything else that needs a connection of its own. Holds a password. */
  readonly target: ConnectionTarget
  readonly applied: readonly string[]
  /** Closes the connections, then stops an embedded server that nobody else uses. */
  readonly stop: () => Promise<void>
}

/** The checks that failed. Thrown before anything is served. */
export class SelfCheckError extends DatabaseRefusal {
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[]) {
    super(
      `The database cannot be trusted with evidence: ${findings.map(({ sentence }) => sentence).join(' ')}`,
    )
    this.name = 'SelfCheckError'
    this.findings = findings
  }
}

/**
 * Everything from a configuration to a database that may serve: starts the embedded server when no address was given,
 * migrates when the login can, and opens connections as the restricted login once the self-check finds nothing.
 * Throws DatabaseRefusal (one sentence) otherwise, with nothing left running. Decisions 0003 to 0005.
 */
export async function openServingDatabase(options: ServingOptions): Promise<ServingDatabase> {
  if (options.config.kind === 'external') {
    const { url, migrationUrl } = options.config
    return serve(
      options,
      connectionTarget(url),
      migrationUrl === undefined ? undefined : connectionTarget(migrationUrl),
    )
  }
  const embedded = await startEmbedded({ home: options.home })
  options.log.info(
    { pid: embedded.pid, port: embedded.target.port, reused: embedded.reused },
    'built-in PostgreSQL is up',
  )
  try {
    const serving = await serve(options, embedded.target, undefined)
    return { ...serving, stop: () => serving.stop().finally(embedded.stop) }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}

async function serve(
  options: ServingOptions,
  target: ConnectionTarget,
  migrationTarget: ConnectionTarget | undefined,
): Promise<ServingDatabase> {
  const files = options.files ?? readMigrationFiles()
  const prepared = await prepareDatabase({ ...options, target, migrationTarget, files })
  if (prepared.applied.length > 0)
    options.log.info({ applied: prepared.applied }, 'the database schema was brought up to date')
  await requireServer(prepared.target)
  const database = openDatabase(prepared.target, {
    onIdleError: (error) => {
      options.log.warn({ err: error }, 'an idle database connection was lost')
      options.onConnectionLost?.()
    },
    ...options.pool,
  })
  try {
    const findings = await checkDatabase(database, files, options.check)
    if (findings.length > 0) throw new SelfCheckError(findings)
  } catch (error) {
    await database.close()
    throw error
  }
  return { ...prepared, database, stop: database.close }
}

/** Reads the catalogue as the login of this database and judges it. */
export async function checkDatabase(
  database: Database,
  files: readonly MigrationFile[] = readMigrationFiles(),
  options: CheckOptions = {},
): Promise<Finding[]> {
  return evaluateCatalogue(await database.withClient(readCatalogue), files, options)
}

export type PrepareOptions = {
  readonly target: ConnectionTarget
  readonly migrationTarget: ConnectionTarget | undefined
  readonly secrets: Secrets
  readonly files: readonly MigrationFile[]
}

export type PreparedDatabase = { readonly target: ConnectionTarget; readonly applied: readonly string[] }

/**
 * Migrates with the login that can, and says as whom to serve. With a migration login: that one migrates, the other
 * serves as it is. With one privileged login: it makes the roles and serving is done as `beding_app`, whose password
 * follows from the master key. With one ordinary login: nothing is changed, and a schema that is not current is refused.
 */
export async function prepareDatabase(options: PrepareOptions): Promise<PreparedDatabase> {
  const { target, migrationTarget, files } = options
  await requireServer(migrationTarget ?? target)
  if (migrationTarget !== undefined)
    return { target, applied: await asMigrator(migrationTarget, (client) => migrateOn(client, files)) }
  return asMigrator(target, async (client) => {
    const power = await readLoginPower(client)
    if (!isPrivileged(power)) {
      const plan = planMigration(files, await readApplied(client))
      if (plan.kind === 'refused') throw new DatabaseRefusal(refusalSentence(plan))
      if (plan.files.length > 0) throw notCurrent(power.login, plan.files)
      return { target, applied: [] }
    }
    const applied = await migrateOn(client, files)
    const serving = asLogin(target, appRole, toBase64Url(options.secrets.derive(`database-login/${appRole}`)))
    if (!(await canLogIn(serving))) await setAppPassword(client, serving.password as string)
    return { target: serving, applied }
  })
}

function notCurrent(login: string, files: readonly MigrationFile[]): DatabaseRefusal {
  return new DatabaseRefusal(
    `The database schema is not current (${files.length} migrations to apply, first ${files[0]!.name}) and the login ` +
      `${login} may not change it: give DATABASE_MIGRATION_URL with a login that may, or run npm run db:migrate with it.`,
  )
}

async function canLogIn(target: ConnectionTarget): Promise<boolean> {
  return asMigrator(target, async () => true).catch(() => false)
}
