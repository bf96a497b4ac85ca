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
