import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sha256Hex } from '#core'

export type MigrationFile = { readonly name: string; readonly sql: string; readonly sha256: string }

/** The folder of the migrations of this project. */
export const migrationsFolder = join(dirname(dirname(import.meta.dirname)), 'migrations')

/** The numbered SQL files of a folder in the order of their names. Throws when two have the same number. */
export function readMigrationFiles(folder: string = migrationsFolder): MigrationFile[] {
  const names = readdirSync(folder)
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort()
  const twice = names.find((name, index) => name.slice(0, 4) === names[index - 1]?.slice(0, 4))
  if (twice !== undefined) throw new Error(`two migrations have the number ${twice.slice(0, 4)}`)
  return names.map((name) => {
    const sql = readFileSync(join(folder, name), 'utf8')
    return { name, sql, sha256: sha256Hex(sql) }
  })
}

export type AppliedMigration = { readonly name: string; readonly sha256: string }

export type MigrationPlan =
  | { readonly kind: 'run'; readonly files: readonly MigrationFile[] }
  /** What is in the database does not come from these files. `name` is the first file that shows it. */
  | {
      readonly kind: 'refused'
      readonly reason: 'changed' | 'missing' | 'out-of-order'
      readonly name: string
    }

/**
 * Decides which files are still to be applied. Refuses when an applied file has other bytes now, is not there any more,
 * or when a file comes before one that was already applied.
 */
export function planMigration(
  files: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
): MigrationPlan {
  const byName = new Map(files.map((file) => [file.name, file]))
  for (const { name, sha256 } of applied) {
    const file = byName.get(name)
    if (file === undefined) return { kind: 'refused', reason: 'missing', name }
    if (file.sha256 !== sha256) return { kind: 'refused', reason: 'changed', name }
  }
  const done = new Set(applied.map(({ name }) => name))
  const pending = files.filter(({ name }) => !done.has(name))
  const last = applied
    .map(({ name }) => name)
    .sort()
    .at(-1)
  const late = last === undefined ? undefined : pending.find(({ name }) => name < last)
  if (late !== undefined) return { kind: 'refused', reason: 'out-of-order', name: late.name }
  return { kind: 'run', files: pending }
}

const sentences = {
  changed: 'was changed after it had been applied: put its old text back and write a new migration instead',
  missing:
    'was applied to this database but is not in the migrations folder: this program is older than the database',
  'out-of-order':
    'has a lower number than a migration that was already applied: give it the next free number',
}

/** The refusal of a plan as one sentence. */
export function refusalSentence(plan: MigrationPlan & { kind: 'refused' }): string {
  return `The migration ${plan.name} ${sentences[plan.reason]}.`
}
