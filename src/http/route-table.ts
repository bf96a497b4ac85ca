import type { RouteOptions } from 'fastify'
import type { Access } from './access.ts'

/** A route as it was registered, for whoever checks all of them. */
export type RouteSummary = {
  readonly method: string
  /** The pattern, with `:name` for a segment. */
  readonly url: string
  readonly access: Access
  readonly idempotent: boolean
  readonly conditional: boolean
}

type KnownPath = { readonly pattern: RegExp; readonly methods: Set<string> }

/** Which methods each path takes, so that a wrong method is answered 405 and not 404 (RFC 9110 section 15.5.6). */
export class RouteTable {
  readonly #paths = new Map<string, KnownPath>()

  readonly #routes: RouteSummary[] = []

  /** Remembers a route. Its `url` is a pattern of find-my-way: `:name` for a segment, `*` for the rest. */
  add(route: RouteOptions): void {
    const { url, config = {} } = route
    const known = this.#paths.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() }
    this.#paths.set(url, known)
    for (const method of [route.method].flat()) {
      known.methods.add(method)
      if (config.access === undefined) continue
      const { access, idempotent = false, conditional = false } = config
      this.#routes.push({ method, url, access, idempotent, conditional })
    }
  }

  /** Every route, in the order of registration. */
  all(): readonly RouteSummary[] {
    return this.#routes
  }

  /** The methods that this path takes, sorted, with OPTIONS; empty when the path is not known. */
  methodsOf(path: string): string[] {
    const methods = new Set<string>()
    for (const known of this.#paths.values()) {
      if (!known.pattern.test(path)) continue
      for (const method of known.methods) methods.add(method)
    }
    if (methods.size > 0) methods.add('OPTIONS')
    return [...methods].toSorted()
  }
}

function patternOf(url: string): RegExp {
  const parts = url.split('/').map((segment) => {
    if (segment === '*') return '.*'
    return segment.replaceAll(/:[A-Za-z]+|[^:]+/g, (part) =>
      part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
  })
  return new RegExp(`^${parts.join('/')}$`)
}
