import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { toBase64Url } from '#core'
import { keptSecret, readSecret } from '#platform'
import type { Account } from './embedded-account.ts'
import type { Binaries } from './embedded-binaries.ts'
import { DatabaseRefusal } from './database-refusal.ts'

/** The login that owns an embedded cluster. */
export const superuser = 'postgres'

export type Cluster = { readonly dataFolder: string; readonly password: string }

/**
 * The cluster in `<folder>/postgres`, made at the first call: SCRAM logins only, a random password kept beside it, data
 * checksums, UTF-8. It is made under another name and renamed when whole, so one that was cut short is never used, and
 * of two processes that make it at once one wins. Refuses when the password of an existing cluster is gone.
 */
export function ensureCluster(
  folder: string,
  binaries: Binaries,
  account: Account | undefined,
  durable: boolean,
): Cluster {
  const dataFolder = join(folder, 'postgres')
  const passwordFile = join(folder, 'postgres-password')
  if (existsSync(dataFolder)) {
    const password = readSecret(passwordFile)
    if (password === undefined)
      throw new DatabaseRefusal(
        `The database in ${dataFolder} is there but its password file ${passwordFile} is gone: put it back.`,
      )
    return { dataFolder, password: toBase64Url(password) }
  }
  const password = toBase64Url(keptSecret(passwordFile))
  removeRemains(folder)
  makeCluster(dataFolder, password, binaries, account, durable)
  return { dataFolder, password }
}

function makeCluster(
  dataFolder: string,
  password: string,
  binaries: Binaries,
  account: Account | undefined,
  durable: boolean,
): void {
  const draft = `${dataFolder}.new-${process.pid}`
  const draftPassword = `${draft}.password`
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(draftPassword, password, { mode: 0o600 })
  try {
    if (account !== undefined)
      for (const path of [draft, draftPassword]) chownSync(path, account.uid, account.gid)
    chmodSync(draft, 0o700)
    runInitdb(draft, draftPassword, binaries, account, durable)
    renameIfFirst(draft, dataFolder)
  } finally {
    rmSync(draftPassword, { force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}

function runInitdb(
  draft: string,
  passwordFile: string,
  binaries: Binaries,
  account: Account | undefined,
  durable: boolean,
): void {
  const parameters = ['-D', draft, '-U', superuser, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  parameters.push('--encoding=UTF8', '--locale=C', '--data-checksums')
  if (binaries.major >= 17) parameters.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8')
  if (!durable) parameters.push('--no-sync')
  const result = spawnSync(join(binaries.folder, 'bin', 'initdb'), parameters, {
    ...account,
    cwd: draft,
    env: postgresEnvironment(),
    encoding: 'utf8',
  })
  if (result.status === 0) return
  const reason =
    result.error?.message ?? (result.stderr.trim().split('\n').at(-1) || `initdb ended with ${result.status}`)
  throw new DatabaseRefusal(
    `The built-in PostgreSQL could not be set up (${reason}): give DATABASE_URL instead.`,
  )
}

/** Nothing of our own environment reaches PostgreSQL but the path: settings such as PGDATA would steer it. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' }
}

function renameIfFirst(draft: string, dataFolder: string): void {
  try {
    renameSync(draft, dataFolder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  }
}

// What an earlier process left half made, unless that process is still at it.
function removeRemains(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /^postgres\.new-(\d+)(\.password)?$/.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(folder, name), { recursive: true, force: true })
  }
}

/** True when any process of that id is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
