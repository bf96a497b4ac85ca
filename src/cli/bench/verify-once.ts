import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAccepted, readTrust, verifyFile } from '#verification'

/** Verifies `dossier.zip` in a folder of pinned keys and prints the most memory that this process had, in KiB. */
const folder = process.argv[2] ?? '.'
const pinned = readdirSync(folder).filter((name) => name !== 'dossier.zip')
const trust = readTrust(pinned.map((name) => ({ name, bytes: readFileSync(join(folder, name)) })))
const report = verifyFile(readFileSync(join(folder, 'dossier.zip')), 'dossier.zip', trust)
process.stdout.write(String(peak_KiB()))
process.exitCode = isAccepted(report) ? 0 : 1

/** Linux counts the memory of the process that started this one into maxRSS; its own peak stands in /proc. */
function peak_KiB(): number {
  const status = '/proc/self/status'
  const own = existsSync(status) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] : undefined
  return own === undefined ? process.resourceUsage().maxRSS : Number(own)
}
