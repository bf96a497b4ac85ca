import type { ClientBase } from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConnectionTarget } from './connection-target.ts'
import { classifyDatabaseError } from './database-errors.ts'
import { DatabaseRefusal } from './database-refusal.ts'
import { asMigrator } from './migration.ts'

/** How long a server may take to come up beside us, as in a composition of containers. */
const patience_ms = 15_000

/**
 * Waits until a server accepts this login, and refuses one older than PostgreSQL 15. A server that is not up yet is
 * asked again; a login it does not accept is not.
 */
export async function requireServer(target: ConnectionTarget, limit_ms: number = patience_ms): Promise<void> {
  const deadline = performance.now() + limit_ms
  for (;;) {
    try {
      return await asMigrator(target, requireVersion)
    } catch (error) {
      if (error instanceof DatabaseRefusal) throw error
      const passing = classifyDatabaseError(error).kind !== 'other'
      if (!passing || performance.now() > deadline) throw unreachable(target, error)
      await sleep(250)
    }
  }
}

async function requireVersion(client: ClientBase): Promise<void> {
  const { rows } = await client.query("select current_setting('server_version_num')::int as version")
  const { version } = rows[0] as { version: number }
  if (version < 150_000)
    throw new DatabaseRefusal(
      `The database is PostgreSQL ${Math.floor(version / 10_000)}; 15 or newer is needed.`,
    )
}

function unreachable(target: ConnectionTarget, cause: unknown): DatabaseRefusal {
  const { code, message } = cause as NodeJS.ErrnoException
  return new DatabaseRefusal(
    `The database ${target.database} at ${target.host}:${target.port} cannot be used as ${target.user}: ` +
      `${message || code}.`,
    { cause },
  )
}
