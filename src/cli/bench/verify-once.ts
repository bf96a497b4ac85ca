import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { peak_KiB } from './child-memory.ts'

/** Verifies `dossier.zip` in a folder of pinned keys and prints the most memory that this process had, in KiB. */
const folder = process.argv[2] ?? '.'
const pinned = readdirSync(folder).filter((name) => name !== 'dossier.zip')
const trust = readTrust(pinned.map((name) => ({ name, bytes: readFileSync(join(folder, name)) })))
const report = verifyFile(readFileSync(join(folder, 'dossier.zip')), 'dossier.zip', trust)
process.stdout.write(String(peak_KiB()))
process.exitCode = isAccepted(report) ? 0 : 1
