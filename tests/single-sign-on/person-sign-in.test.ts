import t from 'tap'
import { compactVerify, importJWK } from 'jose'
import { sha256Hex } from '#core'
import { anIdp, TestBrowser } from '../support/oidc-provider.ts'
import { aProvider, aSignOnService, now, openCallback, signInAsPerson } from '../support/sign-on.ts'

const service = await aSignOnService(t)
const idp = await anIdp(t)
const { own, other, signedIn, told, send } = service
const adminKey = own.clients['organisation-admin'].key
const publisher = own.clients['hr-publisher'].key
const { organisationId } = own

async function someone(externalId: string, workEmail: string, employedUntil?: string): Promise<string> {
  const person = { externalId, givenName: 'Anna', familyName: externalId, workEmail, language: 'nl', ...(employedUntil === undefined ? {} : { employedUntil }) } // prettier-ignore
  const answer = await send('POST', '/v1/person-imports', publisher, { persons: [person] })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  const list = await send('GET', '/v1/persons?pageSize=200', publisher)
  return list.body.items.find((each: { externalId: string }) => each.externalId === externalId).personId
}

const entries = (kind: string) =>
  service.adminQuery('select entry_id from ledger_entry where kind = $1', [kind]).then((rows) => rows.length)

const anna = await someone('E-1', 'Anna@voorbeeld.example')
idp.accounts.set('anna', {
  claims: { email: 'anna@voorbeeld.example', email_verified: true },
  amr: ['pwd', 'mfa'],
})
const { providerId, clientId } = await aProvider(service, { adminKey }, idp)
const place = { organisationId, providerId }

t.test(
  'S1: a verified address binds an account to a person, and what the provider said is kept with its key',
  async (t) => {
    idp.signInAs('anna')
    const { status, text } = await signInAsPerson(service, {
      ...place,
      query: '?returnTo=/my/ceremonies/abc',
    })
    t.equal(status, 200, text)
    t.match(text, /url=\/my\/ceremonies\/abc/)
    const last = signedIn.at(-1)!
    t.equal(last.personId, anna)
    const { authentication } = last
    t.equal(authentication.assurance, 'sso-mfa')
    t.equal(authentication.issuer, idp.issuer)
    t.equal(authentication.clientId, clientId)
    t.equal(authentication.subjectSha256, sha256Hex('anna'))
    const { payload } = await compactVerify(
      authentication.idToken,
      await importJWK(authentication.jwk as never, 'RS256'),
    )
    const claims = JSON.parse(Buffer.from(payload).toString())
    t.equal(claims.nonce, authentication.nonce)
    t.notOk('d' in authentication.jwk, 'the public key only')
    t.equal(await entries('sign-on-account-bound'), 1)
  },
)

t.test('S1: without a second factor the level is sso', async (t) => {
  idp.accounts.set('anna', {
    claims: { email: 'anna@voorbeeld.example', email_verified: true },
    amr: ['pwd'],
  })
  idp.signInAs('anna')
  t.equal((await signInAsPerson(service, place)).status, 200)
  t.equal(signedIn.at(-1)!.authentication.assurance, 'sso')
  t.equal(await entries('sign-on-account-bound'), 1, 'bound once')
})

t.test(
  'S3: keys that change between two sign-ins are fetched; a key that is not published is not believed',
  async (t) => {
    const before = signedIn.at(-1)!.authentication.jwk['kid']
    await idp.rotateKeys()
    idp.signInAs('anna')
    t.equal((await signInAsPerson(service, place)).status, 200)
    t.not(signedIn.at(-1)!.authentication.jwk['kid'], before)
  },
)

t.test('S4: what is brought back belongs to one browser, one attempt, one provider', async (t) => {
  const second = await aProvider(service, { adminKey }, idp)
  idp.signInAs('anna')
  const count = signedIn.length
  const browser = new TestBrowser()
  const begin = `${service.origin}/sign-in/sso/${organisationId}/${providerId}`
  const callback = await browser.follow(begin, (url) => url.pathname.includes('/callback/'))
  const stranger = new TestBrowser()
  t.equal(
    (await openCallback(service, callback, stranger)).status,
    400,
    'login CSRF: another browser has no cookie',
  )
  await stranger.follow(begin, (url) => url.origin === idp.issuer)
  t.equal(
    (await openCallback(service, callback, stranger)).status,
    400,
    'nor does the cookie of its own attempt fit',
  )
  const otherState = new URL(callback)
  otherState.searchParams.set('state', 'A'.repeat(43))
  t.equal((await openCallback(service, otherState, new TestBrowser())).status, 400)
  const mixed = String(callback).replace(providerId, second.providerId)
  const kept = browser.cookies(service.origin)
  t.equal(
    (await openCallback(service, mixed, browser)).status,
    400,
    'mix-up: the address of another provider',
  )
  const copy = (): TestBrowser => {
    const again = new TestBrowser()
    for (const pair of kept.split('; ')) again.setCookie(service.origin, pair)
    return again
  }
  const wrongIssuer = new URL(callback)
  wrongIssuer.searchParams.set('iss', 'https://elsewhere.example')
  t.equal(
    (await openCallback(service, wrongIssuer, copy())).status,
    403,
    'the answer names another issuer (RFC 9207)',
  )
  t.equal((await openCallback(service, callback, copy())).status, 200)
  t.equal(
    (await openCallback(service, callback, copy())).status,
    403,
    'the code was used: the provider refuses it',
  )
  t.equal(signedIn.length, count + 1, 'one attempt is one sign-in')
})

t.test('S4: an attempt is over after ten minutes', async (t) => {
  const browser = new TestBrowser()
  const begin = `${service.origin}/sign-in/sso/${organisationId}/${providerId}`
  const callback = await browser.follow(begin, (url) => url.pathname.includes('/callback/'))
  service.platform.advanceClock(600_000)
  t.equal((await openCallback(service, callback, browser)).status, 400)
  service.platform.setClock(now())
})

t.test('S5: who comes back is led to a page of ours only', async (t) => {
  for (const returnTo of [
    'https://evil.example/',
    '//evil.example',
    '/my//evil.example',
    '/my/../staff',
    '/\\evil',
    '/staff',
  ]) {
    idp.signInAs('anna')
    const { text } = await signInAsPerson(service, {
      ...place,
      query: `?returnTo=${encodeURIComponent(returnTo)}`,
    })
    t.match(text, /content="0;url=\/my"/, returnTo)
  }
})

t.test('S2: an address that the provider does not vouch for binds nobody', async (t) => {
  const someoneElse = await someone('E-2', 'bert@voorbeeld.example')
  for (const email_verified of [false, 'true', 1, undefined]) {
    idp.accounts.set('bert', {
      claims: {
        email: 'bert@voorbeeld.example',
        ...(email_verified === undefined ? {} : { email_verified }),
      },
    })
    idp.signInAs('bert')
    const count = signedIn.length
    t.equal((await signInAsPerson(service, place)).status, 403, String(email_verified))
    t.equal(signedIn.length, count)
  }
  const rows = await service.adminQuery('select person_id from sign_on_binding where person_id = $1', [
    someoneElse,
  ])
  t.equal(rows.length, 0)
})

t.test('S2: unknown people, people who left, and two people with one address are refused', async (t) => {
  idp.accounts.set('ghost', { claims: { email: 'ghost@voorbeeld.example', email_verified: true } })
  idp.signInAs('ghost')
  t.match((await signInAsPerson(service, place)).text, /does not belong to anybody/)
  await someone('E-3', 'left@voorbeeld.example', '2026-11-01')
  idp.accounts.set('left', { claims: { email: 'left@voorbeeld.example', email_verified: true } })
  idp.signInAs('left')
  t.match((await signInAsPerson(service, place)).text, /no longer work/)
  await someone('E-4', 'twins@voorbeeld.example')
  await someone('E-5', 'TWINS@voorbeeld.example')
  idp.accounts.set('twins', { claims: { email: 'twins@voorbeeld.example', email_verified: true } })
  idp.signInAs('twins')
  t.match((await signInAsPerson(service, place)).text, /does not belong to anybody/)
})

t.test(
  'S2: another account for a bound person, and a bound account that names somebody else, are refused and recorded',
  async (t) => {
    const before = await entries('sign-on-refused')
    idp.accounts.set('anna-2', { claims: { email: 'anna@voorbeeld.example', email_verified: true } })
    idp.signInAs('anna-2')
    t.match((await signInAsPerson(service, place)).text, /Another account already belongs/)
    idp.accounts.set('anna', { claims: { email: 'bert@voorbeeld.example', email_verified: true } })
    idp.signInAs('anna')
    t.match((await signInAsPerson(service, place)).text, /Another account already belongs/)
    t.equal(await entries('sign-on-refused'), before + 2)
    idp.accounts.set('anna', { claims: { email: 'renamed@voorbeeld.example', email_verified: true } })
    idp.signInAs('anna')
    t.equal(
      (await signInAsPerson(service, place)).status,
      200,
      'a new address of the same account changes nothing',
    )
    t.equal(signedIn.at(-1)!.personId, anna)
  },
)

t.test(
  'S6: binding anew is asked for, told, waits 72 hours, and is completed by the person alone',
  async (t) => {
    const url = `/v1/persons/${anna}/sign-on-rebindings`
    const asked = await send('POST', url, adminKey, { providerId, reason: 'Nieuw account na fusie' })
    t.equal(asked.status, 201, JSON.stringify(asked.body))
    t.same(told, [{ personId: anna, kind: 'sign-on-rebinding-asked' }])
    t.equal((await send('POST', url, adminKey, { providerId, reason: 'R' })).status, 409)
    idp.signInAs('anna-2')
    t.equal((await signInAsPerson(service, place)).status, 403, 'before its time')
    t.equal((await send('DELETE', `${url}/${providerId}`, adminKey)).status, 204)
    t.equal((await send('DELETE', `${url}/${providerId}`, adminKey)).status, 404)
    await send('POST', url, adminKey, { providerId, reason: 'Toch' })
    await service.adminQuery("update sign_on_rebinding set requested_at = requested_at - interval '73 hours', usable_from = usable_from - interval '73 hours' where state = 'waiting'") // prettier-ignore
    idp.signInAs('anna-2')
    t.equal((await signInAsPerson(service, place)).status, 200)
    t.equal(signedIn.at(-1)!.personId, anna)
    idp.signInAs('anna')
    t.equal(
      (await signInAsPerson(service, place)).status,
      403,
      'the account before it no longer speaks for her',
    )
    t.equal(await entries('sign-on-account-bound-anew'), 1)
    t.equal(told.at(-1)!.kind, 'sign-on-account-bound-anew', 'and is told again')
  },
)

t.test('S7: a provider that is away is said to be away, and nothing else breaks', async (t) => {
  const browser = new TestBrowser()
  idp.signInAs('anna-2')
  const begin = `${service.origin}/sign-in/sso/${organisationId}/${providerId}`
  const callback = await browser.follow(begin, (url) => url.pathname.includes('/callback/'))
  await idp.stop()
  t.equal((await openCallback(service, callback, browser)).status, 503)
  const fresh = await aSignOnService(t)
  const key = fresh.own.clients['organisation-admin'].key
  const made = await aProvider(fresh, { adminKey: key }, { issuer: idp.issuer })
  const answer = await fetch(`${fresh.origin}/sign-in/sso/${fresh.own.organisationId}/${made.providerId}`, {
    redirect: 'manual',
  })
  t.equal(answer.status, 503)
  t.equal(answer.headers.get('retry-after'), '10')
  await idp.start()
})

t.test('S8: a provider of one organisation is nothing in another', async (t) => {
  const answer = await fetch(`${service.origin}/sign-in/sso/${other.organisationId}/${providerId}`, {
    redirect: 'manual',
  })
  t.equal(answer.status, 404)
})

t.test('S9: a client that proves itself with a key (RFC 7523)', async (t) => {
  const made = await aProvider(service, { adminKey }, idp, { clientAuthentication: 'private-key-jwt' })
  idp.accounts.set('key', { claims: { email: 'bert@voorbeeld.example', email_verified: true } })
  idp.signInAs('key')
  const { status, text } = await signInAsPerson(service, { organisationId, providerId: made.providerId })
  t.equal(status, 200, text)
})

t.test('S9: a personnel number names a person without an address', async (t) => {
  const made = await aProvider(service, { adminKey }, idp, {
    personClaim: 'employee_number',
    personMatches: 'external-id',
  })
  idp.accounts.set('number', { claims: { employee_number: 'E-2' } })
  idp.signInAs('number')
  const { status, text } = await signInAsPerson(service, { organisationId, providerId: made.providerId })
  t.equal(status, 200, text)
})

t.test(
  'S10: no secret, code or token is in the log or the ledger index, and the secret is sealed',
  async (t) => {
    const lines = service.server.captured.lines.join('\n')
    t.notMatch(lines, /code=|state=|eyJ|secret-[0-9a-f]{8}/)
    const rows = await service.adminQuery<{ sealed_secret: Buffer }>(
      'select sealed_secret from sign_on_provider',
    )
    for (const row of rows) t.notMatch(row.sealed_secret.toString('latin1'), /secret-/)
    const list = await send('GET', '/v1/sign-on-providers', adminKey)
    t.notMatch(JSON.stringify(list.body), /secret-[0-9a-f]{8}|sealed/i)
    t.equal((await send('GET', '/v1/sign-on-providers', publisher)).status, 403)
  },
)
