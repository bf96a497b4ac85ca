import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fromBase64Url, toBase64Url } from '#core'
import { ConfigError } from './config.ts'

/**
 * The 32 bytes kept in a file, made at the first call. Afterwards the file exists, is whole and can be read by its
 * owner only. Two processes that start at once get the same bytes: the file appears under its name in one step, and
 * the one that comes second reads it. Throws when the file holds anything else,
 * and a ConfigError when this user may not read or make it.
 */
export function keptSecret(path: string): Buffer {
  return readSecret(path) ?? makeSecret(path)
}

/** The 32 bytes in the file, or undefined when there is no file. Throws when the file holds anything else. */
export function readSecret(path: string): Buffer | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    if (code === 'EACCES') throw new ConfigError([belongsToAnother(path)])
    throw error
  }
  const bytes = fromBase64Url(text.trim())
  if (bytes?.length !== 32) throw new Error(`${path} does not hold 32 bytes in base64url`)
  return bytes
}

function belongsToAnother(path: string): string {
  return `${path} belongs to another user: start as that user, or set BEDING_HOME to another folder.`
}

function makeSecret(path: string): Buffer {
  try {
    return writeSecret(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EACCES' && code !== 'EROFS') throw error
    throw new ConfigError([
      `${path} cannot be made (${code}): set BEDING_HOME to a folder that this user may write in.`,
    ])
  }
}

function writeSecret(path: string): Buffer {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, `${toBase64Url(randomBytes(32))}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    chmodSync(draft, 0o600)
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const kept = readSecret(path)
  if (kept === undefined) throw new Error(`${path} vanished while it was being made`)
  return kept
}

/** The master key of an installation that keeps it in its home folder. */
export function keptMasterKey(home: string): Buffer {
  return keptSecret(join(home, 'master-key'))
}
