import { Secret, TOTP } from 'otpauth'
import t from 'tap'
import { millisecondsOf } from '#core'
import { aBrowser, aMailbox } from '../support/authentication.ts'
import type { TestBrowser } from '../support/authentication.ts'
import { testService } from '../support/service.ts'
import { aContent, assigned, imported, published, somePeople } from '../support/story.ts'

t.setTimeout(120_000)

const service = await testService(t)
const { own } = service
const people = somePeople(3)
await imported(service, own, people)
const first = await published(service, own)
const links = await assigned(service, own, first, people.length)
const mailbox = await aMailbox(t, service)
const work = (index: number): string => people[index]!.workEmail

const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
const post = (browser: TestBrowser, path: string, fields: Record<string, string> = {}) =>
  browser.send('POST', path, new URLSearchParams(fields).toString(), form)
const locationOf = (answer: { headers: Readonly<Record<string, unknown>> }): string => String(answer.headers['location'])
const decoded = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&') // prettier-ignore
const field = (body: string, name: string): string => decoded(new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '') // prettier-ignore

/** Signs in with a code to a mailbox, by the pages. */
async function signedIn(address: string): Promise<TestBrowser> {
  const browser = aBrowser(service)
  const asked = await post(browser, '/my/sign-in', { organisation: own.organisationId, returnTo: '/my', address })
  const page = await browser.send('GET', locationOf(asked))
  const code = await mailbox.codeFor(address)
  const entered = await post(browser, '/my/sign-in/code', { organisation: own.organisationId, returnTo: '/my', codeId: field(page.body, 'codeId'), code }) // prettier-ignore
  if (locationOf(entered) !== '/my') throw new Error(`${entered.status} ${entered.body}`)
  return browser
}

/** Answers a ceremony by its pages; gives the address of the receipt. */
async function answer(browser: TestBrowser, ceremony: string, choice: string, reason = ''): Promise<string> {
  await browser.send('GET', ceremony)
  const page = await browser.send('GET', `${ceremony}/confirm?statement=main&choice=${choice}`)
  const names = ['statement', 'choice', 'sentence', 'documentSha256', 'language', 'key']
  const sent = Object.fromEntries(names.map((name) => [name, field(page.body, name)]))
  return locationOf(await post(browser, `${ceremony}/acts`, { ...sent, reason }))
}

t.test('whether an address is known is not told; a code works once and only the right one', async (t) => {
  const pages = []
  for (const address of [work(0), 'nobody@voorbeeld.example']) {
    const browser = aBrowser(service)
    const asked = await post(browser, '/my/sign-in', { organisation: own.organisationId, returnTo: '/my', address })
    t.equal(asked.status, 303)
    const page = await browser.send('GET', locationOf(asked))
    pages.push(page.body.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '#'))
    const wrong = await post(browser, '/my/sign-in/code', { organisation: own.organisationId, returnTo: '/my', codeId: field(page.body, 'codeId'), code: 'AAAA-AAAA' }) // prettier-ignore
    t.equal(wrong.status, 422)
    t.match(wrong.body, 'Deze code klopt niet of is verlopen')
    t.equal(browser.cookie(), undefined)
  }
  t.equal(pages[0], pages[1])
  await mailbox.arrive()
  const missing = await post(aBrowser(service), '/my/sign-in', { organisation: own.organisationId, address: 'x' })
  t.equal(missing.status, 422)
  t.match((await service.send('GET', '/my/sign-in')).body, 'weet niet bij welke werkgever')
  const elsewhere = await post(aBrowser(service), '/my/sign-in', { organisation: own.organisationId, returnTo: 'https://elsewhere.example/my', address: work(0) }) // prettier-ignore
  t.match(locationOf(elsewhere), 'returnTo=%2Fmy')
  t.notMatch(locationOf(elsewhere), 'elsewhere')
})

t.test('to do, answer, proof, what applies, dispute', async (t) => {
  const browser = await signedIn(work(0))
  const list = await browser.send('GET', '/my')
  t.match(list.body, 'Şükrü Çağlar Jansen &amp; Zn &lt;test&gt;')
  const ceremony = /href="(\/my\/ceremonies\/[0-9a-f-]{36})"/.exec(list.body)![1]!
  const receipt = await answer(browser, ceremony, 'agreed')
  t.match(receipt, /shown=now$/)
  t.match((await browser.send('GET', receipt)).body, 'Uw antwoord is vastgelegd')
  t.match((await browser.send('GET', '/my')).body, 'U hebt niets te doen')
  t.match((await browser.send('GET', '/my/receipts')).body, 'Akkoord, 21 november 2026')
  const obligations = await browser.send('GET', '/my/obligations')
  t.match(obligations.body, 'Hiermee ging u akkoord')
  t.match(obligations.body, 'U ging akkoord op 21 november 2026')

  const path = receipt.split('?')[0]!
  for (const file of ['receipt.pdf', 'proof.tlog-proof']) {
    const sent = await browser.send('GET', `${path}/${file}`)
    t.equal(sent.status, 200, file)
    t.match(sent.headers['content-disposition'], 'attachment')
    t.match(sent.headers['content-security-policy'], 'sandbox')
  }
  t.match((await browser.send('GET', `${path}/evidence.zip`)).body, 'Nog even wachten')
  await service.runJobs()
  t.equal((await browser.send('GET', `${path}/evidence.zip`)).status, 200)

  const empty = await post(browser, `${path}/dispute`, { ground: 'x', words: ' ' })
  t.equal(empty.status, 422)
  t.match(empty.body, 'Kies wat er niet goed is.')
  const disputed = await post(browser, `${path}/dispute`, { ground: 'not-me', words: 'Ik was <b>ziek</b>.' })
  t.equal(locationOf(disputed), `${path}/disputed`)
  t.match((await browser.send('GET', `${path}/disputed`)).body, 'Uw verklaring is vastgelegd')
  const denied = await browser.send('GET', path)
  t.match(denied.body, 'Betwist')
  t.notMatch(denied.body, 'Ik betwist dit antwoord')
  t.match((await browser.send('GET', '/my/receipts')).body, 'Door u betwist')
})

t.test('a new version says rule by rule what changed since the one that was agreed to', async (t) => {
  const browser = await signedIn(work(2))
  const before = /href="(\/my\/ceremonies\/[0-9a-f-]{36})"/.exec((await browser.send('GET', '/my')).body)![1]!
  await answer(browser, before, 'agreed')
  const { keys } = own
  const content = aContent() as { rules: Record<string, unknown>[]; changeSummary: unknown }
  content.rules[0] = { ...content.rules[0], text: { nl: 'Wees respectvol, ook in besloten groepen.', en: 'Be respectful.' }, modality: 'advised' } // prettier-ignore
  content.rules.push({ ...content.rules[0], id: 'new', heading: { nl: 'Iets nieuws', en: 'Something new' } })
  const draft = await service.send('POST', `/v1/policies/${first.policyId}/drafts`, { as: keys['hr-author'], body: { content } })
  t.equal(draft.status, 201)
  const path = `/v1/policies/${first.policyId}/drafts/${draft.body.versionNumber}`
  const read = await service.send('GET', path, { as: keys['hr-author'] })
  await service.send('POST', `${path}/approvals`, { as: keys['hr-approver'], headers: { 'if-match': String(read.headers['etag']) } }) // prettier-ignore
  const version = await service.send('POST', `${path}/publications`, { as: keys['hr-publisher'], body: { effectiveFrom: '2026-11-22' } }) // prettier-ignore
  t.equal(version.status, 201)
  await assigned(service, own, { policyId: first.policyId, versionNumber: 2 }, people.length)
  const after = /href="(\/my\/ceremonies\/[0-9a-f-]{36})"/.exec((await browser.send('GET', '/my')).body)![1]!
  t.not(after, before)
  const page = await browser.send('GET', after)
  t.match(page.body, 'U ging op 21 november 2026 akkoord met versie 1')
  t.match(page.body, /<span class="badge badge-changed">Veranderd<\/span>/)
  t.match(page.body, /<span class="badge badge-added">Nieuw<\/span> <span>Iets nieuws/)
  t.match(page.body, 'Wees respectvol, ook in besloten groepen.')
})

t.test('one’s own mailbox, app and sessions are set by oneself, and nothing of it by a visit', async (t) => {
  const browser = await signedIn(work(1))
  const asWork = await post(browser, '/my/devices/mailbox', { address: work(1) })
  t.equal(asWork.status, 422)
  const asked = await post(browser, '/my/devices/mailbox', { address: 'lucja@thuis.example' })
  const page = await browser.send('GET', locationOf(asked))
  const code = await mailbox.codeFor('lucja@thuis.example')
  t.equal((await post(browser, '/my/devices/mailbox/code', { codeId: field(page.body, 'codeId'), code: 'AAAA-AAAA' })).status, 422) // prettier-ignore
  t.equal(locationOf(await post(browser, '/my/devices/mailbox/code', { codeId: field(page.body, 'codeId'), code })), '/my/devices') // prettier-ignore
  t.match((await browser.send('GET', '/my/devices')).body, 'lucja@thuis.example')

  const begun = await post(browser, '/my/devices/totp')
  const secret = /<p class="secret"[^>]*>([A-Z2-7]+)</.exec(begun.body)![1]!
  const app = new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30, algorithm: 'SHA1' })
  const shown = app.generate({ timestamp: millisecondsOf(service.platform.clock()) })
  const authenticatorId = field(begun.body, 'authenticatorId')
  t.equal((await post(browser, '/my/devices/totp/confirm', { authenticatorId, code: '000000' })).status, 422)
  t.equal(locationOf(await post(browser, '/my/devices/totp/confirm', { authenticatorId, code: shown })), '/my/devices')
  t.notMatch((await browser.send('GET', '/my/devices')).body, secret)

  const visit = aBrowser(service)
  await post(visit, '/c/enter', { link: links.get(work(1))! })
  const limited = await visit.send('GET', '/my/devices')
  t.notMatch(limited.body, 'lucja@thuis.example')
  t.equal((await post(visit, '/my/devices/totp')).status, 403)
  t.equal((await post(visit, '/my/devices/mailbox', { address: 'x@y.example' })).status, 403)

  t.match((await browser.send('GET', '/my/account')).body, 'Where you are signed in')
  t.equal(locationOf(await post(browser, '/my/sign-out-everywhere')), '/my/signed-out')
  t.equal((await visit.send('GET', '/my/devices')).status, 401, 'every session of the person is over')
})
