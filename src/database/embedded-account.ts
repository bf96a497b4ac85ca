import { readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { DatabaseRefusal } from './database-refusal.ts'

/** The account that PostgreSQL runs as; it refuses to run as root. */
export type Account = { readonly uid: number; readonly gid: number }

/**
 * The account to run PostgreSQL as. Undefined: as whoever runs this process. Root becomes the owner of the data that is
 * already there, or else `postgres` when there is such a user and `nobody` otherwise. Refuses for a user id without a
 * name, because initdb does.
 */
export function accountForPostgres(dataFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) {
    requireNamedUser()
    return undefined
  }
  const account = ownerOf(dataFolder) ?? accountNamed('postgres') ?? accountNamed('nobody')
  if (account === undefined)
    throw new DatabaseRefusal(
      'The built-in PostgreSQL cannot run as root and there is no user postgres or nobody to run it: ' +
        'start as an ordinary user, or give DATABASE_URL.',
    )
  return account
}

function ownerOf(dataFolder: string): Account | undefined {
  const owner = statSync(dataFolder, { throwIfNoEntry: false })
  return owner === undefined || owner.uid === 0 ? undefined : { uid: owner.uid, gid: owner.gid }
}

function requireNamedUser(): void {
  try {
    userInfo()
  } catch (cause) {
    throw new DatabaseRefusal(
      `The built-in PostgreSQL needs a user with a name, and user id ${process.getuid?.()} has none: give DATABASE_URL.`,
      { cause },
    )
  }
}

function accountNamed(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((candidate) => candidate.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  if (uid === undefined || gid === undefined || !/^\d+$/.test(uid) || !/^\d+$/.test(gid)) return undefined
  return { uid: Number(uid), gid: Number(gid) }
}

/** True when the account may pass through `folder` and everything above it. */
export function canPass(account: Account, folder: string): boolean {
  for (let current = folder; ; current = dirname(current)) {
    const { uid, gid, mode } = statSync(current)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (current === dirname(current)) return true
  }
}
