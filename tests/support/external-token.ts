import { execFileSync } from 'node:child_process'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SealKeyLocation } from '#documents'

/** The PIN of the token, which must stand in no message. */
export const tokenPin = '483920'

/** A PKCS #11 token of softhsm2, in a folder of the test. */
export type TestToken = {
  readonly module: string
  /** Makes a key inside the token and gives its public half. */
  readonly makeKey: (label: string, type: 'EC:prime256v1' | 'rsa:3072') => KeyObject
  readonly at: (label: string) => Extract<SealKeyLocation, { kind: 'token' }>
  /** pkcs11-tool, logged in to this token. */
  readonly tool: (...parameters: string[]) => string
}

const places = ['/usr/lib/softhsm', '/usr/local/lib/softhsm', '/opt/homebrew/lib/softhsm']

/** Where softhsm2 is on this machine, if it is. */
export const softHsmModule = places.map((place) => join(place, 'libsofthsm2.so')).find(existsSync)

/** Makes a token. Only one for each process, because the module reads its settings once. Throws where softhsm2 is not there. */
export function aToken(folder: string): TestToken {
  const module = softHsmModule
  if (module === undefined) throw new Error('softhsm2 is not installed')
  const path = (name: string): string => join(folder, name)
  mkdirSync(path('tokens'))
  writeFileSync(path('softhsm2.conf'), `directories.tokendir = ${path('tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`) // prettier-ignore
  writeFileSync(path('pin'), `${tokenPin}\n`)
  // Read by the module inside this process, when it is loaded.
  process.env['SOFTHSM2_CONF'] = path('softhsm2.conf')
  const run = (program: string, ...parameters: string[]): string =>
    execFileSync(program, parameters, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  run(
    'softhsm2-util',
    '--init-token',
    '--free',
    '--label',
    'seals',
    '--so-pin',
    '12345678',
    '--pin',
    tokenPin,
  )
  const tool = (...parameters: string[]): string =>
    run(
      'pkcs11-tool',
      '--module',
      module,
      '--token-label',
      'seals',
      '--login',
      '--pin',
      tokenPin,
      ...parameters,
    )
  return {
    module,
    tool,
    makeKey: (label, type) => {
      tool('--keypairgen', '--key-type', type, '--label', label)
      tool('--read-object', '--type', 'pubkey', '--label', label, '--output-file', path(`${label}.der`))
      return createPublicKey({ key: readFileSync(path(`${label}.der`)), format: 'der', type: 'spki' })
    },
    at: (label) => ({ kind: 'token', module, token: 'seals', label, pinFile: path('pin') }),
  }
}
