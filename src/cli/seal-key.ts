import { dirname } from 'node:path'
import { problem, ProblemError } from '#core'
import { DatabaseRefusal, openServingDatabase, type Database } from '#database'
import { createSealKey, readKeyFile, registerSealKey, SealChainRefusal, SealKeyFailure } from '#documents'
import { findOrganisation } from '#organisations'
import { ConfigError, createPlatform, readConfig, type Platform } from '#platform'
import { printable } from '#verification'
import { readSealKeyCommand, usage, UsageError, type SealKeyCommand } from './seal-key/command.ts'

type Deps = { readonly platform: Platform; readonly database: Database }

async function main(parameters: readonly string[]): Promise<void> {
  const command = readSealKeyCommand(parameters)
  const config = readConfig(process.env, dirname(dirname(import.meta.dirname)))
  const platform = createPlatform(config)
  const { home, database } = config
  const serving = await openServingDatabase({ config: database, home, secrets: platform.secrets, log: platform.log }) // prettier-ignore
  try {
    const keyId = await register({ platform, database: serving.database }, command)
    process.stdout.write(`${keyId} seals the documents of this organisation from now on\n`)
    process.stdout.write(
      'its root is among the keys of GET /v1/organisations/{organisationId}/verification-keys\n',
    )
  } finally {
    await platform.outsideHeads.close()
    await serving.stop()
  }
}

async function register({ platform, database }: Deps, command: SealKeyCommand): Promise<string> {
  const { organisationId } = command
  const organisation = await database.readInOrganisation(organisationId, (trx) => findOrganisation(trx, organisationId)) // prettier-ignore
  if (organisation === undefined) throw problem('organisation-not-found')
  if (command.kind === 'development') {
    const made = await database.inOrganisation(organisationId, (trx) =>
      createSealKey(platform, trx, organisationId, organisation.name, platform.clock(), command.algorithm),
    )
    return made.keyId
  }
  const offer =
    command.kind === 'stays'
      ? command
      : {
          kind: 'taken-in' as const,
          certificates: command.certificates,
          privateKey: readKeyFile(command.keyFile),
        }
  const { keyId, notAfter } = await registerSealKey({ platform, database }, organisationId, offer)
  process.stdout.write(`the chain is valid until ${notAfter}\n`)
  return keyId
}

/** What is said to the operator, with the causes below it: a token or a service is named there. */
function sentenceOf(error: Error): string {
  const cause = error.cause instanceof Error ? ` (${sentenceOf(error.cause)})` : ''
  return `${printable(error.message)}${cause}`
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  const refusals = [SealChainRefusal, SealKeyFailure, ConfigError, DatabaseRefusal, ProblemError]
  const unreadable = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  if (error instanceof UsageError) {
    process.stderr.write(`${printable(error.message)}\n${usage}`)
    process.exitCode = 2
  } else if (unreadable || refusals.some((kind) => error instanceof kind)) {
    process.stderr.write(`${sentenceOf(error as Error)}\n`)
    process.exitCode = 1
  } else throw error
}
