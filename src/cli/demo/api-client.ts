import { randomUUID } from 'node:crypto'

/** What an answer brings: its status, its headers, its JSON or its bytes. */
export type ApiAnswer<Body> = { readonly status: number; readonly headers: Headers; readonly body: Body }

export type Call = {
  readonly bearer?: string
  readonly body?: unknown
  readonly text?: { readonly mediaType: string; readonly content: string }
  readonly ifMatch?: string
  readonly idempotencyKey?: string
}

/** Calls the API as any HR system would. Throws with the problem's words when the answer is not a success. */
export async function call<Body>(
  base: string,
  method: string,
  path: string,
  options: Call = {},
): Promise<ApiAnswer<Body>> {
  const answer = await send(base, method, path, options)
  const body = answer.status === 204 ? undefined : await answer.json()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(body)}`)
  return { status: answer.status, headers: answer.headers, body: body as Body }
}

/** A file by itself, or in a form with other fields. */
export type Upload = { readonly bearer: string } & (
  | { readonly bytes: { readonly mediaType: string; readonly content: Buffer } }
  | {
      readonly file: { readonly name: string; readonly mediaType: string; readonly bytes: Buffer }
      readonly fields: Readonly<Record<string, string>>
    }
)

/** Hands in a file as any HR system would. Throws with the problem's words when the answer is not a success. */
export async function upload<Body>(base: string, path: string, sent: Upload): Promise<ApiAnswer<Body>> {
  const headers: Record<string, string> = {
    authorization: `Bearer ${sent.bearer}`,
    'idempotency-key': randomUUID(),
  }
  let body: Uint8Array<ArrayBuffer> | FormData
  if ('bytes' in sent) {
    headers['content-type'] = sent.bytes.mediaType
    body = new Uint8Array(sent.bytes.content)
  } else {
    body = new FormData()
    for (const [name, value] of Object.entries(sent.fields)) body.append(name, value)
    const { name, mediaType, bytes } = sent.file
    body.append('file', new Blob([new Uint8Array(bytes)], { type: mediaType }), name)
  }
  const answer = await fetch(`${base}${path}`, { method: 'POST', headers, body, signal: AbortSignal.timeout(patience_ms) }) // prettier-ignore
  const answered = await answer.json()
  if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answered)}`)
  return { status: answer.status, headers: answer.headers, body: answered as Body }
}

const patience_ms = 120_000

/**
 * Fetches a file; one that is still being made is asked for again when the service says so, for two minutes at most.
 * Throws when the answer is not a success.
 */
export async function download(base: string, path: string, bearer: string): Promise<Buffer> {
  const end = Date.now() + patience_ms
  let answer = await send(base, 'GET', path, { bearer })
  while (answer.status === 409 && answer.headers.has('retry-after') && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, Number(answer.headers.get('retry-after')) * 250))
    answer = await send(base, 'GET', path, { bearer })
  }
  if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`)
  return Buffer.from(await answer.arrayBuffer())
}

async function send(base: string, method: string, path: string, options: Call): Promise<Response> {
  const headers: Record<string, string> = {}
  if (options.bearer !== undefined) headers['authorization'] = `Bearer ${options.bearer}`
  if (options.ifMatch !== undefined) headers['if-match'] = options.ifMatch
  if (method === 'POST') headers['idempotency-key'] = options.idempotencyKey ?? randomUUID()
  if (options.body !== undefined) headers['content-type'] = 'application/json'
  if (options.text !== undefined) headers['content-type'] = options.text.mediaType
  const body = options.text?.content ?? (options.body === undefined ? null : JSON.stringify(options.body))
  return fetch(`${base}${path}`, { method, headers, body, signal: AbortSignal.timeout(patience_ms) })
}
