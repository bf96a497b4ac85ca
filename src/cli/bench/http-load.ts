import { connect } from 'node:net'

/** A prepared request: its bytes as they go over the wire. */
export type WireRequest = Buffer

export type LoadResult = {
  readonly requests: number
  readonly seconds: number
  readonly perSecond: number
  readonly p50_ms: number
  readonly p99_ms: number
}

/** A POST with a JSON body as wire bytes, for a connection that is kept. */
export function wirePost(path: string, headers: Readonly<Record<string, string>>, body: string): WireRequest {
  const lines = [
    `POST ${path} HTTP/1.1`,
    'host: localhost',
    ...(body === '' ? [] : ['content-type: application/json']),
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** What each client asks before the clock runs, so that its connection has been taken in by then. */
const greeting: WireRequest = Buffer.from('GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n')

/**
 * Sends the requests over `clients` connections, in a closed loop. Throws when an answer is not 201. Takes little of the
 * processor itself, because it shares it with the server.
 */
export async function loadHttp(
  port: number,
  clients: number,
  requests: readonly WireRequest[],
): Promise<LoadResult> {
  const failures = new Map<number, number>()
  const result = await closedLoop(port, clients, requests.length, async (connection, index) => {
    const { status } = await connection.exchange(requests[index]!)
    if (status !== 201) failures.set(status, (failures.get(status) ?? 0) + 1)
  })
  if (failures.size > 0)
    throw new Error(`answers other than 201, by status: ${JSON.stringify([...failures])}`)
  return result
}

/**
 * Does `count` pieces over `clients` connections, each taking the next when it has done one. The connections are open
 * before the clock runs, as those of a driver's pool are.
 */
export async function closedLoop(
  port: number,
  clients: number,
  count: number,
  piece: (connection: Connection, index: number) => Promise<void>,
): Promise<LoadResult> {
  const latencies_ms: number[] = []
  let next = 0
  const client = async (connection: Connection): Promise<void> => {
    while (next < count) {
      const index = next
      next += 1
      const start = performance.now()
      await piece(connection, index)
      latencies_ms.push(performance.now() - start)
    }
    connection.close()
  }
  const connections = await Promise.all(Array.from({ length: clients }, () => greetedConnection(port)))
  const start = performance.now()
  await Promise.all(connections.map(client))
  return summary(latencies_ms, (performance.now() - start) / 1000)
}

async function greetedConnection(port: number): Promise<Connection> {
  const connection = await openConnection(port)
  await connection.exchange(greeting)
  return connection
}

/** Figures of a closed loop from its latencies. */
export function summary(latencies_ms: number[], seconds: number): LoadResult {
  const sorted = latencies_ms.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return {
    requests: sorted.length,
    seconds,
    perSecond: sorted.length / seconds,
    p50_ms: at(0.5),
    p99_ms: at(0.99),
  }
}

/** What came back. Its body stands in memory of the connection, and is gone with the next exchange. */
export type WireAnswer = { readonly status: number; readonly body: Buffer }

/** A connection that is kept; one exchange at a time. */
export type Connection = { exchange(request: WireRequest): Promise<WireAnswer>; close(): void }

/** What all sockets read into, one after the other: each takes its bytes out before the next one reads. */
const readBuffer = Buffer.allocUnsafe(65_536)

async function openConnection(port: number): Promise<Connection> {
  const answers = readAnswers()
  const onread = { buffer: readBuffer, callback: answers.read }
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread })
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  socket.on('close', answers.closed)
  return {
    exchange(request) {
      socket.write(request)
      return answers.next()
    },
    close: () => socket.destroy(),
  }
}

type Answers = {
  readonly next: () => Promise<WireAnswer>
  readonly read: (count: number, bytes: Uint8Array) => boolean
  readonly closed: () => void
}

/**
 * Reads one answer at a time: the status of its first line, and as many bytes as content-length says. Into memory that is
 * used again: with a buffer for each piece the load had pauses of its own, and they were taken for the service's.
 */
function readAnswers(): Answers {
  let received = Buffer.allocUnsafe(16_384)
  let length = 0
  let waiting: { resolve: (answer: WireAnswer) => void; reject: (error: Error) => void } | undefined
  const settle = (): void => {
    const end = received.subarray(0, length).indexOf('\r\n\r\n')
    if (end === -1 || waiting === undefined) return
    const head = received.toString('latin1', 0, end)
    const total = end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
    if (length < total) return
    const { resolve } = waiting
    waiting = undefined
    length = 0
    resolve({ status: Number(head.slice(9, 12)), body: received.subarray(end + 4, total) })
  }
  return {
    next: () => new Promise((resolve, reject) => (waiting = { resolve, reject })),
    read(count, bytes) {
      if (received.length < length + count)
        received = Buffer.concat([received.subarray(0, length)], 2 * (length + count))
      received.set(bytes.subarray(0, count), length)
      length += count
      settle()
      return true
    },
    closed: () => waiting?.reject(new Error('the server closed the connection')),
  }
}
