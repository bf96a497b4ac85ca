import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig } from '#platform'
import { startService } from '../compose.ts'
import type { Stage } from './demo/story.ts'
import { playStory } from './demo/story.ts'

const projectFolder = fileURLToPath(new URL('../..', import.meta.url))

/** Plays the main story against a server of its own and leaves the files of it in a folder. */
async function demo(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  if (values.out === undefined) throw new Error('usage: npm run demo -- --out DIR')
  const out = resolve(values.out)
  const home = mkdtempSync(join(tmpdir(), 'beding-demo-'))
  // Passkeys are bound to a name, and a browser takes them without TLS on this one only.
  const port = await freePort()
  const publicUrl = `http://localhost:${port}`
  const config = readConfig(
    { BEDING_HOME: home, PORT: String(port), LOG_LEVEL: 'warn', PUBLIC_URL: publicUrl, SIGN_ON_ALLOW_LOOPBACK: 'true' }, // prettier-ignore
    projectFolder,
  )
  const tell = (line: string): void => void process.stdout.write(`${line}\n`)
  const service = await startService(config)
  try {
    const founded = service.founded!
    const keys = Object.fromEntries(
      founded.clients.map((client) => [client.role, client.key]),
    ) as Stage['keys']
    const { organisationId } = founded
    const left = await playStory(
      { base: service.url, publicUrl, keys, organisationId, outbox: service.outbox!, tell },
      home,
    )
    write(join(out, 'spine'), left.spine)
    write(join(out, 'anchored'), left.anchored)
    write(join(out, 'documents'), left.documents)
    write(join(out, 'passkey'), left.passkey)
    write(join(out, 'crypsys'), left.crypsys)
    write(join(out, 'trust'), left.trust)
    tell(
      `everything is in ${out}; check it with: npm run verify -- --trust ${join(out, 'trust')} ${join(out, 'spine')}/* ${join(out, 'anchored')}/* ${join(out, 'passkey')}/* ${join(out, 'crypsys')}/*.zip ${join(out, 'crypsys')}/*.pdf`,
    )
  } finally {
    await service.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function write(folder: string, files: Readonly<Record<string, Buffer>>): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
}

demo().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
