import t from 'tap'
import { exportSPKI, generateKeyPair, importJWK, SignJWT, type JWTPayload } from 'jose'
import { createHmac } from 'node:crypto'
import { aHostileIdp } from '../support/hostile-idp.ts'
import { TestBrowser } from '../support/oidc-provider.ts'
import { aProvider, aSignOnService, openCallback } from '../support/sign-on.ts'

const service = await aSignOnService(t)
const idp = await aHostileIdp(t)
const { own, signedIn, send } = service
const adminKey = own.clients['organisation-admin'].key
const { organisationId } = own
await send('POST', '/v1/person-imports', own.clients['hr-publisher'].key, {
  persons: [
    { externalId: 'E-1', givenName: 'A', familyName: 'B', workEmail: 'a@voorbeeld.example', language: 'nl' },
  ],
})
const { providerId, clientId } = await aProvider(service, { adminKey }, idp, {
  algorithms: ['ES256', 'RS256'],
})

type Begun = { readonly nonce: string; readonly state: string; readonly browser: TestBrowser }

async function begin(): Promise<Begun> {
  const browser = new TestBrowser()
  const url = await browser.follow(`${service.origin}/sign-in/sso/${organisationId}/${providerId}`, (each) => each.origin === idp.issuer) // prettier-ignore
  t.equal(url.searchParams.get('code_challenge_method'), 'S256')
  return { browser, nonce: url.searchParams.get('nonce')!, state: url.searchParams.get('state')! }
}

function claimsFor({ nonce }: Begun, over: Record<string, unknown> = {}): JWTPayload {
  const now_s = Math.floor(Date.now() / 1000)
  const good = { iss: idp.issuer, aud: clientId, sub: 'a', nonce, iat: now_s, exp: now_s + 300, auth_time: now_s, email: 'a@voorbeeld.example', email_verified: true } // prettier-ignore
  return Object.fromEntries(
    Object.entries({ ...good, ...over }).filter(([, value]) => value !== undefined),
  ) as JWTPayload
}

async function finish(begun: Begun, query: Record<string, string> = {}): Promise<number> {
  const parameters = new URLSearchParams({ code: 'c', state: begun.state, ...query })
  const answer = await openCallback(
    service,
    `${service.origin}/sign-in/callback/${providerId}?${parameters}`,
    begun.browser,
  )
  return answer.status
}

async function attempt(token: (begun: Begun) => Promise<string>): Promise<number> {
  const begun = await begin()
  idp.answerWith = await token(begun)
  return finish(begun)
}

t.test('a token that says what it must signs somebody in', async (t) => {
  t.equal(await attempt((begun) => idp.sign(claimsFor(begun))), 200)
  t.equal(signedIn.length, 1)
})

const now_s = Math.floor(Date.now() / 1000)
const wrongClaims: Record<string, Record<string, unknown>> = {
  'of another issuer': { iss: 'https://elsewhere.example' },
  'of an issuer with a slash behind it': { iss: `${idp.issuer}/` },
  'for another client': { aud: 'somebody-else' },
  'for this client and another': { aud: [clientId, 'somebody-else'], azp: clientId },
  'handed to another client': { azp: 'somebody-else' },
  'of another attempt': { nonce: 'A'.repeat(43) },
  'of no attempt': { nonce: undefined },
  'of nobody': { sub: undefined },
  'with a number for a subject': { sub: 1 },
  'that has expired': { exp: now_s - 120 },
  'that never expires': { exp: undefined },
  'from the future': { iat: now_s + 120 },
  'made long ago': { iat: now_s - 3_600 },
  'not valid yet': { nbf: now_s + 120 },
  'without the moment of the sign-in': { auth_time: undefined },
  'of a sign-in of an hour ago': { auth_time: now_s - 3_600 },
  'of a sign-in in the future': { auth_time: now_s + 600 },
  'with a text for amr': { amr: 'mfa' },
}
for (const [what, over] of Object.entries(wrongClaims))
  t.test(`a token ${what} signs nobody in`, async (t) => {
    const before = signedIn.length
    t.equal(await attempt((begun) => idp.sign(claimsFor(begun, over))), 403)
    t.equal(signedIn.length, before)
  })

t.test(
  'a signature that is none, symmetric, of another key, or of a key in the token itself signs nobody in',
  async (t) => {
    const before = signedIn.length
    const stranger = await generateKeyPair('ES256', { extractable: true })
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const none = (begun: Begun): string => `${encode({ alg: 'none' })}.${encode(claimsFor(begun))}.`
    t.equal(await attempt(async (begun) => none(begun)), 403, 'alg none')
    const publicPem = await exportSPKI(
      (await importJWK(idp.keys[0]!, 'ES256', { extractable: true })) as never,
    )
    t.equal(
      await attempt(async (begun) => {
        const text = `${encode({ alg: 'HS256', kid: idp.kid })}.${encode(claimsFor(begun))}`
        return `${text}.${createHmac('sha256', publicPem).update(text).digest('base64url')}`
      }),
      403,
      'the public key as a shared secret',
    )
    t.equal(
      await attempt((begun) => idp.sign(claimsFor(begun), {}, stranger.privateKey)),
      403,
      'another key under a known name',
    )
    t.equal(
      await attempt((begun) => idp.sign(claimsFor(begun), { kid: 'unknown' }, stranger.privateKey)),
      403,
      'an unknown key',
    )
    const jwk = (await import('jose')).exportJWK
    t.equal(
      await attempt(async (begun) =>
        new SignJWT(claimsFor(begun))
          .setProtectedHeader({ alg: 'ES256', jwk: await jwk(stranger.publicKey) })
          .sign(stranger.privateKey),
      ),
      403,
      'a key that the token brings along',
    )
    t.equal(
      await attempt(async (begun) => {
        const token = await idp.sign(claimsFor(begun))
        return `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.slice(-1)}`
      }),
      403,
      'one bit of the signature',
    )
    t.equal(signedIn.length, before)
  },
)

t.test('what is no token, an error, or no answer signs nobody in', async (t) => {
  for (const [answer, status] of [
    ['not a token', 403],
    [{ status: 400, body: '{"error":"invalid_grant"}' }, 403],
    [{ status: 200, body: '<html>' }, 403],
    [{ status: 500, body: 'oops' }, 503],
    [{ status: 302, body: '' }, 403],
    [{ status: 200, body: 'x'.repeat(600_000) }, 503],
  ] as const) {
    const begun = await begin()
    idp.answerWith = answer
    t.equal(await finish(begun), status, JSON.stringify(answer).slice(0, 60))
  }
  const begun = await begin()
  t.equal(await finish(begun, { error: 'access_denied' }), 403, 'the person said no')
})

t.test('the verifier of PKCE goes with the code, and the client proves itself', async (t) => {
  const begun = await begin()
  idp.answerWith = await idp.sign(claimsFor(begun))
  await finish(begun)
  const body = idp.asked.at(-1)!
  t.match(body.get('code_verifier'), /^[A-Za-z0-9_-]{43}$/)
  t.equal(body.get('grant_type'), 'authorization_code')
})

t.test('a provider is refused that is near, plain, or calls itself something else', async (t) => {
  const request = { name: 'N', clientId: 'c', clientAuthentication: 'client-secret-basic', clientSecret: 'a'.repeat(20), forPersons: true, forStaff: false } // prettier-ignore
  for (const issuer of [
    'http://example.org',
    'https://10.0.0.1',
    'https://a.internal',
    'https://user@example.org',
    'https://example.org/?a=b',
  ]) {
    const answer = await send('POST', '/v1/sign-on-providers', adminKey, { ...request, issuer })
    t.equal(answer.status, 422, issuer)
  }
  for (const wrong of [
    { scopes: ['email'] },
    { forStaff: true },
    { forStaff: true, roleClaim: 'groups', roleMapping: [{ value: 'x', role: 'emperor' }] },
    {
      forStaff: true,
      roleClaim: 'groups',
      roleMapping: [
        { value: 'x', role: 'auditor' },
        { value: 'x', role: 'lawyer' },
      ],
    },
    { clientAuthentication: 'private-key-jwt' },
  ]) {
    const answer = await send('POST', '/v1/sign-on-providers', adminKey, {
      ...request,
      issuer: 'https://login.example.org',
      ...wrong,
    })
    t.equal(answer.status, 422, JSON.stringify(wrong))
  }
  const impostor = await aHostileIdp(t)
  impostor.metadata['issuer'] = idp.issuer
  const made = await aProvider(service, { adminKey }, impostor)
  const answer = await fetch(`${service.origin}/sign-in/sso/${organisationId}/${made.providerId}`, {
    redirect: 'manual',
  })
  t.equal(answer.status, 403)
})

t.test('a change is made, and a provider that is disabled is gone for people', async (t) => {
  const changed = await send('PATCH', `/v1/sign-on-providers/${providerId}`, adminKey, {
    state: 'disabled',
    clientSecret: 'b'.repeat(20),
  })
  t.equal(changed.status, 200, JSON.stringify(changed.body))
  const answer = await fetch(`${service.origin}/sign-in/sso/${organisationId}/${providerId}`, {
    redirect: 'manual',
  })
  t.equal(answer.status, 404)
})
