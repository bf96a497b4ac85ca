import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { startEmbedded } from '#database'
import { guardCluster } from './test-cluster.ts'

/** A PostgreSQL that forces everything to disk and can be treated badly. */
export type CrashCluster = {
  readonly url: string
  /** Ends some of its backends, as an administrator would; answers how many. */
  readonly terminateBackends: (share: number) => Promise<number>
  /** Stops it without a checkpoint (`pg_ctl -m immediate`) and starts it again: it recovers from its log. */
  readonly crash: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts one in a folder of its own, which goes with it. */
export async function startCrashCluster(home: string): Promise<CrashCluster> {
  const end = guardCluster(home)
  const options = { home, firstPort: 19_432 }
  const { target } = await startEmbedded(options)
  const { user, password, host, port, database } = target
  const url = `postgres://${user}:${String(password)}@${host}:${port}/${database}`
  return {
    url,
    terminateBackends: (share) =>
      withAdmin(url, async (client) => {
        const { rowCount } = await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where pid <> pg_backend_pid() and backend_type = 'client backend' and random() < $1`,
          [share],
        )
        return rowCount ?? 0
      }),
    async crash() {
      const pid = Number(readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
      process.kill(pid, 'SIGQUIT')
      while (isAlive(pid)) await sleep(20)
      const again = await startEmbedded(options)
      if (again.target.port !== port) throw new Error('the server came back on another port')
    },
    stop: end,
  }
}

async function withAdmin<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(url)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
