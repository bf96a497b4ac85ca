import t from 'tap'
import { aBrowser } from '../support/authentication.ts'
import { rowsIn } from '../support/portal-visit.ts'
import type { TestService } from '../support/service.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'

const service = await testService(t)
const people = somePeople(6)
await imported(service, service.own, people)
const version = await published(service, service.own)
const links = await assigned(service, service.own, version, people.length)
const linkOf = (index: number): string => links.get(people[index]!.workEmail)!

const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
const encoded = (fields: Record<string, string>): string => new URLSearchParams(fields).toString()

/** A browser that entered with this link. */
async function visiting(of: TestService, link: string) {
  const browser = aBrowser(of)
  const entered = await browser.send('POST', '/c/enter', encoded({ link }), form)
  return { browser, entered, path: String(entered.headers['location'] ?? '') }
}

t.test('opening the address of a link, as scanners and previews do, records nothing and sets nothing', async (t) => {
  for (const agent of ['Mozilla/5.0 (compatible; SafeLinks)', 'facebookexternalhit/1.1', 'WhatsApp/2.23']) {
    for (const method of ['GET', 'HEAD'] as const) {
      const answer = await service.send(method, '/c?utm_source=mail&utm_source=again', { headers: { 'user-agent': agent } })
      t.equal(answer.status, 200)
      t.notOk(answer.headers['set-cookie'])
    }
  }
  t.equal(await rowsIn(service, 'opening'), 0)
  t.equal((await service.send('GET', '/my')).status, 401)
}) // prettier-ignore

t.test('a link is entered by a form of our own page only', async (t) => {
  for (const headers of [
    {},
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
  ]) {
    const answer = await service.send('POST', '/c/enter', { body: encoded({ link: linkOf(0) }), headers: { 'content-type': form['content-type'], ...headers } }) // prettier-ignore
    t.equal(answer.status, 403)
    t.match(answer.body, 'Dit kwam niet van deze pagina')
    t.notOk(answer.headers['set-cookie'])
  }
})

t.test('what is no link is told so, in a page, and enters nothing', async (t) => {
  for (const link of ['x', `${'0'.repeat(32)}.${'A'.repeat(43)}`, `${linkOf(0)}x`, linkOf(0).slice(0, -1)]) {
    const { entered } = await visiting(service, link)
    t.equal(entered.status, 401)
    t.match(entered.headers['content-type'], 'text/html')
    t.match(entered.body, 'Deze link werkt niet')
    t.notOk(entered.headers['set-cookie'])
  }
  const { entered } = await visiting(service, '')
  t.equal(entered.status, 422)
  t.match(entered.body, 'Plak de link')
})

t.test('a link pasted whole leads to its ceremony, by a cookie that scripts do not see', async (t) => {
  const { entered, path, browser } = await visiting(service, `https://voorbeeld.example/c#${linkOf(0)}`)
  t.equal(entered.status, 303)
  t.match(path, /^\/my\/ceremonies\/[0-9a-f-]{36}$/)
  t.match(String(entered.headers['set-cookie']), /HttpOnly; SameSite=Strict/)
  const page = await browser.send('GET', path)
  t.equal(page.status, 200)
  t.equal(page.headers['cache-control'], 'no-store')
  t.match(page.headers['content-security-policy'], "script-src 'self'")
  t.equal(await rowsIn(service, 'opening'), 1)
})

t.test('a visit sees its own ceremony and nothing else of anybody', async (t) => {
  const one = await visiting(service, linkOf(0))
  const two = await visiting(service, linkOf(1))
  const foreign = await one.browser.send('GET', two.path)
  t.equal(foreign.status, 404)
  t.match(foreign.headers['content-type'], 'text/html')
  for (const path of ['/my/receipts', '/my/obligations', '/my/account']) {
    const answer = await one.browser.send('GET', path)
    t.equal(answer.status, 403, path)
    t.match(answer.body, 'U kunt dit hier niet zien')
  }
  t.equal((await one.browser.send('GET', '/my')).headers['location'], one.path)
})

t.test('whoever asks without a session gets the way in, and no JSON', async (t) => {
  const answer = await service.send('GET', '/my/receipts', { headers: { 'accept-language': 'en' } })
  t.equal(answer.status, 401)
  t.match(answer.body, '<h1>Sign in</h1>')
  t.match(answer.headers['content-type'], 'text/html')
})

t.test('a form with a mistake is drawn again with what was typed; one that was tampered with is refused', async (t) => {
  const { browser, path } = await visiting(service, linkOf(2))
  await browser.send('GET', path)
  const page = await browser.send('GET', `${path}/confirm?statement=main&choice=declined`)
  t.equal(page.status, 200)
  const value = (name: string): string => {
    const found = new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? ''
    return found.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'")
  }
  const sent = Object.fromEntries(['statement', 'choice', 'sentence', 'documentSha256', 'language', 'key'].map((name) => [name, value(name)])) as Record<string, string>
  const post = (changes: Record<string, string>) => browser.send('POST', `${path}/acts`, encoded({ ...sent, ...changes }), form)

  const missing = await post({ reason: ' \r\n ' })
  t.equal(missing.status, 422)
  t.match(missing.body, 'Schrijf uw reden op.')
  const thumb = await post({ reason: 'Nee 👍 <b>' })
  t.equal(thumb.status, 422)
  t.match(thumb.body, 'Haal dit teken uit uw tekst: 👍')
  t.match(thumb.body, 'Nee 👍 &lt;b&gt;</textarea>')
  const changed = await post({ reason: 'Nee', sentence: 'Ik ga akkoord met alles.' })
  t.equal(changed.status, 409)
  t.match(changed.body, 'De tekst is veranderd')
  const other = await post({ reason: 'Nee', documentSha256: '0'.repeat(64) })
  t.equal(other.status, 409)
  for (const broken of [{ key: 'x' }, { statement: 'other' }, { choice: 'agreed-with-everything' }])
    t.equal((await post({ reason: 'Nee', ...broken })).status, 400)
  t.equal(await rowsIn(service, 'act'), 0)

  const recorded = await post({ reason: 'Nee.\r\nEerst overleg.' })
  t.equal(recorded.status, 303)
  t.match(recorded.headers['location'], /^\/my\/acts\/[0-9a-f-]{36}\?shown=now$/)
  const again = await post({ reason: 'Nee.\r\nEerst overleg.' })
  t.equal(again.headers['location'], recorded.headers['location'], 'the same form leads to the same receipt')
  t.equal(await rowsIn(service, 'act'), 1)
}) // prettier-ignore

t.test('somebody else at the link has a way out, which is recorded and closes the link', async (t) => {
  const { browser, path } = await visiting(service, linkOf(3))
  await browser.send('GET', path)
  t.match((await browser.send('GET', `${path}/not-for-me`)).body, 'This is not for me')
  const reported = await browser.send('POST', `${path}/not-for-me`, undefined, {
    'sec-fetch-site': 'same-origin',
  })
  t.equal(reported.headers['location'], '/my/not-for-me')
  t.equal(browser.cookie(), undefined, 'the visit is over')
  t.equal(await rowsIn(service, 'misdelivery'), 1)
  const back = await visiting(service, linkOf(3))
  t.match((await back.browser.send('GET', back.path)).body, 'reported as sent to the wrong person')
})

t.test('a page that was kept open over a withdrawal records nothing and says what happened', async (t) => {
  const { browser, path } = await visiting(service, linkOf(4))
  await browser.send('GET', path)
  const page = await browser.send('GET', `${path}/confirm?statement=main&choice=seen`)
  const key = /name="key" value="([^"]*)"/.exec(page.body)![1]!
  const withdrawn = await service.send('POST', `/v1/policies/${version.policyId}/versions/1/withdrawals`, {
    as: service.own.keys['hr-publisher'],
    body: { withdrawnFrom: '2026-11-21', reason: 'Fout.' },
  })
  t.equal(withdrawn.status, 201)
  const sent = {
    statement: 'main',
    choice: 'seen',
    sentence: 'x',
    documentSha256: '0'.repeat(64),
    language: 'nl',
    key,
  }
  const answer = await browser.send('POST', `${path}/acts`, encoded(sent), form)
  t.equal(answer.status, 303)
  const told = await browser.send('GET', String(answer.headers['location']))
  t.match(told.body, 'Dit document is ingetrokken')
})
