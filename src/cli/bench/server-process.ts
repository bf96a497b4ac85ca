import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The service as it is measured, in a process of its own. */
export type ServerProcess = { readonly port: number; readonly pid: number; stop(): Promise<void> }

/** Starts the service on the database of this home and waits until it listens. */
export async function startServer(home: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./bench-server.ts', import.meta.url))], {
    env: { ...process.env, BEDING_HOME: home, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { port: Number(line.toString()), pid: child.pid!, stop }
}
