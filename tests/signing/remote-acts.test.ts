import t from 'tap'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { pemText } from '../support/documents-chains.ts'
import { aRemoteService, redirectUri } from '../support/remote-service.ts'
import type { TestAnswer } from '../support/service.ts'
import { assigned, imported, published, shown } from '../support/story.ts'
import { byPython, pythonMissing, temporaryFolder } from '../support/verification-three.ts'

const { service, provider, authority, keyOf: keyFor } = await aRemoteService(t)
const { own, send } = service
const { pki } = authority
const admin = { as: own.keys['organisation-admin'] }

const people = ['a', 'b', 'c', 'd'].map((name) => ({ externalId: name, givenName: 'Şükrü', familyName: `van den ${name.toUpperCase()}`, workEmail: `${name}@voorbeeld.example`, language: 'nl' as const })) // prettier-ignore
await imported(service, own, people)
const version = await published(service, own)
const links = await assigned(service, own, version, people.length)
const linkOf = (name: string): string => links.get(`${name}@voorbeeld.example`)!
const keyOf = (name: string): void => keyFor('Şükrü', `van den ${name.toUpperCase()}`)

/** Begins to sign at the provider, as the holder of a link. */
async function begun(name: string, choice = 'agreed') {
  const link = linkOf(name)
  const body = await shown(service, link, choice)
  const answer = await send('POST', '/v1/act-challenges', { as: link, body: { ...body, method: 'csc' } })
  return { link, body, answer }
}

/** Goes to the provider and back, and gives what the act has to bring. */
async function authorised({ answer }: { readonly answer: TestAnswer }) {
  const back = await provider.visit(answer.body.ask.url)
  const { code, state } = Object.fromEntries(back.searchParams)
  return { back, authorisation: { challengeId: answer.body.challengeId, code, state } }
}

t.test('without a provider nobody begins, and a provider that leads inwards is refused', async (t) => {
  const { answer } = await begun('a')
  t.match(answer, { status: 409, body: { code: 'signing-provider-missing' } })
  for (const baseUrl of ['http://signing.example/csc/v2', 'https://10.0.0.1/csc/v2', 'https://user@signing.example/', 'ftp://signing.example']) // prettier-ignore
    t.match(await send('POST', '/v1/signing-providers', { ...admin, body: { name: 'Stand-in', baseUrl, ...provider.client } }), { status: 422, body: { code: 'signing-provider-refused' } }, baseUrl) // prettier-ignore
})

t.test('an organisation says where its people sign; its secret is never shown again', async (t) => {
  const body = { name: 'Stand-in', baseUrl: `${provider.baseUrl}/`, ...provider.client }
  const first = await send('POST', '/v1/signing-providers', { ...admin, body })
  t.match(first, { status: 201, body: { name: 'Stand-in', baseUrl: provider.baseUrl, redirectUri, retiredAt: null } }) // prettier-ignore
  const second = await send('POST', '/v1/signing-providers', { ...admin, body })
  t.equal(second.status, 201)
  const list = await send('GET', '/v1/signing-providers', admin)
  t.match(list.body.items, [{ retiredAt: String }, { retiredAt: null }])
  t.notMatch(JSON.stringify([first.body, list.body]), provider.client.clientSecret)
  const entries = await service.adminQuery<{ kind: string }>("select kind from ledger_entry where kind = 'signing-provider-set'") // prettier-ignore
  t.equal(entries.length, 2)
})

t.test(
  'an act that is signed at the provider is qualified, and a stranger sees that in the receipt',
  async (t) => {
    keyOf('a')
    const { link, body, answer } = await begun('a')
    t.match(answer, { status: 201, body: { assurance: 'qualified', ask: { kind: 'redirect' } } })
    const { back, authorisation } = await authorised({ answer })
    const page = await send('GET', `${back.pathname}${back.search}`)
    t.equal(page.status, 200)
    const { assignmentId } = (await send('POST', '/v1/openings', { as: link, body: { language: null } })).body
    t.match(page.bytes.toString('utf8'), `/my/ceremonies/${assignmentId}/signing?challengeId=${authorisation.challengeId}&amp;code=`) // prettier-ignore

    const changed = { ...body, choice: 'seen', statement: (await shown(service, link, 'seen')).statement }
    t.match(await send('POST', '/v1/acts', { as: link, body: { ...changed, authorisation } }), { status: 409, body: { code: 'signing-declaration-changed' } }) // prettier-ignore
    const other = await send('POST', '/v1/acts', { as: linkOf('b'), body: { ...(await shown(service, linkOf('b'), 'agreed')), authorisation } }) // prettier-ignore
    t.match(other, { status: 404, body: { code: 'signing-challenge-unknown' } })

    const act = await send('POST', '/v1/acts', { as: link, body: { ...body, authorisation } })
    t.equal(act.status, 201, JSON.stringify(act.body))
    t.equal(
      provider.requests.filter((each) => each.endsWith('/signHash')).length,
      1,
      'signed once, tried twice',
    )
    t.match(await send('POST', '/v1/acts', { as: link, body: { ...body, authorisation } }), { status: 409 })

    const receipt = await send('GET', '/v1/acts/current/receipt-document', { as: link })
    const keys = await send('GET', `/v1/organisations/${own.organisationId}/verification-keys`)
    const pins = [
      { name: 'log.vkey', bytes: Buffer.from(`${keys.body.logVkey}\n`) },
      { name: 'root.pem', bytes: Buffer.from(keys.body.rootPem) },
    ]
    const roots = { name: 'qualified-roots.pem', bytes: Buffer.from(pemText(pki.root.der)) }
    const pinned = verifyFile(receipt.bytes, 'receipt.pdf', readTrust([...pins, roots]))
    t.ok(isAccepted(pinned), JSON.stringify(pinned.checks.filter(({ outcome }) => outcome !== 'PASSED')))
    t.match(pinned.facts.find(({ name }) => name === 'signed')?.value, /a qualified certificate of .*Şükrü/)
    const unpinned = verifyFile(receipt.bytes, 'receipt.pdf', readTrust(pins))
    t.same(unpinned.checks.filter(({ outcome }) => outcome !== 'PASSED').map(({ name, outcome }) => [name, outcome]), [['assurance', 'INDETERMINATE']]) // prettier-ignore
    if (pythonMissing() !== false) return
    const folder = temporaryFolder(t)
    const files = [{ name: 'receipt.pdf', bytes: receipt.bytes }]
    t.same(await byPython(folder, [...pins, roots], files), [true], 'verify.py, with the root pinned')
    t.same(await byPython(folder, pins, files), [false], 'verify.py, without it')
  },
)

t.test('where the person or the provider says no, nothing is recorded', async (t) => {
  keyOf('c')
  for (const [mood, code] of [
    ['wrong hash', 'qualified-signature-refused'],
    ['revoked authorisation', 'signing-not-authorised'],
    ['down', 'signing-provider-unavailable'],
  ] as const) {
    // prettier-ignore
    provider.setMood('good')
    const { link, body, answer } = await begun('b')
    const { authorisation } = await authorised({ answer })
    keyOf('b')
    provider.setMood(mood)
    const act = await send('POST', '/v1/acts', { as: link, body: { ...body, authorisation } })
    t.equal(act.body.code, code, mood)
    t.equal(act.status === 503, act.headers['retry-after'] !== undefined)
  }
  provider.setMood('good')
  keyOf('d')
  const { link, body, answer } = await begun('c')
  const { authorisation } = await authorised({ answer })
  const act = await send('POST', '/v1/acts', { as: link, body: { ...body, authorisation } })
  t.match(act, { status: 409, body: { code: 'signer-name-differs' } }, 'with the key of somebody else')
  t.equal((await send('GET', '/v1/acts/current', { as: link })).status, 404)
  t.equal((await send('GET', '/signing/csc/callback?state=made-up')).status, 404)
})

t.test('a provider that is retired is not used any more', async (t) => {
  const { link, body, answer } = await begun('d')
  keyOf('d')
  const { authorisation } = await authorised({ answer })
  t.equal((await send('POST', '/v1/signing-providers/retirements', admin)).status, 200)
  t.match(await send('POST', '/v1/acts', { as: link, body: { ...body, authorisation } }), { status: 409, body: { code: 'signing-provider-missing' } }) // prettier-ignore
  t.match(await send('POST', '/v1/signing-providers/retirements', admin), { status: 409 })
})
