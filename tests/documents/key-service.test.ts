import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { toInstant } from '#core'
import { sealBytes, sealDocument, SealKeyFailure } from '#documents'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import { serviceAddress } from '../../src/documents/seal-key-service.ts'
import { outsideSigner } from '../../src/documents/seal-key-use.ts'
import { aSealChain, pemText } from '../support/documents-chains.ts'
import { aReceipt } from '../support/documents-samples.ts'
import { aKeyService, type KeyServiceMood } from '../support/key-service.ts'
import { readTrust, verifyFile } from '#verification'

const folder = mkdtempSync(join(tmpdir(), 'beding-service-'))
const tokenFile = join(folder, 'token')
const secretToken = 'very-secret-token-0123456789'
writeFileSync(tokenFile, `${secretToken}\n`)
const chain = aSealChain()
const service = await aKeyService(chain.leaf.key, aSealChain().leaf.key)
t.teardown(async () => {
  await service.close()
  rmSync(folder, { recursive: true })
})
const rendered = await renderDocument(aReceipt())
const statement = { at: toInstant('2026-11-21T08:00:00.000Z'), name: 'Voorbeeld B.V.' }
const location = { kind: 'service', url: service.url, key: 'seals/2026', tokenFile } as const
const signer = outsideSigner(location, chain.certificates.slice(0, -1))

/** Everything an error says, its causes too. */
function told(error: unknown): string {
  return error instanceof Error ? `${error.message} ${error.stack} ${told(error.cause)}` : ''
}

t.test('a service signs: what it is asked, and that the seal verifies', async (t) => {
  const { bytes } = await sealBytes(rendered.bytes, signer, statement)
  const [request, ...more] = service.requests
  t.same(more, [], 'asked once')
  t.equal(request!.authorization, `Bearer ${secretToken}`)
  t.match(request!.body, {
    key: 'seals/2026',
    algorithm: 'ecdsa-p256-sha256',
    digest: /^[A-Za-z0-9+/]{43}=$/,
  })
  t.same(Object.keys(request!.body as object), ['key', 'algorithm', 'digest'])
  const trust = readTrust([{ name: 'root.pem', bytes: Buffer.from(pemText(chain.root.der)) }])
  const checks = verifyFile(bytes, 'receipt.pdf', trust).checks.filter((check) => check.name.includes('seal'))
  t.ok(checks.length > 0)
  for (const check of checks) t.match(check, { outcome: 'PASSED' }, check.name)
})

t.test('a service with an RSA key signs as well', async (t) => {
  const rsa = aSealChain({ kind: 'rsa-3072' })
  const other = await aKeyService(rsa.leaf.key, chain.leaf.key)
  t.teardown(() => other.close())
  const rsaSigner = outsideSigner({ ...location, url: other.url }, rsa.certificates.slice(0, -1))
  await sealBytes(rendered.bytes, rsaSigner, statement)
  t.match(other.requests[0]!.body, { algorithm: 'rsa-pkcs1-sha256' })
})

const refusals: Partial<Record<KeyServiceMood, [reason: RegExp, asked: number, retryAfter_s?: number]>> = {
  '500': [/HTTP status 500/, 3],
  busy: [/HTTP status 429/, 3, 17],
  'refuses the token': [/HTTP status 403/, 1],
  'wrong signature': [/do not belong together/, 1],
  'other key': [/do not belong together/, 1],
  huge: [/more than 16384 bytes/, 1],
  rubbish: [/without a signature/, 1],
  'no signature': [/without a signature/, 1],
  'breaks off': [/cannot be reached/, 3],
  redirect: [/HTTP status 307/, 1],
}

for (const [mood, [reason, asked, retryAfter_s]] of Object.entries(refusals))
  t.test(`a service that is "${mood}" gives no file, and says nothing of the token or of its answer`, async (t) => {
    service.setMood(mood as KeyServiceMood)
    const before = service.requests.length
    const key = { keyId: 'seal-test', signer }
    const error: unknown = await sealDocument(key, rendered, statement).catch((caught: unknown) => caught)
    t.match(error, { code: 'seal-key-unavailable', status: 503, retryAfter_s: retryAfter_s ?? 30 })
    const { cause } = error as { cause: unknown }
    t.type(cause, SealKeyFailure)
    t.match((cause as Error).message, reason)
    t.equal(service.requests.length - before, asked)
    t.notMatch(told(error), secretToken)
    t.notMatch(told(error), 'secret inside')
    t.notMatch((error as { detail: string }).detail, 'HTTP', 'a client is told nothing of it')
    service.setMood('good')
  }) // prettier-ignore

t.test('a service that was busy for a moment is asked again', async (t) => {
  service.setMood('busy once')
  const before = service.requests.length
  await sealBytes(rendered.bytes, signer, statement)
  t.equal(service.requests.length - before, 2)
})

t.test('a service that is silent, or drips, is given up within its time', async (t) => {
  for (const mood of ['silent', 'drips'] as const) {
    service.setMood(mood)
    const start = performance.now()
    await t.rejects(sealBytes(rendered.bytes, signer, statement), { name: 'SealKeyFailure' }, mood)
    t.ok(performance.now() - start < 12_000, mood)
  }
  service.setMood('good')
})

t.test('a service that is gone gives no file', async (t) => {
  const gone = await aKeyService(chain.leaf.key, chain.leaf.key)
  await gone.close()
  const goneSigner = outsideSigner({ ...location, url: gone.url }, chain.certificates.slice(0, -1))
  await t.rejects(sealBytes(rendered.bytes, goneSigner, statement), { message: /ECONNREFUSED/ })
})

t.test('a bearer token goes over TLS or stays on this machine, and is one line of a file', async (t) => {
  for (const url of ['http://keys.example/sign', 'ftp://127.0.0.1/', 'https://user:password@keys.example/', 'https://keys.example/#x', 'nothing'])
    t.throws(() => serviceAddress(url), { name: 'SealKeyFailure' }, url)
  for (const url of ['https://keys.example/v1/sign?tenant=1', 'http://127.0.0.1:8200/', 'http://[::1]:8200/'])
    t.equal(serviceAddress(url).href, url)
  const files = { absent: undefined, empty: '', 'two lines': 'hush\nhush\n', 'a control character': 'hush\u0007' }
  for (const [what, content] of Object.entries(files)) {
    const file = join(folder, what)
    if (content !== undefined) writeFileSync(file, content)
    const broken = outsideSigner({ ...location, tokenFile: file }, chain.certificates.slice(0, -1))
    const error: unknown = await broken.sign(Buffer.of(1)).catch((caught: unknown) => caught)
    t.match(error, { name: 'SealKeyFailure', message: `the token file ${file}` }, what)
    t.notMatch(told(error), 'hush', what)
  }
}) // prettier-ignore
