// Signing at a trust service from the pages of a person, as a browser without script does it.
import { HtmlValidate } from 'html-validate'
import t from 'tap'
import { aBrowser } from '../support/authentication.ts'
import { rowsIn } from '../support/portal-visit.ts'
import { aRemoteService } from '../support/remote-service.ts'
import { assigned, imported, published } from '../support/story.ts'

const { service, provider, keyOf } = await aRemoteService(t)
const { own, send } = service
const person = (name: string) => ({ externalId: name, givenName: 'Łucja', familyName: `de ${name}`, workEmail: `${name.toLowerCase()}@voorbeeld.example`, language: 'nl' as const }) // prettier-ignore
await imported(service, own, [person('Eerste'), person('Tweede')])
const links = await assigned(service, own, await published(service, own), 2)

const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', 'accept-language': 'nl' } // prettier-ignore
const encoded = (fields: Record<string, string>): string => new URLSearchParams(fields).toString()
const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: { 'long-title': 'off', 'require-sri': 'off', 'no-unused-disable': 'off' },
})

/** Somebody who entered with their link; every page they meet must be valid. */
async function aReader(name: string) {
  const browser = aBrowser(service)
  const entered = await browser.send('POST', '/c/enter', encoded({ link: links.get(`${name}@voorbeeld.example`)! }), form) // prettier-ignore
  const path = String(entered.headers['location'])
  const page = async (method: 'GET' | 'POST', url: string, fields?: Record<string, string>) => {
    const answer = await browser.send(method, url, fields === undefined ? undefined : encoded(fields), form)
    const text = answer.bytes.toString('utf8')
    if (text !== '') {
      const { results } = await validator.validateString(text)
      const faults = results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId} ${message}`)) // prettier-ignore
      if (faults.length > 0) throw new Error(`${url}: ${faults.join('; ')}`)
    }
    return { status: answer.status, text, location: answer.headers['location'] }
  }
  await page('GET', path)
  return { path, page }
}

const hrefOf = (text: string, start: string): string =>
  new RegExp(`href="(${start}[^"]*)"`).exec(text)![1]!.replaceAll('&amp;', '&')
const hiddenOf = (text: string): Record<string, string> =>
  Object.fromEntries([...text.slice(text.indexOf('class="answer"')).split('</form>')[0]!.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map((match) => [match[1]!, match[2]!])) // prettier-ignore

t.test('without a provider the page says so', async (t) => {
  const { path, page } = await aReader('eerste')
  const refused = await page('GET', `${path}/qualified`)
  t.equal(refused.status, 409)
  t.match(refused.text, 'Uw werkgever gebruikt nu geen ondertekendienst')
})

t.test('a person chooses, goes to the provider, comes back and has it recorded', async (t) => {
  const body = { name: 'Ondertekendienst & Co', baseUrl: provider.baseUrl, ...provider.client }
  await send('POST', '/v1/signing-providers', { as: own.keys['organisation-admin'], body })
  keyOf('Łucja', 'de Eerste')
  const { path, page } = await aReader('eerste')
  const choosing = await page('GET', `${path}/qualified`)
  t.match(choosing.text, 'Ondertekendienst &amp; Co')
  const remark = await page('POST', `${path}/qualified`, {
    statement: 'main',
    choice: 'agreed',
    reason: 'maar',
  })
  t.equal(remark.status, 422)
  t.match(remark.text, 'role="alert"')
  const leaving = await page('POST', `${path}/qualified`, { statement: 'main', choice: 'agreed', reason: '' })
  t.equal(leaving.status, 200)
  const back = await provider.visit(hrefOf(leaving.text, provider.url))
  const landed = await send('GET', `${back.pathname}${back.search}`)
  const returned = await page('GET', hrefOf(landed.bytes.toString('utf8'), '/my/ceremonies/'))
  t.equal(returned.status, 200)
  t.equal(await rowsIn(service, 'act'), 0, 'nothing is recorded by coming back')
  const finished = await page('POST', `${path}/qualified/acts`, hiddenOf(returned.text))
  t.equal(
    finished.status,
    303,
    finished.text
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .slice(0, 600),
  )
  const act = await page('GET', String(finished.location))
  t.equal(act.status, 200)
  t.match(await service.adminQuery('select signing_credential_id from act'), [{ signing_credential_id: 'key-1' }])
  const again = await page('POST', `${path}/qualified/acts`, hiddenOf(returned.text))
  t.ok([303, 409].includes(again.status), String(again.status))
  t.equal(await rowsIn(service, 'act'), 1)
})

t.test(
  'who says no, comes from elsewhere or has another name is told why, and nothing is recorded',
  async (t) => {
    keyOf('Jan', 'Jansen')
    const { path, page } = await aReader('tweede')
    const leave = async () => {
      const { text } = await page('POST', `${path}/qualified`, {
        statement: 'main',
        choice: 'seen',
        reason: '',
      })
      return hrefOf((await send('GET', ((back) => `${back.pathname}${back.search}`)(await provider.visit(hrefOf(text, provider.url))))).bytes.toString('utf8'), '/my/ceremonies/') // prettier-ignore
    }
    const returned = await page('GET', await leave())
    const other = await page('POST', `${path}/qualified/acts`, hiddenOf(returned.text))
    t.equal(other.status, 409)
    t.match(other.text, 'De naam bij de dienst is een andere')
    provider.setMood('denied')
    const denied = await page('GET', await leave())
    t.equal(denied.status, 409)
    t.match(denied.text, 'gaf geen toestemming')
    provider.setMood('good')
    const stranger = await aReader('eerste')
    const foreign = await stranger.page('GET', (await leave()).replace(path, stranger.path))
    t.match(foreign.text, 'hoort niet bij deze sessie')
    for (const challengeId of ['x', '', '00000000-0000-7000-8000-000000000000'])
      t.equal(
        (await page('POST', `${path}/qualified/acts`, { challengeId, code: 'c', state: 's' })).status,
        404,
      )
    t.equal(await rowsIn(service, 'act'), 1)
  },
)
