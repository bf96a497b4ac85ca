import { randomUUID } from 'node:crypto'
import type { Instant, OrganisationId, PersonId } from '#core'
import { toInstant } from '#core'
import type { Database } from '#database'
import { createKeyring, roleNames } from '#identity'
import { personRoutes } from '#people'
import { createPaging } from '#http'
import {
  createProviderDirectory,
  personSignInRoutes,
  providerRoutes,
  rebindingRoutes,
  type ProviderWord,
} from '#single-sign-on'
import { testDatabase, type TestDatabase } from './database.ts'
import { aServer, type TestServer } from './http-server.ts'
import { anOrganisation, type TestOrganisation } from './identity-organisation.ts'
import type { TestClient, TestIdp } from './oidc-provider.ts'
import { TestBrowser } from './oidc-provider.ts'
import { testPlatform, type TestPlatform } from './platform.ts'

type Teardown = { teardown(work: () => unknown): void }

export type SignedIn = {
  readonly organisationId: OrganisationId
  readonly personId: PersonId
  readonly authentication: ProviderWord
}

export type SignOnService = {
  readonly server: TestServer
  readonly origin: string
  readonly database: Database
  readonly adminQuery: TestDatabase['adminQuery']
  readonly platform: TestPlatform
  readonly own: TestOrganisation
  readonly other: TestOrganisation
  /** Every person whose sign-in was accepted. */
  readonly signedIn: SignedIn[]
  /** Every person who was told something. */
  readonly told: { readonly personId: PersonId; readonly kind: string }[]
  readonly send: (
    method: string,
    url: string,
    as: string,
    body?: object,
  ) => Promise<{ status: number; body: any }> // oxlint-disable-line typescript/no-explicit-any
}

/** The routes of sign-on on a real socket, with a real database and two organisations; the clock is that of this machine now. */
export async function aSignOnService(t: Teardown): Promise<SignOnService> {
  const { database, adminQuery } = await testDatabase(t)
  const platform = testPlatform(now())
  const own = await anOrganisation(platform, database)
  const other = await anOrganisation(platform, database, 'Ander NV')
  const paging = createPaging(platform.secrets.derive('cursor'))
  const keyring = createKeyring({ platform, database })
  const signedIn: SignedIn[] = []
  const told: { personId: PersonId; kind: string }[] = []
  const signOnEgress = { allowLoopback: true }
  const directory = createProviderDirectory(platform, { ...signOnEgress, keyCooldown_ms: 0 })
  const deps = {
    platform,
    database,
    paging,
    signOnEgress,
    roleNames,
    directory,
    tellPerson: async (
      _trx: unknown,
      _organisationId: unknown,
      { personId, kind }: { personId: PersonId; kind: string },
    ) => void told.push({ personId, kind }),
    personSessions: {
      open: async (_request: unknown, _reply: unknown, proven: SignedIn) => void signedIn.push(proven),
    },
  }
  const server = aServer(
    (scope) => {
      providerRoutes(scope, deps)
      rebindingRoutes(scope, deps)
      personSignInRoutes(scope, deps)
      personRoutes(scope, deps)
    },
    {},
    { authenticateKey: keyring.authenticate },
  )
  const origin = await server.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => server.close())
  const send: SignOnService['send'] = async (method, url, as, body) => {
    const answer = await server.inject({
      method: method as 'GET',
      url,
      headers: {
        authorization: `Bearer ${as}`,
        host: new URL(origin).host,
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      },
      ...(body === undefined ? {} : { payload: body }),
    })
    return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() }
  }
  return { server, origin, database, adminQuery, platform, own, other, signedIn, told, send }
}

export function now(): Instant {
  return toInstant(new Date().toISOString())
}

/** Makes a provider of an organisation for an identity provider, and registers this service there. */
export async function aProvider(
  service: Pick<SignOnService, 'send'>,
  tenant: { readonly adminKey: string },
  idp: Pick<TestIdp, 'issuer'> & { readonly register?: (client: TestClient) => Promise<void> },
  wanted: object = {},
): Promise<{ readonly providerId: string; readonly clientId: string }> {
  const clientId = `beding-${randomUUID()}`
  const clientSecret = `secret-${randomUUID()}`
  const made = await service.send('POST', '/v1/sign-on-providers', tenant.adminKey, {
    name: 'Inloggen bij werk',
    issuer: idp.issuer,
    clientId,
    clientAuthentication: 'client-secret-basic',
    ...('clientAuthentication' in wanted ? {} : { clientSecret }),
    forPersons: true,
    forStaff: false,
    ...wanted,
  })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  const { providerId, redirectUris, publicJwk } = made.body
  await idp.register?.({
    clientId,
    redirectUris,
    ...(publicJwk === null
      ? { clientSecret }
      : { jwk: JSON.parse(publicJwk), authentication: 'private_key_jwt' as const }),
  })
  return { providerId, clientId }
}

/** Signs a person in from the first address to the last page, as a browser does. */
export async function signInAsPerson(
  service: Pick<SignOnService, 'origin'>,
  place: { readonly organisationId: string; readonly providerId: string; readonly query?: string },
  browser = new TestBrowser(),
): Promise<{
  readonly status: number
  readonly text: string
  readonly callback: URL
  readonly browser: TestBrowser
}> {
  const { origin } = service
  const begin = `${origin}/sign-in/sso/${place.organisationId}/${place.providerId}${place.query ?? ''}`
  const callback = await browser.follow(begin, (url) => url.pathname.includes('/callback/'))
  return { ...(await openCallback(service, callback, browser)), callback, browser }
}

export async function openCallback(
  service: Pick<SignOnService, 'origin'>,
  callback: URL | string,
  browser: TestBrowser,
): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(callback, {
    redirect: 'manual',
    headers: { cookie: browser.cookies(service.origin), 'accept-language': 'en' },
  })
  for (const header of answer.headers.getSetCookie()) browser.setCookie(service.origin, header)
  return { status: answer.status, text: await answer.text() }
}
