export { afterCommit, AfterCommitError } from './after-commit.ts'
export { byteaArray, instantArray, textArray, uuidArray } from './binary-array.ts'
export { type CatalogueFacts, readCatalogue, type TableFacts } from './catalogue.ts'
export { asLogin, connectionTarget, type ConnectionTarget } from './connection-target.ts'
export { corked } from './corked.ts'
export { classifyDatabaseError, RolledBackError, type DatabaseFailure } from './database-errors.ts'
export { DatabaseRefusal } from './database-refusal.ts'
export {
  openDatabase,
  type BatchKind,
  type Database,
  type DatabaseOptions,
  type Statement,
} from './database.ts'
export { startEmbedded, type EmbeddedOptions, type EmbeddedPostgres } from './embedded-postgres.ts'
export { gathering, type Gathering, type Together } from './gathering.ts'
export { keptPlans } from './kept-plans.ts'
export { type MigrationFile, planMigration, readMigrationFiles } from './migration-files.ts'
export { asMigrator, migrate } from './migration.ts'
export { dumpSchema, schemaFile } from './schema-dump.ts'
export { evaluateCatalogue, type CheckOptions, type Finding } from './self-check.ts'
export {
  checkDatabase,
  openServingDatabase,
  prepareDatabase,
  SelfCheckError,
  type ServingDatabase,
  type ServingOptions,
} from './serving-database.ts'
export type { Queries, Tables, Transaction } from './tables.ts'
