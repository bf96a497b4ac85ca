import t from 'tap'
import { addMilliseconds } from '#core'
import { verifyCscOffline } from '../../src/signing/csc-offline.ts'
import { ofPerson } from '../support/csc-certificates.ts'
import type { CscMood } from '../support/csc-server.ts'
import { aPkiCertificate, aRevocationPki } from '../support/revocation-pki.ts'
import { aRemoteSigningBench, signOnce } from '../support/remote-signing.ts'
import { testService } from '../support/service.ts'
import { imported } from '../support/story.ts'

const service = await testService(t)
const { own, platform, adminQuery } = service
await imported(service, own, [
  { externalId: 'Q-1', givenName: 'Şükrü', familyName: 'van den IJssel', workEmail: 'q1@voorbeeld.example', language: 'nl' }, // prettier-ignore
])
const bench = await aRemoteSigningBench(t, service)
const { provider, authority, requester, declaration, method } = bench
const good = authority.pki.issue(ofPerson('Şükrü', 'van den IJssel'))

t.beforeEach(async () => {
  // A person may have twenty questions open; these tests leave most unanswered.
  await adminQuery('delete from signing_challenge')
  provider.setMood('good')
  provider.setCredential(good, authority.pki.chainOf(good))
  authority.setMood('good')
})

/** How an attempt ended: `signed`, or the code of the refusal with what it says. */
async function outcomeOf(): Promise<{ code: string; message?: string }> {
  try {
    const { proof } = await signOnce(bench)
    await proof()
    return { code: 'signed' }
  } catch (error) {
    const { code, errors } = error as { code: string; errors?: readonly { message: string }[] }
    return { code, ...(errors?.[0] === undefined ? {} : { message: errors[0].message }) }
  }
}

t.test(
  'Q1: what a person authorises at the provider becomes a qualified signature over the manifest',
  async (t) => {
    const { begun, proof } = await signOnce(bench)
    t.equal(begun.assurance, 'qualified')
    const made = await proof()
    t.match(made, { method: 'csc', assurance: 'qualified', declaration, signingCredentialId: 'key-1' })
    const evidence = JSON.parse(made.signing)
    t.equal(evidence.manifest, begun.manifest)
    t.match(evidence, {
      method: 'csc',
      algorithm: 'ecdsa-sha256',
      signer: { name: 'Şükrü van den IJssel', serialNumber: 'IDCNL-ABC123456', country: 'NL' },
      nameComparison: { known: 'Şükrü van den IJssel', outcome: 'same' },
      provider: { service: 'Stand-in QTSP', soleControl: '2', credentialId: 'key-1' },
    })
    t.equal(evidence.certificates.length, 2, 'the root is pinned and not repeated')
    t.equal(evidence.revocation.length, 2)
    t.equal(
      provider.descriptions.at(-1),
      declaration.statement,
      'the person sees at the provider what they sign',
    )
    t.same(await proof(), made, 'the same answer once more gives the same signature')
    t.equal(provider.requests.filter((each) => each.endsWith('/signHash')).length, 1)

    const verdict = method.verifyOffline(made.signing, platform.clock())
    t.match(verdict, { kind: 'holds', declaration })
  },
)

t.test('Q2: the evidence holds only as it is, only then, and only under a pinned root', async (t) => {
  const { proof } = await signOnce(bench)
  const { signing } = await proof()
  const at = platform.clock()
  const roots = bench.deps.qualifiedRoots
  t.match(verifyCscOffline(signing, at, []), { kind: 'fails', because: /leads to no root that is pinned/ })
  const others = [aRevocationPki({ now: at, name: 'Stand-in QTSP' }).root.der]
  t.match(verifyCscOffline(signing, at, others), {
    kind: 'fails',
    because: /leads to no root that is pinned/,
  })
  t.match(verifyCscOffline(signing, addMilliseconds(at, -1), roots), { kind: 'fails' })
  t.match(verifyCscOffline(signing, addMilliseconds(at, 601_000), roots), { kind: 'fails' })
  let flips = 0
  for (let index = 0; index < signing.length; index += 7) {
    const code = signing.charCodeAt(index)
    const changed = `${signing.slice(0, index)}${String.fromCharCode(code ^ 1)}${signing.slice(index + 1)}`
    // What the provider says of itself is signed by nobody; the ledger keeps it as it was said.
    if (index >= signing.indexOf('"provider":') && index < signing.indexOf('"revocation":')) continue
    flips += 1
    t.equal(verifyCscOffline(changed, at, roots).kind, 'fails', `${index}: ${signing.slice(index - 20, index + 20)}`) // prettier-ignore
  }
  t.comment(`${flips} places changed`)
})

const moods: Readonly<Record<Exclude<CscMood, 'good'>, string>> = {
  'raw signature': 'signed',
  'issuer metadata': 'signed',
  denied: 'signing-not-authorised',
  'code refused': 'signing-not-authorised',
  'revoked authorisation': 'signing-not-authorised',
  'wrong hash': 'qualified-signature-refused',
  'other certificate': 'qualified-signature-refused',
  'no hash binding': 'qualified-signature-refused',
  'disabled key': 'qualified-signature-refused',
  'expired by its own word': 'qualified-signature-refused',
  'unknown algorithm': 'qualified-signature-refused',
  'two signatures': 'signing-provider-unavailable',
  slow: 'signing-provider-unavailable',
  down: 'signing-provider-unavailable',
  huge: 'signing-provider-unavailable',
  'a web page': 'signing-provider-unavailable',
  'metadata of another': 'signing-provider-unavailable',
}
for (const [mood, code] of Object.entries(moods) as [CscMood, string][])
  t.test(`Q3: the provider: ${mood}`, async (t) => {
    provider.setMood(mood)
    const outcome = await outcomeOf()
    t.equal(outcome.code, code)
    t.comment(outcome.message ?? outcome.code)
  })

const day_ms = 86_400_000
const { issue, chainOf, intermediate } = authority.pki
const now = platform.clock()
const person = ofPerson('Şükrü', 'van den IJssel')
const certificates: Readonly<Record<string, [Parameters<typeof issue>[0], RegExp | 'signer-name-differs']>> =
  {
    'ended yesterday': [{ ...person, until: addMilliseconds(now, -day_ms) }, /was valid from .* not at/],
    'begins tomorrow': [{ ...person, from: addMilliseconds(now, day_ms) }, /was valid from .* not at/],
    'states nothing': [ofPerson('Şükrü', 'van den IJssel', null), /states nothing about being qualified/],
    'is not qualified': [
      ofPerson('Şükrü', 'van den IJssel', { compliance: false }),
      /is not a qualified one/,
    ],
    'has its key elsewhere': [
      ofPerson('Şükrü', 'van den IJssel', { device: false }),
      /not in a qualified device/,
    ],
    'is for seals': [ofPerson('Şükrü', 'van den IJssel', { type: 'eseal' }), /not for signatures of persons/],
    'does not say what for': [ofPerson('Şükrü', 'van den IJssel', { type: null }), /qualified for/],
    'is of another country': [
      ofPerson('Şükrü', 'van den IJssel', { legislation: 'CH' }),
      /law of another country/,
    ],
    'is not for declarations': [{ ...person, keyUsage: [7, 0x80] }, /not for declarations/],
    'may issue others': [{ ...person, keyUsage: [1, 0xc6] }, /may issue certificates/],
    'is an authority': [{ ...person, use: 'authority', keyUsage: [6, 0xc0] }, /that of an authority/],
    'is of somebody else': [ofPerson('Jan', 'de Vries'), 'signer-name-differs'],
    'is of a relative': [ofPerson('Ayşe', 'van den IJssel'), 'signer-name-differs'],
    'is a pseudonym': [
      { ...person, subject: [...(person.subject ?? []), ['2.5.4.65', 'Şükrü van den IJssel']] },
      'signer-name-differs',
    ],
  }
for (const [what, [wishes, expected]] of Object.entries(certificates))
  t.test(`Q4: the certificate ${what}`, async (t) => {
    const leaf = issue(wishes)
    provider.setCredential(leaf, chainOf(leaf))
    const asked = provider.requests.length
    const outcome = await outcomeOf()
    if (typeof expected === 'string') t.equal(outcome.code, expected)
    else t.match(outcome, { code: 'qualified-signature-refused', message: expected })
    t.notOk(
      provider.requests.slice(asked).some((each) => each.endsWith('/signHash')),
      'nothing was signed in vain',
    )
  })

t.test('Q5: chains that lead nowhere, and certificates that authorities do not stand by', async (t) => {
  const stranger = aRevocationPki({ now, name: 'Stand-in QTSP' })
  const foreign = stranger.issue(person)
  provider.setCredential(foreign, stranger.chainOf(foreign))
  t.match(await outcomeOf(), { code: 'qualified-signature-refused', message: /leads to no root/ })
  const selfMade = aPkiCertificate({ ...person, from: addMilliseconds(now, -day_ms), until: addMilliseconds(now, day_ms) }) // prettier-ignore
  provider.setCredential(selfMade, [selfMade.der])
  t.match(await outcomeOf(), { code: 'qualified-signature-refused', message: /leads to no root/ })
  provider.setCredential(good, [good.der])
  t.match(await outcomeOf(), { code: 'qualified-signature-refused' }, 'an authority is missing')
  provider.setCredential(good, [good.der, foreign.der, intermediate.der])
  t.match(await outcomeOf(), { code: 'qualified-signature-refused', message: /not a chain/ })

  const revoked = issue(person)
  authority.revoke(revoked, { at: addMilliseconds(now, -day_ms), reason: 1 })
  provider.setCredential(revoked, chainOf(revoked))
  t.match(await outcomeOf(), { code: 'qualified-signature-refused', message: /was revoked/ })
  const unknown = issue(person)
  provider.setCredential(unknown, chainOf(unknown))
  authority.setMood('down', 'down')
  t.match(await outcomeOf(), { code: 'signing-provider-unavailable' }, 'nobody says that it is good')
})

t.test('Q6: a name that is written otherwise is accepted and said', async (t) => {
  const initials = issue(ofPerson('Ş.', 'van den IJssel'))
  provider.setCredential(initials, chainOf(initials))
  const { proof } = await signOnce(bench)
  t.match(JSON.parse((await proof()).signing).nameComparison, { outcome: 'similar' })
})

t.test('Q7: what one session began no other finishes; no other code, no other state', async (t) => {
  const { answer, proof } = await signOnce(bench)
  const foreign = { ...requester, session: 'session:2' }
  await t.rejects(method.complete(foreign, answer), { code: 'signing-challenge-unknown' })
  const other = { ...answer, response: { ...answer.response, state: `${answer.response['state']}x` } }
  await t.rejects(method.complete(requester, other), { code: 'signing-response-refused' })
  const made = { ...answer, response: { ...answer.response, code: 'made-up' } }
  await t.rejects(method.complete(requester, made), { code: 'signing-not-authorised' })
  await proof()
  await t.rejects(method.complete(requester, made), { code: 'signing-challenge-used' })
  const late = await signOnce(bench)
  platform.advanceClock(600_000)
  await t.rejects(late.proof(), { code: 'signing-challenge-expired' })
})

t.test('Q8: secrets lie sealed in the database', async (t) => {
  await signOnce(bench)
  const [row] = await adminQuery<{ state: string }>("select state from signing_challenge where method = 'csc' order by issued_at desc limit 1") // prettier-ignore
  t.notMatch(Buffer.from(row!.state, 'base64url').toString('latin1'), /codeVerifier|kind/)
  const [kept] = await adminQuery<{ sealed_secret: Buffer }>('select sealed_secret from csc_provider limit 1')
  t.notMatch(kept!.sealed_secret.toString('latin1'), provider.client.clientSecret)
})

t.test('Q9: RSA too', async (t) => {
  const rsa = await aRemoteSigningBench(t, service, 'rsa')
  const { proof } = await signOnce(rsa)
  const { signing } = await proof()
  t.equal(JSON.parse(signing).algorithm, 'rsa-sha256')
  t.match(rsa.method.verifyOffline(signing, platform.clock()), { kind: 'holds' })
})

t.test('Q10: without a provider, or a root that is relied on, nobody signs', async (t) => {
  const { createCscMethod } = await import('#signing')
  const without = createCscMethod({ ...bench.deps, qualifiedRoots: [] })
  await t.rejects(without.begin(requester, declaration), { code: 'signing-provider-missing' })
})
