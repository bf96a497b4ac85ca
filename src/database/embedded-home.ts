import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { sha256Hex } from '#core'
import { type Account, canPass } from './embedded-account.ts'
import { DatabaseRefusal } from './database-refusal.ts'

/** Where root keeps a cluster when the account of PostgreSQL cannot reach the home folder. Survives a restart. */
const systemFolder = '/var/lib/beding'

/**
 * The folder for the cluster of an installation, made if need be: the home folder itself, or, when PostgreSQL runs as
 * another account that cannot pass through to it (a project below /root), one in /var/lib. Then a file in the home
 * folder holds its path, and that file decides from then on, so that a project that is moved keeps its data.
 * Decision 0003.
 */
export function clusterHome(home: string, account: Account | undefined): string {
  makeFolder(home, account)
  const pointer = join(home, 'postgres-folder')
  if (existsSync(pointer)) return readPointer(pointer)
  if (account === undefined || canPass(account, home)) return home
  const elsewhere = join(systemFolder, sha256Hex(home).slice(0, 16))
  makeFolder(systemFolder, account)
  makeFolder(elsewhere, account)
  writeFileSync(pointer, `${elsewhere}\n`)
  return elsewhere
}

function readPointer(pointer: string): string {
  const folder = readFileSync(pointer, 'utf8').trim()
  if (isAbsolute(folder) && existsSync(folder)) return folder
  throw new DatabaseRefusal(`${pointer} says that the database is in ${folder}, and there is no such folder.`)
}

// Others may pass through but not list: what is secret in it has its own mode.
function makeFolder(folder: string, account: Account | undefined): void {
  try {
    mkdirSync(folder, { recursive: true })
    if (account !== undefined) chmodSync(folder, 0o711)
  } catch (cause) {
    throw new DatabaseRefusal(
      `The folder ${folder} cannot be made (${(cause as NodeJS.ErrnoException).code}): ` +
        `let this user write in ${dirname(folder)}, set BEDING_HOME to another folder, or give DATABASE_URL.`,
      { cause },
    )
  }
}
