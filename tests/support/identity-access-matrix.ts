import { randomUUID } from 'node:crypto'
import type { Test } from 'tap'
import { listRoutes, type HttpServer, type RouteSummary } from '#http'
import { roleNames, roleRights, type RightName, type RoleName } from '#identity'
import { withKey, type TestOrganisation } from './identity-organisation.ts'

/** What is expected of a route, written down apart from the code. */
export type AccessRow = {
  readonly access: 'public' | 'link' | 'any' | RightName
  /** A body that passes the schema, so that what comes after it is reached. */
  readonly body?: object
}

/** Expectations by `METHOD /pattern`. */
export type AccessExpectation = Readonly<Record<string, AccessRow>>

export type AccessCase = {
  readonly server: HttpServer
  readonly expectation: AccessExpectation
  readonly own: TestOrganisation
  readonly other: TestOrganisation
  /** Path parameters that name things which exist in `own`. What is not named gets a random identifier. */
  readonly objects: Readonly<Record<string, string>>
}

const nobody = `beding_${'0'.repeat(64)}_${'A'.repeat(43)}`
let requestsSent = 0

/**
 * Holds every route against every role of the own and of another organisation. A route without a row fails, and so does
 * a row without a route.
 */
export async function checkAccess(t: Test, given: AccessCase): Promise<void> {
  await given.server.ready()
  const routes = listRoutes(given.server).filter(({ method, url }) => method !== 'HEAD' && !isPlumbing(url))
  const names = routes.map(nameOf)
  t.same(
    names.filter((name) => given.expectation[name] === undefined).toSorted(),
    [],
    'every route has a row',
  )
  t.same(
    Object.keys(given.expectation).filter((name) => !names.includes(name)),
    [],
    'every row has a route',
  )
  for (const route of destructiveLast(routes)) {
    const row = given.expectation[nameOf(route)]
    if (row === undefined) continue
    await t.test(nameOf(route), async (t) => checkRoute(t, given, route, row))
  }
}

async function checkRoute(t: Test, given: AccessCase, route: RouteSummary, row: AccessRow): Promise<void> {
  const declared = typeof route.access === 'string' ? route.access : route.access.right
  t.equal(declared, row.access, 'the route declares what is expected')
  const without = await send(given, route, row, undefined)
  if (row.access === 'public') {
    t.notOk([401, 403].includes(without.statusCode), 'anybody may')
    return
  }
  t.equal(without.statusCode, 401, 'nobody without credentials')
  t.equal((await send(given, route, row, nobody)).statusCode, 401, 'nobody with a key that does not exist')
  for (const role of roleNames) {
    await checkRole(t, given, route, row, role)
  }
}

async function checkRole(
  t: Test,
  given: AccessCase,
  route: RouteSummary,
  row: AccessRow,
  role: RoleName,
): Promise<void> {
  const foreign = await send(given, route, row, given.other.clients[role].key)
  if (!holds(role, row.access)) {
    const own = await send(given, route, row, given.own.clients[role].key)
    const status = row.access === 'link' ? 401 : 403
    t.equal(own.statusCode, status, `${role} may not`)
    t.equal(foreign.statusCode, status, `${role} elsewhere may not`)
    return
  }
  t.notOk([401, 403].includes(foreign.statusCode), `${role} elsewhere may do it at home`)
  if (route.url.includes(':') && namesObjectOf(given, route)) {
    t.equal(foreign.statusCode, 404, `${role} elsewhere does not find what is here`)
  }
  for (const id of Object.values(given.objects).filter(isIdentifier)) {
    t.notMatch(foreign.body, id, `${role} elsewhere sees no identifier from here`)
  }
  const own = await send(given, route, row, given.own.clients[role].key)
  t.notOk([401, 403, 500].includes(own.statusCode), `${role} may (${own.statusCode})`)
  if (route.method === 'GET' && namesAllObjects(given, route))
    t.equal(own.statusCode, 200, `${role} finds it here`)
}

function holds(role: RoleName, access: AccessRow['access']): boolean {
  return access === 'any' || (roleRights[role] as readonly string[]).includes(access)
}

async function send(given: AccessCase, route: RouteSummary, row: AccessRow, key: string | undefined) {
  const url = route.url.replaceAll(
    /:([A-Za-z]+)/g,
    (_all, name: string) => given.objects[name] ?? randomUUID(),
  )
  const hasBody = row.body !== undefined
  return given.server.inject({
    method: route.method as 'GET',
    url,
    headers: {
      ...(key === undefined ? {} : withKey(key)),
      ...(route.idempotent
        ? { 'idempotency-key': `access-matrix-${String(++requestsSent).padStart(8, '0')}` }
        : {}),
      ...(route.conditional ? { 'if-match': '"0"' } : {}),
    },
    ...(hasBody ? { payload: row.body } : {}),
  })
}

function parametersOf(route: RouteSummary): string[] {
  return [...route.url.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1]!)
}

function namesObjectOf(given: AccessCase, route: RouteSummary): boolean {
  return parametersOf(route).some((name) => isIdentifier(given.objects[name] ?? ''))
}

function namesAllObjects(given: AccessCase, route: RouteSummary): boolean {
  const parameters = parametersOf(route)
  return parameters.length > 0 && parameters.every((name) => given.objects[name] !== undefined)
}

function isIdentifier(text: string): boolean {
  return /^[0-9a-f]{8}-/.test(text)
}

function nameOf(route: RouteSummary): string {
  return `${route.method} ${route.url}`
}

/** The pages about the interface, which plugins add; their being public is checked by a test of `http`. */
function isPlumbing(url: string): boolean {
  return url.startsWith('/documentation') || url.startsWith('/problems')
}

function destructiveLast(routes: readonly RouteSummary[]): RouteSummary[] {
  return [...routes].toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))
}
