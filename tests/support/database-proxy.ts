import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { ConnectionTarget } from '#database'

/** What happens to the connection on which COMMIT passes. */
export type CommitFault =
  /** Nothing. */
  | 'none'
  /** COMMIT reaches the server, which answers; the answer is lost and the connection reset. */
  | 'reset-after'
  /** COMMIT reaches the server; from then on nothing comes back and nothing closes. */
  | 'silence-after'
  /** COMMIT never reaches the server; the connection is reset. */
  | 'reset-before'

export type DatabaseProxy = {
  readonly target: ConnectionTarget
  /** From now on. */
  readonly setFault: (fault: CommitFault) => void
  /** How often the client spoke after the server had: what a round trip is counted by. */
  readonly turns: () => number
  readonly close: () => Promise<void>
}

const commitMessage = Buffer.from('Q\0\0\0\x0bcommit\0', 'latin1')

/** A TCP proxy on loopback before a database, that loses answers on demand. */
export async function startDatabaseProxy(behind: ConnectionTarget): Promise<DatabaseProxy> {
  let fault: CommitFault = 'none'
  let turns = 0
  let serverSpokeLast = true
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(behind.port!, behind.host)
    let armed: CommitFault = 'none'
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => void sockets.delete(socket))
    }
    client.on('data', (bytes) => {
      if (serverSpokeLast) turns++
      serverSpokeLast = false
      if (fault !== 'none' && (bytes as Buffer).includes(commitMessage)) armed = fault
      if (armed === 'reset-before') return void (client.resetAndDestroy(), upstream.destroy())
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      serverSpokeLast = true
      if (armed === 'none') client.write(bytes)
      else if (armed === 'reset-after' && (bytes as Buffer).includes('COMMIT\0')) client.resetAndDestroy()
    })
    client.on('close', () => upstream.end())
    upstream.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    target: { ...behind, host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    setFault: (next) => void (fault = next),
    turns: () => turns,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
