import { randomUUID } from 'node:crypto'
import type { Test } from 'tap'
import { listRoutes, type HttpServer, type RouteSummary } from '#http'
import { roleNames, roleRights, type RightName, type RoleName } from '#identity'
import { routeReads, staffRights } from '#staff'
import type { StaffCookies } from './staff-sessions.ts'

type Keys = Readonly<Record<RoleName, string>>
type Objects = Readonly<Record<string, string>>

/** What is expected of a route, written down apart from the code. */
export type AccessRow = {
  readonly access: 'public' | 'link' | 'person' | 'link-or-person' | 'any' | RightName
  /** A body and a query that pass the schema, so that what comes after it is reached. */
  readonly body?: object
  readonly query?: string
  /** Path parameters that differ from those of the case. */
  readonly objects?: Objects
}

/** Expectations by `METHOD /pattern`. */
export type AccessExpectation = Readonly<Record<string, AccessRow>>

export type AccessCase = {
  readonly server: HttpServer
  readonly expectation: AccessExpectation
  /** A key of each role in the organisation that has the objects. */
  readonly own: Keys
  /** A key of each role in another one. */
  readonly other: Keys
  /** Path parameters that name things which exist in the own organisation. What is not named gets a random identifier. */
  readonly objects: Objects
  /** The token of a link of the own organisation, where the server knows links. */
  readonly link?: string
  /** A cookie with the session of a person of the own organisation, where the server knows sessions. */
  readonly session?: () => Promise<string>
  /** Sessions of people of the own organisation who signed in, where the server knows those. */
  readonly staff?: StaffCookies
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
  const rows = Object.keys(given.expectation)
  t.same(names.filter((name) => !rows.includes(name)), [], 'every route has a row') // prettier-ignore
  t.same(rows.filter((name) => !names.includes(name)), [], 'every row has a route') // prettier-ignore
  for (const route of destructiveLast(routes)) {
    const row = given.expectation[nameOf(route)]
    if (row !== undefined) await t.test(nameOf(route), (t) => checkRoute(t, given, route, row))
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
  if (given.link !== undefined) {
    const byLink = await send(given, route, row, given.link)
    t.equal(
      byLink.statusCode === 401,
      !['link', 'link-or-person'].includes(row.access),
      'the holder of a link may act, and nothing else',
    )
  }
  if (given.session !== undefined) {
    const inSession = await send(given, route, row, undefined, await given.session())
    t.equal(
      inSession.statusCode === 401,
      !['person', 'link-or-person'].includes(row.access),
      'a person with a session may, and nothing else',
    )
  }
  for (const role of given.staff === undefined ? [] : staffToAsk(row))
    await checkStaff(t, given, route, row, role)
  for (const role of roleNames) {
    if (holds(role, row.access)) await checkHolder(t, given, route, row, role)
    else await checkOutsider(t, given, route, row, role)
  }
}

/** A role without the right is told so, here and elsewhere. A key is not a link. */
async function checkOutsider(
  t: Test,
  given: AccessCase,
  route: RouteSummary,
  row: AccessRow,
  role: RoleName,
) {
  const status = ['link', 'person', 'link-or-person'].includes(row.access) ? 401 : 403
  t.equal((await send(given, route, row, given.own[role])).statusCode, status, `${role} may not`)
  t.equal((await send(given, route, row, given.other[role])).statusCode, status, `${role} elsewhere may not`)
}

/** A role with the right may at home, and elsewhere there is nothing of ours. */
async function checkHolder(t: Test, given: AccessCase, route: RouteSummary, row: AccessRow, role: RoleName) {
  const identifiers = Object.values({ ...given.objects, ...row.objects }).filter(isIdentifier)
  const foreign = await send(given, route, row, given.other[role])
  t.notOk(
    [401, 403, 500].includes(foreign.statusCode),
    `${role} elsewhere may do it there (${foreign.statusCode})`,
  )
  if (parametersOf(route).some((name) => isIdentifier(given.objects[name] ?? ''))) {
    t.equal(foreign.statusCode, 404, `${role} elsewhere does not find what is here`)
  }
  const body = JSON.stringify(row.body ?? '')
  if (identifiers.some((id) => body.includes(id))) {
    t.ok(foreign.statusCode >= 400, `${role} elsewhere cannot use what is here (${foreign.statusCode})`)
  }
  const seen = identifiers.filter((id) => foreign.body.includes(id))
  t.same(seen, [], `${role} elsewhere sees no identifier from here`)
  const own = await send(given, route, row, given.own[role])
  t.notOk([401, 403, 500].includes(own.statusCode), `${role} may (${own.statusCode})`)
  if (route.method === 'GET' && namesAllObjects(given, route))
    t.equal(own.statusCode, 200, `${role} finds it here`)
}

/** Everybody who may, and one who may not; that every other role may not is shown with their keys. */
function staffToAsk(row: AccessRow): RoleName[] {
  const may = roleNames.filter(
    (role) => row.access === 'any' || staffRights(role).has(row.access as RightName),
  )
  return [...may, ...roleNames.filter((role) => !may.includes(role)).slice(0, 1)]
}

/**
 * Somebody who signed in may what a program of the role may, with a second factor where it matters; a lawyer without a
 * matter reads nothing that is of anybody.
 */
async function checkStaff(t: Test, given: AccessCase, route: RouteSummary, row: AccessRow, role: RoleName) {
  const { strong, weak } = given.staff![role]
  const { statusCode, body } = await send(given, route, row, undefined, strong)
  if (['link', 'person', 'link-or-person'].includes(row.access)) {
    t.equal(statusCode, 401, `${role} who signed in is not that person`)
    return
  }
  const mayAtAll = row.access === 'any' || staffRights(role).has(row.access as RightName)
  if (!mayAtAll) t.equal(statusCode, 403, `${role} who signed in may not`)
  else if (role === 'lawyer' && routeReads[nameOf(route)] !== 'open')
    t.ok(statusCode >= 400 && statusCode < 500, `a lawyer without a matter reads nothing (${statusCode})`)
  else
    t.notOk(
      [401, 403, 500].includes(statusCode),
      `${role} who signed in may (${statusCode} ${body.slice(0, 200)})`,
    )
  if (!mayAtAll || !stepUp.has(row.access)) return
  const without = await send(given, route, row, undefined, weak)
  t.equal(without.statusCode, 403, `${role} without a second factor may not`)
  t.match(without.body, /step-up-required/)
}

const stepUp = new Set<string>([
  'policy.publish',
  'policy.withdraw',
  'dossier.create',
  'dossier.read',
  'person.export',
])

function holds(role: RoleName, access: AccessRow['access']): boolean {
  return access === 'any' || (roleRights[role] as readonly string[]).includes(access)
}

async function send(
  given: AccessCase,
  route: RouteSummary,
  row: AccessRow,
  key: string | undefined,
  cookie?: string,
) {
  const objects = { ...given.objects, ...row.objects }
  const path = route.url.replaceAll(/:([A-Za-z]+)|\*/g, (_all, name = '*') => objects[name] ?? randomUUID())
  return given.server.inject({
    method: route.method as 'GET',
    url: row.query === undefined ? path : `${path}?${row.query}`,
    headers: {
      'sec-fetch-site': 'same-origin',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(cookie === undefined ? {} : { cookie }),
      ...(route.idempotent
        ? { 'idempotency-key': `access-matrix-${String(++requestsSent).padStart(8, '0')}` }
        : {}),
      ...(route.conditional ? { 'if-match': '"0"' } : {}),
    },
    ...(row.body === undefined ? {} : { payload: row.body }),
  })
}

function parametersOf(route: RouteSummary): string[] {
  return Array.from(route.url.matchAll(/:([A-Za-z]+)/g), (match) => match[1]!)
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
  return routes.toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))
}
