import { Client, type ClientConfig } from 'pg'

/** Where to connect and as whom, taken apart, so that another login can be put in its place. */
export type ConnectionTarget = Pick<
  ClientConfig,
  'host' | 'port' | 'database' | 'user' | 'password' | 'ssl' | 'options'
>

/** The target of a `postgres://` address, read as pg reads it (also `sslmode`, and a socket folder as `host`). */
export function connectionTarget(url: string): ConnectionTarget {
  const client = new Client({ connectionString: url }) as Client & {
    connectionParameters: { options?: string }
    password?: string
  }
  const { host, port, database, user, password, ssl, connectionParameters } = client
  return { host, port, database, user, password, ssl, options: connectionParameters.options }
}

/** The same place, other login. */
export function asLogin(target: ConnectionTarget, user: string, password: string): ConnectionTarget {
  return { ...target, user, password }
}
