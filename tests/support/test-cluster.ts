import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded, type ConnectionTarget, type EmbeddedOptions } from '#database'

/** The environment variable through which the runner hands its cluster to the test files. */
export const clusterVariable = 'BEDING_TEST_CLUSTER'

export type TestCluster = { readonly target: ConnectionTarget; readonly stop: () => Promise<void> }

// Waits until the pipe of its standard input closes, whatever way its parent ends. Then stops the server of the folder,
// if one runs, and removes the folder.
const guardScript = `
  cat >/dev/null
  read -r pid < "$0/postgres/postmaster.pid" && kill -INT "$pid" && while kill -0 "$pid"; do sleep 0.05; done
  rm -rf "$0"`

/** Sees to it that a server in this folder, and the folder, do not outlive this process. Gives the way to end both now. */
export function guardCluster(folder: string): () => Promise<void> {
  const guard = spawn('sh', ['-c', guardScript, folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  guard.unref()
  ;(guard.stdin as unknown as { unref(): void }).unref()
  return () => dismiss(guard)
}

function dismiss(guard: ChildProcess): Promise<void> {
  guard.ref()
  return new Promise((resolve) => {
    guard.once('exit', () => resolve())
    guard.stdin!.end()
  })
}

/** Starts a PostgreSQL in a folder of its own; unless told otherwise it forces nothing to disk. */
export async function startTestCluster(options: Partial<EmbeddedOptions> = {}): Promise<TestCluster> {
  const home = mkdtempSync(join(tmpdir(), 'beding-test-'))
  const stop = guardCluster(home)
  const { target } = await startEmbedded({ home, durable: false, firstPort: 17_432, ...options })
  return { target, stop }
}
