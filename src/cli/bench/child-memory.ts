import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The most memory that this process had so far, in KiB. */
export function peak_KiB(): number {
  // Linux counts the memory of the process that started this one into maxRSS; its own peak stands in /proc.
  const status = '/proc/self/status'
  const own = existsSync(status) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] : undefined
  return own === undefined ? process.resourceUsage().maxRSS : Number(own)
}

/** Runs a program of this folder in a process of its own and gives the JSON that it prints. */
export function runChild(
  program: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
): unknown {
  const script = join(import.meta.dirname, program)
  const { stdout, status, stderr } = spawnSync(process.execPath, [script, ...parameters], {
    encoding: 'utf8',
    env: environment,
  })
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`)
  return JSON.parse(stdout)
}
