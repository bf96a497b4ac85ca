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
