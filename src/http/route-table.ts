type KnownPath = { readonly pattern: RegExp; readonly methods: Set<string> }

/** Which methods each path takes, so that a wrong method is answered 405 and not 404 (RFC 9110 section 15.5.6). */
export class RouteTable {
  readonly #paths = new Map<string, KnownPath>()

  /** Remembers a route. `url` is a pattern of find-my-way: `:name` for a segment, `*` for the rest. */
  add(url: string, methods: readonly string[]): void {
    const known = this.#paths.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() }
    for (const method of methods) known.methods.add(method)
    this.#paths.set(url, known)
  }

  /** The methods that this path takes, sorted, with OPTIONS; empty when the path is not known. */
  methodsOf(path: string): string[] {
    const methods = new Set<string>()
    for (const known of this.#paths.values()) {
      if (!known.pattern.test(path)) continue
      for (const method of known.methods) methods.add(method)
    }
    if (methods.size > 0) methods.add('OPTIONS')
    return [...methods].sort()
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
