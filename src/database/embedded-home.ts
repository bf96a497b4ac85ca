import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sha256Hex } from '#core'
import { type Account, canPass } from './embedded-account.ts'
import { DatabaseRefusal } from './database-refusal.ts'

/** Where root keeps a cluster when the account of PostgreSQL cannot reach the home folder. Survives a restart. */
const systemFolder = '/var/lib/beding'

/**
 * The folder for the cluster of an installation, made if need be: the home folder itself, or, when PostgreSQL runs as
 * another account that cannot pass through to it (a project below /root), one in /var/lib whose name follows from the
 * path of the home folder. In that case the home folder holds a file that says so. Decision 0003.
 */
export function clusterHome(home: string, account: Account | undefined): string {
  makeFolder(home, account)
  if (account === undefined || canPass(account, home)) return home
  const elsewhere = join(systemFolder, sha256Hex(home).slice(0, 16))
  makeFolder(systemFolder, account)
  makeFolder(elsewhere, account)
  const note = join(home, 'postgres-is-elsewhere.txt')
  if (!existsSync(note))
    writeFileSync(
      note,
      `PostgreSQL runs here as user id ${account.uid}, which may not enter this folder.\n` +
        `The database of this installation is kept in ${elsewhere}\n`,
    )
  return elsewhere
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
