import { connect } from 'node:net'

export type RawAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type RawOptions = { readonly end?: boolean; readonly wait_ms?: number }

/**
 * Sends exactly these bytes over a socket of its own and reads answers until the server closes or falls silent.
 * A part that is a promise is waited for before it is sent. With `end`, our side closes after the last byte, as a client does that dies half-way but can still read.
 */
export async function sendRaw(
  port: number,
  parts: readonly (string | Buffer | Promise<string>)[],
  options: RawOptions = {},
): Promise<RawAnswer[]> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  const chunks: Buffer[] = []
  const closed = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', resolve)
    socket.on('close', () => resolve())
    socket.on('error', () => resolve())
    setTimeout(resolve, options.wait_ms ?? 1500).unref()
  })
  for (const part of parts) {
    socket.write(await part)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  if (options.end === true) socket.end()
  await closed
  socket.destroy()
  return readAnswers(Buffer.concat(chunks))
}

function readAnswers(bytes: Buffer): RawAnswer[] {
  const answers: RawAnswer[] = []
  let rest = bytes
  while (rest.length > 0) {
    const split = rest.indexOf('\r\n\r\n')
    if (split < 0) break
    const [first = '', ...lines] = rest.subarray(0, split).toString('latin1').split('\r\n')
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':')
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
      }),
    )
    const length = Number(headers['content-length'] ?? 0)
    const start = split + 4
    answers.push({
      status: Number(first.split(' ')[1]),
      headers,
      body: rest.subarray(start, start + length).toString('utf8'),
    })
    rest = rest.subarray(start + length)
  }
  return answers
}
