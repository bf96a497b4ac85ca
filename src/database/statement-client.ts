import { Client, type ClientConfig } from 'pg'

/** More texts than this stay unnamed, so that generated texts cannot fill the server with prepared statements. */
const namedTextsMax = 500
const nameByText = new Map<string, string>()

/** The name of a statement's text, the same on every connection of this process; undefined beyond the bound. */
export function statementName(text: string): string | undefined {
  const known = nameByText.get(text)
  if (known !== undefined) return known
  if (nameByText.size >= namedTextsMax) return undefined
  const name = `b${nameByText.size}`
  nameByText.set(text, name)
  return name
}

type Query = (...parameters: unknown[]) => unknown

/**
 * A pg client that prepares each parametrised text once per connection (unnamed statements cost the server twice the
 * work) and that survives the death of its connection while it is lent out: pg then emits `error` with nobody
 * listening, which would end the process. The query under way rejects all the same.
 */
export class StatementClient extends Client {
  constructor(config?: ClientConfig) {
    super(config)
    this.on('error', () => undefined)
    const send = super.query.bind(this) as Query
    this.query = ((first: unknown, values?: unknown, ...rest: unknown[]) => {
      if (typeof first !== 'string' || !Array.isArray(values)) return send(first, values, ...rest)
      const name = statementName(first)
      return name === undefined ? send(first, values, ...rest) : send({ name, text: first, values }, ...rest)
    }) as typeof this.query
  }
}
