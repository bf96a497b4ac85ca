import { relayNotices, smtpChannel } from '#messages'
import type { TakenMail } from './mail-server.ts'
import { aMailServer, codeIn } from './mail-server.ts'
import type { TestAnswer, TestService } from './service.ts'

/** A browser that keeps one cookie, and says of each request that a page of ours made it. */
export type TestBrowser = {
  readonly send: (
    method: string,
    url: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<TestAnswer>
  /** The cookie as it would be sent, or undefined. */
  readonly cookie: () => string | undefined
  readonly setCookie: (cookie: string | undefined) => void
}

/** A browser at the service. Cookies that are set are kept, those that are taken away are dropped. */
export function aBrowser(service: TestService): TestBrowser {
  let kept: string | undefined
  return {
    cookie: () => kept,
    setCookie: (cookie) => void (kept = cookie),
    send: async (method, url, body, headers = { 'sec-fetch-site': 'same-origin' }) => {
      const answer = await service.send(method, url, {
        headers: { ...headers, ...(kept === undefined ? {} : { cookie: kept }) },
        ...(body === undefined ? {} : { body }),
      })
      const set = answer.headers['set-cookie']
      const [pair] = String(Array.isArray(set) ? set[0] : (set ?? '')).split(';')
      if (pair !== '' && pair !== undefined) kept = pair.endsWith('=') ? undefined : pair
      return answer
    },
  }
}

/** A browser with a visit of this link. */
export async function aVisit(service: TestService, link: string): Promise<TestBrowser> {
  const browser = aBrowser(service)
  const answer = await browser.send('POST', '/v1/visits', { link })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return browser
}

/** What a mail server of this test took, and a way to have everything that is due sent to it. */
export type TestMailbox = {
  readonly taken: readonly TakenMail[]
  /** Sends what is due; answers the mails that came. */
  readonly arrive: () => Promise<readonly TakenMail[]>
  /** The same, and the code in the one mail that came to an address. */
  readonly codeFor: (address: string) => Promise<string>
}

/** A real mail server on loopback as the channel of this service. */
export async function aMailbox(
  t: { teardown(work: () => unknown): void },
  service: TestService,
): Promise<TestMailbox> {
  const server = await aMailServer(t)
  const channel = smtpChannel(server.url, 'Beding <hr@voorbeeld.example>')
  t.teardown(() => channel.close())
  const { platform, database } = service
  const arrive = async () => {
    const before = server.taken.length
    await relayNotices({ platform, database, channel, publicUrl: 'http://127.0.0.1:8080' })
    return server.taken.slice(before)
  }
  return {
    taken: server.taken,
    arrive,
    codeFor: async (address) => {
      const mails = (await arrive()).filter((mail) => mail.to === address)
      const code = mails.flatMap((mail) => codeIn(mail.message) ?? []).at(-1)
      if (code === undefined) throw new Error(`no code came to ${address}`)
      return code
    },
  }
}

/** A browser in which a person signed in with a code to this address. */
export async function aSignIn(
  service: TestService,
  mailbox: TestMailbox,
  address: string,
): Promise<TestBrowser> {
  const browser = aBrowser(service)
  const { organisationId } = service.own
  const asked = await browser.send('POST', '/v1/sign-in-codes', { organisationId, address })
  const code = await mailbox.codeFor(address)
  const answer = await browser.send('POST', '/v1/sign-ins', { organisationId, codeId: asked.body.codeId, code }) // prettier-ignore
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return browser
}

/** Sets a private mailbox in a session, with the code that comes to it. */
export async function setPrivateMailbox(
  browser: TestBrowser,
  mailbox: TestMailbox,
  address: string,
): Promise<TestAnswer> {
  const asked = await browser.send('POST', '/v1/session/private-mailbox-codes', { address })
  if (asked.status !== 202) return asked
  const code = await mailbox.codeFor(address)
  return browser.send('PUT', '/v1/session/private-mailbox', { codeId: asked.body.codeId, code })
}
