import type { ClientBase } from 'pg'

/** Does what sends statements, and lets them go in one packet: each write of a socket costs more than a small statement. */
export function corked<T>(client: ClientBase, send: () => T): T {
  const { stream } = (client as unknown as { connection: { stream: { cork(): void; uncork(): void } } })
    .connection
  stream.cork()
  try {
    return send()
  } finally {
    stream.uncork()
  }
}
