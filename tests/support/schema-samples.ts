/** A JSON schema as the OpenAPI document has it. */
export type Schema = {
  readonly $ref?: string
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly minLength?: number
  readonly minimum?: number
  readonly format?: string
  readonly pattern?: string
}

/** What is known of the case: a value for each name of a member or parameter that means something here. */
export type Known = Readonly<Record<string, unknown>>

export type Sampling = {
  readonly known: Known
  /** What a `$ref` names. */
  readonly resolve: (ref: string) => Schema
  /** Members that may be left out are left out. */
  readonly onlyRequired: boolean
}

/**
 * A value that the schema takes, made of what is known of the case where a member has a known name. Of alternatives the first. A pattern
 * is met for those that are used here: hex, base64url, digits.
 */
export function sampleOf(schema: Schema, sampling: Sampling, name = ''): unknown {
  const { known, resolve } = sampling
  if (schema.$ref !== undefined) return sampleOf(resolve(schema.$ref), sampling, name)
  if (Object.hasOwn(known, name) && schema.type !== 'object' && schema.type !== 'array') return known[name]
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  const alternative = schema.anyOf?.[0] ?? schema.oneOf?.[0]
  if (alternative !== undefined) return sampleOf(alternative, sampling, name)
  switch (schema.type) {
    case 'object':
      return objectOf(schema, sampling)
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () =>
        sampleOf(schema.items ?? {}, sampling, singular(name)),
      )
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return textOf(schema)
  }
}

function objectOf(schema: Schema, sampling: Sampling): Record<string, unknown> {
  const required = new Set(schema.required)
  return Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .filter(([name]) => !sampling.onlyRequired || required.has(name))
      .map(([name, member]) => [name, sampleOf(member, sampling, name)]),
  )
}

function singular(name: string): string {
  return name.endsWith('s') ? name.slice(0, -1) : name
}

const formats: Readonly<Record<string, string>> = {
  uuid: '018f0000-0000-7000-8000-000000000000',
  date: '2026-12-05',
  'date-time': '2026-12-05T08:00:00.000Z',
  email: 'iemand@voorbeeld.example',
  uri: 'https://example.org/',
}

function textOf({ format, pattern, minLength }: Schema): string {
  const byFormat = formats[format ?? '']
  if (byFormat !== undefined) return byFormat
  const counted = /^\^\[(0-9a-f|0-9|A-Za-z0-9_-)\]\{(\d+)/.exec(pattern ?? '')
  if (counted !== null) return '0'.repeat(Number(counted[2]))
  return 'T'.repeat(Math.max(1, minLength ?? 1))
}
