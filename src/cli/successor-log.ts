import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { OrganisationId } from '#core'
import { isUuid } from '#core'
import type { ContinuityDeps, ImportResult, ReceiptFile } from '#continuity'
import { importReceipts, OperatorRefusal, openSuccessor } from '#continuity'
import { DatabaseRefusal, openServingDatabase } from '#database'
import { LedgerMissingError } from '#evidence'
import { ConfigError, createPlatform, readConfig } from '#platform'
import { printable } from '#verification'

const usage = `usage: npm run successor-log -- --organisation ID --incident TEXT [--checkpoint FILE]
       npm run successor-log -- --organisation ID --import FILE…

Opens the log that takes over from one that is stopped, and puts receipts that people kept beside it.
FILE after --checkpoint is a signed checkpoint of the old log that somebody kept. FILE after --import is a receipt PDF,
an evidence.json, or NAME.tlog-proof with NAME.disclosures.txt beside it. See src/continuity/RESTORE.md.
Exit status: 0 done, 1 refused (with --import: at least one file), 2 wrong usage.
`

class UsageError extends Error {}

type Command = { readonly organisationId: OrganisationId } & (
  | { readonly kind: 'open'; readonly incident: string; readonly checkpoint: string | undefined }
  | { readonly kind: 'import'; readonly paths: readonly string[] }
)

async function main(parameters: readonly string[]): Promise<number> {
  const command = readCommand(parameters)
  const config = readConfig(process.env, dirname(dirname(import.meta.dirname)))
  const platform = createPlatform(config)
  const { home, database } = config
  const serving = await openServingDatabase({ config: database, home, secrets: platform.secrets, log: platform.log }) // prettier-ignore
  try {
    const deps = { platform, database: serving.database }
    return command.kind === 'open' ? await open(deps, command) : await bring(deps, command)
  } finally {
    await platform.outsideHeads.close()
    await serving.stop()
  }
}

async function open(deps: ContinuityDeps, command: Command & { kind: 'open' }): Promise<number> {
  const { organisationId, incident, checkpoint } = command
  const note = checkpoint === undefined ? {} : { checkpoint: readFileSync(checkpoint, 'utf8') }
  const { origin, verifierKey } = await openSuccessor(deps, organisationId, { incident, ...note })
  process.stdout.write(`opened ${origin}\nits key, to be published beside the old one:\n${verifierKey}\n`)
  return 0
}

async function bring(deps: ContinuityDeps, command: Command & { kind: 'import' }): Promise<number> {
  const results = await importReceipts(deps, command.organisationId, readFiles(command.paths))
  for (const result of results) process.stdout.write(`${lineOf(result)}\n`)
  return results.every((result) => result.kind === 'imported') ? 0 : 1
}

function lineOf(result: ImportResult): string {
  const file = printable(result.file)
  if (result.kind === 'imported') return `imported ${file}: entry ${result.index}, now recorded as entry ${result.entryIndex}` // prettier-ignore
  return `refused ${file}: ${result.reason}: ${printable(result.detail)}`
}

/** `NAME.disclosures.txt` belongs to `NAME.tlog-proof` and is no receipt by itself. */
function readFiles(paths: readonly string[]): ReceiptFile[] {
  const isDisclosures = (path: string): boolean => path.endsWith('.disclosures.txt')
  return paths
    .filter((path) => !isDisclosures(path))
    .map((path) => {
      const bytes = readFileSync(path)
      const stem = /^(.*)\.tlog-proof$/.exec(basename(path))?.[1]
      const beside = stem === undefined ? undefined : textAt(join(dirname(path), `${stem}.disclosures.txt`))
      return { name: path, bytes, ...(beside === undefined ? {} : { disclosures: beside }) }
    })
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function readCommand(parameters: readonly string[]): Command {
  const { values, positionals } = readArguments(parameters)
  const organisationId = values.organisation
  if (organisationId === undefined || !isUuid(organisationId))
    throw new UsageError('--organisation needs an id')
  const id = organisationId as OrganisationId
  if (values.import !== undefined) {
    if (values.incident !== undefined || values.checkpoint !== undefined)
      throw new UsageError('--import goes alone')
    return { organisationId: id, kind: 'import', paths: [...values.import, ...positionals] }
  }
  if (values.incident === undefined || positionals.length > 0) throw new UsageError('--incident or --import is needed') // prettier-ignore
  return { organisationId: id, kind: 'open', incident: values.incident, checkpoint: values.checkpoint }
}

function readArguments(parameters: readonly string[]) {
  const options = {
    organisation: { type: 'string' },
    incident: { type: 'string' },
    checkpoint: { type: 'string' },
    import: { type: 'string', multiple: true },
  } as const
  try {
    return parseArgs({ args: [...parameters], options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const refusals = [OperatorRefusal, ConfigError, DatabaseRefusal, LedgerMissingError]
  const unreadable = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  if (error instanceof UsageError) {
    process.stderr.write(`${printable(error.message)}\n${usage}`)
    process.exitCode = 2
  } else if (unreadable || refusals.some((kind) => error instanceof kind)) {
    process.stderr.write(`${printable((error as Error).message)}\n`)
    process.exitCode = 1
  } else throw error
}
