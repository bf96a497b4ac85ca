type Schema = Readonly<Record<string, unknown>>

const boundedFormats = new Set(['uuid', 'date', 'date-time'])
const nesting = ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const

/**
 * What is wrong with a schema for input: an object that lets unknown members through, a string or a list without a
 * bound (all errors are reported, so an unbounded list would be work without a bound). Empty when nothing is.
 */
export function looseEnds(schema: unknown, at = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const node = schema as Schema
  const found = [...looseObject(node, at), ...looseString(node, at), ...looseList(node, at)]
  for (const [name, child] of Object.entries((node['properties'] ?? {}) as Schema)) {
    found.push(...looseEnds(child, `${at}/${name}`))
  }
  for (const child of Object.values((node['patternProperties'] ?? {}) as Schema)) {
    found.push(...looseEnds(child, `${at}/*`))
  }
  found.push(...looseEnds(node['items'], `${at}/-`))
  for (const key of nesting) {
    for (const child of (node[key] ?? []) as unknown[]) found.push(...looseEnds(child, at))
  }
  return found
}

function looseObject(node: Schema, at: string): string[] {
  if (node['type'] !== 'object') return []
  if (node['patternProperties'] !== undefined) {
    return node['maxProperties'] === undefined ? [`${at} has no maxProperties`] : []
  }
  return node['additionalProperties'] === false ? [] : [`${at} takes unknown members (additionalProperties)`]
}

function looseString(node: Schema, at: string): string[] {
  if (node['type'] !== 'string') return []
  const bounded =
    node['maxLength'] !== undefined ||
    node['enum'] !== undefined ||
    node['const'] !== undefined ||
    boundedFormats.has(String(node['format']))
  return bounded ? [] : [`${at} has no maxLength`]
}

function looseList(node: Schema, at: string): string[] {
  return node['type'] === 'array' && node['maxItems'] === undefined ? [`${at} has no maxItems`] : []
}
