import { fileURLToPath } from 'node:url'
import { ConfigError, readConfig } from '#platform'
import { startService } from './compose.ts'
import { keptExampleKeys } from './first-start.ts'
import { startText } from './start-text.ts'

const projectFolder = fileURLToPath(new URL('..', import.meta.url))

/** Starts the service, says where everything is, and stops it in order at SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const config = readConfig(process.env, projectFolder)
  const service = await startService(config)
  process.stdout.write(startText(config, service, service.founded ?? keptExampleKeys(config)))
  let stopping = false
  const stop = (signal: string): void => {
    if (stopping) return
    stopping = true
    process.stdout.write(`${signal}: finishing what is under way\n`)
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`stopping failed: ${String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
}

main().catch((error: unknown) => {
  const sentences =
    error instanceof ConfigError ? error.sentences : [error instanceof Error ? error.message : String(error)]
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`)
  process.exit(1)
})
