import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FoundedOrganisation } from '../../src/found-organisation.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** The service as an operator runs it: a process of its own. */
export type ServiceProcess = {
  readonly url: string
  readonly pid: number
  /** Ends it without a warning, as a power cut of the process. */
  readonly kill: () => Promise<void>
  /** Asks it to stop and waits; answers the exit code. */
  readonly stop: () => Promise<number | null>
}

/** Starts `src/main.ts` on a home folder of its own and waits until it says where it is. */
export async function startProcess(
  home: string,
  environment: Record<string, string> = {},
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      BEDING_HOME: home,
      PORT: '0',
      LOG_LEVEL: 'warn',
      ...compileCache(),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors: string[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()))
  const url = await addressOf(child, errors)
  return {
    url,
    pid: child.pid!,
    async kill() {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      return child.exitCode
    },
  }
}

/** What Node compiled for the test files of this run serves the processes that they start. */
function compileCache(): Record<string, string> {
  const folder = process.env['NODE_COMPILE_CACHE']
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder }
}

async function addressOf(child: ChildProcess, errors: readonly string[]): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout!) {
    text += String(chunk)
    const url = /API +(http:\S+)\/v1/.exec(text)?.[1]
    if (url !== undefined) {
      child.stdout!.resume()
      return url
    }
  }
  throw new Error(`the service did not start: ${errors.join('')}`)
}

/** The keys that the first start left for the example organisation, by role. */
export function exampleKeys(home: string): { organisationId: string; keys: Record<string, string> } {
  const founded = JSON.parse(readFileSync(join(home, 'example-keys.json'), 'utf8')) as FoundedOrganisation
  return {
    organisationId: founded.organisationId,
    keys: Object.fromEntries(founded.clients.map((client) => [client.role, client.key])),
  }
}
