import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded, type ConnectionTarget, type EmbeddedOptions } from '#database'

/** The environment variable through which the runner hands its cluster to the test files. */
export const clusterVariable = 'BEDING_TEST_CLUSTER'

export type TestCluster = { readonly target: ConnectionTarget; readonly stop: () => Promise<void> }

// Ends the server and removes its folder when the pipe of its standard input closes: whatever way its parent ends.
const guardScript =
  'cat >/dev/null; kill -INT "$0"; while kill -0 "$0" 2>/dev/null; do sleep 0.05; done; rm -rf "$1"'

/** Starts a PostgreSQL in a folder of its own; unless told otherwise it forces nothing to disk. It never outlives this process. */
export async function startTestCluster(options: Partial<EmbeddedOptions> = {}): Promise<TestCluster> {
  const home = mkdtempSync(join(tmpdir(), 'beding-test-'))
  const { target, pid } = await startEmbedded({ home, durable: false, firstPort: 17_432, ...options })
  const guard = spawn('sh', ['-c', guardScript, String(pid), home], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  guard.unref()
  ;(guard.stdin as unknown as { unref(): void }).unref()
  return { target, stop: () => dismiss(guard) }
}

function dismiss(guard: ChildProcess): Promise<void> {
  guard.ref()
  return new Promise((resolve) => {
    guard.once('exit', () => resolve())
    guard.stdin!.end()
  })
}
