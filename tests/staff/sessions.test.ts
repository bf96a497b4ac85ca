import t from 'tap'
import { anIdp, TestBrowser } from '../support/oidc-provider.ts'
import { testService } from '../support/service.ts'
import { aContent, imported, somePeople } from '../support/story.ts'
import { aStaffPlace, everyRole, signInAsStaff, staffIn, visit } from '../support/staff.ts'

const service = await testService(t)
const idp = await anIdp(t)
const place = await aStaffPlace(service, service.own, idp)
const { origin, organisationId, providerId } = place
await imported(service, service.own, somePeople(2))
const admin = service.own.keys['organisation-admin']

t.test(
  'somebody with one mapped role signs in, sees who they are, and calls what the role may call',
  async (t) => {
    const { status, send, text, cookie } = await signInAsStaff(place, idp, { role: 'hr-reader' })
    t.equal(status, 200, text)
    t.match(text, /content="0;url=\/staff"/)
    t.match(cookie, /^beding-staff=/)
    t.notMatch(cookie, /sign-on/, 'the cookie of the way there is gone')
    const me = await send('GET', '/v1/me')
    t.equal(me.status, 200)
    t.equal(me.body.role, 'hr-reader')
    t.equal(me.body.staff.name, 'Naam van hr-reader')
    t.equal((await send('GET', '/v1/persons')).status, 200)
    t.equal((await send('GET', '/v1/sign-on-providers')).status, 403)
    const home = await send('GET', '/staff')
    t.equal(home.status, 200)
    t.match(home.text, /Naam van hr-reader/)
    t.match(home.headers.get('content-security-policy'), /default-src 'none'/)
    const [entry] = await service.adminQuery(
      "select count(*)::int as n from ledger_entry where kind = 'staff-signed-in'",
    )
    t.equal(entry!['n'], 1)
  },
)

t.test('the cookie is HttpOnly, Strict, for this host, and is kept as a hash only', async (t) => {
  const browser = new TestBrowser()
  idp.accounts.set('cookie', { claims: { name: 'C', groups: ['auditor'] } })
  idp.signInAs('cookie')
  const callback = await browser.follow(`${origin}/staff/sign-in/${organisationId}/${providerId}`, (url) => url.pathname.includes('/callback/')) // prettier-ignore
  const answer = await visit(origin, browser, callback)
  const header = answer.headers.getSetCookie().find((each) => each.startsWith('beding-staff='))!
  t.match(header, /; Path=\/; HttpOnly; SameSite=Strict; Max-Age=28800$/)
  t.notMatch(header, /Domain/i)
  const token = /beding-staff=([^;]+)/.exec(header)![1]!
  const rows = await service.adminQuery(
    "select encode(token_sha256, 'hex') as hash, staff_session.* from staff_session",
  )
  t.notMatch(JSON.stringify(rows), new RegExp(token.split('.')[1]!))
})

t.test(
  'no role, an unknown one, and two of them get nobody in; the administrator only as mapped',
  async (t) => {
    for (const groups of [
      undefined,
      [],
      ['emperor'],
      ['hr-author', 'hr-approver'],
      ['organisation-admin', 'hr-reader'],
    ]) {
      const { status, browser } = await signInAsStaff(place, idp, {
        claims: { name: 'N', ...(groups === undefined ? {} : { groups }) },
      })
      t.equal(status, 403, JSON.stringify(groups))
      t.equal(browser.cookies(origin), '')
    }
    const narrow = await aStaffPlace(service, service.own, idp, {
      roleMapping: [{ value: 'staff', role: 'hr-reader' }],
    })
    t.equal(
      (await signInAsStaff(narrow, idp, { claims: { name: 'N', groups: ['organisation-admin'] } })).status,
      403,
    )
    t.equal((await signInAsStaff(place, idp, { role: 'organisation-admin' })).status, 200)
  },
)

t.test('a provider for persons signs no staff in, and the other way around', async (t) => {
  const persons = await aStaffPlace(service, service.own, idp, { forPersons: true, forStaff: false })
  t.equal(
    (await visit(origin, new TestBrowser(), `/staff/sign-in/${organisationId}/${persons.providerId}`)).status,
    404,
  )
  t.equal(
    (await visit(origin, new TestBrowser(), `/sign-in/sso/${organisationId}/${providerId}`)).status,
    404,
  )
  const { organisationId: elsewhere } = service.other
  t.equal((await visit(origin, new TestBrowser(), `/staff/sign-in/${elsewhere}/${providerId}`)).status, 404)
})

t.test('what changes something must come from a page of this address', async (t) => {
  const { send, browser } = await signInAsStaff(place, idp, { role: 'hr-author' })
  const policy = { name: 'P', owner: 'O', legalNature: 'information' }
  t.equal((await send('POST', '/v1/policies', policy)).status, 201)
  for (const headers of [
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'null' },
  ]) {
    const answer = await staffIn(origin, browser).send('POST', '/v1/policies', policy, headers)
    t.equal(answer.status, 403, JSON.stringify(headers))
    t.equal(answer.body.code, 'origin-refused')
  }
  const bare = await fetch(`${origin}/v1/policies`, {
    method: 'POST',
    headers: {
      cookie: browser.cookies(origin),
      'content-type': 'application/json',
      'idempotency-key': 'x'.repeat(20),
    },
    body: JSON.stringify(policy),
  })
  t.equal(bare.status, 403, 'a browser always says where a request came from')
  const withKey = await staffIn(origin, browser).send('POST', '/v1/policies', policy, {
    authorization: 'Bearer wrong',
  })
  t.equal(withKey.status, 401, 'a wrong key is not made good by a cookie')
})

t.test('fixation: a cookie that somebody brought along is not the session that they get', async (t) => {
  const victim = new TestBrowser()
  const planted = `${organisationId.replaceAll('-', '')}.${'A'.repeat(43)}`
  victim.setCookie(origin, `beding-staff=${planted}; Path=/`)
  const { cookie } = await signInAsStaff(place, idp, { role: 'auditor' }, victim)
  t.notMatch(cookie, planted)
  const first = await signInAsStaff(place, idp, { role: 'auditor' })
  const stolen = new TestBrowser()
  stolen.setCookie(origin, first.cookie)
  await signInAsStaff(
    place,
    idp,
    { subject: first.subject, claims: { name: 'N', groups: ['auditor'] } },
    first.browser,
  )
  t.equal((await staffIn(origin, stolen).send('GET', '/v1/me')).status, 401, 'the session before is replaced')
})

t.test(
  'idle for 15 minutes, 8 hours old, signed out, ended and blocked sessions speak for nobody',
  async (t) => {
    const status = async (staff: { send: ReturnType<typeof staffIn>['send'] }) =>
      (await staff.send('GET', '/v1/me')).status
    const one = await signInAsStaff(place, idp, { role: 'hr-reader' })
    service.platform.advanceClock(14 * 60_000)
    t.equal(await status(one), 200)
    service.platform.advanceClock(14 * 60_000)
    t.equal(await status(one), 200, 'each request moves the end')
    service.platform.advanceClock(15 * 60_000)
    t.equal(await status(one), 401)
    service.platform.setClock(new Date().toISOString() as never)
    const two = await signInAsStaff(place, idp, { role: 'hr-reader' })
    const out = await two.send('POST', '/staff/sign-out', undefined, {
      'content-type': 'application/x-www-form-urlencoded',
    })
    t.equal(out.status, 200, out.text)
    t.equal(await status(two), 401)
    const foreign = await signInAsStaff(place, idp, { role: 'hr-reader' })
    t.equal(
      (await foreign.send('POST', '/staff/sign-out', undefined, { origin: 'https://evil.example' })).status,
      403,
    )
    t.equal(await status(foreign), 200, 'nobody else signs them out')
    const { body } = await foreign.send('GET', '/v1/me')
    const url = `/v1/staff-accounts/${body.clientId}`
    t.equal((await service.send('DELETE', `${url}/sessions`, { as: admin })).status, 204)
    t.equal(await status(foreign), 401)
    t.equal(
      (await service.send('PATCH', url, { as: admin, body: { blocked: true } })).body.blockedAt !== null,
      true,
    )
    t.equal(
      (
        await signInAsStaff(place, idp, {
          subject: foreign.subject,
          claims: { name: 'N', groups: ['hr-reader'] },
        })
      ).status,
      403,
    )
    t.equal((await service.send('PATCH', url, { as: admin, body: { blocked: false } })).status, 200)
    t.equal(
      (
        await signInAsStaff(place, idp, {
          subject: foreign.subject,
          claims: { name: 'N', groups: ['hr-reader'] },
        })
      ).status,
      200,
    )
  },
)

t.test('a role that changed ends the sessions in the one before', async (t) => {
  const before = await signInAsStaff(place, idp, { role: 'hr-author' })
  const after = await signInAsStaff(place, idp, {
    subject: before.subject,
    claims: { name: 'N', groups: ['hr-reader'] },
  })
  t.equal((await before.send('GET', '/v1/me')).status, 401)
  t.equal((await after.send('GET', '/v1/me')).body.role, 'hr-reader')
})

t.test(
  'publishing needs a second factor of the last five minutes; a program with a key is not asked',
  async (t) => {
    const author = service.own.keys['hr-author']
    const policy = await service.send('POST', '/v1/policies', {
      as: author,
      body: { name: 'P', owner: 'O', legalNature: 'instruction' },
    })
    const drafts = `/v1/policies/${policy.body.policyId}/drafts`
    await service.send('POST', drafts, { as: author, body: { content: aContent() } })
    const read = await service.send('GET', `${drafts}/1`, { as: author })
    await service.send('POST', `${drafts}/1/approvals`, {
      as: service.own.keys['hr-approver'],
      headers: { 'if-match': String(read.headers['etag']) },
    })
    const body = { effectiveFrom: '2027-01-01' }
    const weak = await signInAsStaff(place, idp, { role: 'hr-publisher', amr: ['pwd'] })
    const refused = await weak.send('POST', `${drafts}/1/publications`, body)
    t.equal(refused.status, 403)
    t.equal(refused.body.code, 'step-up-required')
    t.match(refused.body.detail, /\/staff\/step-up/)
    idp.accounts.set(weak.subject, { claims: { name: 'P', groups: ['hr-publisher'] }, amr: ['pwd', 'mfa'] })
    idp.signInAs(weak.subject)
    const callback = await weak.browser.follow(`${origin}/staff/step-up`, (url) =>
      url.pathname.includes('/callback/'),
    )
    t.equal((await visit(origin, weak.browser, callback)).status, 200)
    service.platform.advanceClock(6 * 60_000)
    t.equal((await weak.send('POST', `${drafts}/1/publications`, body)).status, 403, 'too long ago')
    service.platform.setClock(new Date().toISOString() as never)
    const again = await weak.browser.follow(`${origin}/staff/step-up`, (url) =>
      url.pathname.includes('/callback/'),
    )
    await visit(origin, weak.browser, again)
    const published = await weak.send('POST', `${drafts}/1/publications`, body)
    t.equal(published.status, 201, published.text)
  },
)

t.test('an outage of the provider stops new sign-ins and no session', async (t) => {
  const { send } = await signInAsStaff(place, idp, { role: 'hr-reader' })
  await idp.stop()
  t.equal((await send('GET', '/v1/me')).status, 200)
  await idp.start()
})

t.test('staff accounts are no clients with keys', async (t) => {
  const accounts = await service.send('GET', '/v1/staff-accounts', { as: admin })
  t.ok(accounts.body.items.length > 5)
  const { staffId } = accounts.body.items[0]
  t.equal((await service.send('GET', `/v1/api-clients/${staffId}`, { as: admin })).status, 404)
  t.equal(
    (await service.send('POST', `/v1/api-clients/${staffId}/keys`, { as: admin, body: {} })).status,
    404,
  )
  t.equal(
    (await service.send('GET', '/v1/staff-accounts', { as: service.other.keys['organisation-admin'] })).body
      .items.length,
    0,
  )
  t.ok(everyRole.roleMapping.length > 5)
})
