type Json = Readonly<Record<string, unknown>>
type Operation = {
  readonly path: string
  readonly method: string
  readonly name: string
  readonly value: Json
}

const methods = ['get', 'put', 'post', 'delete', 'patch']
const kebabPath = /^\/(?:openapi\.json|(?:[a-z0-9-]+|\{[a-zA-Z]+\})(?:\/(?:[a-z0-9.-]+|\{[a-zA-Z]+\}))*)?$/
const camel = /^[a-z][a-z\d]*(?:[A-Z][a-z\d]*)*$/
const pascal = /^[A-Z][A-Za-z\d]*$/
const semver = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[\dA-Za-z.-]+)?(?:\+[\dA-Za-z.-]+)?$/

/**
 * Where a document breaks our rules: those of the NLGov REST API Design Rules 2.2 that a machine can see, and our own
 * on top (every object closed, every refusal declared). Empty when nowhere.
 */
export function ruleBreaks(document: unknown): string[] {
  const root = document as Json
  const operations = operationsOf(root)
  return [
    ...aboutTheDocument(root),
    ...duplicates(operations.map(({ value }) => String(value['operationId']))).map(
      (id) => `operationId ${id} is used twice`,
    ),
    ...Object.keys(at(root, 'paths')).flatMap(aboutAPath),
    ...operations.flatMap((operation) => aboutAnOperation(root, operation)),
    ...Object.keys(at(root, 'components', 'schemas'))
      .filter((name) => !pascal.test(name))
      .map((name) => `schema ${name} is not UpperCamelCase`),
    ...aboutSchemas(root, ''),
    ...danglingReferences(root),
  ]
}

function aboutTheDocument(root: Json): string[] {
  const breaks: string[] = []
  const contact = at(root, 'info', 'contact')
  const servers = (root['servers'] ?? []) as Json[]
  if (!/^3\.1\.\d+$/.test(String(root['openapi']))) breaks.push('the document is not OpenAPI 3.1')
  for (const field of ['name', 'email', 'url']) {
    if (typeof contact[field] !== 'string') breaks.push(`info.contact has no ${field}`)
  }
  if (!semver.test(String(at(root, 'info')['version']))) breaks.push('info.version is not semver')
  if (servers.length === 0) breaks.push('no server')
  for (const { url } of servers) {
    if (!/\/v\d+$/.test(String(url))) breaks.push(`the server ${String(url)} does not end in a major version`)
    if (!/^(?:https:\/\/|\/)/.test(String(url)))
      breaks.push(`the server ${String(url)} is neither https nor relative`)
  }
  if (at(root, 'paths')['/openapi.json'] === undefined)
    breaks.push('the document is not published as /openapi.json')
  return breaks
}

function aboutAPath(path: string): string[] {
  const breaks: string[] = []
  if (!kebabPath.test(path)) breaks.push(`${path} is not kebab-case`)
  if (path.endsWith('/')) breaks.push(`${path} ends in a slash`)
  for (const [, name] of path.matchAll(/\{(\w+)\}/g)) {
    if (!camel.test(name!)) breaks.push(`${path}: the parameter ${name!} is not camelCase`)
  }
  return breaks
}

function aboutAnOperation(root: Json, { path, method, name, value }: Operation): string[] {
  const breaks: string[] = []
  const parameters = (value['parameters'] ?? []) as { in: string; name: string; schema?: unknown }[]
  const answers = at(value, 'responses')
  if (!methods.includes(method)) breaks.push(`${name}: the method is not a standard one`)
  if (!camel.test(String(value['operationId']))) breaks.push(`${name} has no operationId in camelCase`)
  if (typeof value['summary'] !== 'string') breaks.push(`${name} has no summary`)
  if (!Array.isArray(value['tags']) || value['tags'].length !== 1)
    breaks.push(`${name} has not exactly one tag`)
  if (!Array.isArray(value['security'])) breaks.push(`${name} does not say who may call it`)
  for (const parameter of parameters.filter((each) => each.in === 'query' && !camel.test(each.name))) {
    breaks.push(`${name}: the query parameter ${parameter.name} is not camelCase`)
  }
  const described = parameters.filter((each) => each.in === 'path').map((each) => each.name)
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
  if (described.toSorted().join() !== inPath.toSorted().join())
    breaks.push(`${name} does not describe its path`)
  if (!Object.keys(answers).some((status) => /^[23]\d\d$/.test(status)))
    breaks.push(`${name} declares no success`)
  return [...breaks, ...missingStatuses(name, method, value), ...Object.entries(answers).flatMap(([status, answer]) => aboutAnAnswer(root, `${name} ${status}`, status, answer as Json))] // prettier-ignore
}

/** Every answer that can come must be declared, or a client cannot be made from the document. */
function missingStatuses(name: string, method: string, operation: Json): string[] {
  const answers = at(operation, 'responses')
  const security = (operation['security'] ?? []) as unknown[]
  const parameters = (operation['parameters'] ?? []) as { in: string; name: string }[]
  const needed = ['400', '500', '503']
  if (security.length > 0) needed.push('401')
  if (security.some((each) => Object.hasOwn(each as object, 'apiKey'))) needed.push('403')
  if (method !== 'get') needed.push('413', '415')
  if (parameters.some((each) => each.in === 'path') && security.length > 0) needed.push('404')
  if (parameters.some((each) => each.name === 'Idempotency-Key')) needed.push('422')
  if (parameters.some((each) => each.name === 'If-Match')) needed.push('412', '428')
  return needed
    .filter((status) => answers[status] === undefined)
    .map((status) => `${name} does not declare ${status}`)
}

function aboutAnAnswer(root: Json, name: string, status: string, answer: Json): string[] {
  const breaks: string[] = []
  const content = at(answer, 'content')
  if (typeof answer['description'] !== 'string' || answer['description'] === 'Default Response') {
    breaks.push(`${name} has no description`)
  }
  if (/^[23]/.test(status) && at(answer, 'headers')['API-Version'] === undefined) {
    breaks.push(`${name} does not declare the header API-Version`)
  }
  if (!/^[45]/.test(status)) return breaks
  if (Object.keys(content).join() !== 'application/problem+json')
    breaks.push(`${name} is not application/problem+json`)
  const schema = resolve(root, at(content, 'application/problem+json', 'schema'))
  for (const member of ['status', 'title', 'detail', 'type', 'instance', 'code']) {
    if (at(schema, 'properties')[member] === undefined) breaks.push(`${name} has no ${member}`)
    if (!((schema['required'] ?? []) as string[]).includes(member))
      breaks.push(`${name} does not promise ${member}`)
  }
  return breaks
}

/** Walks everything that is a schema: objects are closed, dates say so, no local times. */
function aboutSchemas(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => aboutSchemas(each, `${path}/${index}`))
  if (typeof value !== 'object' || value === null) return []
  const node = value as Json
  const breaks: string[] = []
  if (
    node['type'] === 'object' &&
    node['additionalProperties'] !== false &&
    node['additionalProperties'] === undefined
  ) {
    breaks.push(`${path} is an open object`)
  }
  if (node['format'] === 'time' || node['format'] === 'date-time-local')
    breaks.push(`${path} is a local time`)
  if (node['x-component'] !== undefined || node['$id'] !== undefined)
    breaks.push(`${path} was not made a component`)
  for (const [name, schema] of Object.entries(at(node, 'properties'))) {
    if (node['type'] !== 'object') continue
    const formats = JSON.stringify(schema).match(/"format":"[a-z-]+"/g) ?? []
    const isDay = /^(?:date|\w+Date)$/.test(name)
    if (isDay && formats.join() !== '"format":"date"')
      breaks.push(`${path}: ${name} is a day but not of format date`)
    if (!camel.test(name)) breaks.push(`${path}: ${name} is not camelCase`)
  }
  return [...breaks, ...Object.entries(node).flatMap(([key, child]) => aboutSchemas(child, `${path}/${key}`))]
}

function danglingReferences(root: Json): string[] {
  const references = [...JSON.stringify(root).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!)
  return [...new Set(references)]
    .filter((reference) => Object.keys(resolve(root, { $ref: reference })).length === 0)
    .map((reference) => `${reference} leads nowhere`)
}

function resolve(root: Json, schema: Json): Json {
  const reference = schema['$ref']
  return typeof reference === 'string' ? at(root, ...reference.slice(2).split('/')) : schema
}

function operationsOf(root: Json): Operation[] {
  return Object.entries(at(root, 'paths')).flatMap(([path, item]) =>
    Object.entries(item as Json).map(([method, value]) => ({
      path,
      method,
      name: `${method.toUpperCase()} ${path}`,
      value: value as Json,
    })),
  )
}

function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}

function at(node: Json, ...keys: readonly string[]): Json {
  let found: unknown = node
  for (const key of keys) found = (found as Json | undefined)?.[key]
  return (found ?? {}) as Json
}
