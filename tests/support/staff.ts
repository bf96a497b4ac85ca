import { randomUUID } from 'node:crypto'
import { toInstant } from '#core'
import type { RoleName } from '#identity'
import { roleNames } from '#identity'
import { TestBrowser, type TestAccount, type TestIdp } from './oidc-provider.ts'
import type { TestClient } from './oidc-provider.ts'
import type { TestService, TestTenant } from './service.ts'
import { aProvider } from './sign-on.ts'

type Idp = TestIdp & { readonly register: (client: TestClient) => Promise<void> }

/** Somebody who is signed in: sends what a page of this service would send. */
export type SignedInStaff = {
  readonly browser: TestBrowser
  readonly cookie: string
  readonly send: (
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ) => Promise<{ status: number; body: any; text: string; headers: Headers }> // oxlint-disable-line typescript/no-explicit-any
}

/** Every role by a group of the same name. */
export const everyRole = {
  forPersons: false,
  forStaff: true,
  roleClaim: 'groups',
  roleMapping: roleNames.map((role) => ({ value: role, role })),
  secondFactorAcr: ['urn:example:strong'],
}

/** The service on a socket, with its clock at this moment, and a provider for the staff of a tenant. */
export async function aStaffPlace(service: TestService, tenant: TestTenant, idp: Idp, wanted: object = {}) {
  service.platform.setClock(toInstant(new Date().toISOString()))
  const origin = service.server.server.listening
    ? service.server.listeningOrigin
    : await service.server.listen({ host: '127.0.0.1', port: 0 })
  const { host } = new URL(origin)
  const send = async (method: string, url: string, as: string, body?: object) => {
    const answer = await service.send(method, url, {
      as,
      headers: { host },
      ...(body === undefined ? {} : { body }),
    })
    return { status: answer.status, body: answer.body }
  }
  const adminKey = tenant.keys['organisation-admin']
  const { providerId } = await aProvider({ send }, { adminKey }, idp, { ...everyRole, ...wanted })
  return { origin, providerId, organisationId: tenant.organisationId }
}

export type StaffPlace = Awaited<ReturnType<typeof aStaffPlace>>

/** Signs in as a new account in a role, or as the account that is given. */
export async function signInAsStaff(
  place: StaffPlace,
  idp: Idp,
  account: { readonly role?: RoleName; readonly subject?: string } & Partial<TestAccount> = {},
  browser = new TestBrowser(),
): Promise<SignedInStaff & { readonly status: number; readonly text: string; readonly subject: string }> {
  const { origin, organisationId, providerId } = place
  const subject = account.subject ?? `staff-${randomUUID()}`
  const { amr = ['pwd', 'mfa'] } = account
  const claims = account.claims ?? {
    name: `Naam van ${account.role ?? subject}`,
    email: 'x@voorbeeld.example',
    groups: [account.role],
  }
  idp.accounts.set(subject, { ...account, claims, amr })
  idp.signInAs(subject)
  const begin = `${origin}/staff/sign-in/${organisationId}/${providerId}`
  const callback = await browser.follow(begin, (url) => url.pathname.includes('/callback/'))
  const answer = await visit(origin, browser, callback)
  return { ...staffIn(origin, browser), status: answer.status, text: answer.text, subject }
}

/** Asks for an address as a browser does, keeping its cookies. */
export async function visit(origin: string, browser: TestBrowser, url: URL | string) {
  const headers = { cookie: browser.cookies(origin), 'accept-language': 'en' }
  const answer = await fetch(new URL(url, origin), { redirect: 'manual', headers })
  for (const header of answer.headers.getSetCookie()) browser.setCookie(origin, header)
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}

export function staffIn(origin: string, browser: TestBrowser): SignedInStaff {
  return {
    browser,
    cookie: browser.cookies(origin),
    send: async (method, path, body, headers = {}) => {
      const answer = await fetch(`${origin}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          cookie: browser.cookies(origin),
          ...(method === 'GET' ? {} : { origin, 'sec-fetch-site': 'same-origin' }),
          ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      const isJson = String(answer.headers.get('content-type')).includes('json')
      return {
        status: answer.status,
        text,
        body: isJson && text !== '' ? JSON.parse(text) : text,
        headers: answer.headers,
      }
    },
  }
}
