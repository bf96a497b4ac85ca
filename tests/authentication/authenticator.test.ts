import { Secret, TOTP } from 'otpauth'
import t from 'tap'
import { millisecondsOf } from '#core'
import { aMailbox, aSignIn, aVisit, setPrivateMailbox } from '../support/authentication.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, adminQuery, platform } = service
const people = somePeople(3)
await imported(service, own, people)
const links = await assigned(service, own, await published(service, own), 3)
const mailbox = await aMailbox(t, service)
const hour_ms = 3_600_000
const work = (index: number): string => people[index]!.workEmail

/** What an app shows that holds this secret, `steps` away from now. */
function shownBy(secret: string, steps = 0): string {
  const app = new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30, algorithm: 'SHA1' })
  return app.generate({ timestamp: millisecondsOf(platform.clock()) + steps * 30_000 })
}

/** Enrols an app in a session of this mailbox; gives the session and the secret. */
async function enrolled(address: string) {
  const browser = await aSignIn(service, mailbox, address)
  const begun = await browser.send('POST', '/v1/session/authenticators')
  const path = `/v1/session/authenticators/${begun.body.authenticatorId}`
  const confirmed = await browser.send('POST', `${path}/confirmations`, { code: shownBy(begun.body.secret) })
  platform.advanceClock(30_000)
  return { browser, path, secret: begun.body.secret as string, begun, confirmed }
}

t.test(
  '6: an app is shown once, counts from its first code, cools, and is told to every mailbox',
  async (t) => {
    const { browser, path, secret, begun, confirmed } = await enrolled(work(0))
    t.match(begun.body.uri, /^otpauth:\/\/totp\//)
    t.match([confirmed.status, confirmed.body.knownBy], [200, 'mailbox-employer'])
    t.same((await mailbox.arrive()).map((mail) => mail.to), [work(0)]) // prettier-ignore
    t.notMatch(JSON.stringify((await browser.send('GET', '/v1/session/means')).body), secret)
    const raw = Buffer.from(Secret.fromBase32(secret).bytes)
    for (const table of ['totp_authenticator', 'notice', 'entry_disclosure', 'authentication_record'])
    for (const form of [secret, raw.toString('hex'), raw.toString('base64url')])
      t.same(await adminQuery(`select 1 from beding.${table} as each where each::text like '%${form}%'`), [], table) // prettier-ignore
    t.equal((await browser.send('POST', `${path}/confirmations`, { code: shownBy(secret) })).body.code, 'authenticator-not-found') // prettier-ignore
    t.equal((await browser.send('POST', '/v1/session/authenticators')).body.code, 'authenticator-present')
    const early = await browser.send('POST', '/v1/session/authentications', {
      code: shownBy(secret),
    })
    t.match([early.status, early.body.assurance], [200, 'mailbox-employer'], 'while it cools')
    platform.advanceClock(72 * hour_ms)
    const visit = await aVisit(service, links.get(work(0))!)
    const stepped = await visit.send('POST', '/v1/session/authentications', { code: shownBy(secret) }) // prettier-ignore
    t.match([stepped.status, stepped.body.assurance, stepped.body.kind], [200, 'phone-otp', 'visit'], 'a visit shows more, and sees no more') // prettier-ignore
  },
)

t.test('a code of an app works once, in a narrow time, and not for ever at will', async (t) => {
  const { browser, secret } = await enrolled(work(1))
  const use = (code: string) => browser.send('POST', '/v1/session/authentications', { code }) // prettier-ignore
  const code = shownBy(secret)
  const tabs = await Promise.all([use(code), use(code), use(code)])
  t.same(tabs.map((each) => each.status).toSorted(), [200, 422, 422], 'of three tabs one')
  platform.advanceClock(60_000)
  t.equal((await use(shownBy(secret, -2))).status, 422, 'two steps ago')
  t.equal((await use(shownBy(secret, 2_880))).status, 422, 'a clock a day ahead')
  t.equal((await use(shownBy(secret, 1))).status, 200, 'one step ahead')
  t.equal((await use(shownBy(secret))).status, 422, 'and nothing before it any more')
  platform.advanceClock(60_000)
  for (let tries = 0; tries < 4; tries++) t.equal((await use('000000')).status, 422)
  t.equal((await use(shownBy(secret))).status, 422, 'after five failures not even what is right')
  platform.advanceClock(15 * 60_000)
  t.equal((await use(shownBy(secret))).status, 200)
})

t.test('what is known better needs no cooling, and a lost phone shuts nobody out', async (t) => {
  const first = await aSignIn(service, mailbox, work(2))
  await setPrivateMailbox(first, mailbox, 'kim@thuis.example')
  await mailbox.arrive()
  platform.advanceClock(72 * hour_ms)
  const { path, confirmed } = await enrolled('kim@thuis.example')
  t.match([confirmed.body.knownBy, confirmed.body.coolingUntil], ['mailbox-private', null])
  t.same((await mailbox.arrive()).map((mail) => mail.to).toSorted(), ['kim@thuis.example', work(2)].toSorted()) // prettier-ignore
  const stranger = await aSignIn(service, mailbox, work(1))
  t.equal((await stranger.send('DELETE', path)).body.code, 'authenticator-not-found', 'nobody else’s')
  const weak = await aSignIn(service, mailbox, work(2))
  t.equal((await weak.send('DELETE', path)).status, 204)
  t.same((await mailbox.arrive()).map((mail) => mail.to).toSorted(), ['kim@thuis.example', work(2)].toSorted()) // prettier-ignore
  t.equal((await weak.send('POST', '/v1/session/authenticators')).body.code, 'assurance-too-low', 'and another is not added by that mailbox') // prettier-ignore
  platform.advanceClock(61 * 60_000)
  t.equal((await weak.send('DELETE', '/v1/session/private-mailbox')).status, 401, 'a session that was not used is over') // prettier-ignore
})
