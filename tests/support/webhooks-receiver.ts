import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as a receiver got it. */
export type Received = {
  readonly id: string
  readonly body: string
  readonly headers: IncomingMessage['headers']
  readonly path: string
}

export type Mood = (request: IncomingMessage, answer: ServerResponse, received: Received) => void

export type Receiver = {
  readonly url: string
  readonly received: Received[]
  /** What it does with the next requests; 204 at first. */
  mood: Mood
  /** How many requests were under way at once, at most. */
  busiest: number
}

/** Answers at once with this status. */
export const answering =
  (status: number, headers: Readonly<Record<string, string>> = {}): Mood =>
  (_request, answer) =>
    void answer.writeHead(status, headers).end()

/** A real server on loopback that reads each request whole before it does what its mood says. */
export async function aReceiver(t: { teardown(work: () => unknown): void }): Promise<Receiver> {
  let busy = 0
  const server = createServer((request, answer) => {
    busy += 1
    receiver.busiest = Math.max(receiver.busiest, busy)
    answer.on('close', () => (busy -= 1))
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const received = {
        id: String(request.headers['webhook-id']),
        body: Buffer.concat(chunks).toString(),
        headers: request.headers,
        path: request.url ?? '',
      }
      receiver.received.push(received)
      receiver.mood(request, answer, received)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/events`,
    received: [],
    mood: answering(204),
    busiest: 0,
  }
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return receiver
}

/**
 * What a receiver does to check a request, written from the text of Standard Webhooks 1.0.0 and not from our code: some
 * `v1` signature in the list is the HMAC of `id.timestamp.body` under the bytes behind `whsec_`.
 */
export function isSignedWith(secret: string, received: Received): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const content = `${received.id}.${String(received.headers['webhook-timestamp'])}.${received.body}`
  const expected = `v1,${createHmac('sha256', key).update(content).digest('base64')}`
  return String(received.headers['webhook-signature']).split(' ').includes(expected)
}
