import { createHash } from 'node:crypto'
import { listRoutes, type RouteSummary } from '#http'
import type { TestAnswer, TestRequest, TestService } from './service.ts'

/** An answer as it went out, and to whom. */
export type Recorded = { readonly place: string; readonly reader: string; readonly bytes: Buffer }

/** Somebody who sends requests: what they are called here, and what they send along. */
export type Caller = {
  readonly name: string
  readonly bearer?: string
  readonly cookie?: string
  /** May call at all; the others are only tried. */
  readonly legitimate: boolean
}

/** Keeps every answer of a service, by whom each route was reached, and every identifier that was seen. */
export class Recorder {
  readonly recorded: Recorded[] = []
  readonly cookies: { readonly caller: string; readonly value: string }[] = []
  /** The newest value of every member whose name ends in Id. */
  readonly seen: Record<string, unknown> = {}
  /** What the walk has to know, whatever was seen. */
  readonly pinned: Record<string, unknown> = {}
  /** Files that pages refer to, by the pattern of their route. */
  readonly assets = new Map<string, string>()
  /** Requests that met an error of ours. */
  readonly broken: string[] = []
  requests = 0
  bytes = 0
  readonly #service: TestService
  readonly #names = new Map<string, string>()
  readonly #reached = new Map<string, Set<string>>()
  readonly #statuses = new Map<string, Set<number>>()
  readonly #kept = new Set<string>()
  readonly #routes: readonly (RouteSummary & { readonly pattern: RegExp })[]

  constructor(service: TestService) {
    this.#service = service
    this.#routes = listRoutes(service.server).map((route) => ({ ...route, pattern: patternOf(route.url) }))
  }

  /** The service, with every request recorded. */
  get service(): TestService {
    return { ...this.#service, send: (method, url, request) => this.send(method, url, request) }
  }

  get routes(): readonly RouteSummary[] {
    return this.#routes
  }

  /** Says what the bearer of this text, or the browser with this cookie, is called. */
  name(secret: string, name: string): void {
    this.#names.set(secret, name)
  }

  async send(method: string, url: string, request: TestRequest = {}): Promise<TestAnswer> {
    const answer = await this.#service.send(method, url, request)
    const caller = this.#names.get(request.as ?? request.headers?.['cookie'] ?? '') ?? 'somebody'
    this.#keep(method, url, caller, answer)
    return answer
  }

  get known(): Readonly<Record<string, unknown>> {
    return { ...this.seen, ...this.pinned }
  }

  /** Who got something out of a route. */
  reachedBy(route: RouteSummary): readonly string[] {
    return [...(this.#reached.get(nameOf(route)) ?? [])]
  }

  statusesOf(route: RouteSummary): readonly number[] {
    return [...(this.#statuses.get(nameOf(route)) ?? [])].toSorted()
  }

  #keep(method: string, url: string, caller: string, answer: TestAnswer): void {
    this.requests += 1
    this.bytes += answer.bytes.length
    const path = url.split('?', 1)[0]!
    const route = this.#routes
      .filter((each) => each.method === method && each.pattern.test(path))
      .toSorted((a, b) => parametersOf(a.url) - parametersOf(b.url))[0]
    if (route !== undefined) {
      add(this.#statuses, nameOf(route), answer.status)
      if (answer.status < 400) add(this.#reached, nameOf(route), caller)
    }
    const { 'set-cookie': cookies, ...headers } = answer.headers
    for (const cookie of [cookies ?? []].flat())
      this.cookies.push({ caller, value: String(cookie).split(';', 1)[0]!.split('=').slice(1).join('=') })
    const place = `${method} ${url}`
    const head = Buffer.from(`${JSON.stringify(headers)}\n`)
    // Where somebody gets a cookie of their own it is theirs; anything else in the headers is looked at.
    this.recorded.push({ place, reader: caller, bytes: head })
    const digest = createHash('sha256').update(caller).update(answer.bytes).digest('base64')
    if (!this.#kept.has(digest)) this.recorded.push({ place, reader: caller, bytes: answer.bytes })
    this.#kept.add(digest)
    if (caller.endsWith('elsewhere') || answer.status >= 400) return
    if (typeof answer.body === 'object') collect(answer.body, this.seen)
    else this.#findAssets(String(answer.body))
  }

  #findAssets(text: string): void {
    for (const [path] of text.matchAll(/\/(?:[a-z]+\/)*assets\/[0-9a-f]+\/[\w.-]+/g)) {
      const route = this.#routes.find(({ method, pattern }) => method === 'GET' && pattern.test(path))
      if (route !== undefined) this.assets.set(route.url, path)
    }
  }
}

export function nameOf(route: Pick<RouteSummary, 'method' | 'url'>): string {
  return `${route.method} ${route.url}`
}

function parametersOf(url: string): number {
  return url.split(/[:*]/).length - 1
}

function patternOf(url: string): RegExp {
  const parts = url
    .split('/')
    .map((part) => (part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : part.replaceAll('.', '\\.')))
  return new RegExp(`^${parts.join('/')}$`)
}

function add<Value>(sets: Map<string, Set<Value>>, name: string, value: Value): void {
  const set = sets.get(name) ?? new Set<Value>()
  sets.set(name, set.add(value))
}

function collect(value: unknown, known: Record<string, unknown>): void {
  if (Array.isArray(value)) for (const each of value) collect(each, known)
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'string' && name.endsWith('Id')) known[name] = member
    else collect(member, known)
  }
}
