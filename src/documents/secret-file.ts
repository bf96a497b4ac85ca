import { readFileSync, statSync } from 'node:fs'
import { SealKeyFailure } from './seal-key.ts'

const lengthMax = 65_536

/**
 * The text of a file that holds a secret, read anew each time, so that a rotated one is used at once. Throws a
 * SealKeyFailure that names the file and never what is in it.
 */
export function readSecretFile(path: string, what: string): string {
  try {
    if (statSync(path).size > lengthMax) throw new SealKeyFailure(`${what} ${path} is too large to be one`)
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof SealKeyFailure) throw cause
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown'
    throw new SealKeyFailure(`${what} ${path} cannot be read (${code})`)
  }
}

/** One line of such a file, without the line feed at its end: a PIN, a bearer token. */
export function readSecretLine(path: string, what: string): string {
  const line = readSecretFile(path, what).replace(/\r?\n$/, '')
  if (!/^[\x21-\x7e]{1,8192}$/.test(line))
    throw new SealKeyFailure(`${what} ${path} does not hold one line of visible ASCII`)
  return line
}
